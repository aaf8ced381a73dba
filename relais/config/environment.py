"""Settings by environment: each one is declared here, once, with its default and its meaning.

A secret may also be given as a file: `NAME_FILE=/run/secrets/name` is read when `NAME` is not set.
`docs/operate/settings.md` lists the same names; a test compares the two.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Setting:
    """One environment variable."""

    name: str
    default: str
    meaning: str

    def text(self) -> str:
        """Its value; raises ImproperlyConfigured when the named file cannot be read."""
        if self.name in os.environ:
            return os.environ[self.name]
        path = os.environ.get(f"{self.name}_FILE")
        if not path:
            return self.default
        try:
            return Path(path).read_text().strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{self.name}_FILE names {path}, which cannot be read: {error.strerror}.") from error

    def yes(self) -> bool:
        """Its value as a yes or no."""
        return self.text().lower() in {"1", "true", "yes", "on", "oui"}

    def number(self) -> int:
        """Its value as a whole number; raises ImproperlyConfigured when it is not one."""
        try:
            return int(self.text())
        except ValueError as error:
            raise ImproperlyConfigured(f"{self.name} must be a whole number, not {self.text()!r}.") from error

    def words(self) -> list[str]:
        """Its value as a list parted by commas."""
        return [word.strip() for word in self.text().split(",") if word.strip()]


DATABASE_URL = Setting("DATABASE_URL", "", "A PostgreSQL of yours (15 or later). Empty: the embedded one, in the data folder.")
DATA = Setting("RELAIS_DATA", "var", "The data folder: database, files, mails not sent, secret key.")
PORT = Setting("RELAIS_PORT", "8000", "The port the server listens on.")
HOST = Setting("RELAIS_HOST", "127.0.0.1", "The address the server listens on; 0.0.0.0 behind a container's port.")
BASE_URL = Setting("RELAIS_BASE_URL", "", "The address people type, for links in mails. Empty: http://localhost:PORT.")
SECRET_KEY = Setting("RELAIS_SECRET_KEY", "", "Signs sessions and links. Empty: made once and kept in the data folder.")
LANGUAGES = Setting("RELAIS_LANGUAGES", "fr,en", "The languages offered; the first is the default.")
TIME_ZONE = Setting("RELAIS_TIME_ZONE", "Europe/Paris", "The time zone of people who chose none.")
DEMO = Setting("RELAIS_DEMO", "", "Yes: offer the demo's personas at sign-in. Never on a real community.")
DEBUG = Setting("RELAIS_DEBUG", "", "Yes: Django's debug pages, for developers only.")
WEB_THREADS = Setting("RELAIS_WEB_THREADS", "4", "Requests answered at once by the web process.")
MAIL_URL = Setting("RELAIS_MAIL_URL", "", "smtp://user:password@host:587/?tls=yes. Empty: mails are written into the data folder.")
MAIL_FROM = Setting("RELAIS_MAIL_FROM", "Relais <relais@localhost>", "The sender of mails.")
TRUSTED_PROXIES = Setting("RELAIS_TRUSTED_PROXIES", "0", "How many reverse proxies of yours stand in front.")
LOG_LEVEL = Setting(
    "RELAIS_LOG_LEVEL", "warning", "What is told on standard error: debug, info (writes, refusals, slow pages, jobs), warning or error."
)

ALL = [value for value in list(globals().values()) if isinstance(value, Setting)]
