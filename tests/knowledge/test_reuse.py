from datetime import datetime, timedelta
from importlib import import_module

import pytest
from django.db import connection

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.knowledge.actions.contributions import add_co_author, withdraw_contribution
from relais.knowledge.actions.reuse import question_contribution, rate, report_application, settle_reaction, skip_outcome, tell_outcome
from relais.knowledge.models import Contribution, Rating, UseCase
from relais.knowledge.queries.home import home_for
from relais.knowledge.queries.reuse import application_for, community_mean, reaction_for, reactions_for
from relais.ledger.models import Entry
from relais.people.actions import pause
from relais.people.models import Person
from tests.factories import make_answer, make_content, make_member, make_unit, make_use_case

pytestmark = pytest.mark.django_db


def count_of(verb: str) -> int:
    return Entry.objects.filter(verb=verb).count()


def fresh(contribution: Contribution) -> Contribution:
    return Contribution.objects.get(pk=contribution.pk)


def scores_of(contribution: Contribution) -> list[int]:
    """The scores that count."""
    return list(contribution.ratings.filter(counts=True).values_list("score", flat=True))


def test_applying_counts_people_and_teams_on_the_answer_and_on_its_case() -> None:
    answer, team, other = make_answer(), make_unit(), make_unit()

    for unit in (team, team, other):
        report_application(answer, by=make_member(unit=unit))

    case = UseCase.objects.get(pk=answer.use_case_id)
    counted = fresh(answer)
    assert (counted.applications_count, counted.teams_count, case.applications_count, case.teams_count) == (3, 2, 3, 2)


def test_applying_twice_counts_once() -> None:
    answer, person = make_answer(), make_member()

    first = report_application(answer, by=person)
    second = report_application(answer, by=person)

    assert (first, fresh(answer).applications_count, count_of("application.reported")) == (second, 1, 1)


