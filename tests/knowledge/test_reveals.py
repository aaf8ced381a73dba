from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

import pytest
from django.db import IntegrityError, transaction

from relais.core import clock
from relais.core.errors import NotAllowed, Refused, RelaisError
from relais.knowledge import jobs
from relais.knowledge.actions.reveals import answer_reveal, ask_reveal, let_reveals_lapse
from relais.knowledge.actions.use_cases import mark_solved, support_use_case
from relais.knowledge.models import Reveal, UseCase
from relais.knowledge.queries.home import home_for
from relais.knowledge.queries.reveals import case_to_reveal, name_behind, reveal_for, reveals_for, reveals_told_to
from relais.ledger.models import Entry
from relais.people.actions import grant_role, revoke_role
from relais.people.export import rows_of
from relais.people.models import Person, Role
from tests.factories import make_member, make_pseudonymous, make_use_case, make_with_role

pytestmark = pytest.mark.django_db
REASON = "Un collègue est nommément menacé dans ce cas."


class Keys(NamedTuple):
    """A case under a pseudonym, and two who hold a key each."""

    case: UseCase
    pilot: Person
    administrator: Person

    @property
    def asker(self) -> Person:
        return self.case.author


@pytest.fixture
def keys() -> Keys:
    return Keys(make_pseudonymous(), make_with_role(Role.PILOT), make_with_role(Role.ADMINISTRATOR))


def told(verb: str) -> list[tuple[object, str]]:
    return list(Entry.objects.filter(verb=verb).order_by("pk").values_list("actor", "object_id"))


def test_two_keys_lift_a_pseudonym_for_two_people(keys: Keys) -> None:
    reveal = ask_reveal(keys.case, REASON, by=keys.pilot)

    reveal = answer_reveal(reveal, grant=True, by=keys.administrator)

    others = [make_with_role(Role.PILOT), make_with_role(Role.ADMINISTRATOR), make_member()]
    assert [name_behind(person, reveal) for person in (keys.pilot, keys.administrator)] == [keys.asker] * 2
    assert [name_behind(person, reveal) for person in others] == [None] * 3
    assert told("reveal.asked") == [(keys.pilot.pk, str(keys.case.pk))]
    assert told("reveal.granted") == [(keys.administrator.pk, str(keys.case.pk))]


def test_either_key_may_come_first(keys: Keys) -> None:
    reveal = ask_reveal(keys.case, REASON, by=keys.administrator)

    assert answer_reveal(reveal, grant=True, by=keys.pilot).state == "granted"


def test_first_key_alone_tells_nothing(keys: Keys) -> None:
    reveal = ask_reveal(keys.case, REASON, by=keys.pilot)

    assert [name_behind(person, reveal) for person in (keys.pilot, keys.administrator)] == [None, None]


def test_second_key_may_refuse(keys: Keys) -> None:
    reveal = answer_reveal(ask_reveal(keys.case, REASON, by=keys.pilot), grant=False, by=keys.administrator)

    assert (reveal.state, name_behind(keys.pilot, reveal)) == ("refused", None)
    assert told("reveal.refused") == [(keys.administrator.pk, str(keys.case.pk))]


def test_no_fact_and_no_export_of_a_key_holder_names_the_asker(keys: Keys) -> None:
    answer_reveal(ask_reveal(keys.case, REASON, by=keys.pilot), grant=True, by=keys.administrator)

    facts = Entry.objects.filter(verb__startswith="reveal.")
    assert [str(keys.asker.pk) in f"{fact.actor} {fact.unit} {fact.payload}" for fact in facts] == [False, False]
    assert [str(keys.asker.pk) in str(rows_of(person)) for person in (keys.pilot, keys.administrator)] == [False, False]


def test_export_of_who_marked_the_case_solved_does_not_name_the_asker(keys: Keys) -> None:
    supporter = make_member()
    support_use_case(keys.case, by=supporter)
    mark_solved(keys.case, by=supporter)

    rows = rows_of(supporter)["knowledge.usecase"]

    assert [("author" in row, row["solved_by"]) for row in rows] == [(False, supporter.pk)]


@pytest.mark.parametrize("second", ["same", "same_with_both_roles", "other_pilot", "asker", "member"])
def test_second_key_is_another_person_with_the_other_key_and_not_the_asker(keys: Keys, second: str) -> None:
    both = grant_role(keys.pilot, Role.ADMINISTRATOR, by=None) if second == "same_with_both_roles" else keys.pilot
    people = {
        "same": keys.pilot,
        "same_with_both_roles": both,
        "other_pilot": make_with_role(Role.PILOT),
        "asker": grant_role(keys.asker, Role.ADMINISTRATOR, by=None),
        "member": make_member(),
    }
    reveal = ask_reveal(keys.case, REASON, by=keys.pilot)

    with pytest.raises(NotAllowed):
        answer_reveal(reveal, grant=True, by=people[second])

    assert Reveal.objects.get().state == "open"


def test_first_key_that_was_taken_back_opens_nothing(keys: Keys) -> None:
    reveal = ask_reveal(keys.case, REASON, by=keys.pilot)
    revoke_role(keys.pilot, Role.PILOT, by=None)

    with pytest.raises(NotAllowed):
        answer_reveal(reveal, grant=True, by=keys.administrator)


