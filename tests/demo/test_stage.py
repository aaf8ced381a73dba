"""Each act of the plan is one action of the product: what the small demo seldom tells is told here."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random
from typing import Any

import pytest

from relais.demo.company import cast
from relais.demo.stage import Stage
from relais.demo.stories import stories
from relais.knowledge.models import Application, Contribution, Draft, Proposal, Reveal, SearchMiss, UseCase
from relais.ledger.models import Entry
from relais.people.models import Person
from tests.demo.conftest import MONDAY, answered, play

pytestmark = pytest.mark.django_db


def test_acts_have_the_date_they_are_told_at(stage: Stage) -> None:
    story, _text = answered(stage)

    asked = UseCase.objects.get(pk=stage.cases[story.key].pk)

    assert asked.asked_at == datetime(2025, 11, 18, 11, 0, tzinfo=UTC)


def test_who_pauses_and_comes_back_takes_part_again(stage: Stage) -> None:
    play(stage, ("pause", 3))
    paused = stage.people[3].participation
    play(stage, ("resume", 3))

    assert (paused, stage.people[3].participation) == ("paused", "member")


def test_who_leaves_has_no_name_any_more_and_who_departs_is_gone(stage: Stage) -> None:
    play(stage, ("leave", 3), ("depart", 4))

    left, departed = (Person.objects.get(pk=stage.people[who].pk) for who in (3, 4))

    assert (left.email, departed.email) == (None, None)
    assert Entry.objects.filter(verb__in=["person.left", "person.departed"]).count() == 2


def test_who_arrives_later_is_unknown_until_then() -> None:
    members = cast(Random(1), 60)
    members[-1].arrives = 10
    stage = Stage(members, MONDAY)
    stage.set()

    before = Person.objects.count()
    play(stage, ("arrive", 59))

    assert (before, Person.objects.get(email=members[-1].email).arrived_on) == (59, date(2025, 11, 27))


def test_who_moves_counts_where_they_are(stage: Stage) -> None:
    play(stage, ("move", 3, "agence-nantes"))

    assert Person.objects.get(pk=stage.people[3].pk).unit == stage.units["agence-nantes"]


def test_best_is_chosen_only_among_what_was_written(stage: Stage) -> None:
    story, text = answered(stage)

    play(stage, ("choose_best", 1, "never-written/a9"))
    without = UseCase.objects.get(pk=stage.cases[story.key].pk).best
    play(stage, ("choose_best", 1, text.key), ("solve", 1, story.key))

    case = UseCase.objects.get(pk=stage.cases[story.key].pk)
    assert (without, case.best, case.solved_by) == (None, stage.contributions[text.key], stage.people[1])


@pytest.mark.parametrize(
    ("act", "value", "columns"),
    [("tell", ("yes", 15), ("yes", 15, False)), ("tell", ("no", 0), ("no", 0, False)), ("skip", None, (None, None, True))],
)
def test_who_applied_tells_or_skips(stage: Stage, act: str, value: Any, columns: tuple[Any, ...]) -> None:
    _story, text = answered(stage)

    play(stage, ("apply", 3, text.key), (act, 3, text.key, value))

    told = Application.objects.get()
    assert (told.outcome or None, told.minutes_saved, told.skipped_at is not None) == columns


def test_questioned_text_is_mended_and_its_remarks_settled(stage: Stage) -> None:
    _story, text = answered(stage)

    play(stage, ("question", 3, text.key, ("outdated", "Plus au catalogue.")), ("rate", 4, text.key, 4))
    play(stage, ("mend", 2, text.key, text.body + "\n\nRevu."))

    mended = Contribution.objects.get()
    assert (mended.version, mended.reactions.filter(settled_at=None).count(), mended.ratings.get().score) == (2, 0, 4)
    assert mended.text.endswith("Revu.")


def test_co_author_is_brought_in_and_adds_a_version(stage: Stage) -> None:
    _story, text = answered(stage)

    play(stage, ("co_author", 2, text.key, 3), ("mend", 3, text.key, text.body + "\n\nEssayé ailleurs."))

    written = Contribution.objects.get()
    assert ([*written.co_authors.all()], written.versions.get().author) == ([stage.people[3]], stage.people[3])


def test_content_answers_another_case_too(stage: Stage) -> None:
    story, _text = answered(stage)
    other = next(each for each in stories() if each.circle == "sav" and any(text.kind != "answer" for text in each.texts))
    content = next(text for text in other.texts if text.kind != "answer")
    play(stage, ("ask", 3, "other", other), ("contribute", 4, content.key, ("other", content)))

    play(stage, ("link", 4, content.key, story.key))

    assert [case.title for case in stage.contributions[content.key].also_answers.all()] == [stage.cases[story.key].title]


def test_searches_and_drafts_leave_their_trace(stage: Stage) -> None:
    play(stage, ("miss", None, "borne de recharge"), ("miss", None, "borne de recharge"))
    play(stage, ("draft", 1, "/cas/nouveau/", {"title": "Une idée"}))

    assert SearchMiss.objects.get().times == 2
    assert Draft.objects.get().person == stage.people[1]


def test_question_is_passed_on_by_who_has_one_and_by_nobody_else(stage: Stage) -> None:
    story, _text = answered(stage)
    play(stage, ("decline", 2), ("ask", 3, "again", story))
    waiting = Proposal.objects.get(state=Proposal.State.OPEN, person=stage.people[2])

    play(stage, ("decline", 2), ("tend", None))

    waiting.refresh_from_db()
    assert waiting.state == Proposal.State.DECLINED


def test_circle_has_the_animator_it_is_given(stage: Stage) -> None:
    play(stage, ("role", 0, "pilot"), ("appoint", 0, "sav", 2))

    assert "animator" in stage.people[2].roles


def test_quiet_case_is_asked_answered_and_counted_at_night(stage: Stage) -> None:
    play(stage, ("ask_quietly", 1, "quiet", ("sav", "Je n’ose pas", "Je me trompe souvent.", "Un conseil.")))
    play(stage, ("reply", 2, "quiet/0", ("quiet", "Moi aussi, au début.")))
    stage.made += 24
    play(stage, ("quiet_night", None))

    case = UseCase.objects.get(pseudonym=True)
    assert (case.author, case.contributions.get().author) == (stage.people[1], stage.people[2])
    assert Entry.objects.get(verb="pseudonym.asked").actor == stage.people[1].pk


def test_report_is_decided_contested_and_judged(stage: Stage) -> None:
    _story, text = answered(stage)
    play(stage, ("role", 0, "pilot"), ("role", 3, "pilot"), ("role", 4, "pilot"), ("report", 1, text.key, ("personal", "Un prénom.")))
    play(stage, ("rule", 0, text.key, ("hide", "Un prénom est cité dans ce texte.")), ("contest", 2, text.key, "C’est une gamme."))

    hidden = Contribution.objects.get(pk=stage.contributions[text.key].pk).withdrawn_at
    play(stage, *[("judge", who, text.key, (False, "C’est bien une gamme du catalogue.")) for who in (3, 4)])

    assert hidden is not None
    assert Contribution.objects.get(pk=stage.contributions[text.key].pk).withdrawn_at is None


def test_key_is_turned_and_refused(stage: Stage) -> None:
    play(stage, ("role", 0, "pilot"), ("role", 3, "administrator"))
    play(stage, ("ask_quietly", 1, "quiet", ("sav", "Je n’ose pas", "Je me trompe souvent.", "Un conseil.")))

    play(stage, ("first_key", 0, "quiet", "Cette personne a besoin d’aide."), ("second_key", 3, "quiet", False))

    assert Reveal.objects.get().state == "refused"
