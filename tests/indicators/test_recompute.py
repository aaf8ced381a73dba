"""The product's SQL and the independent script read one ledger: not one figure may differ."""

from __future__ import annotations

import json
from datetime import date
from unittest.mock import patch

import pytest
from django.db import transaction
from hypothesis import given, settings

from bench import recompute
from bench.recomputed import facts
from relais.indicators import definitions
from relais.indicators.actions.figures import figures_at
from relais.ledger.models import Entry
from relais.ledger.queries import export
from tests.indicators.histories import histories

pytestmark = pytest.mark.django_db


def exported_lines() -> list[str]:
    return [json.dumps(line) for line in export()]


@settings(max_examples=120, deadline=None)
@given(histories())
def test_random_histories_give_the_same_figures(history: tuple[date, list[Entry]]) -> None:
    at, entries = history

    with transaction.atomic(), patch.object(definitions, "K", 1), patch.object(facts, "FEWEST", 1):
        Entry.objects.bulk_create(entries)
        product, script = figures_at(at), recompute.recompute(exported_lines(), at)
        transaction.set_rollback(True)

    assert product == script
