from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.urls import resolve

from relais.core import clock
from relais.core.errors import Refused
from relais.demo.build import build, is_built
from relais.indicators.actions.figures import figures_at
from relais.knowledge.models import Application, Draft, Proposal, UseCase
from relais.knowledge.queries.animation import animated_by, searches_in_vain, unanswered_for_two_days
from relais.knowledge.queries.home import Home, home_for
from relais.knowledge.queries.newcomers import cases_to_welcome
from relais.ledger.models import Entry, Seal
from relais.ledger.queries import breaches
from relais.people.models import Person, Role
from relais.web.people.personas import PERSONAS

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Any:
    """One small demo for the module: built once, rolled back with it."""
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.simulated(TODAY):
            build(people=60, months=3, seed=1)
        yield
        transaction.set_rollback(True)


def test_demo_ends_yesterday(demo: None) -> None:
    last = Entry.objects.order_by("-occurred_at").first()

    assert last is not None
    assert last.occurred_at.date() < TODAY.date()
    assert Entry.objects.filter(recorded_at__gte=TODAY).count() == 0


def test_demo_is_told_by_acts(demo: None) -> None:
    told = dict.fromkeys(("use_case.asked", "person.joined", "application.told"))

    counted = {verb: Entry.objects.filter(verb=verb).count() for verb in told}

    assert counted == {
        "use_case.asked": UseCase.objects.count(),
        "person.joined": Person.objects.exclude(joined_at=None).count(),
        "application.told": Application.objects.exclude(told_at=None).count(),
    }


def test_demo_engages_more_and_more(demo: None) -> None:
    begun, now = (figures_at(day) for day in (date(2026, 4, 1), date(2026, 6, 14)))

    assert begun["engaged"] is None
    assert now["engaged"] >= 8


def test_demo_has_silent_teams(demo: None) -> None:
    acting = Person.objects.filter(unit__code="usine-nuit").exclude(
        pk__in=Entry.objects.filter(verb="application.reported").values("actor")
    )

    assert acting.count() == Person.objects.filter(unit__code="usine-nuit").count()


def test_demo_has_its_personas(demo: None) -> None:
    people = {role: Person.objects.get(email=persona.email) for role, persona in PERSONAS.items()}

    assert people["pilot"].has_role(Role.PILOT)
    assert people["animator"].has_role(Role.ANIMATOR)
    assert people["administrator"].has_role(Role.ADMINISTRATOR)
    assert (people["sponsor"].has_role(Role.SPONSOR), people["sponsor"].takes_part) == (True, False)


def home_of(role: str) -> Home:
    return home_for(Person.objects.get(email=PERSONAS[role].email), TODAY)


def test_operator_has_something_of_each_kind_waiting(demo: None) -> None:
    waiting = {thing.kind: thing.title for thing in home_of("member").waiting}

    assert sorted(waiting) == ["proposal", "to_solve", "to_tell"]
    operator = Person.objects.get(email=PERSONAS["member"].email)
    open_ones = operator.proposals.filter(state=Proposal.State.OPEN).values_list("use_case__title", "reason")
    assert [reason for title, reason in open_ones if title.startswith("Ça frotte encore en bas du vantail gris")] == ["best"]
    assert waiting["to_solve"].startswith("Deux bacs de vis identiques")


def test_operator_finds_a_draft_where_it_was_begun(demo: None) -> None:
    draft = Draft.objects.get(person__email=PERSONAS["member"].email)

    assert resolve(draft.place).view_name == "knowledge:use_case_ask"
    assert draft.fields["title"].startswith("Comment prévenir l'équipe de nuit")


def test_animator_has_a_case_too_long_unanswered_a_newcomer_and_a_need(demo: None) -> None:
    circles = animated_by(Person.objects.get(email=PERSONAS["animator"].email))

    late = [case.title[:30] for case in unanswered_for_two_days(circles, TODAY)]
    waiting = [case.title[:18] for case in cases_to_welcome(circles, TODAY)]
    assert "Le client a deux versions de s" in late
    assert waiting == ["Ma première semain"]
    assert searches_in_vain().count() > 0


def test_demo_is_sealed_and_holds(demo: None) -> None:
    assert Seal.objects.order_by("-day").values_list("day", flat=True).first() == date(2026, 6, 14)
    assert list(breaches()) == []


def test_demo_is_not_built_twice(demo: None) -> None:
    assert is_built()
    with pytest.raises(Refused):
        build()
