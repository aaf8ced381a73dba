from uuid import uuid4

import pytest
from django.utils import translation

from relais.core.errors import NotAllowed, Refused
from relais.knowledge.actions.contributions import (
    ContributionText,
    add_co_author,
    also_answer,
    contribute,
    revise_contribution,
    withdraw_contribution,
)
from relais.knowledge.actions.reuse import report_application, tell_outcome
from relais.knowledge.actions.use_cases import choose_best, withdraw_use_case
from relais.knowledge.models import Contribution, UseCase
from relais.knowledge.queries.contributions import (
    also_answered,
    co_authors_to_choose,
    contribution_for,
    contributions_for,
    versions_of,
)
from relais.ledger.models import Entry
from tests.factories import make_answer, make_content, make_invited, make_member, make_use_case

pytestmark = pytest.mark.django_db


def count_of(verb: str) -> int:
    return Entry.objects.filter(verb=verb).count()


def fresh(use_case: UseCase) -> UseCase:
    return UseCase.objects.get(pk=use_case.pk)


def test_answer_and_content_are_counted_and_told_apart() -> None:
    use_case = make_use_case()

    answer = make_answer(use_case)
    content = make_content(use_case)

    counted = fresh(use_case)
    assert (counted.answers_count, counted.contents_count, counted.first_answer_at) == (1, 1, answer.published_at)
    assert Entry.objects.get(verb="answer.published").payload == {"use_case": use_case.pk, "kind": "answer"}
    assert Entry.objects.get(verb="content.published").object_id == str(content.pk)


