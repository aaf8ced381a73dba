from __future__ import annotations

from functools import reduce
from operator import add

from django.contrib.postgres.search import SearchConfig, SearchVector
from django.db.models import Expression, Value


def search_vector(title: str, body: str) -> Expression:
    """What is indexed: both languages' stems of title (weight A) and body (weight C), accents removed."""
    parts = [
        SearchVector(field, weight=weight, config=SearchConfig(Value(config)))
        for config in ("relais_fr", "relais_en")
        for field, weight in ((title, "A"), (body, "C"))
    ]
    combined: Expression = reduce(add, parts)
    return combined
