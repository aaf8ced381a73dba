"""Whether each setting can be used, before anything uses it: a check is a function that yields the sentence with the mend."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

from relais.config import environment as env

LOCALE = Path(__file__).resolve().parent.parent / "web/locale"
LEVELS = {"debug", "info", "warning", "error"}


def database_url() -> Iterator[str]:
    try:
        conninfo_to_dict(env.DATABASE_URL.text())
    except psycopg.ProgrammingError:  # what it says may hold the password
        yield "DATABASE_URL must look like postgresql://user:password@host:5432/relais; unset it to use the embedded database."


def base_url() -> Iterator[str]:
    url = env.BASE_URL.text()
    if url and not _leads_somewhere(url, "http", "https"):
        yield f"RELAIS_BASE_URL must look like https://relais.example.org, not {url!r}."


def mail_url() -> Iterator[str]:
    url = env.MAIL_URL.text()
    if url and not _leads_somewhere(url, "smtp", "smtps"):
        yield "RELAIS_MAIL_URL must look like smtp://user:password@host:587/?tls=yes."


def _leads_somewhere(url: str, *schemes: str) -> bool:
    """Whether it names a host under one of these schemes, a port that is a number, and no path."""
    try:
        parts: SplitResult = urlsplit(url)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0 and parts.path in {"", "/"}
    except ValueError:
        return False


def secret_key() -> Iterator[str]:
    if env.SECRET_KEY.text():
        return
    if named := os.environ.get("RELAIS_SECRET_KEY_FILE"):
        yield f"RELAIS_SECRET_KEY_FILE names {named}, which is empty: write the key into it."
    path = Path(env.DATA.text()).absolute() / "secret_key"
    if path.exists() and not path.read_text().strip():
        yield f"{path} is empty: bring it back from a backup, or remove it for a new one (docs/operate/settings.md says at what price)."


def languages() -> Iterator[str]:
    spoken = {"en", *(path.name for path in LOCALE.iterdir())}
    if not (asked := env.LANGUAGES.words()):
        yield f"RELAIS_LANGUAGES names no language: unset it, or choose among {', '.join(sorted(spoken))}."
    elif unknown := [word for word in asked if word not in spoken]:
        yield f"RELAIS_LANGUAGES names {', '.join(unknown)}, which Relais does not speak: choose among {', '.join(sorted(spoken))}."


def time_zone() -> Iterator[str]:
    name = env.TIME_ZONE.text()
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        yield f"RELAIS_TIME_ZONE must be a name like Europe/Paris, not {name!r}."


def port() -> Iterator[str]:
    if not 1 <= env.PORT.number() <= 65535:
        yield "RELAIS_PORT must be between 1 and 65535."


def web_threads() -> Iterator[str]:
    if env.WEB_THREADS.number() < 1:
        yield "RELAIS_WEB_THREADS must be 1 or more."


def trusted_proxies() -> Iterator[str]:
    if env.TRUSTED_PROXIES.number() < 0:
        yield "RELAIS_TRUSTED_PROXIES must be 0 or more."


def log_level() -> Iterator[str]:
    if env.LOG_LEVEL.text().lower() not in LEVELS:
        yield f"RELAIS_LOG_LEVEL must be debug, info, warning or error, not {env.LOG_LEVEL.text()!r}."


CHECKS: dict[env.Setting, Callable[[], Iterator[str]]] = {
    env.DATABASE_URL: database_url,
    env.BASE_URL: base_url,
    env.MAIL_URL: mail_url,
    env.SECRET_KEY: secret_key,
    env.LANGUAGES: languages,
    env.TIME_ZONE: time_zone,
    env.PORT: port,
    env.WEB_THREADS: web_threads,
    env.TRUSTED_PROXIES: trusted_proxies,
    env.LOG_LEVEL: log_level,
}
STAND_INS = {env.SECRET_KEY: "only-while-doctor-looks", env.MAIL_URL: "smtp://localhost"}


def faults() -> dict[env.Setting, str]:
    """What is wrong with each setting that cannot be used."""
    found = {setting: _fault(check) for setting, check in CHECKS.items()}
    return {setting: sentence for setting, sentence in found.items() if sentence}


def _fault(check: Callable[[], Iterator[str]]) -> str:
    try:
        return next(check(), "")
    except ImproperlyConfigured as error:
        return str(error)
    except OSError as error:
        return f"{error.filename}: {error.strerror}. Check that this user may read it."


def stand_in(wrong: dict[env.Setting, str]) -> None:
    """Put in this process, for each setting that cannot be used, one that can, so that the rest may be looked at."""
    os.environ.update({setting.name: STAND_INS.get(setting, setting.default) for setting in wrong})


def refuse() -> None:
    """Raise the first fault: no command starts on settings that cannot be used."""
    for sentence in faults().values():
        raise ImproperlyConfigured(sentence)
