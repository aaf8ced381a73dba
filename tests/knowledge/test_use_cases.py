from uuid import uuid4

import pytest

from relais.core.errors import NotAllowed, Refused
from relais.knowledge.actions.circles import join_circle
from relais.knowledge.actions.contributions import withdraw_contribution
from relais.knowledge.actions.use_cases import (
    ask_use_case,
    choose_best,
    mark_solved,
    reopen,
    revise_use_case,
    stop_supporting,
    support_use_case,
    withdraw_use_case,
)
from relais.knowledge.models import UseCase
from relais.knowledge.queries.use_cases import Shelf, circles_for, use_case_for, use_cases_for
from relais.ledger.models import Entry
from tests.factories import make_answer, make_circle, make_invited, make_member, make_use_case, use_case_text

pytestmark = pytest.mark.django_db


def told(verb: str) -> list[tuple[str, str]]:
    return [(str(entry.actor), entry.object_id) for entry in Entry.objects.filter(verb=verb).order_by("pk")]


def test_asking_is_written_in_the_ledger() -> None:
    asker = make_member()

    use_case = ask_use_case(use_case_text(make_circle()), by=asker)

    assert told("use_case.asked") == [(str(asker.pk), str(use_case.pk))]


def test_situation_too_long_to_be_read_is_refused() -> None:
    asker, circle = make_member(), make_circle()
    ask_use_case(use_case_text(circle, situation=f"<p>mot {'x' * 99_000}</p>"), by=asker)

    with pytest.raises(Refused) as refusal:
        ask_use_case(use_case_text(circle, situation=f"<p>mot {'x' * 100_001}</p>"), by=asker)

    assert (refusal.value.field, UseCase.objects.filter(author=asker).count()) == ("situation", 1)


def test_case_sent_twice_is_asked_once() -> None:
    asker, circle, key = make_member(), make_circle(), uuid4()

    first = ask_use_case(use_case_text(circle), by=asker, sent_key=key)
    second = ask_use_case(use_case_text(circle), by=asker, sent_key=key)

    assert (first, len(told("use_case.asked"))) == (second, 1)


def test_case_is_asked_by_those_who_take_part_only() -> None:
    with pytest.raises(NotAllowed):
        ask_use_case(use_case_text(make_circle()), by=make_invited())


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"title": " "}, "title"), ({"situation": "<p> </p>"}, "situation"), ({"for_customers": False}, "serves")],
)
def test_case_that_lacks_something_is_refused_at_that_field(fields: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        ask_use_case(use_case_text(make_circle(), **fields), by=make_member())

    assert refusal.value.field == field


def test_asker_revises_the_case() -> None:
    use_case = make_use_case()

    revise_use_case(use_case, use_case_text(use_case.circle, title="Plus clair"), by=use_case.author)

    assert use_case_for(use_case.author, use_case.pk).title == "Plus clair"
    assert len(told("use_case.revised")) == 1


def test_nobody_else_revises_or_withdraws_it() -> None:
    use_case, other = make_use_case(), make_member()

    for act in (lambda: revise_use_case(use_case, use_case_text(use_case.circle), by=other), lambda: withdraw_use_case(use_case, by=other)):
        with pytest.raises(NotAllowed):
            act()


def test_withdrawn_case_is_seen_by_nobody_and_takes_no_act() -> None:
    use_case = make_use_case()

    withdraw_use_case(use_case, by=use_case.author)

    assert use_case_for(use_case.author, use_case.pk) is None
    assert len(told("use_case.withdrawn")) == 1
    with pytest.raises(NotAllowed):
        support_use_case(use_case, by=make_member())


def test_answered_case_is_not_withdrawn() -> None:
    answer = make_answer()

    with pytest.raises(NotAllowed):
        withdraw_use_case(answer.use_case, by=answer.use_case.author)


def test_me_too_counts_once_and_is_taken_back_once() -> None:
    use_case, other = make_use_case(), make_member()

    for act in (support_use_case, support_use_case):
        act(use_case, by=other)
    supported = UseCase.objects.get(pk=use_case.pk).supports_count
    for act in (stop_supporting, stop_supporting):
        act(use_case, by=other)

    left = UseCase.objects.get(pk=use_case.pk).supports_count
    assert (supported, left, len(told("use_case.supported")), len(told("use_case.unsupported"))) == (1, 0, 1, 1)


def test_asker_does_not_say_me_too() -> None:
    use_case = make_use_case()

    with pytest.raises(NotAllowed):
        support_use_case(use_case, by=use_case.author)


def test_case_solved_twice_is_solved_once_then_reopened_once() -> None:
    use_case = make_use_case()

    for act in (mark_solved, mark_solved, reopen, reopen):
        act(use_case, by=use_case.author)

    assert (len(told("use_case.solved")), len(told("use_case.reopened"))) == (1, 1)
    assert UseCase.objects.get(pk=use_case.pk).solved_by is None


def test_passer_by_does_not_reopen_it() -> None:
    use_case = make_use_case()
    mark_solved(use_case, by=use_case.author)

    with pytest.raises(NotAllowed):
        reopen(use_case, by=make_member())


def test_asker_chooses_the_best_answer_once() -> None:
    answer = make_answer()

    for _ in range(2):
        choose_best(answer, by=answer.use_case.author)

    assert UseCase.objects.get(pk=answer.use_case_id).best == answer
    assert len(told("best_answer.chosen")) == 1


def test_withdrawn_answer_is_not_chosen() -> None:
    answer = make_answer()
    withdraw_contribution(answer, by=answer.author)

    with pytest.raises(NotAllowed):
        choose_best(answer, by=answer.use_case.author)


def test_only_the_asker_chooses() -> None:
    answer = make_answer()

    with pytest.raises(NotAllowed):
        choose_best(answer, by=answer.author)


def test_cases_to_answer_start_near_me_and_leave_mine_out() -> None:
    viewer, near = make_member(), make_circle()
    join_circle(near, by=viewer)
    close, far = make_use_case(circle=near), make_use_case()
    make_use_case(author=viewer)
    make_answer()

    assert list(use_cases_for(viewer, Shelf.TO_ANSWER)) == [close, far]


def test_solved_cases_are_a_shelf_of_their_own() -> None:
    solved, _open = make_use_case(), make_use_case()
    mark_solved(solved, by=solved.author)

    assert list(use_cases_for(solved.author, Shelf.SOLVED)) == [solved]


def test_all_cases_are_seen_by_those_who_take_part_and_filtered_by_circle() -> None:
    use_case, other = make_use_case(), make_use_case()

    assert list(use_cases_for(use_case.author)) == [other, use_case]
    assert list(use_cases_for(use_case.author, circle=use_case.circle.slug)) == [use_case]
    assert list(use_cases_for(make_invited())) == []


def test_circles_to_choose_from_start_with_mine() -> None:
    viewer, other, mine = make_member(), make_circle("A"), make_circle("B")
    join_circle(mine, by=viewer)

    assert list(circles_for(viewer)) == [mine, other]
