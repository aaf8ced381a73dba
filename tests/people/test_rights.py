"""What each table promises, tried on a row of a person's life: exported, erased when they leave, forgotten in time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from relais.core import clock
from relais.core.privacy import Erasure, Privacy
from relais.knowledge.actions.attendance import register
from relais.ledger.subscriptions import delivered_at_once
from relais.people.actions import leave_community
from relais.people.actions.retention import apply_retention
from relais.people.export import LEFT_OUT, rows_of
from relais.people.models import Person
from relais.people.privacy import WITHOUT_MODEL, declaration_for, links_to
from relais.web.people.my_data import my_data
from tests.factories import make_member, make_unit, make_workshop
from tests.people.lives import ROWS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("enqueued_mail")]
MODELS = {model._meta.label_lower: model for model in apps.get_models(include_auto_created=True)}
DECLARED: dict[str, Privacy] = {label: declared for label, model in MODELS.items() if (declared := declaration_for(model))}
NAME, NUMBER = "Zébulon Quatrechamps", "ZQ-77"


@pytest.fixture
def person() -> Person:
    return make_member(NAME, make_unit(), employee_number=NUMBER, arrived_on=clock.today() - timedelta(1500))


def stored(row: models.Model) -> str:
    """A row as the database holds it; empty once it is gone."""
    column = row._meta.pk.column if row._meta.pk else ""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT t::text FROM "{row._meta.db_table}" t WHERE "{column}"::text = %s', [str(row.pk)])
        found = cursor.fetchone()
    return str(found[0]) if found else ""


@pytest.mark.parametrize("label", ROWS)
def test_row_is_exported_or_its_table_says_why_not(label: str, person: Person) -> None:
    row = ROWS[label](person)

    exported = rows_of(person)

    assert label in LEFT_OUT or row.pk in [kept.get("id", row.pk) for kept in exported[label]]


@pytest.mark.parametrize("label", ROWS)
def test_when_its_person_leaves_a_row_becomes_what_its_table_promises(label: str, person: Person) -> None:
    row, named = ROWS[label](person), (NAME, NUMBER, str(person.email))

    with delivered_at_once():
        leave_community(person)

    left = stored(row)
    assert bool(left) is (DECLARED[label].erasure is not Erasure.DELETE)
    assert [word for word in named if word in left] == []
    for link in links_to(type(row), Person):
        holders = Person.objects.filter(pk=getattr(row, f"{link}_id"))
        assert [holder.name for holder in holders if holder.pk == person.pk] in ([], [""])


@pytest.mark.parametrize("label", [label for label in ROWS if DECLARED[label].since])
def test_row_goes_when_its_time_is_over_and_not_before(label: str, person: Person) -> None:
    declared = DECLARED[label]
    rows: dict[str, models.Model] = {}
    for when, days in (("young", -1), ("old", 2)):
        rows[when] = row = ROWS[label](
            person if when == "young" else make_member(unit=make_unit(), arrived_on=clock.today() - timedelta(1500))
        )
        moment: Any = clock.now() - timedelta((declared.retention or 0) + days)
        is_day = not isinstance(row._meta.get_field(declared.since or ""), models.DateTimeField)
        MODELS[label]._base_manager.filter(pk=row.pk).update(**{declared.since or "": moment.date() if is_day else moment})

    apply_retention()

    assert {when: bool(stored(row)) for when, row in rows.items()} == {"young": True, "old": False}


def tables_that_hold(words: list[str]) -> set[str]:
    """The tables in which one of these is written, wherever it is."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{table}\" t")
            text = str((cursor.fetchone() or [""])[0])
            found |= {table for word in words if word in text}
    return found


def test_no_table_knows_a_person_without_saying_it_in_the_export(person: Person) -> None:
    for label in ROWS:
        ROWS[label](person)

    holding = tables_that_hold([str(person.pk), NAME, NUMBER, str(person.email)])

    said = {MODELS[label]._meta.db_table for label in [*rows_of(person), *LEFT_OUT]}
    assert holding - said == set()
    assert len(holding) > len(ROWS) - 5
    assert holding & set(WITHOUT_MODEL) == set()


def test_after_a_whole_life_nothing_names_who_left_in_any_table(person: Person) -> None:
    with delivered_at_once():
        for label in ROWS:
            ROWS[label](person)
        guest = make_member()
        register(make_workshop(person), by=guest)
        with connection.cursor() as cursor:
            for status in ("doing", "failed"):
                cursor.execute("UPDATE procrastinate_jobs SET status = %s", [status])

        leave_community(person)

    assert tables_that_hold([NAME, NUMBER, str(person.email)]) == set()


def test_export_asks_as_many_queries_for_three_rows_of_a_table_as_for_one(person: Person) -> None:
    counts = []
    for _row in range(3):
        for label in ("knowledge.usecase", "knowledge.contribution", "knowledge.rating", "knowledge.need", "knowledge.registration"):
            ROWS[label](person)
        with CaptureQueriesContext(connection) as queries:
            my_data(person)
        counts.append(len(queries))

    assert counts == counts[:1] * 3
