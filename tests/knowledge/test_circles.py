from __future__ import annotations

import pytest

from relais.core.errors import NotAllowed
from relais.knowledge.actions.circles import appoint_animator, dismiss_animator, join_circle, leave_circle
from relais.ledger.models import Entry
from relais.people.models import Role
from tests.factories import make_circle, make_invited, make_member

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
