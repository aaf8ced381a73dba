from __future__ import annotations

import pytest

from relais.core.errors import NotAllowed
from relais.knowledge.actions.circles import appoint_animator, dismiss_animator, join_circle, leave_circle
from relais.knowledge.models import CircleMember
from relais.ledger.models import Entry
from relais.people.models import Role
from tests.factories import make_circle, make_invited, make_member, make_with_role

pytestmark = pytest.mark.django_db


def test_joining_twice_is_told_once() -> None:
    circle, person = make_circle(), make_member()

    join_circle(circle, by=person)
    join_circle(circle, by=person)

    assert Entry.objects.filter(verb="circle.joined", actor=person.pk).count() == 1


def test_leaving_a_circle_one_is_not_in_changes_nothing() -> None:
    circle, person = make_circle(), make_member()

    leave_circle(circle, by=person)

    assert Entry.objects.filter(verb="circle.left").count() == 0


def test_only_those_who_take_part_join() -> None:
    with pytest.raises(NotAllowed):
        join_circle(make_circle(), by=make_invited())


def test_animator_of_another_circle_stays_animator() -> None:
    first, second, person = make_circle(), make_circle(), make_member()
    appoint_animator(first, person, by=None)
    appoint_animator(second, person, by=None)

    dismiss_animator(first, person, by=None)

    person.refresh_from_db()
    assert person.has_role(Role.ANIMATOR)
    leave_circle(second, by=person)
    person.refresh_from_db()
    assert not person.has_role(Role.ANIMATOR)


def told_since(number: int) -> list[tuple[str, object, object]]:
    return list(Entry.objects.filter(pk__gt=number).order_by("pk").values_list("verb", "actor", "payload"))


def test_being_trusted_with_a_circle_is_an_act_of_who_decides() -> None:
    circle, person, pilot = make_circle(), make_member(), make_with_role(Role.PILOT)
    before = Entry.objects.latest("pk").pk

    appoint_animator(circle, person, by=pilot)
    appoint_animator(circle, person, by=pilot)

    assert told_since(before) == [
        ("animator.appointed", pilot.pk, {"person": str(person.pk)}),
        ("role.granted", pilot.pk, {"role": "animator"}),
    ]
    assert CircleMember.objects.get().animator


def test_being_relieved_of_a_circle_is_an_act_of_who_decides() -> None:
    circle, person, pilot = make_circle(), make_member(), make_with_role(Role.PILOT)
    appoint_animator(circle, person, by=pilot)
    before = Entry.objects.latest("pk").pk

    dismiss_animator(circle, person, by=pilot)
    dismiss_animator(circle, person, by=pilot)

    assert told_since(before) == [
        ("animator.dismissed", pilot.pk, {"person": str(person.pk)}),
        ("role.revoked", pilot.pk, {"role": "animator"}),
    ]
    assert (CircleMember.objects.get().animator, CircleMember.objects.get().until) == (False, None)


def test_only_somebody_who_takes_part_looks_after_a_circle() -> None:
    circle, person = make_circle(), make_invited()

    with pytest.raises(NotAllowed):
        appoint_animator(circle, person, by=None)

    assert CircleMember.objects.count() == 0
