"""People act at the same moment: nothing is counted twice, nothing is lost, nobody waits for ever."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from relais.core.errors import NotAllowed, Refused
from relais.knowledge.actions.attendance import register, unregister
from relais.knowledge.actions.circles import found_circle, join_circle, leave_circle
from relais.knowledge.actions.contributions import ContributionText, contribute, revise_contribution, withdraw_contribution
from relais.knowledge.actions.drafts import keep_draft
from relais.knowledge.actions.exchanges import ask_exchange, open_to_exchanges
from relais.knowledge.actions.moderation import appeal, decide, judge_appeal, report_thing
from relais.knowledge.actions.reuse import question_contribution, rate, report_application, settle_reaction, tell_outcome
from relais.knowledge.actions.reveals import answer_reveal, ask_reveal
from relais.knowledge.actions.search import learn_words, note_search_miss
from relais.knowledge.actions.use_cases import ask_use_case, choose_best, mark_solved, stop_supporting, support_use_case, withdraw_use_case
from relais.knowledge.models import Circle, Contribution, Draft, UseCase, Word
from relais.knowledge.queries.exchanges import open_exchanges_of
from relais.knowledge.queries.things import KINDS, Thing
from relais.ledger.models import Entry
from relais.people.actions import join_community, leave_community, pause
from relais.people.actions.invitations import invite, use_invitation
from relais.people.actions.pace import keep_pace
from relais.people.models import Person, Role
from tests.factories import (
    make_answer,
    make_circle,
    make_invited,
    make_member,
    make_pseudonymous,
    make_unit,
    make_use_case,
    make_with_role,
    make_workshop,
    use_case_text,
)
from tests.together import at_once, copied_database

MANY = 6


@pytest.fixture(scope="module")
def _copy(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), copied_database():
        yield


@pytest.fixture(autouse=True)
def db(_copy: None, django_db_blocker: Any) -> Iterator[None]:
    """What these tests write is committed (the name makes pytest-django prepare the database that is copied)."""
    with django_db_blocker.unblock():
        yield


def facts(verb: str, about: Any) -> int:
    return Entry.objects.filter(verb=verb, object_id=str(about.pk)).count()


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def members(count: int = MANY) -> list[Person]:
    unit = make_unit()
    return [make_member(unit=unit) for _ in range(count)]


def test_answers_of_many_are_all_counted() -> None:
    case = make_use_case()

    written = at_once(*(partial(contribute, case, ContributionText(body=f"<p>Essayez {n}.</p>"), by=m) for n, m in enumerate(members())))

    seen = fresh(case)
    assert (seen.answers_count, seen.first_answer_at) == (MANY, min(answer.published_at for answer in written))
    assert sum(facts("answer.published", answer) for answer in written) == MANY


def test_applications_of_many_are_all_counted_with_their_teams() -> None:
    answer, people = make_answer(), members(3) + members(3)

    at_once(*(partial(report_application, answer, by=person) for person in people))

    counted, case = fresh(answer), fresh(answer.use_case)
    assert (counted.applications_count, counted.teams_count, case.applications_count, case.teams_count) == (6, 2, 6, 2)


def test_a_double_click_applies_once() -> None:
    answer, person = make_answer(), make_member()

    twice = at_once(*[partial(report_application, answer, by=person)] * 2)

    assert twice[0] == twice[1]
    assert (fresh(answer).applications_count, facts("application.reported", answer)) == (1, 1)


def test_me_too_of_many_is_counted_and_a_double_click_once() -> None:
    case, people = make_use_case(), members()

    at_once(*(partial(support_use_case, case, by=person) for person in [*people, people[0]]))

    assert (fresh(case).supports_count, facts("use_case.supported", case)) == (MANY, MANY)


def test_me_too_taken_back_twice_is_taken_back_once() -> None:
    case, person = make_use_case(), make_member()
    support_use_case(case, by=person)

    at_once(*[partial(stop_supporting, case, by=person)] * 2)

    assert (fresh(case).supports_count, facts("use_case.unsupported", case)) == (0, 1)


def test_asker_and_supporter_solve_once() -> None:
    answer, supporter = make_answer(), make_member()
    case = answer.use_case
    support_use_case(case, by=supporter)

    at_once(partial(mark_solved, case, by=case.author), partial(mark_solved, case, by=supporter))

    assert facts("use_case.solved", case) == 1


def test_two_best_answers_leave_one() -> None:
    case = make_use_case()
    answers = [make_answer(case) for _ in range(2)]

    at_once(*(partial(choose_best, answer, by=case.author) for answer in answers))

    assert fresh(case).best in answers


def test_scores_of_many_add_up_and_a_second_one_replaces_the_first() -> None:
    answer, people = make_answer(), members(5)
    rate(answer, 1, by=people[0])

    at_once(*(partial(rate, answer, 4, by=person) for person in people))

    seen = fresh(answer)
    assert (seen.ratings_count, seen.ratings_sum) == (5, 20)


def test_two_authors_who_rate_each_other_at_the_same_moment_do_not_count() -> None:
    one, other = make_answer(), make_answer()

    at_once(partial(rate, one, 5, by=other.author), partial(rate, other, 5, by=one.author))

    assert (fresh(one).ratings_count, fresh(other).ratings_count) == (0, 0)


def test_a_form_sent_twice_publishes_once() -> None:
    case, person, key = make_use_case(), make_member(), uuid4()

    sent = at_once(*[partial(contribute, case, ContributionText(body="<p>Une seule fois.</p>"), by=person, sent_key=key)] * 3)

    assert {answer.pk for answer in sent} == {Contribution.objects.get(author=person).pk}
    assert (fresh(case).answers_count, facts("answer.published", sent[0])) == (1, 1)


def test_a_case_sent_twice_is_asked_once() -> None:
    person, key, text = make_member(), uuid4(), use_case_text(make_circle())

    sent = at_once(*[partial(ask_use_case, text, by=person, sent_key=key)] * 3)

    assert {case.pk for case in sent} == {UseCase.objects.get(author=person).pk}
    assert facts("use_case.asked", sent[0]) == 1


def test_two_revisions_of_one_version_keep_the_first_and_refuse_the_other() -> None:
    answer = make_answer()
    revisions = [partial(revise_contribution, answer, ContributionText(body=f"<p>Revu {n}.</p>"), by=answer.author, base=1) for n in (1, 2)]

    done = at_once(*revisions)

    assert (fresh(answer).version, done.count(Refused)) == (2, 1)


def test_a_case_is_answered_or_withdrawn_never_both() -> None:
    case, helper = make_use_case(), make_member()

    at_once(partial(withdraw_use_case, case, by=case.author), partial(contribute, case, ContributionText(body="<p>Voilà.</p>"), by=helper))

    seen = fresh(case)
    assert (seen.withdrawn_at is None) is (seen.answers_count == 1)


def test_an_answer_withdrawn_twice_is_taken_off_once() -> None:
    answer = make_answer()
    make_answer(answer.use_case)

    at_once(*[partial(withdraw_contribution, answer, by=answer.author)] * 2)

    assert (fresh(answer.use_case).answers_count, facts("answer.withdrawn", answer)) == (1, 1)


def test_an_answer_applied_while_it_is_withdrawn_counts_or_is_refused() -> None:
    answer, person = make_answer(), make_member()

    _withdrawn, applied = at_once(partial(withdraw_contribution, answer, by=answer.author), partial(report_application, answer, by=person))

    assert fresh(answer).applications_count == (0 if applied is NotAllowed else 1)


def test_an_outcome_told_twice_counts_once() -> None:
    answer, person = make_answer(), make_member()
    application = report_application(answer, by=person)

    at_once(*[partial(tell_outcome, application, "yes", minutes_saved=15, by=person)] * 2)

    seen = fresh(answer)
    assert (seen.told_count, seen.worked_count, facts("application.told", answer)) == (1, 1, 1)


def test_a_remark_settled_twice_is_settled_once() -> None:
    answer = make_answer()
    remark = question_contribution(answer, "outdated", "Le quai a changé.", by=make_member())

    at_once(*[partial(settle_reaction, remark, by=answer.author)] * 2)

    assert Entry.objects.filter(verb="reaction.settled", object_id__in=[str(remark.pk), str(answer.pk)]).count() == 1


def test_searches_in_vain_are_all_counted() -> None:
    misses = at_once(*[partial(note_search_miss, "borne de recharge")] * MANY)

    assert fresh(misses[0]).times == MANY


def test_words_learned_at_the_same_moment_are_known_once() -> None:
    at_once(*[partial(learn_words, "menuiserie pergola bioclimatique")] * MANY)

    assert Word.objects.filter(word__in=["menuiserie", "pergola", "bioclimatique"]).count() == 3


def test_two_windows_keep_one_draft() -> None:
    person = make_member()

    at_once(*(partial(keep_draft, "/cas/nouveau/", {"title": f"Idée {n}"}, by=person) for n in range(MANY)))

    assert Draft.objects.filter(person=person).count() == 1


def test_a_circle_opened_twice_is_opened_once_and_refused_in_words() -> None:
    pilot = make_with_role(Role.PILOT)

    opened = at_once(*[partial(found_circle, "Menuiserie alu", "Poser sans reprise.", by=pilot)] * 3)

    assert (opened.count(Refused), Circle.objects.filter(slug="menuiserie-alu").count()) == (2, 1)


def test_joining_a_circle_twice_is_one_fact_and_leaving_it_too() -> None:
    circle, person = make_circle(), make_member()

    at_once(*[partial(join_circle, circle, by=person)] * 3)
    joined = facts("circle.joined", circle)
    at_once(*[partial(leave_circle, circle, by=person)] * 3)

    assert (joined, facts("circle.left", circle)) == (1, 1)


def test_an_invitation_lets_in_once() -> None:
    token = invite(make_invited(), by=None)

    used = at_once(*[partial(use_invitation, token)] * 3)

    assert used.count(Refused) == 2


def test_joining_the_community_twice_is_one_fact() -> None:
    person = make_invited()

    at_once(*[partial(join_community, person)] * 3)

    assert facts("person.joined", person) == 1


def test_who_pauses_while_leaving_is_gone() -> None:
    person = make_member()

    at_once(partial(leave_community, person), partial(pause, person))

    gone = fresh(person)
    assert (gone.email, gone.is_active, facts("person.left", person)) == (None, False, 1)


def test_every_write_is_counted_in_the_pace() -> None:
    person = make_member()

    waits = at_once(*[partial(keep_pace, person)] * 8)
    counted = at_once(*[partial(keep_pace, person)] * 24)

    assert (waits, sorted(wait > 0 for wait in counted)) == ([0] * 8, [False] * 22 + [True] * 2)


def test_last_places_of_a_workshop_are_given_once_each() -> None:
    workshop, people = make_workshop(capacity=2), members()

    at_once(*(partial(register, workshop, by=person) for person in people))

    seen = fresh(workshop)
    assert (seen.registered_count, seen.waiting_count) == (2, MANY - 2)
    assert (facts("workshop.registered", workshop), facts("workshop.waited", workshop)) == (2, MANY - 2)


def test_places_given_back_together_promote_as_many() -> None:
    workshop, people = make_workshop(capacity=2), members(5)
    for person in people:
        register(workshop, by=person)

    at_once(*(partial(unregister, workshop, by=person) for person in people[:2]))

    seen = fresh(workshop)
    assert (seen.registered_count, seen.waiting_count, facts("workshop.promoted", workshop)) == (2, 1, 2)


def test_two_first_keys_make_one_request() -> None:
    case, pilot, administrator = make_pseudonymous(), make_with_role(Role.PILOT), make_with_role(Role.ADMINISTRATOR)

    asked = at_once(*(partial(ask_reveal, case, "Quelqu’un est menacé dans ce cas.", by=by) for by in (pilot, administrator)))

    assert (asked.count(Refused), case.reveals.count(), facts("reveal.asked", case)) == (1, 1, 1)


def test_two_second_keys_give_one_answer() -> None:
    case, administrators = make_pseudonymous(), [make_with_role(Role.ADMINISTRATOR) for _ in range(2)]
    reveal = ask_reveal(case, "Quelqu’un est menacé dans ce cas.", by=make_with_role(Role.PILOT))

    answered = at_once(*(partial(answer_reveal, reveal, grant=not n, by=by) for n, by in enumerate(administrators)))

    assert answered.count(Refused) == 1
    assert facts("reveal.granted", case) + facts("reveal.refused", case) == 1


def test_two_moderators_decide_once() -> None:
    case, pilots = make_use_case(), [make_with_role(Role.PILOT) for _ in range(2)]
    about = Thing(KINDS["usecase"], case)
    report_thing(about, "unkind", by=make_member())

    both = zip(("keep", "hide"), pilots, strict=True)
    decided = at_once(*(partial(decide, about, choice, "Une phrase blesse un collègue.", by=by) for choice, by in both))

    assert (decided.count(Refused), facts("ruling.made", case)) == (1, 1)


def test_third_judge_at_the_same_moment_comes_too_late() -> None:
    case, pilots = make_use_case(), [make_with_role(Role.PILOT) for _ in range(4)]
    about = Thing(KINDS["usecase"], case)
    report_thing(about, "unkind", by=make_member())
    ruling = appeal(decide(about, "hide", "Une phrase blesse un collègue.", by=pilots[0]), "Elle ne blesse pas.", by=case.author)

    judged = at_once(*(partial(judge_appeal, ruling, upholds=True, reasons="Elle blesse bel et bien.", by=by) for by in pilots[1:]))

    assert (judged.count(Refused), facts("appeal.judged", case), facts("appeal.closed", case)) == (1, 2, 1)


def test_many_who_ask_the_same_colleague_never_pass_what_they_said() -> None:
    wanted, people = make_member(), members()
    for person in (wanted, *people):
        open_to_exchanges(2, by=person)

    answers = at_once(*(partial(ask_exchange, wanted, by=person) for person in people))

    assert (open_exchanges_of(wanted.pk), answers.count(NotAllowed)) == (2, MANY - 2)