def test_author_does_not_apply_rate_or_question_their_own_text() -> None:
    answer = make_answer()

    for act in (
        lambda: report_application(answer, by=answer.author),
        lambda: rate(answer, 5, by=answer.author),
        lambda: question_contribution(answer, "outdated", by=answer.author),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_co_author_does_not_rate_it_either() -> None:
    answer, other = make_answer(), make_member()
    add_co_author(answer, other, by=answer.author)

    with pytest.raises(NotAllowed):
        rate(answer, 5, by=other)


def test_withdrawn_text_takes_no_act() -> None:
    answer, person = make_answer(), make_member()
    withdraw_contribution(answer, by=answer.author)

    for act in (
        lambda: report_application(answer, by=person),
        lambda: rate(answer, 5, by=person),
        lambda: question_contribution(answer, "outdated", by=person),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_telling_that_it_worked_is_counted_once() -> None:
    application = report_application(make_answer(), by=make_member())

    for outcome in ("yes", "no"):
        tell_outcome(application, outcome, minutes_saved=15, by=application.person)

    told = fresh(application.contribution)
    assert (told.told_count, told.worked_count, count_of("application.told")) == (1, 1, 1)
    assert Entry.objects.get(verb="application.told").payload == {"outcome": "yes", "minutes_saved": 15}


@pytest.mark.parametrize(("outcome", "minutes", "field"), [("perhaps", None, "outcome"), ("yes", 7, "minutes_saved")])
def test_outcome_outside_the_bands_is_refused(outcome: str, minutes: int | None, field: str) -> None:
    application = report_application(make_answer(), by=make_member())

    with pytest.raises(Refused) as refusal:
        tell_outcome(application, outcome, minutes_saved=minutes, by=application.person)

    assert refusal.value.field == field


def test_nobody_tells_or_skips_for_somebody_else() -> None:
    application, other = report_application(make_answer(), by=make_member()), make_member()

    for act in (lambda: tell_outcome(application, "yes", by=other), lambda: skip_outcome(application, by=other)):
        with pytest.raises(NotAllowed):
            act()


def to_tell(person: Person, now: datetime) -> list[int]:
    """The applications that the person's home asks about."""
    return [thing.pk for thing in home_for(person, now).waiting if thing.kind == "to_tell"]


def test_question_comes_after_fourteen_days_and_not_before(moment: datetime) -> None:
    person = make_member()
    with clock.simulated(moment):
        application = report_application(make_answer(), by=person)

    asked = [to_tell(person, moment + timedelta(days=days)) for days in (13, 14)]

    assert asked == [[], [application.pk]]


def test_one_question_a_week_at_most(moment: datetime) -> None:
    person, later = make_member(), moment + timedelta(days=20)
    with clock.simulated(moment):
        first, second = (report_application(make_answer(), by=person) for _ in range(2))
    before = to_tell(person, later)
    with clock.simulated(later):
        skip_outcome(first, by=person)
        skip_outcome(first, by=person)

    after = [to_tell(person, later + timedelta(days=days)) for days in (6, 7)]

    assert (before, after, count_of("application.skipped")) == ([first.pk], [[], [second.pk]], 1)


def test_nobody_is_asked_during_a_pause(moment: datetime) -> None:
    person = make_member()
    with clock.simulated(moment):
        report_application(make_answer(), by=person)

    assert to_tell(pause(person), moment + timedelta(days=20)) == []


def test_application_is_read_by_its_person_only() -> None:
    application = report_application(make_answer(), by=make_member())

    assert (application_for(application.person, application.pk), application_for(make_member(), application.pk)) == (application, None)


def test_new_score_replaces_the_old_one() -> None:
    answer, person = make_answer(), make_member()

    for score in (2, 5):
        rate(answer, score, by=person)

    assert (fresh(answer).ratings_count, scores_of(answer)) == (1, [5])


@pytest.mark.parametrize("score", [0, 6])
def test_score_outside_the_scale_is_refused(score: int) -> None:
    with pytest.raises(Refused):
        rate(make_answer(), score, by=make_member())


@pytest.mark.parametrize("author_is_above", [True, False])
def test_rating_within_a_hierarchical_line_is_kept_but_does_not_count(author_is_above: bool) -> None:
    top = make_member()
    middle = make_member(manager=top)
    low = make_member(manager=middle)
    author, rater = (top, low) if author_is_above else (low, top)
    answer = make_answer(author=author)

    rating = rate(answer, 5, by=rater)

    assert (rating.counts, fresh(answer).ratings_count) == (False, 0)


def test_two_people_who_rate_each_other_on_one_day_do_not_count(moment: datetime) -> None:
    one, two = make_answer(), make_answer()

    with clock.simulated(moment):
        rate(one, 5, by=two.author)
        rate(two, 5, by=one.author)

    assert (fresh(one).ratings_count, fresh(two).ratings_count) == (0, 0)


def test_two_people_who_rate_each_other_on_two_days_count(moment: datetime) -> None:
    one, two = make_answer(), make_answer()

    with clock.simulated(moment):
        rate(one, 5, by=two.author)
    with clock.simulated(moment + timedelta(days=1)):
        rate(two, 5, by=one.author)

    assert (fresh(one).ratings_count, fresh(two).ratings_count) == (1, 1)


def test_score_given_again_another_day_makes_both_count(moment: datetime) -> None:
    one, two = make_answer(), make_answer()
    with clock.simulated(moment):
        rate(one, 5, by=two.author)
        rate(two, 4, by=one.author)

    with clock.simulated(moment + timedelta(days=1)):
        rate(one, 3, by=two.author)

    assert [(fresh(answer).ratings_count, scores_of(answer)) for answer in (one, two)] == [(1, [3]), (1, [4])]


def test_co_author_who_is_rated_back_on_one_day_does_not_count(moment: datetime) -> None:
    shared, other, stranger = make_content(), make_answer(), make_member()
    add_co_author(shared, other.author, by=shared.author)
    rater = make_answer().author

    with clock.simulated(moment):
        rate(shared, 5, by=rater)
        rate(shared, 4, by=stranger)
        rate(rater.contributions.get(), 5, by=other.author)

    assert (fresh(shared).ratings_count, scores_of(shared)) == (1, [4])


def test_ratings_are_told_by_fives_in_the_order_they_came(moment: datetime) -> None:
    answer, raters = make_answer(), [make_member() for _ in range(11)]

    sums = []
    for number, rater in enumerate(raters):
        with clock.simulated(moment + timedelta(number)):
            rate(answer, 1 + number % 5, by=rater)
        sums.append(fresh(answer).ratings_sum)
    with clock.simulated(moment + timedelta(20)):
        rate(answer, 5, by=raters[0])

    assert sums == [0, 0, 0, 0, 15, 15, 15, 15, 15, 30, 30]
    assert (fresh(answer).ratings_count, fresh(answer).ratings_sum) == (11, 30)


def test_mean_of_the_community_leaves_out_what_does_not_count_and_what_is_old(moment: datetime) -> None:
    answer = make_answer()
    with clock.simulated(moment):
        for score in (2, 4):
            rate(answer, score, by=make_member())
        Rating.objects.create(contribution=answer, person=make_member(), score=5, counts=False)
    with clock.simulated(moment - timedelta(days=400)):
        rate(answer, 1, by=make_member())

    with clock.simulated(moment):
        assert community_mean() == 3


def test_mean_without_ratings_is_the_one_of_the_method(moment: datetime) -> None:
    with clock.simulated(moment):
        assert community_mean() == 4.2


def test_remark_is_a_task_for_its_authors_and_seen_by_nobody_else() -> None:
    answer, co_author = make_answer(), make_member()
    add_co_author(answer, co_author, by=answer.author)

    reaction = question_contribution(answer, "outdated", "Le formulaire a changé.", by=make_member())

    seen = [list(reactions_for(person)) for person in (answer.author, co_author, reaction.person)]
    assert seen == [[reaction], [reaction], []]
    assert Entry.objects.get(verb="contribution.questioned").payload == {"kind": "outdated"}


def test_same_remark_twice_is_one_task() -> None:
    answer, person = make_answer(), make_member()

    first = question_contribution(answer, "incomplete", by=person)
    second = question_contribution(answer, "incomplete", by=person)

    assert (first, count_of("contribution.questioned")) == (second, 1)


def test_remark_of_no_known_kind_is_refused() -> None:
    with pytest.raises(Refused):
        question_contribution(make_answer(), "ugly", by=make_member())


def test_author_settles_a_remark_once() -> None:
    answer = make_answer()
    reaction = question_contribution(answer, "outdated", by=make_member())

    for _ in range(2):
        settle_reaction(reaction, by=answer.author)

    assert (reaction_for(answer.author, reaction.pk), count_of("reaction.settled")) == (None, 1)


def test_passer_by_settles_nothing() -> None:
    reaction = question_contribution(make_answer(), "outdated", by=make_member())

    with pytest.raises(NotAllowed):
        settle_reaction(reaction, by=make_member())


def test_application_without_a_team_counts_people_only() -> None:
    answer = make_answer(make_use_case())

    report_application(answer, by=make_member())

    assert (fresh(answer).applications_count, fresh(answer).teams_count) == (1, 0)


@pytest.mark.parametrize(("limit", "summed"), [("c.ratings_count / 5 * 5", 15), ("c.ratings_count", 18)])
def test_sums_of_before_are_brought_to_fives_and_back(moment: datetime, limit: str, summed: int) -> None:
    answer, unrated = make_answer(), make_answer()
    for number, score in enumerate([1, 2, 3, 4, 5, 3]):
        with clock.simulated(moment + timedelta(number)):
            rate(answer, score, by=make_member())
    Contribution.objects.update(ratings_sum=9)

    with connection.cursor() as cursor:
        cursor.execute(import_module("relais.knowledge.migrations.0015_ratings_by_fives").SUM.format(limit=limit))

    assert (fresh(answer).ratings_sum, fresh(unrated).ratings_sum) == (summed, 9)
