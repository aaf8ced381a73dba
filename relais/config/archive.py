"""Everything in one file, and back: the database, the files people sent, the secret key.

A backup is a plain tar: `relais.json` says what it is, `database.dump` is PostgreSQL's own custom format (consistent,
taken while people work), `media/` holds the files, `secret_key` keeps links and sessions valid.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, cast

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from relais import __version__
from relais.config import database
from relais.config import environment as env
from relais.core.errors import Refused

FORMAT = 1


def _data() -> Path:
    return Path(env.DATA.text()).absolute()


def _postgres(name: str, *arguments: str) -> None:
    """Run a program of PostgreSQL; what it complains about becomes the refusal. No password on its command line."""
    parts = {name: str(value) for name, value in conninfo_to_dict(os.environ["DATABASE_URL"]).items()}
    password = {"PGPASSWORD": parts.pop("password")} if parts.get("password") else {}
    done = subprocess.run(  # noqa: S603 (PostgreSQL's own programs)
        [database.tool(name), *arguments, f"--dbname={make_conninfo('', **parts)}"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | password,
    )
    if done.returncode:
        raise Refused(f"{name} did not succeed: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else done.returncode}")


def back_up(target: Path) -> int:
    """Write the archive; says its size. The file appears only once it is whole."""
    if not (target.parent.is_dir() and os.access(target.parent, os.W_OK)):
        raise Refused(f"{target.parent} is no folder this user may write into: make it first, or name another place for the backup.")
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / "database.dump"
        _postgres("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}")
        partial = target.with_name(f".{target.name}.partial")
        try:
            _write(partial, dump)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    return target.stat().st_size


def _write(partial: Path, dump: Path) -> None:
    about = {"format": FORMAT, "relais": __version__, "made_at": datetime.now(UTC).isoformat()}
    partial.touch(mode=0o600)
    with tarfile.open(partial, "w") as archive:
        _add_bytes(archive, "relais.json", json.dumps(about).encode())
        archive.add(dump, "database.dump")
        if key := _secret_key():
            _add_bytes(archive, "secret_key", key.encode())
        if (_data() / "media").exists():
            archive.add(_data() / "media", "media")


def _secret_key() -> str:
    """The key that was made once; one given from outside is kept outside."""
    path = _data() / "secret_key"
    return "" if env.SECRET_KEY.text() or not path.exists() else path.read_text()


def _add_bytes(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = len(content), 0o600, int(datetime.now(UTC).timestamp())
    archive.addfile(member, io.BytesIO(content))


def bring_back(source: Path, *, replace: bool) -> str:
    """Make this installation what the archive holds; says when that was made. Refuses to overwrite unless told to."""
    try:
        with tarfile.open(source) as archive:
            return _bring_back(archive, source, replace)
    except (tarfile.TarError, EOFError, json.JSONDecodeError) as error:
        raise Refused(f"{source} is not a backup of Relais, or it is cut short: choose another file.") from error


def _bring_back(archive: tarfile.TarFile, source: Path, replace: bool) -> str:
    about = _about(archive, source)
    if not replace and not is_empty():
        raise Refused(
            "This installation already holds a community: back it up, then add --replace to overwrite it, "
            "or name another data folder with RELAIS_DATA."
        )
    _data().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_data()) as folder:
        archive.extractall(folder, filter="data")
        _restore_database(Path(folder) / "database.dump")
        _put_in_place(Path(folder))
    (_data() / "ready.json").unlink(missing_ok=True)
    return str(about["made_at"])


def _about(archive: tarfile.TarFile, source: Path) -> dict[str, object]:
    names = archive.getnames()
    if not {"relais.json", "database.dump"} <= set(names):
        raise Refused(f"{source} is not a backup of Relais.")
    with cast("IO[bytes]", archive.extractfile("relais.json")) as file:
        about = dict(json.load(file))
    if about.get("format") != FORMAT:
        raise Refused(f"{source} was made by Relais {about.get('relais')}: restore it with that version or a later one.")
    return about


def is_empty() -> bool:
    """Whether nothing of ours is in the database."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        if not _value(connection, "SELECT to_regclass('people_person') IS NOT NULL"):
            return True
        return not _value(connection, "SELECT EXISTS (SELECT 1 FROM people_person UNION ALL SELECT 1 FROM ledger_entry)")


def _value(connection: psycopg.Connection, query: str) -> object:
    row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


def _restore_database(dump: Path) -> None:
    """All or nothing: the old content is dropped in the same transaction."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "database.sql"
        _script(dump, script)
        before = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;"
        _postgres("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "--single-transaction", "-c", before, "-f", str(script))


def _script(dump: Path, script: Path) -> None:
    """The dump as SQL."""
    command = [database.tool("pg_restore"), "--no-owner", "--no-privileges", f"--file={script}", str(dump)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise Refused(f"The database in this backup cannot be read: {done.stderr.strip()}")


def _put_in_place(folder: Path) -> None:
    """The files and the key, each swapped for what was there."""
    if (folder / "secret_key").exists() and not env.SECRET_KEY.text():
        (folder / "secret_key").chmod(0o600)
        (folder / "secret_key").replace(_data() / "secret_key")
    media = _data() / "media"
    if media.exists():
        media.rename(folder / "media-before")
    if (folder / "media").exists():
        (folder / "media").rename(media)
