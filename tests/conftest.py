from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.conf import LazySettings
from hypothesis import settings as hypothesis_settings

hypothesis_settings.register_profile("relais", deadline=None)  # a busy machine is no fault of the code
hypothesis_settings.load_profile("relais")


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
