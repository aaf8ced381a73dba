from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from relais.config import environment as env
from relais.config import settings
from relais.config.cli import COMMANDS

DOCS = Path("docs/operate")
TRIED = env.Setting("RELAIS_TRIED", "a default", "Only for this test.")


def test_a_setting_is_its_default_until_it_is_given(monkeypatch):
    before = TRIED.text()
    monkeypatch.setenv("RELAIS_TRIED", "given")

    assert (before, TRIED.text()) == ("a default", "given")


@pytest.mark.parametrize("setting", env.ALL, ids=lambda setting: setting.name)
def test_each_setting_may_stand_in_a_file(setting, monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("from a file\n")
    monkeypatch.delenv(setting.name, raising=False)
    monkeypatch.setenv(f"{setting.name}_FILE", str(tmp_path / "secret"))

    assert setting.text() == "from a file"


def test_what_is_given_goes_before_the_file(monkeypatch, tmp_path):
    monkeypatch.setenv("RELAIS_TRIED_FILE", str(tmp_path / "away"))
    monkeypatch.setenv("RELAIS_TRIED", "given")

    assert TRIED.text() == "given"


def test_a_file_that_cannot_be_read_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("RELAIS_TRIED_FILE", str(tmp_path / "away"))

    with pytest.raises(ImproperlyConfigured, match=r"RELAIS_TRIED_FILE names .*away, which cannot be read: No such file"):
        TRIED.text()


@pytest.mark.parametrize(
    ("given", "yes"), [("1", True), ("Yes", True), ("oui", True), ("on", True), ("", False), ("no", False), ("0", False)]
)
def test_a_yes_is_said_in_several_ways(given, yes, monkeypatch):
    monkeypatch.setenv("RELAIS_TRIED", given)

    assert TRIED.yes() is yes


def test_a_number_that_is_none_is_refused_in_words(monkeypatch):
    monkeypatch.setenv("RELAIS_TRIED", "many")

    with pytest.raises(ImproperlyConfigured, match="RELAIS_TRIED must be a whole number, not 'many'"):
        TRIED.number()


def test_words_are_parted_by_commas(monkeypatch):
    monkeypatch.setenv("RELAIS_TRIED", "fr, en,")

    assert TRIED.words() == ["fr", "en"]


def test_the_page_about_settings_names_each_with_its_default_and_no_other():
    rows = re.findall(r"^\| `([A-Z_]+)` \|(?: `([^`]+)`)? \|", (DOCS / "settings.md").read_text(), re.MULTILINE)

    assert sorted(rows) == sorted((setting.name, setting.default) for setting in env.ALL)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_documented(name):
    assert f"`relais {name}" in (DOCS / "commands.md").read_text()


def test_a_secret_key_is_made_once_and_kept_from_others(monkeypatch, tmp_path):
    monkeypatch.delenv("RELAIS_SECRET_KEY")
    monkeypatch.setattr(settings, "DATA", tmp_path / "data")

    made, again = settings._secret_key(), settings._secret_key()

    assert made == again == (tmp_path / "data" / "secret_key").read_text()
    assert len(made) >= 50
    assert (tmp_path / "data" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_mail_goes_where_the_address_says():
    transport = settings._transport("smtp://ana%40example.org:p%2Fw@mail.example.org:587/?tls=yes")

    assert transport["OPTIONS"] == {
        "host": "mail.example.org",
        "port": 587,
        "timeout": 30,
        "username": "ana@example.org",
        "password": "p/w",
        "use_tls": True,
        "use_ssl": False,
    }


def test_without_an_address_mails_are_files():
    assert settings._transport("")["OPTIONS"] == {"file_path": str(settings.DATA / "mail")}


def test_a_database_of_ones_own_is_taken_apart():
    database = settings._database("postgresql://relais:secret@db.example.org:5433/community?sslmode=require")

    taken = {key: database[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    assert taken == {
        "NAME": "community",
        "USER": "relais",
        "PASSWORD": "secret",
        "HOST": "db.example.org",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_django_finds_nothing_to_say_of_a_deployment_behind_https(monkeypatch, tmp_path):
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE")  # the suite's own
    given = {"RELAIS_BASE_URL": "https://relais.example.org", "RELAIS_TRUSTED_PROXIES": "1", "RELAIS_DATA": str(tmp_path)}
    key = {
        "RELAIS_SECRET_KEY": "Zx81-" + "0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMN",
        "DJANGO_SETTINGS_MODULE": "relais.config.settings",
    }
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]

    done = subprocess.run(command, env=os.environ | given | key, capture_output=True, text=True, check=False)

    assert (done.stderr, done.returncode) == ("", 0)
