from __future__ import annotations

import json
import os
import subprocess
from contextlib import nullcontext

import psycopg
import pytest
from django.db import connection

from relais.config import database, readiness
from relais.config.database import CONF, Embedded, forget_the_dead, write_conf
from relais.demo.company import ROOT
from relais.people.actions import add_unit
from tests.factories import make_invited


@pytest.fixture
def pgdata(tmp_path):
    (tmp_path / "postgresql.conf").write_text("shared_buffers = 128MB\n")
    return tmp_path


def test_our_settings_come_after_those_of_the_server_and_only_once(pgdata):
    write_conf(pgdata)
    write_conf(pgdata)

    assert (pgdata / "postgresql.conf").read_text() == "shared_buffers = 128MB\n\ninclude_if_exists = 'relais.conf'\n"
    assert (pgdata / "relais.conf").read_text() == CONF


@pytest.mark.parametrize("text", ["999999999\n", "", "not a number\n", f"{os.getpid()}\n"], ids=["gone", "empty", "torn", "not postgres"])
def test_the_pid_file_of_a_server_that_died_goes(pgdata, text):
    (pgdata / "postmaster.pid").write_text(text)

    forget_the_dead(pgdata)

    assert not (pgdata / "postmaster.pid").exists()


def test_the_lock_of_a_socket_goes_with_the_server_that_died_and_stays_with_one_that_lives(pgdata, monkeypatch):
    lock = pgdata / ".s.PGSQL.5432.lock"
    lock.write_text("4242\n")

    monkeypatch.setattr(database, "_is_postgres", lambda text: text == "4242\n")
    forget_the_dead(pgdata)
    while_it_lives = lock.exists()
    monkeypatch.setattr(database, "_is_postgres", lambda _text: False)
    forget_the_dead(pgdata)

    assert (while_it_lives, lock.exists()) == (True, False)


@pytest.mark.parametrize(("text", "kept"), [(json.dumps([os.getpid(), 999999999]), [os.getpid()]), ("[12,", [])], ids=["gone", "torn"])
def test_processes_that_died_no_longer_hold_the_server(pgdata, text, kept):
    (pgdata / ".handle_pids.json").write_text(text)

    forget_the_dead(pgdata)

    assert json.loads((pgdata / ".handle_pids.json").read_text()) == kept


class Starting(Embedded):
    """A server whose first starts fail."""

    def __init__(self, pgdata):
        self.pgdata = pgdata


@pytest.mark.parametrize(("patience", "tries"), [(60, 3), (-1, 1)])
def test_a_server_that_recovers_is_waited_for_but_not_for_ever(pgdata, patience, tries, monkeypatch):
    failures, tried = [subprocess.TimeoutExpired("pg_ctl", 10), AssertionError()], []

    def start(_self):
        tried.append(1)
        if len(tried) <= len(failures):
            raise failures[len(tried) - 1]

    monkeypatch.setattr(database.PostgresServer, "ensure_postgres_running", start)
    monkeypatch.setattr(database, "PATIENCE", patience)
    monkeypatch.setattr(database.time, "sleep", lambda _: None)

    if patience < 0:
        with pytest.raises(subprocess.TimeoutExpired):
            Starting(pgdata).ensure_postgres_running()
    else:
        Starting(pgdata).revive()

    assert len(tried) == tries


def test_a_server_that_refuses_to_start_says_so_soon(pgdata, monkeypatch):
    moments, tried = iter([0.0, 1.0, 4.0]), []

    def start(_self):
        tried.append(1)
        raise subprocess.CalledProcessError(1, "pg_ctl")

    monkeypatch.setattr(database.PostgresServer, "ensure_postgres_running", start)
    monkeypatch.setattr(database.time, "monotonic", lambda: next(moments))
    monkeypatch.setattr(database.time, "sleep", lambda _: None)

    with pytest.raises(subprocess.CalledProcessError):
        Starting(pgdata).ensure_postgres_running()

    assert len(tried) == 2


def test_a_database_that_is_there_is_not_made_again():
    with psycopg.connect(os.environ["DATABASE_URL"]) as relais:
        name = relais.info.dbname

    before = _databases()
    database.create(os.environ["DATABASE_URL"], name)

    assert _databases() == before


def test_a_database_that_is_missing_is_made_with_its_locale():
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as relais:
        name = f"made_once_{os.getpid()}"

        database.create(os.environ["DATABASE_URL"], name)

        made = relais.execute("SELECT datlocprovider, datlocale FROM pg_database WHERE datname = %s", [name]).fetchone()
        relais.execute(f"DROP DATABASE {name}")
    assert made == ("b", "C.UTF-8")