def test_answer_sent_twice_is_published_once() -> None:
    use_case, author, key = make_use_case(), make_member(), uuid4()

    sent = [contribute(use_case, ContributionText(body="<p>Oui, deux fois.</p>"), by=author, sent_key=key) for _ in range(2)]

    assert (sent[0], fresh(use_case).answers_count, count_of("answer.published")) == (sent[1], 1, 1)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (ContributionText(body="<p>Oui</p>"), "body"),
        (ContributionText(body="<p>Deux mots</p>", kind="sheet"), "title"),
        (ContributionText(body="<p>Deux mots</p>", kind="link", title="Lien"), "url"),
    ],
)
def test_text_that_lacks_something_is_refused_at_that_field(text: ContributionText, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        contribute(make_use_case(), text, by=make_member())

    assert refusal.value.field == field


def test_withdrawn_case_takes_no_answer() -> None:
    use_case = make_use_case()
    withdraw_use_case(use_case, by=use_case.author)

    with pytest.raises(NotAllowed):
        make_answer(use_case)


def test_revised_text_keeps_what_it_said_before() -> None:
    answer = make_answer(body="<p>Avant la correction</p>")

    revise_contribution(answer, ContributionText(body="<p>Après la correction</p>"), by=answer.author, base=1)

    revised = contribution_for(answer.author, answer.pk)
    assert (revised.version, revised.body) == (2, "<p>Après la correction</p>")
    assert [version.body for version in versions_of(answer)] == ["<p>Avant la correction</p>"]
    assert count_of("answer.revised") == 1


def test_text_revised_meanwhile_is_not_overwritten() -> None:
    answer = make_answer()
    revise_contribution(answer, ContributionText(body="<p>La sienne d'abord</p>"), by=answer.author, base=1)

    with pytest.raises(Refused):
        revise_contribution(answer, ContributionText(body="<p>La mienne ensuite</p>"), by=answer.author, base=1)

    assert Contribution.objects.get(pk=answer.pk).body == "<p>La sienne d'abord</p>"


def test_content_keeps_its_counters_when_it_is_revised() -> None:
    content = make_content()
    report_application(content, by=make_member())

    text = ContributionText(body="<p>Quatre gestes</p>", kind="sheet", title="Accueillir")
    revise_contribution(content, text, by=content.author, base=1)

    assert (Contribution.objects.get(pk=content.pk).applications_count, count_of("content.revised")) == (1, 1)


def test_passer_by_revises_withdraws_and_credits_nothing() -> None:
    answer, other = make_answer(), make_member()

    for act in (
        lambda: revise_contribution(answer, ContributionText(body="<p>Deux mots</p>"), by=other, base=1),
        lambda: withdraw_contribution(answer, by=other),
        lambda: add_co_author(answer, other, by=other),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_withdrawn_best_answer_leaves_the_case_as_if_it_had_not_been() -> None:
    answer = make_answer()
    choose_best(answer, by=answer.use_case.author)

    withdraw_contribution(answer, by=answer.author)

    left = fresh(answer.use_case)
    assert (left.answers_count, left.first_answer_at, left.best) == (0, None, None)
    assert contribution_for(answer.author, answer.pk) is None
    assert count_of("answer.withdrawn") == 1


def test_first_answer_is_the_oldest_that_stays() -> None:
    first = make_answer()
    second = make_answer(first.use_case)

    withdraw_contribution(first, by=first.author)

    assert fresh(first.use_case).first_answer_at == second.published_at


def test_co_author_revises_it_too() -> None:
    answer, other = make_answer(), make_member()

    add_co_author(answer, other, by=answer.author)
    revise_contribution(answer, ContributionText(body="<p>À deux mains</p>"), by=other, base=1)

    assert Entry.objects.get(verb="co_author.added").payload == {"person": str(other.pk)}
    assert Contribution.objects.get(pk=answer.pk).version == 2


def test_co_author_takes_part_and_is_not_credited_twice() -> None:
    answer = make_answer()

    for person in (make_invited(), answer.author):
        with pytest.raises(Refused):
            add_co_author(answer, person, by=answer.author)


def test_colleagues_to_write_with_are_found_by_name() -> None:
    answer = make_answer()
    found, _invited = make_member("Zoé Marchand"), make_invited("Zoé Invitée")

    assert co_authors_to_choose(answer.author, answer, "zoé") == [found]
    assert co_authors_to_choose(answer.author, answer, " ") == []
    assert co_authors_to_choose(found, answer, "zoé") == []


def test_content_answers_another_case_once() -> None:
    content, other = make_content(), make_use_case()

    for _ in range(2):
        also_answer(content, other, by=make_member())

    linked = fresh(other)
    assert (linked.contents_count, linked.first_answer_at is not None, count_of("content.linked")) == (1, True, 1)
    assert list(also_answered(content)) == [other]
    assert contributions_for(other.author, linked) == [content]


def test_answer_belongs_to_its_case() -> None:
    with pytest.raises(Refused):
        also_answer(make_answer(), make_use_case(), by=make_member())


def test_withdrawn_content_answers_nothing_more() -> None:
    content, other, kept = make_content(), make_use_case(), make_use_case()
    also_answer(content, other, by=content.author)
    make_answer(kept)
    also_answer(content, kept, by=content.author)

    withdraw_contribution(content, by=content.author)

    assert (fresh(other).contents_count, fresh(other).first_answer_at, fresh(kept).contents_count) == (0, None, 0)
    with pytest.raises(NotAllowed):
        also_answer(content, make_use_case(), by=content.author)


def test_case_answered_by_a_linked_content_stays_answered() -> None:
    content, answer = make_content(), make_answer()
    also_answer(content, answer.use_case, by=content.author)

    withdraw_contribution(answer, by=answer.author)

    left = fresh(answer.use_case)
    assert (left.answers_count, left.contents_count, left.first_answer_at) == (0, 1, answer.published_at)


def test_best_answer_stays_when_another_goes() -> None:
    best = make_answer()
    other = make_answer(best.use_case)
    choose_best(best, by=best.use_case.author)

    withdraw_contribution(other, by=other.author)

    assert (fresh(best.use_case).best, fresh(best.use_case).answers_count) == (best, 1)


def test_case_keeps_its_first_answer_when_a_linked_content_goes() -> None:
    content, answer = make_content(), make_answer()
    make_answer(answer.use_case)
    also_answer(content, answer.use_case, by=content.author)
    other = make_content()
    also_answer(other, answer.use_case, by=other.author)

    withdraw_contribution(other, by=other.author)

    left = fresh(answer.use_case)
    assert (left.answers_count, left.contents_count, left.first_answer_at) == (2, 1, answer.published_at)


def test_best_answer_comes_first_then_what_worked_then_the_oldest() -> None:
    use_case = make_use_case()
    oldest, worked, best = (make_answer(use_case) for _ in range(3))
    tell_outcome(report_application(worked, by=(person := make_member())), "yes", by=person)
    choose_best(best, by=use_case.author)

    shown = contributions_for(use_case.author, fresh(use_case))

    assert shown == [best, worked, oldest]


def test_what_the_viewer_did_is_told_with_it() -> None:
    answer, viewer = make_answer(), make_member()
    report_application(answer, by=viewer)

    seen = contribution_for(viewer, answer.pk)

    assert (seen.applied, seen.my_score, contribution_for(answer.author, answer.pk).applied) == (True, None, False)


def test_text_too_long_to_be_read_is_refused_in_words() -> None:
    text = ContributionText(body="<p>mot " + "x" * 100_001 + "</p>")

    with translation.override("en"), pytest.raises(Refused, match="join it as a file") as refusal:
        contribute(make_use_case(), text, by=make_member())

    assert refusal.value.field == "body"
