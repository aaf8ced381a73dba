from __future__ import annotations

import pytest

from relais.core.errors import NotAllowed, Refused
from relais.ledger.models import Entry
from relais.people.actions import join_community, note_visit, pause, resume
from relais.people.actions.account import describe_oneself
from relais.people.models import Participation, Person, Role
from relais.people.rules import can_administer, can_animate, can_pilot, can_read_aggregates, can_take_part, may_be_asked
from tests.factories import make_invited, make_member, make_with_role

pytestmark = pytest.mark.django_db


def test_joining_twice_is_one_fact() -> None:
    person = join_community(make_invited())

    join_community(person)

    assert person.participation == Participation.MEMBER
    assert Entry.objects.filter(verb="person.joined", actor=person.pk).count() == 1


def test_member_pauses_and_comes_back() -> None:
    member = make_member()

    states = [pause(member).participation, resume(member).participation]

    assert states == [Participation.PAUSED, Participation.MEMBER]


def test_coming_back_without_a_pause_is_no_fact() -> None:
    member = resume(make_member())

    assert (member.participation, Entry.objects.filter(verb="person.resumed").count()) == (Participation.MEMBER, 0)


def test_somebody_who_has_not_joined_has_no_pause_to_take() -> None:
    with pytest.raises(NotAllowed):
        pause(make_invited())


def test_visit_is_written_down_once_a_day() -> None:
    member = make_member()

    note_visit(member)
    note_visit(member)

    assert Entry.objects.filter(verb="person.visited", actor=member.pk).count() == 1


def test_person_says_what_they_pass_on() -> None:
    member = make_member()

    told = describe_oneself(member, by=member, passes_on=" La soudure ", time_zone="America/Cayenne")

    assert (told.passes_on, told.time_zone, told.wants_to_learn, told.language) == ("La soudure", "America/Cayenne", "", "fr")


@pytest.mark.parametrize(("field", "value"), [("time_zone", "Mars/Olympus"), ("language", "tlh")])
def test_unknown_choice_is_refused_and_named(field: str, value: str) -> None:
    member = make_member()

    with pytest.raises(Refused) as refused:
        describe_oneself(member, by=member, **{field: value})

    assert refused.value.field == field


def test_nobody_speaks_for_somebody_else() -> None:
    with pytest.raises(NotAllowed):
        describe_oneself(make_member(), by=make_member(), passes_on="x")


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.ANIMATOR, (False, False, False, False)),
        (Role.PILOT, (True, False, True, False)),
        (Role.SPONSOR, (True, False, False, False)),
        (Role.ADMINISTRATOR, (False, True, False, False)),
    ],
)
def test_role_opens_its_own_pages_without_joining(role: Role, expected: tuple[bool, ...]) -> None:
    person = make_with_role(role)

    opened = (can_read_aggregates(person), can_administer(person), can_pilot(person), can_animate(person))

    assert opened == expected
    assert can_take_part(person) is False


def test_member_takes_part_and_may_be_asked_until_a_pause() -> None:
    member = make_member()
    paused = pause(make_member())

    assert [(can_take_part(one), may_be_asked(one)) for one in (member, paused)] == [(True, True), (True, False)]


def test_person_is_named_and_found_as_people_say_it() -> None:
    person = make_invited("Zoé de la Tour")

    found = Person.objects.get_by_natural_key((person.email or "").upper())

    assert (str(found), found.initials) == ("Zoé de la Tour", "ZT")
