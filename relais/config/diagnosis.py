"""What may be wrong with an installation, and how to mend it: a check is a function that yields sentences."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

from django.conf import settings
from django.db import OperationalError, connection

from relais.config import environment as env
from relais.config import health, readiness
from relais.config.sentences import sentence_for
from relais.core import clock
from relais.ledger.queries import breaches, days_to_seal

ROOM = 500 * 2**20
NOT_UP_TO_DATE = "Migrations wait ({names}): start relais serve, or run relais manage migrate."


def data_folder() -> Iterator[str]:
    if not os.access(settings.DATA, os.W_OK):
        yield f"{settings.DATA} cannot be written: give it to the user who runs Relais, or name another with RELAIS_DATA."
    elif (free := shutil.disk_usage(settings.DATA).free) < ROOM:
        yield f"Only {free / 2**20:.0f} MB are free on the disk of {settings.DATA}: make room before the database stops."


def secret_key() -> Iterator[str]:
    path = settings.DATA / "secret_key"
    if not env.SECRET_KEY.text() and path.exists() and path.stat().st_mode & 0o077:
        yield f"Others can read the secret key: chmod 600 {path}"


def database() -> Iterator[str]:
    try:
        version = connection.cursor().connection.info.server_version
    except OperationalError as error:
        yield str(sentence_for(error))
        return
    if version < 150000:
        yield "The PostgreSQL behind DATABASE_URL is older than version 15: upgrade it."


def migrations() -> Iterator[str]:
    if waiting := health.missing_migrations():
        yield NOT_UP_TO_DATE.format(names=", ".join(waiting[:3]))


def ledger() -> Iterator[str]:
    for breach in breaches():
        yield f"The ledger was tampered with. {breach.sentence} Compare it with a backup from before."
    if len(days_to_seal(clock.today())) > 1:
        yield "Yesterday is not sealed: a worker must run at night (relais serve starts one)."


def worker() -> Iterator[str]:
    if not health.has_worker():
        yield "No worker gives a sign of life, so no mail leaves: start relais serve, or relais worker beside your web server."


def mail() -> Iterator[str]:
    if not env.MAIL_URL.text() and not readiness.has_demo():
        yield f"No mail leaves: sign-in codes are written into {settings.DATA / 'mail'}. Set RELAIS_MAIL_URL."


def address() -> Iterator[str]:
    if not env.BASE_URL.text() and env.HOST.text() not in {"127.0.0.1", "localhost", "::1"}:
        yield "Others can reach the server, yet links in mails say localhost: set RELAIS_BASE_URL to the address people type."
    if settings.SECURE and not env.TRUSTED_PROXIES.number():
        yield "RELAIS_BASE_URL is https, so a proxy of yours stands in front: set RELAIS_TRUSTED_PROXIES=1, or pages redirect for ever."


def demo() -> Iterator[str]:
    if settings.DEMO and readiness.has_people() and not readiness.has_demo():
        yield "RELAIS_DEMO lets anybody in as anybody, and this community is not the demo: unset it."
    if settings.DEBUG:
        yield "RELAIS_DEBUG shows the inside of Relais to everybody: unset it outside development."


def static_files() -> Iterator[str]:
    if not settings.DEBUG and not (settings.STATIC_ROOT / "staticfiles.json").exists():
        yield "Styles and pictures were not collected: start relais serve, or run relais manage collectstatic."


Check = Callable[[], Iterator[str]]
ALONE: list[Check] = [data_folder, secret_key, address, static_files]
MIGRATED: list[Check] = [ledger, worker, mail, demo]


def faults(*, with_database: bool = True) -> Iterator[tuple[str, list[str]]]:
    """Each check by name, with what it found; those that read the database or our tables only when these are there."""
    for check in ALONE:
        yield _named(check)
    if not with_database:
        return
    yield _named(database)
    if not health.health().database:
        return
    yield _named(migrations)
    if not health.missing_migrations():
        for check in MIGRATED:
            yield _named(check)


def _named(check: Check) -> tuple[str, list[str]]:
    return check.__name__.replace("_", " "), list(check())
