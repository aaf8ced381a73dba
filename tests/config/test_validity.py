from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from relais.config import database, validity
from relais.config import environment as env


@pytest.fixture(autouse=True)
def untouched(monkeypatch, tmp_path):
    """No setting but the folder and the suite's database, each given back afterwards."""
    for setting in validity.CHECKS:
        monkeypatch.setenv(setting.name, os.environ.get(setting.name, ""))
        if setting is not env.DATABASE_URL:
            monkeypatch.delenv(setting.name)
    monkeypatch.setenv("RELAIS_DATA", str(tmp_path))


def test_settings_left_alone_can_be_used():
    assert validity.faults() == {}


@pytest.mark.parametrize(
    ("name", "given", "start"),
    [
        ("DATABASE_URL", "nonsense", "DATABASE_URL must look like postgresql://"),
        ("RELAIS_BASE_URL", "relais.example.org", "RELAIS_BASE_URL must look like https://relais.example.org, not 'relais.example.org'."),
        ("RELAIS_BASE_URL", "ftp://relais.example.org", "RELAIS_BASE_URL must look like"),
        ("RELAIS_BASE_URL", "https://", "RELAIS_BASE_URL must look like"),
        ("RELAIS_BASE_URL", "https://relais.example.org:many", "RELAIS_BASE_URL must look like"),
        ("RELAIS_BASE_URL", "https://example.org/relais", "RELAIS_BASE_URL must look like"),
        ("RELAIS_MAIL_URL", "mail.example.org", "RELAIS_MAIL_URL must look like smtp://"),
        ("RELAIS_LANGUAGES", "", "RELAIS_LANGUAGES names no language: unset it, or choose among en, fr."),
        ("RELAIS_LANGUAGES", "de,fr,xx", "RELAIS_LANGUAGES names de, xx, which Relais does not speak: choose among en, fr."),
        ("RELAIS_TIME_ZONE", "Mars/Olympus", "RELAIS_TIME_ZONE must be a name like Europe/Paris, not 'Mars/Olympus'."),
        ("RELAIS_TIME_ZONE", "../Paris", "RELAIS_TIME_ZONE must be a name"),
        ("RELAIS_PORT", "many", "RELAIS_PORT must be a whole number, not 'many'."),
        ("RELAIS_PORT", "70000", "RELAIS_PORT must be between 1 and 65535."),
        ("RELAIS_WEB_THREADS", "0", "RELAIS_WEB_THREADS must be 1 or more."),
        ("RELAIS_TRUSTED_PROXIES", "-1", "RELAIS_TRUSTED_PROXIES must be 0 or more."),
        ("RELAIS_LOG_LEVEL", "loud", "RELAIS_LOG_LEVEL must be debug, info, warning or error, not 'loud'."),
    ],
)
def test_setting_that_cannot_be_used_is_told_with_the_mend(name, given, start, monkeypatch):
    monkeypatch.setenv(name, given)

    found = {setting.name: sentence[: len(start)] for setting, sentence in validity.faults().items()}

    assert found == {name: start}


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("DATABASE_URL", "host=db.example.org dbname=relais"),
        ("RELAIS_BASE_URL", "https://relais.example.org/"),
        ("RELAIS_BASE_URL", "http://localhost:8042"),
        ("RELAIS_MAIL_URL", "smtps://ana:secret@mail.example.org:465"),
        ("RELAIS_LANGUAGES", "en"),
        ("RELAIS_LOG_LEVEL", "INFO"),
        ("RELAIS_SECRET_KEY", "given"),
    ],
)
def test_setting_that_can_be_used_is_not_spoken_of(name, given, monkeypatch):
    monkeypatch.setenv(name, given)

    assert validity.faults() == {}


def test_password_in_an_address_that_cannot_be_read_is_not_shown(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://ana:hunter2@db/relais")

    assert "hunter2" not in validity.faults()[env.DATABASE_URL]


@pytest.mark.parametrize(("content", "sentences"), [("", 1), ("\n", 1), ("the key", 0)])
def test_empty_key_in_the_data_folder_is_told(content, sentences, tmp_path):
    (tmp_path / "secret_key").write_text(content)

    found = [sentence.split(":")[0] for sentence in validity.faults().values()]

    assert found == [f"{tmp_path / 'secret_key'} is empty"] * sentences


def test_empty_file_given_for_the_key_is_told(monkeypatch, tmp_path):
    (tmp_path / "given").touch()
    monkeypatch.setenv("RELAIS_SECRET_KEY_FILE", str(tmp_path / "given"))

    assert validity.faults()[env.SECRET_KEY] == f"RELAIS_SECRET_KEY_FILE names {tmp_path / 'given'}, which is empty: write the key into it."


def test_key_that_cannot_be_read_is_told(tmp_path):
    (tmp_path / "secret_key").mkdir()

    assert validity.faults()[env.SECRET_KEY].endswith("secret_key: Is a directory. Check that this user may read it.")


def test_what_stands_in_can_be_used(monkeypatch):
    for name, given in [("RELAIS_TIME_ZONE", "Mars/Olympus"), ("RELAIS_MAIL_URL", "nowhere"), ("RELAIS_PORT", "many")]:
        monkeypatch.setenv(name, given)

    validity.stand_in(validity.faults())

    assert (validity.faults(), env.TIME_ZONE.text(), env.PORT.number()) == ({}, "Europe/Paris", 8000)


def test_no_command_starts_on_settings_that_cannot_be_used(monkeypatch):
    monkeypatch.setenv("RELAIS_LANGUAGES", "")

    with pytest.raises(ImproperlyConfigured, match="RELAIS_LANGUAGES names no language"):
        database.ensure()


def relais(*arguments: str, **given: str) -> tuple[int, list[str], list[str]]:
    command = [sys.executable, "-m", "relais.config", *arguments]
    done = subprocess.run(command, env=os.environ | given, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.splitlines(), done.stderr.splitlines()


def test_other_commands_tell_the_fault_in_one_sentence(tmp_path):
    code, told, errors = relais("backup", str(tmp_path / "all.tar"), RELAIS_TIME_ZONE="Mars/Olympus")

    assert (code, told, errors) == (1, [], ["Error: RELAIS_TIME_ZONE must be a name like Europe/Paris, not 'Mars/Olympus'."])


def test_doctor_tells_every_fault_and_goes_on_without_a_database():
    code, told, errors = relais("doctor", DATABASE_URL="nonsense", RELAIS_TIME_ZONE="Mars/Olympus", RELAIS_LANGUAGES="")

    assert (code, [line.split()[1] for line in told if line.startswith("✗")], errors) == (
        1,
        ["DATABASE_URL", "RELAIS_LANGUAGES", "RELAIS_TIME_ZONE", "Styles"],
        ["4 to mend."],
    )
    assert {"✓ Data folder", "✓ Secret key", "✓ Address"} < set(told)


def test_doctor_says_that_nothing_answers_behind_the_address_of_the_database():
    code, told, _errors = relais("doctor", DATABASE_URL="postgresql://127.0.0.1:1/relais")

    assert (code, told[-1].split(":")[0]) == (1, "✗ The database cannot be reached")
    assert told[-1].endswith("Check DATABASE_URL, and that a PostgreSQL answers there.")
