from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tests.web.world import World


@pytest.fixture(autouse=True)
def _files_of_this_test_only(settings: LazySettings, tmp_path: Path) -> None:
    """Pages are drawn without collected static files; what is joined goes into the test's own folder."""
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.WHITENOISE_AUTOREFRESH = True
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(scope="module")
def _world_and_its_files(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[World, Path]]:
    files, around = tmp_path_factory.mktemp("files"), transaction.atomic()
    around._from_testcase = True  # as Django marks its own: a durable block may stand inside
    with django_db_blocker.unblock(), around:
        with override_settings(MEDIA_ROOT=files):
            made = World()
        yield made, files
        transaction.set_rollback(True)


@pytest.fixture
def world(_world_and_its_files: tuple[World, Path], db: None, settings: LazySettings) -> World:
    """Made once for the tests of a module; each test's transaction undoes what it did to it."""
    made, settings.MEDIA_ROOT = _world_and_its_files
    return made
