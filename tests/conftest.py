from __future__ import annotations

from datetime import UTC, datetime

import pytest


@pytest.fixture
def moment() -> datetime:
    """A Wednesday, so that no test depends on today."""
    return datetime(2026, 3, 11, 10, 0, tzinfo=UTC)
