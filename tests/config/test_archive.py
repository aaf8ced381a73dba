from __future__ import annotations

import json
import os
import tarfile

import psycopg
import pytest
from click.testing import CliRunner
from psycopg import sql

from relais.config import archive, database
from relais.config.cli import main
from relais.core.errors import Refused

NAME = f"relais_archive_{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')}"


@pytest.fixture
def installation(monkeypatch, tmp_path):
    """A database and a data folder that hold somebody, without all our tables."""
    server_url = os.environ["DATABASE_URL"]
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(NAME)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
    parts = psycopg.conninfo.conninfo_to_dict(server_url) | {"dbname": NAME}
    monkeypatch.setenv("DATABASE_URL", psycopg.conninfo.make_conninfo(**parts))
    monkeypatch.setenv("RELAIS_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("RELAIS_SECRET_KEY")
    (tmp_path / "data" / "media").mkdir(parents=True)
    (tmp_path / "data" / "media" / "photo.webp").write_bytes(b"a picture")
    (tmp_path / "data" / "secret_key").write_text("the key")
    (tmp_path / "data" / "ready.json").write_text("{}")
    execute("CREATE TABLE people_person (name text); CREATE TABLE ledger_entry (id int); INSERT INTO people_person VALUES ('Ana')")
    yield tmp_path / "data"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(NAME)))


def execute(statement):
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        connection.execute(statement)


def names():
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM people_person ORDER BY name")]


def run(*arguments):
    return CliRunner().invoke(main, arguments)


def test_a_backup_brings_back_database_files_and_key(installation, tmp_path):
    saved = run("backup", str(tmp_path / "all.tar"))
    execute("DROP TABLE people_person")
    (installation / "media" / "photo.webp").write_bytes(b"another")
    (installation / "secret_key").write_text("another key")

    restored = run("restore", str(tmp_path / "all.tar"))

    assert (saved.exit_code, restored.exit_code, names()) == (0, 0, ["Ana"])
    assert (installation / "media" / "photo.webp").read_bytes() == b"a picture"
    assert (installation / "secret_key").read_text() == "the key"
    assert (installation / "secret_key").stat().st_mode & 0o777 == 0o600
    assert not (installation / "ready.json").exists()


def test_a_backup_is_for_its_owner_alone_and_leaves_nothing_beside_it(installation, tmp_path):
    run("backup", str(tmp_path / "all.tar"))

    assert (tmp_path / "all.tar").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.tar", "data"]
    with tarfile.open(tmp_path / "all.tar") as saved:
        assert saved.getnames() == ["relais.json", "database.dump", "secret_key", "media", "media/photo.webp"]


def test_a_community_is_overwritten_only_when_asked(installation, tmp_path):
    run("backup", str(tmp_path / "all.tar"))
    execute("INSERT INTO people_person VALUES ('Bao')")

    refused = run("restore", str(tmp_path / "all.tar"))
    before = names()
    replaced = run("restore", "--replace", str(tmp_path / "all.tar"))

    assert (refused.exit_code, before) == (1, ["Ana", "Bao"])
    assert "already holds a community: back it up, then add --replace" in refused.stderr
    assert (replaced.exit_code, names()) == (0, ["Ana"])


def test_a_key_given_by_the_environment_stays_there(installation, tmp_path, monkeypatch):
    run("backup", str(tmp_path / "with.tar"))
    monkeypatch.setenv("RELAIS_SECRET_KEY", "given")
    (installation / "secret_key").unlink()

    run("backup", str(tmp_path / "without.tar"))
    restored = run("restore", "--replace", str(tmp_path / "with.tar"))

    assert (restored.exit_code, (installation / "secret_key").exists()) == (0, False)
    with tarfile.open(tmp_path / "without.tar") as saved:
        assert "secret_key" not in saved.getnames()


def test_an_installation_without_files_is_saved_and_brought_back(installation, tmp_path):
    (installation / "media" / "photo.webp").unlink()
    (installation / "media").rmdir()
    run("backup", str(tmp_path / "all.tar"))

    restored = run("restore", "--replace", str(tmp_path / "all.tar"))

    assert (restored.exit_code, (installation / "media").exists()) == (0, False)


def write(path, members):
    with tarfile.open(path, "w") as file:
        for name, content in members.items():
            archive._add_bytes(file, name, content)


@pytest.mark.parametrize(
    ("members", "sentence"),
    [
        ({"notes.txt": b"hello"}, "is not a backup of Relais."),
        ({"relais.json": b"{torn", "database.dump": b""}, "is not a backup of Relais, or it is cut short"),
        ({"relais.json": b'{"format": 9, "relais": "9.0"}', "database.dump": b""}, "was made by Relais 9.0: restore it with that version"),
        ({"relais.json": b'{"format": 1}', "database.dump": b"torn"}, "The database in this backup cannot be read"),
    ],
)
def test_what_is_no_backup_is_refused_and_nothing_changes(installation, tmp_path, members, sentence):
    write(tmp_path / "all.tar", members)

    result = run("restore", "--replace", str(tmp_path / "all.tar"))

    assert (result.exit_code, sentence in result.stderr, names()) == (1, True, ["Ana"])


def test_a_file_cut_short_is_refused(installation, tmp_path):
    (tmp_path / "all.tar").write_bytes(b"not a tar")

    result = run("restore", str(tmp_path / "all.tar"))

    sentence = f"Error: {tmp_path / 'all.tar'} is not a backup of Relais, or it is cut short: choose another file.\n"
    assert (result.exit_code, result.stderr) == (1, sentence)


def test_a_folder_that_is_not_there_is_told_before_anything_is_written(installation, tmp_path):
    result = run("backup", str(tmp_path / "away" / "all.tar"))

    sentence = f"Error: {tmp_path / 'away'} is no folder this user may write into: make it first, or name another place for the backup.\n"
    assert (result.exit_code, result.stderr) == (1, sentence)


def test_a_backup_that_fails_leaves_no_file(installation, tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://relais:secret@127.0.0.1:1/away")

    result = run("backup", str(tmp_path / "all.tar"))

    assert (result.exit_code, (tmp_path / "all.tar").exists()) == (1, False)
    assert "pg_dump did not succeed" in result.stderr


def test_an_empty_database_may_be_filled(installation):
    before = archive.is_empty()
    execute("DROP TABLE people_person")

    assert (before, archive.is_empty()) == (False, True)


def test_the_format_is_said_in_the_archive(installation, tmp_path):
    archive.back_up(tmp_path / "all.tar")

    with tarfile.open(tmp_path / "all.tar") as saved:
        about = json.load(saved.extractfile("relais.json"))

    assert (about["format"], sorted(about)) == (archive.FORMAT, ["format", "made_at", "relais"])


def test_a_program_that_says_nothing_is_told_by_its_code(monkeypatch):
    monkeypatch.setattr(database, "tool", lambda _: "false")

    with pytest.raises(Refused, match="pg_dump did not succeed: 1"):
        archive._postgres("pg_dump")
