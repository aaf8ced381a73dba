"""Journeys in a real browser, against a server in a thread and a database of their own.

The ledger refuses to be emptied (a trigger forbids TRUNCATE), so nothing here is flushed between tests. Each worker copies
its test database once, builds one world in the copy through the actions of the product, commits it, and every browser test
of the worker reads it. A journey that writes brings its own people (`tests.factories`) and looks only at what it made.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connection, connections
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import BrowserContext, ConsoleMessage
from pytest_django import DjangoDbBlocker

from relais.people.models import Person
from tests.browser.hands import Mouse
from tests.browser.world import World, build_world

SignIn = Callable[[Person], None]
NewContext = Callable[..., BrowserContext]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/browser/" in item.nodeid or item.nodeid.startswith("tests/browser"):
            item.add_marker("browser")


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Every new connection of this process leads to the database `name`."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


@pytest.fixture(scope="session")
def world_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A copy of this worker's test database."""
    source = connection.settings_dict["NAME"]
    name = f"{source}_browser"
    with django_db_blocker.unblock():
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    yield name
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def world(world_database: str, django_db_blocker: DjangoDbBlocker) -> World:
    """The people and things that every browser test finds."""
    with django_db_blocker.unblock(), connected_to(world_database):
        return build_world()


@pytest.fixture(autouse=True)
def db(world: World, world_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Here `db` is the world's database, for the test as for the server's threads (the name makes pytest-django prepare it)."""
    with django_db_blocker.unblock(), connected_to(world_database):
        yield


@pytest.fixture(scope="session")
def base_url() -> Iterator[str]:
    """A server in a thread; its addresses are given to the browser without their beginning."""
    thread = LiveServerThread("localhost", static_handler=StaticFilesHandler, connections_override={})
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://localhost:{thread.port}"
    thread.terminate()
    connections.close_all()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium, else Playwright's own; root has no sandbox."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    arguments = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return browser_type_launch_args | {"args": arguments} | ({"executable_path": found} if found else {})


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {"locale": "fr-FR", "reduced_motion": "reduce"}


@pytest.fixture
def sign_in(context: BrowserContext, base_url: str) -> SignIn:
    """Open the browser's session for somebody, without going through the sign-in pages."""

    def enter(person: Person) -> None:
        client = Client()
        client.force_login(person)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base_url}])

    return enter


def is_complaint(message: ConsoleMessage) -> bool:
    """Whether a line of the console tells that something is broken; a page that answers 404 or 422 on purpose is not."""
    an_answer = message.text.startswith("Failed to load resource: the server responded") and "/static/" not in message.location["url"]
    return message.type == "error" and not an_answer


@pytest.fixture(autouse=True)
def complaints() -> Iterator[list[str]]:
    """What the browsers of a test complain about: scripts that fail, content that the policy refuses. Nothing, at the end."""
    told: list[str] = []
    yield told
    assert told == []


@pytest.fixture
def new_context(new_context: NewContext, complaints: list[str]) -> NewContext:
    """A browser of somebody's own, listened to."""

    def opened(**given: Any) -> BrowserContext:
        context = new_context(**given)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("console", lambda message: complaints.append(message.text) if is_complaint(message) else None)
        context.set_default_timeout(10_000)
        return context

    return opened


@pytest.fixture(autouse=True)
def _files_of_this_test_only(settings: LazySettings, tmp_path: Path) -> None:
    """What is joined goes into the test's own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"


def entered(new_context: NewContext, base_url: str, person: Person) -> Mouse:
    """Somebody on a phone, signed in."""
    client = Client()
    client.force_login(person)
    context = new_context(viewport={"width": 360, "height": 740})
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base_url}])
    return Mouse(context.new_page(), person.language)
