from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.conf import LazySettings
from django.utils import translation
from hypothesis import settings as hypothesis_settings

hypothesis_settings.register_profile("relais", deadline=None)  # a busy machine is no fault of the code
hypothesis_settings.load_profile("relais")


@pytest.fixture(autouse=True)
def _in_french() -> Iterator[None]:
    """Each test begins in the default language: a request of the one before may have spoken another."""
    with translation.override("fr"):
        yield


@pytest.fixture
def moment() -> datetime:
    """A Wednesday, so that no test depends on today."""
    return datetime(2026, 3, 11, 10, 0, tzinfo=UTC)


@pytest.fixture
def enqueued_mail(settings: LazySettings) -> None:
    """Mails take their real way: a job in the transaction, then the transport (here: a list)."""
    settings.MAILERS = {
        "default": {"BACKEND": "relais.integrations.mail.backend.EnqueuedMail"},
        "transport": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"},
    }
