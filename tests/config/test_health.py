from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from relais.config import health
from relais.config.health import Health
from relais.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    monkeypatch.setattr(health, "_migrated", [])


def heartbeat(ago):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [clock.recorded() - timedelta(seconds=ago)])


def test_anybody_may_ask_and_no_cache_keeps_the_answer(client):
    heartbeat(ago=5)

    answer = client.get("/sante/")

    assert (answer.status_code, answer.json()) == (200, {"live": True, "ready": True, "database": True, "migrations": True, "worker": True})
    assert "no-store" in answer["Cache-Control"]


def test_people_may_be_sent_here_although_no_worker_lives(client):
    heartbeat(ago=600)

    answer = client.get("/sante/")

    assert (answer.status_code, answer.json()["worker"]) == (200, False)


def test_nobody_is_sent_where_migrations_wait(client, monkeypatch):
    monkeypatch.setattr(health, "missing_migrations", lambda: ["people.0009_more"])

    answer = client.get("/sante/")

    assert (answer.status_code, answer.json()["migrations"], answer.json()["ready"]) == (503, False, False)


def test_nobody_is_sent_where_the_database_is_away(monkeypatch):
    class Away:
        closed = False

        def cursor(self):
            raise OperationalError

        def close(self):
            self.closed = True

    away = Away()
    monkeypatch.setattr(health, "connection", away)

    assert (health.health(), away.closed) == (Health(database=False, migrations=False, worker=False), True)


def test_migrations_are_asked_for_only_until_all_are_done(monkeypatch):
    asked = []
    monkeypatch.setattr(health, "missing_migrations", lambda: asked.append(1) or [])

    found = [health.is_migrated(), health.is_migrated()]

    assert (found, len(asked)) == ([True, True], 1)


def test_no_migration_waits_in_the_suite():
    assert health.missing_migrations() == []
