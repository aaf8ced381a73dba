from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from relais.core import clock
from relais.core.errors import Refused
from relais.demo.build import build, is_built
from relais.ledger.models import Entry, Seal
from relais.people.models import Person
from tests.factories import make_invited

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)


def _restart_numbers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S' AND relname ~ '^(people|knowledge|skills|ledger)_'")


def test_same_seed_tells_the_same_ledger() -> None:
    digests = []
    for _time in range(2):
        digests.append(_built_and_rolled_back())

    assert digests[0] == digests[1]


def _built_and_rolled_back() -> str:
    with transaction.atomic():
        _restart_numbers()
        with clock.simulated(TODAY):
            build(people=60, months=1, seed=3)
        digest = Seal.objects.order_by("-day").values_list("digest", flat=True)[0]
        transaction.set_rollback(True)
    return digest


def test_interrupted_demo_leaves_nothing() -> None:
    def interrupt(number: int, of: int) -> None:
        if number == 200:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(people=60, months=1, progress=interrupt)

    assert Person.objects.count() == Entry.objects.count() == 0
    assert not is_built()


def test_demo_leaves_a_real_community_alone() -> None:
    make_invited()

    with pytest.raises(Refused, match="holds people already"):
        build(people=60, months=1)

    assert Person.objects.count() == 1


@pytest.mark.parametrize(("people", "months"), [(10, 3), (60, 0), (60, 25)])
def test_demo_of_an_impossible_size_is_refused(people: int, months: int) -> None:
    with pytest.raises(Refused):
        build(people=people, months=months)

    assert Person.objects.count() == 0
