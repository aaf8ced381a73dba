from __future__ import annotations

import json
import subprocess
from datetime import timedelta

import psycopg
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError

from relais.config import cli, diagnosis, sentences
from relais.config import commands as room
from relais.config.commands import doctor, ledger, web, worker
from relais.core import clock
from relais.core.errors import Refused
from relais.ledger.actions import seal_closed_days
from relais.ledger.models import Entry
from tests.factories import make_member, make_unit


def run(*arguments, **environment):
    return CliRunner().invoke(cli.main, arguments, env=environment)


def test_help_lists_every_command_without_loading_any():
    result = run("--help")

    assert result.exit_code == 0
    assert [name for name in cli.COMMANDS if f"  {name} " not in result.stdout] == []


@pytest.mark.parametrize(
    ("typed", "offered"),
    [([], list(cli.COMMANDS)), (["import"], ["people", "skills", "stackexchange"]), (["ledger"], ["export", "verify"])],
)
def test_the_shell_can_complete_commands(typed, offered):
    shell = ShellComplete(cli.main, {}, "relais", "_RELAIS_COMPLETE")

    assert [item.value for item in shell.get_completions(typed, "")] == offered


def test_an_import_of_another_kind_is_refused_as_mistyped():
    assert run("import", "birds").exit_code == 2


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_each_command_explains_itself(name):
    result = run(name, "--help") if name != "manage" else run("--help")

    assert (result.exit_code, "Usage:" in result.stdout) == (0, True)


def test_a_command_that_does_not_exist_is_refused_as_mistyped():
    assert run("fly").exit_code == 2


ERRORS = [
    (Refused("Not like this: do that."), "Not like this: do that."),
    (ImproperlyConfigured("RELAIS_PORT must be a number."), "RELAIS_PORT must be a number."),
    (OperationalError("connection refused\nIs it running?"), "The database cannot be reached: connection refused. Check DATABASE_URL"),
    (psycopg.OperationalError(""), "The database cannot be reached: OperationalError. Check DATABASE_URL"),
    (ProgrammingError('relation "x" does not exist'), "The database is not up to date: run relais manage migrate"),
    (subprocess.TimeoutExpired("pg_ctl", 10), "PostgreSQL did not start or answer (Command 'pg_ctl' timed out after 10 seconds)"),
    (FileNotFoundError(2, "No such file or directory", "/away"), "/away: No such file or directory. Check that it exists"),
]


@pytest.mark.parametrize(("error", "start"), ERRORS, ids=lambda value: type(value).__name__)
def test_an_error_foreseen_is_a_sentence_with_the_next_step(error, start):
    assert sentences.sentence_for(error)[: len(start)] == start


@pytest.mark.parametrize("error", [ValueError("x"), ProgrammingError("syntax error"), OSError("no file")])
def test_an_error_nobody_foresaw_has_no_sentence(error):
    assert sentences.sentence_for(error) is None


@pytest.fixture
def failing(monkeypatch):
    def fail(error):
        def raise_it():
            raise error

        monkeypatch.setattr(ledger, "prepare", raise_it)

    return fail


def test_a_foreseen_error_ends_with_its_sentence_and_code_one(failing, monkeypatch):
    monkeypatch.delenv("RELAIS_DEBUG", raising=False)
    failing(Refused("Not like this."))

    result = run("ledger", "verify")

    assert (result.exit_code, result.stderr) == (1, "Error: Not like this.\n")


def test_developers_see_the_traceback(failing):
    failing(Refused("Not like this."))

    result = run("ledger", "verify", RELAIS_DEBUG="yes")

    assert type(result.exception) is Refused


def test_an_unforeseen_error_keeps_its_traceback(failing):
    failing(ValueError("x"))

    assert type(run("ledger", "verify").exception) is ValueError


@pytest.mark.django_db
class TestLedger:
    @pytest.fixture(autouse=True)
    def _ready(self, monkeypatch):
        monkeypatch.setattr(ledger, "prepare", lambda: None)

    def test_export_prints_one_line_of_json_for_each_entry(self):
        make_member()

        lines = run("ledger", "export").stdout.splitlines()

        assert [json.loads(line)["id"] for line in lines] == list(Entry.objects.order_by("pk").values_list("pk", flat=True))
        assert list(json.loads(lines[0])) == [
            "id", "occurred_at", "recorded_at", "actor", "verb", "object_type", "object_id", "unit", "circle", "payload",
        ]  # fmt: skip

    def test_export_since_a_later_day_prints_nothing(self):
        make_member()

        assert run("ledger", "export", "--since", "2999-01-01").stdout == ""

    def test_export_ends_quietly_when_its_reader_has_read_enough(self, monkeypatch):
        redirected = []

        def broken(_since):
            raise BrokenPipeError

        monkeypatch.setattr("relais.ledger.queries.export", broken)
        monkeypatch.setattr(ledger.os, "dup2", lambda _new, old: redirected.append(old))

        result = run("ledger", "export")

        assert (result.exit_code, redirected) == (0, [1])

    def test_verify_counts_the_days_that_are_as_sealed(self, moment):
        with clock.simulated(moment):
            make_unit()
            make_member()
        with clock.simulated(moment + timedelta(1)):
            seal_closed_days()

        result = run("ledger", "verify")

        assert (result.exit_code, result.stdout) == (0, "1 sealed days, each as it was sealed.\n")

    def test_verify_names_the_day_of_a_breach_and_fails(self, moment):
        with clock.simulated(moment):
            make_member()
        with clock.simulated(moment + timedelta(1)):
            seal_closed_days()
        with clock.simulated(moment):
            make_member()

        result = run("ledger", "verify")

        assert (result.exit_code, result.stdout.split(":")[0]) == (1, "2026-03-11")