def test_first_key_is_held_by_pilots_and_administrators_only(keys: Keys) -> None:
    for person in (make_member(), make_with_role(Role.SPONSOR), keys.asker):
        with pytest.raises(NotAllowed):
            ask_reveal(keys.case, REASON, by=person)

    assert Reveal.objects.count() == 0


def test_nobody_asks_about_their_own_case(keys: Keys) -> None:
    with pytest.raises(NotAllowed) as refusal:
        ask_reveal(keys.case, REASON, by=grant_role(keys.asker, Role.PILOT, by=None))

    assert "le vôtre" in str(refusal.value)


@pytest.mark.parametrize("reason", ["", "   ", "Pour voir"])
def test_reason_is_written_in_a_sentence(keys: Keys, reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        ask_reveal(keys.case, reason, by=keys.pilot)

    assert refusal.value.field == "reason"


def test_case_that_bears_a_name_has_nothing_to_lift(keys: Keys) -> None:
    with pytest.raises(Refused):
        ask_reveal(make_use_case(), REASON, by=keys.pilot)


def test_one_request_at_a_time(keys: Keys) -> None:
    ask_reveal(keys.case, REASON, by=keys.pilot)

    with pytest.raises(Refused):
        ask_reveal(keys.case, REASON, by=keys.administrator)


def test_request_is_answered_once(keys: Keys) -> None:
    reveal = answer_reveal(ask_reveal(keys.case, REASON, by=keys.pilot), grant=False, by=keys.administrator)

    with pytest.raises(Refused):
        answer_reveal(reveal, grant=True, by=make_with_role(Role.ADMINISTRATOR))


@pytest.mark.parametrize(("hours", "open_still"), [(7 * 24 - 1, True), (7 * 24, False)])
def test_second_key_comes_within_seven_days(keys: Keys, moment: datetime, hours: int, open_still: bool) -> None:
    with clock.simulated(moment):
        reveal = ask_reveal(keys.case, REASON, by=keys.pilot)

    with clock.simulated(moment + timedelta(hours=hours)):
        try:
            state = answer_reveal(reveal, grant=True, by=keys.administrator).state
        except RelaisError:
            state = "too late"

    assert state == ("granted" if open_still else "too late")


def test_request_without_a_second_key_lapses_and_another_may_follow(keys: Keys, moment: datetime) -> None:
    with clock.simulated(moment):
        ask_reveal(keys.case, REASON, by=keys.pilot)
    with clock.simulated(moment + timedelta(days=7)):
        jobs.lapse(timestamp=0)
        again = let_reveals_lapse()
        later = ask_reveal(keys.case, REASON, by=keys.administrator)

    assert (again, told("reveal.lapsed")) == (0, [(None, str(keys.case.pk))])
    assert [reveal.state for reveal in reveals_for(keys.pilot)] == [later.state, "lapsed"]


def test_asker_is_told_who_asked_and_why(keys: Keys) -> None:
    ask_reveal(keys.case, REASON, by=keys.pilot)

    assert [(r.asked_by, r.reason, r.state) for r in reveals_told_to(keys.asker, keys.case)] == [(keys.pilot, REASON, "open")]
    assert reveals_told_to(make_member(), keys.case) == []


def test_who_holds_no_key_sees_no_request(keys: Keys) -> None:
    reveal, member = ask_reveal(keys.case, REASON, by=keys.pilot), make_member()

    assert (reveals_for(member), reveal_for(member, reveal.pk), case_to_reveal(member, keys.case.pk)) == ([], None, None)
    assert (reveal_for(keys.pilot, reveal.pk), case_to_reveal(keys.pilot, keys.case.pk)) == (reveal, keys.case)


@pytest.mark.parametrize(
    ("role", "waits"), [(Role.ADMINISTRATOR, 1), (Role.PILOT, 0), (Role.SPONSOR, 0)], ids=["other key", "same key", "no key"]
)
def test_request_waits_on_the_home_page_of_whoever_holds_the_other_key(keys: Keys, role: Role, waits: int) -> None:
    ask_reveal(keys.case, REASON, by=keys.pilot)

    home = home_for(grant_role(make_member(), role, by=None), clock.now())

    assert [thing.kind for thing in home.waiting] == ["second_key"] * waits


def test_request_about_ones_own_case_does_not_wait_for_oneself(keys: Keys) -> None:
    ask_reveal(keys.case, REASON, by=keys.pilot)

    home = home_for(grant_role(keys.asker, Role.ADMINISTRATOR, by=None), clock.now())

    assert home.waiting == []


@pytest.mark.parametrize(
    "columns",
    [{"state": "granted"}, {"state": "granted", "answered_by": "asked_by", "answered_at": "now"}, {"reason": ""}],
    ids=["granted by nobody", "both keys in one hand", "without a reason"],
)
def test_database_refuses_what_the_action_never_writes(keys: Keys, columns: dict[str, str], moment: datetime) -> None:
    given = {"asked_by": keys.pilot, "now": moment}
    known = {"use_case": keys.case, "asked_by": keys.pilot, "reason": REASON}
    row = Reveal(**known | {name: given.get(value, value) for name, value in columns.items()})

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