def _databases():
    with psycopg.connect(os.environ["DATABASE_URL"]) as relais:
        return {row[0] for row in relais.execute("SELECT oid FROM pg_database WHERE datname = current_database()")}


def test_a_server_that_was_dying_is_started_again(monkeypatch, tmp_path):
    calls = []

    class Dying:
        def __init__(self, pgdata):
            calls.append(pgdata.name)

        def get_uri(self, name="postgres"):
            return f"postgresql:///{name}"

        def revive(self):
            calls.append("revived")

    def create(uri, name):
        calls.append(name)
        if "revived" not in calls:
            raise psycopg.OperationalError

    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("RELAIS_DATA", str(tmp_path))
    monkeypatch.setattr(database, "Embedded", Dying)
    monkeypatch.setattr(database, "create", create)

    database.ensure()

    assert (calls, os.environ["DATABASE_URL"]) == (["postgres", "relais", "revived", "relais"], "postgresql:///relais")


def test_a_database_given_as_a_file_reaches_every_part(monkeypatch, tmp_path):
    (tmp_path / "url").write_text("postgresql:///elsewhere\n")
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("DATABASE_URL_FILE", str(tmp_path / "url"))

    assert (database.ensure(), os.environ["DATABASE_URL"]) == (None, "postgresql:///elsewhere")


@pytest.mark.django_db
class TestConnection:
    def test_an_idle_connection_is_usable_without_asking_the_server(self, django_assert_num_queries):
        connection.ensure_connection()

        with django_assert_num_queries(0):
            assert connection.is_usable() is True

    def test_no_connection_is_not_usable(self):
        assert connection.copy().is_usable() is False

    def test_a_connection_cut_by_the_server_is_not_usable(self):
        wrapper = connection.copy()
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as cut:
            wrapper.connection = cut
            with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as killer:
                killer.execute("SELECT pg_terminate_backend(%s, 5000)", [cut.info.backend_pid])

            usable = wrapper.is_usable()

        assert usable is False

    def test_a_connection_closed_here_is_not_usable(self):
        wrapper = connection.copy()
        wrapper.connection = psycopg.connect(os.environ["DATABASE_URL"])
        wrapper.connection.close()

        assert wrapper.is_usable() is False


class TestReadiness:
    @pytest.fixture(autouse=True)
    def _data(self, monkeypatch, tmp_path):
        monkeypatch.setenv("RELAIS_DATA", str(tmp_path))
        (tmp_path / "static").mkdir()

    def test_nothing_is_to_be_done_until_something_changes(self, monkeypatch):
        before = readiness.is_ready()
        readiness.note(fingerprint=readiness.fingerprint())
        done = readiness.is_ready()
        monkeypatch.setattr(readiness, "_applied", lambda: ["people.0001_initial"])

        assert (before, done, readiness.is_ready()) == (False, True, False)

    def test_files_that_are_gone_are_to_be_collected(self, tmp_path):
        readiness.note(fingerprint=readiness.fingerprint())
        (tmp_path / "static").rmdir()

        assert readiness.is_ready() is False

    def test_notes_add_up_and_a_torn_one_is_forgotten(self, tmp_path):
        readiness.note(one="1")
        readiness.note(two="2")
        noted = readiness.read()
        (tmp_path / "ready.json").write_text("{")

        assert (noted, readiness.read()) == ({"one": "1", "two": "2"}, {})

    @pytest.mark.django_db
    def test_the_history_of_a_database_tells_its_last_migrations(self, monkeypatch):
        monkeypatch.setattr(readiness.psycopg, "connect", lambda _url: nullcontext(connection.connection))
        connection.ensure_connection()

        applied = readiness._applied()

        assert (applied.count("ledger.0002_append_only"), applied == sorted(set(applied), key=applied.index)) == (1, True)

    def test_an_empty_database_has_no_history(self):
        assert readiness._applied() == []

    @pytest.mark.django_db
    def test_the_demo_and_a_real_community_are_told_apart(self, monkeypatch):
        monkeypatch.setattr(readiness.psycopg, "connect", lambda _url: nullcontext(connection))

        nobody = (readiness.has_people(), readiness.has_demo())
        make_invited()
        real = (readiness.has_people(), readiness.has_demo())
        add_unit(ROOT, "Les Ateliers")

        assert (nobody, real, readiness.has_demo()) == ((False, False), (True, False), True)