def test_preparing_makes_the_database_and_django_ready(monkeypatch):
    called = []
    monkeypatch.setattr(room.database, "ensure", lambda: called.append("database"))
    monkeypatch.setattr(room.django, "setup", lambda: called.append("django"))

    room.prepare()

    assert called == ["database", "django"]


def test_manage_hands_everything_to_django(monkeypatch):
    given = []
    monkeypatch.setattr("relais.config.commands.manage.prepare", lambda: None)
    monkeypatch.setattr("relais.config.commands.manage.execute_from_command_line", given.append)

    run("manage", "check", "--deploy", "--help")

    assert given == [["relais manage", "check", "--deploy", "--help"]]


@pytest.mark.parametrize("supervised", [True, False])
def test_the_web_server_takes_its_threads_and_port_from_the_settings(supervised, monkeypatch):
    given, watched = {}, []

    class Granian:
        def __init__(self, target, **options):
            given.update(options, target=target)

        def serve(self):
            given["served"] = True

    monkeypatch.setattr(web, "Granian", Granian)
    monkeypatch.setattr(web, "watch_parent", lambda: watched.append(True))

    run("web", *["--supervised"] * supervised, RELAIS_PORT="8123", RELAIS_WEB_THREADS="7")

    assert {name: given[name] for name in ("target", "port", "blocking_threads", "served")} == {
        "target": "relais.config.wsgi:application", "port": 8123, "blocking_threads": 7, "served": True,
    }  # fmt: skip
    assert watched == [True] * supervised


@pytest.mark.parametrize(("arguments", "wait", "watched"), [([], True, 0), (["--once"], False, 0), (["--supervised"], True, 1)])
def test_the_worker_waits_for_more_unless_told_once(arguments, wait, watched, monkeypatch):
    calls, parents = [], []
    monkeypatch.setattr(worker, "prepare", lambda: None)
    monkeypatch.setattr(worker, "watch_parent", lambda: parents.append(1))
    monkeypatch.setattr("relais.config.working.work", lambda **options: calls.append(options))

    run("worker", *arguments)

    assert (calls, len(parents)) == ([{"wait": wait}], watched)


@pytest.fixture
def looked(monkeypatch):
    """Doctor as if settings and Django were fine, and the diagnosis this one."""

    def look(*found):
        asked = []
        monkeypatch.setattr(doctor.validity, "faults", dict)
        monkeypatch.setattr(doctor.database, "ensure", lambda: None)
        monkeypatch.setattr(doctor.django, "setup", lambda: None)
        monkeypatch.setattr(diagnosis, "faults", lambda *, with_database: asked.append(with_database) or iter(found))
        return asked

    return look


def test_doctor_tells_each_fault_and_fails(looked):
    asked = looked(("mail", []), ("secret key", ["Others can read it: chmod 600 it"]))

    result = run("doctor")

    assert (result.exit_code, result.stderr, asked) == (1, "1 to mend.\n", [True])
    assert result.stdout.splitlines()[1:] == ["✓ Settings", "✓ Mail", "✗ Others can read it: chmod 600 it"]


def test_doctor_is_content_when_all_is_well(looked):
    looked(("mail", []))

    result = run("doctor")

    assert (result.exit_code, result.stderr) == (0, "All is well.\n")


def failing_with(error):
    def fail():
        raise error

    return fail


def test_doctor_goes_on_when_the_embedded_database_does_not_start(looked, monkeypatch):
    asked = looked(("mail", []))
    monkeypatch.setattr(doctor.database, "ensure", failing_with(subprocess.TimeoutExpired("pg_ctl", 10)))

    result = run("doctor")

    assert [line[:28] for line in result.stdout.splitlines()[2:]] == ["✗ PostgreSQL did not start o", "✓ Mail"]
    assert (result.exit_code, asked) == (1, [False])


def test_doctor_says_what_keeps_django_from_starting(looked, monkeypatch):
    asked = looked()
    monkeypatch.setattr(doctor.django, "setup", failing_with(ImproperlyConfigured("Not like this.")))

    result = run("doctor")

    assert (result.exit_code, result.stdout.splitlines()[2:], asked) == (1, ["✗ Not like this."], [])


def test_doctor_hides_nothing_that_nobody_foresaw(looked, monkeypatch):
    looked()
    monkeypatch.setattr(doctor.django, "setup", failing_with(ValueError("x")))

    assert type(run("doctor").exception) is ValueError
