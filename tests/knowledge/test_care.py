"""Contents are kept true, and never without somebody who looks after them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relais.core import clock
from relais.core.errors import NotAllowed, Refused, RelaisError
from relais.knowledge.actions.care import name_deputy, still_true, take_over
from relais.knowledge.actions.circles import appoint_animator, dismiss_animator
from relais.knowledge.actions.contributions import ContributionText, add_co_author, revise_contribution
from relais.knowledge.models import Care, Contribution
from relais.knowledge.queries.care import care_for, care_of, due_in, looked_after_by, without_owner
from relais.ledger.models import Entry
from relais.ledger.subscriptions import delivered_at_once
from relais.people.actions import depart_person, leave_community, pause
from relais.people.models import Person
from tests.factories import make_answer, make_content, make_invited, make_member, make_use_case

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


def animator_of(care: Care) -> Person:
    appoint_animator(care.contribution.use_case.circle, person := make_member(), by=None)
    person.refresh_from_db()
    return person


def care_in(content: Contribution) -> Care:
    return Care.objects.get(pk=content.pk)


def handed() -> list[str | None]:
    return [entry.payload["person"] for entry in Entry.objects.filter(verb="content.handed_over").order_by("pk")]


def test_content_is_looked_after_by_its_author_and_read_again_in_a_year_and_an_answer_is_not() -> None:
    content = make_content()

    care = care_of(content)

    assert care is not None
    assert (care.owner, care.deputy, care.review_on) == (content.author, None, clock.today() + YEAR)
    assert (care_of(make_answer()), care_for(make_invited(), content.pk)) == (None, None)


def test_one_click_says_that_it_is_still_true_and_revising_does_too() -> None:
    content = make_content()
    with clock.simulated(clock.now() + YEAR):
        due = Care.objects.get().is_due
        confirmed = still_true(Care.objects.get(), by=content.author)
    with clock.simulated(clock.now() + 2 * YEAR):
        text = ContributionText("<p>Quatre gestes simples.</p>", kind="sheet", title="Accueillir")
        revise_contribution(content, text, by=content.author, base=1)

    assert (due, confirmed.is_due, Entry.objects.filter(verb="content.confirmed").count()) == (True, False, 1)
    assert Care.objects.get().review_on == clock.today() + 3 * YEAR


def test_authors_deputies_and_the_circles_animators_confirm_and_nobody_else() -> None:
    content = make_content()
    add_co_author(content, co_author := make_member(), by=content.author)
    care = name_deputy(Care.objects.get(), (deputy := make_member()).email or "", by=content.author)

    for person in (co_author, deputy, animator_of(care)):
        still_true(care, by=person)

    with pytest.raises(NotAllowed):
        still_true(care, by=make_member())


def test_deputy_is_somebody_else_who_takes_part_and_is_named_by_the_owner() -> None:
    content = make_content()
    care = Care.objects.get()

    for email in ("nobody@example.org", make_invited().email or "", content.author.email or ""):
        with pytest.raises(Refused):
            name_deputy(care, email, by=content.author)
    with pytest.raises(NotAllowed):
        name_deputy(care, "", by=make_member())

    assert name_deputy(care, " ", by=content.author).deputy is None


def test_who_leaves_hands_over_to_the_deputy_then_a_co_author_then_the_circle() -> None:
    author = make_member()
    first, second, third = (make_content(author=author) for _ in range(3))
    name_deputy(Care.objects.get(pk=first.pk), (deputy := make_member()).email or "", by=author)
    for content in (first, second):
        add_co_author(content, co_author := make_member(), by=author)

    with delivered_at_once():
        leave_community(author)

    owners = [Care.objects.get(pk=content.pk).owner for content in (first, second, third)]
    assert (owners, handed()) == ([deputy, co_author, None], [str(deputy.pk), str(co_author.pk), None])
    assert without_owner([third.use_case.circle_id]) == [Care.objects.get(pk=third.pk)]


def test_deputy_who_leaves_is_no_deputy_any_more() -> None:
    content = make_content()
    name_deputy(Care.objects.get(), (deputy := make_member()).email or "", by=content.author)

    with delivered_at_once():
        depart_person(deputy)

    assert (Care.objects.get().owner, Care.objects.get().deputy) == (content.author, None)


def test_what_nobody_looks_after_is_taken_over_by_the_circles_animators_and_a_deputy_may_at_any_time() -> None:
    content = make_content()
    care = name_deputy(Care.objects.get(), (deputy := make_member()).email or "", by=content.author)
    animator = animator_of(care)
    with pytest.raises(NotAllowed):
        take_over(care, by=animator)

    taken = take_over(care, by=deputy)
    with delivered_at_once():
        leave_community(deputy)
    again = take_over(care, by=animator)

    assert (taken.owner, taken.deputy, again.owner) == (deputy, None, animator)


def test_lists_begin_with_what_is_to_be_read_first_and_due_ones_are_the_circles() -> None:
    me, case = make_member(), make_use_case()
    late, soon = make_content(case, author=me), make_content(case, author=me)
    Care.objects.filter(pk=soon.pk).update(review_on=clock.today())
    helped = make_content()
    name_deputy(Care.objects.get(pk=helped.pk), me.email or "", by=helped.author)

    assert [care.pk for care in looked_after_by(me)] == [soon.pk, late.pk, helped.pk]
    assert [care.pk for care in due_in([case.circle_id])] == [soon.pk]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3)), max_size=12))
def test_no_content_is_ever_without_somebody_who_can_act(steps: list[tuple[int, int]]) -> None:
    people = [make_member() for _ in range(4)]
    content = make_content(author=people[0])
    circle, keeper = content.use_case.circle, make_member()
    appoint_animator(circle, keeper, by=None)
    acts: list[Callable[[Person], object]] = [
        leave_community,
        depart_person,
        pause,
        lambda person: add_co_author(content, person, by=content.author),
        lambda person: name_deputy(care_in(content), person.email or "x", by=care_in(content).owner or person),
        lambda person: take_over(care_in(content), by=person),
        lambda person: (appoint_animator(circle, person, by=None), dismiss_animator(circle, person, by=None)),
    ]

    with delivered_at_once():
        for act, who in steps:
            try:
                acts[act](Person.objects.get(pk=people[who].pk))
            except RelaisError:
                continue

    care = care_in(content)
    assert care.owner is None or care.owner.is_active
    keeper.refresh_from_db()
    assert care.owner or (without_owner([circle.pk]) == [care] and take_over(care, by=keeper).owner == keeper)
