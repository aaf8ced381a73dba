from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from relais.ledger.models import Entry, Seal
from relais.people.models import Role
from tests.factories import make_invited, make_with_role

pytestmark = pytest.mark.django_db

STATEMENTS = [
    "UPDATE ledger_entry SET verb = 'other'",
    "DELETE FROM ledger_entry",
    "TRUNCATE ledger_entry",
    "UPDATE ledger_seal SET count = 0",
    "DELETE FROM ledger_seal",
    "TRUNCATE ledger_seal",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_refuses_to_change_what_was_written(statement, moment):
    make_with_role(Role.PILOT)
    Seal.objects.create(day=moment.date(), count=1, digest="0" * 64)
    before = (list(Entry.objects.values()), list(Seal.objects.values()))

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert (list(Entry.objects.values()), list(Seal.objects.values())) == before


def test_an_act_undone_leaves_neither_its_row_nor_its_entry():
    before = Entry.objects.count()

    with transaction.atomic():
        make_invited()
        transaction.set_rollback(True)

    assert Entry.objects.count() == before
