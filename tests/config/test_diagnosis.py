from __future__ import annotations

from collections import namedtuple
from datetime import timedelta

import pytest
from django.db import OperationalError

from relais.config import diagnosis
from relais.config.health import Health
from relais.core import clock
from relais.ledger.actions import seal_closed_days
from tests.factories import make_member

pytestmark = pytest.mark.django_db
Usage = namedtuple("Usage", "free")


def only(check) -> str:
    sentences = list(check())
    assert len(sentences) == 1
    return sentences[0]


def test_a_folder_that_cannot_be_written_is_said(monkeypatch):
    monkeypatch.setattr(diagnosis.os, "access", lambda *_: False)

    assert "cannot be written: give it to the user who runs Relais" in only(diagnosis.data_folder)


@pytest.mark.parametrize(("free", "sentences"), [(100 * 2**20, 1), (2**30, 0)])
def test_a_full_disk_is_said_beforehand(free, sentences, monkeypatch):
    monkeypatch.setattr(diagnosis.shutil, "disk_usage", lambda _: Usage(free))

    assert [sentence[:20] for sentence in diagnosis.data_folder()] == ["Only 100 MB are free"] * sentences


@pytest.mark.parametrize(("mode", "sentences"), [(0o600, 0), (0o644, 1)])
def test_a_key_others_can_read_is_said(mode, sentences, monkeypatch, settings, tmp_path):
    settings.DATA = tmp_path
    monkeypatch.delenv("RELAIS_SECRET_KEY")
    (tmp_path / "secret_key").touch()
    (tmp_path / "secret_key").chmod(mode)

    assert list(diagnosis.secret_key()) == [f"Others can read the secret key: chmod 600 {tmp_path / 'secret_key'}"] * sentences


@pytest.mark.parametrize(("version", "sentences"), [(140009, 1), (150000, 0)])
def test_a_database_too_old_is_said(version, sentences, monkeypatch):
    class Old:
        def cursor(self):
            return self

        connection = namedtuple("Connection", "info")(namedtuple("Info", "server_version")(version))

    monkeypatch.setattr(diagnosis, "connection", Old())

    assert len(list(diagnosis.database())) == sentences


def test_a_database_that_does_not_answer_is_said(monkeypatch):
    class Away:
        def cursor(self):
            raise OperationalError("connection refused")

    monkeypatch.setattr(diagnosis, "connection", Away())

    assert only(diagnosis.database)[:54] == "The database cannot be reached: connection refused. Ch"


def test_the_database_of_the_suite_is_recent_enough():
    assert list(diagnosis.database()) == []


@pytest.mark.parametrize(
    ("waiting", "sentences"),
    [([], []), (["people.0009_more"], ["Migrations wait (people.0009_more): start relais serve, or run relais manage migrate."])],
)
def test_waiting_migrations_are_named(waiting, sentences, monkeypatch):
    monkeypatch.setattr(diagnosis.health, "missing_migrations", lambda: waiting)

    assert list(diagnosis.migrations()) == sentences


def test_a_breach_of_the_ledger_and_nights_without_a_seal_are_said(moment):
    with clock.simulated(moment):
        make_member()
    with clock.simulated(moment + timedelta(1)):
        seal_closed_days()
    with clock.simulated(moment):
        make_member()
    with clock.simulated(moment + timedelta(4)):
        found = list(diagnosis.ledger())

    assert [sentence[:40] for sentence in found] == ["The ledger was tampered with. 2026-03-11", "Yesterday is not sealed: a worker must r"]


def test_an_intact_ledger_is_well(moment):
    with clock.simulated(moment):
        assert list(diagnosis.ledger()) == []


@pytest.mark.parametrize(("lives", "sentences"), [(True, 0), (False, 1)])
def test_a_missing_worker_is_said(lives, sentences, monkeypatch):
    monkeypatch.setattr(diagnosis.health, "has_worker", lambda: lives)

    assert len(list(diagnosis.worker())) == sentences


@pytest.mark.parametrize(("url", "demo", "start"), [("", False, ["No mail leaves"]), ("", True, []), ("smtp://mail:25", False, [])])
def test_mail_that_cannot_leave_is_said_unless_the_demo_lives_here(url, demo, start, monkeypatch):
    monkeypatch.setenv("RELAIS_MAIL_URL", url)
    monkeypatch.setattr(diagnosis.readiness, "has_demo", lambda: demo)

    assert [sentence[: len(text)] for sentence, text in zip(diagnosis.mail(), start, strict=True)] == start


@pytest.mark.parametrize(
    ("base", "host", "proxies", "start"),
    [
        ("", "127.0.0.1", "0", []),
        ("", "0.0.0.0", "0", ["Others can reach the server"]),
        ("https://relais.example.org", "0.0.0.0", "1", []),
        ("https://relais.example.org", "0.0.0.0", "0", ["RELAIS_BASE_URL is https"]),
    ],
)
def test_an_address_that_leads_nowhere_is_said(base, host, proxies, start, monkeypatch, settings):
    monkeypatch.setenv("RELAIS_BASE_URL", base)
    monkeypatch.setenv("RELAIS_HOST", host)
    monkeypatch.setenv("RELAIS_TRUSTED_PROXIES", proxies)
    settings.SECURE = base.startswith("https")

    assert [sentence[: len(text)] for sentence, text in zip(diagnosis.address(), start, strict=True)] == start


@pytest.mark.parametrize(("is_demo", "debug", "sentences"), [(True, False, 0), (False, False, 1), (False, True, 2)])
def test_a_demo_over_a_real_community_is_said(is_demo, debug, sentences, monkeypatch, settings):
    settings.DEMO, settings.DEBUG = True, debug
    monkeypatch.setattr(diagnosis.readiness, "has_people", lambda: True)
    monkeypatch.setattr(diagnosis.readiness, "has_demo", lambda: is_demo)

    assert len(list(diagnosis.demo())) == sentences


def test_styles_that_were_not_collected_are_said(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    before = len(list(diagnosis.static_files()))
    (tmp_path / "staticfiles.json").touch()

    assert (before, list(diagnosis.static_files())) == (1, [])


@pytest.mark.parametrize(
    ("database", "answers", "waiting", "count"), [(True, True, [], 10), (True, True, ["x"], 6), (True, False, [], 5), (False, True, [], 4)]
)
def test_checks_wait_for_what_they_read(database, answers, waiting, count, monkeypatch):
    monkeypatch.setattr(diagnosis.health, "health", lambda: Health(database=answers))
    monkeypatch.setattr(diagnosis.health, "missing_migrations", lambda: waiting)
    monkeypatch.setattr(diagnosis.readiness, "has_people", lambda: False)
    monkeypatch.setattr(diagnosis.readiness, "has_demo", lambda: False)

    names = [name for name, _sentences in diagnosis.faults(with_database=database)]

    assert len(names) == count
    assert names[:2] == ["data folder", "secret key"]
