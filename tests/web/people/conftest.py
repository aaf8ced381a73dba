from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _fresh_limits(settings: LazySettings, db: None) -> None:
    """Attempts at signing in are counted per test."""
    cache.clear()
