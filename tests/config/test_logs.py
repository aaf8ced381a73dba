from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable

import pytest
from django.core.exceptions import ImproperlyConfigured

from relais.config.logs import LEVELS, LOGGING, level, say_where


def formatted(record: logging.LogRecord) -> dict[str, object]:
    options = dict(LOGGING["formatters"]["json"])
    line = options.pop("()")(**options).format(record)
    told: dict[str, object] = json.loads(line)
    return told


def failed() -> BaseException:
    try:
        raise ValueError("Key (email)=(ada@example.org) already exists")
    except ValueError as error:
        return error


def test_line_is_json_with_level_and_time() -> None:
    told = formatted(logging.LogRecord("relais", logging.INFO, "x.py", 1, "ready in %s s", (3,), None))

    assert {key: told[key] for key in ("event", "level", "logger")} == {"event": "ready in 3 s", "level": "info", "logger": "relais"}
    assert str(told["timestamp"]).endswith("Z")


def test_error_is_told_by_type_and_place_never_by_message() -> None:
    error = failed()

    told = formatted(logging.LogRecord("relais", logging.ERROR, "x.py", 1, "broken", (), (type(error), error, error.__traceback__)))

    assert told["error"] == "builtins.ValueError"
    assert "ada@example.org" not in json.dumps(told)
    assert str(told["where"]).endswith(" failed']")


@pytest.mark.parametrize("given", [lambda error: error, lambda error: (type(error), error, None)])
def test_error_is_recognised_however_it_is_handed_over(given: Callable[[BaseException], object]) -> None:
    event = say_where(None, "error", {"event": "x", "exc_info": given(failed())})

    assert event["error"] == "builtins.ValueError"


def test_error_being_handled_is_found() -> None:
    try:
        raise KeyError
    except KeyError:
        event = say_where(None, "error", {"event": "x", "exc_info": True})

    assert event["error"] == "builtins.KeyError"
    assert sys.exception() is None


def test_line_without_error_stays_as_it_is() -> None:
    assert say_where(None, "info", {"event": "x"}) == {"event": "x"}


def test_only_what_somebody_should_look_at_is_told_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RELAIS_LOG_LEVEL", raising=False)

    assert level() == "WARNING"


@pytest.mark.parametrize("given", [*LEVELS, "Info"])
def test_more_or_less_is_told_when_asked(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELAIS_LOG_LEVEL", given)

    assert level() == given.upper()


def test_a_level_that_does_not_exist_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELAIS_LOG_LEVEL", "loud")

    with pytest.raises(ImproperlyConfigured, match="must be one of debug, info, warning, error, not 'loud'"):
        level()
