from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.knowledge import events, rules
from relais.knowledge.models import Application, Contribution, Rating, Reaction, UseCase
from relais.knowledge.relevance import told_ratings
from relais.ledger.actions import record
from relais.people.models import Person
from relais.people.queries import line_of


@transaction.atomic
def report_application(contribution: Contribution, *, by: Person) -> Application:
    """« Je l'ai appliqué », with one's team."""
    UseCase.objects.select_for_update(no_key=True).get(pk=contribution.use_case_id)  # cases are locked before contributions
    contribution = _usable(contribution, by)
    if rules.is_author(by, contribution):
        raise NotAllowed(_("You wrote it: it counts when colleagues apply it."))
    application, new = Application.objects.get_or_create(
        contribution=contribution, person=by, defaults={"team_id": by.unit_id, "applied_at": clock.now()}
    )
    if new:
        _count_applications(contribution)
        payload = {"use_case": contribution.use_case_id, "author": str(contribution.author_id)}
        record(events.APPLICATION_REPORTED, by=by, about=contribution, circle=contribution.use_case.circle_id, payload=payload)
    return application


def _count_applications(contribution: Contribution) -> None:
    teams = contribution.applications.exclude(team=None).values("team").distinct().count()
    Contribution.objects.filter(pk=contribution.pk).update(applications_count=F("applications_count") + 1, teams_count=teams)
    on_case = Application.objects.filter(contribution__use_case_id=contribution.use_case_id).exclude(team=None)
    teams_on_case = on_case.values("team").distinct().count()
    UseCase.objects.filter(pk=contribution.use_case_id).update(applications_count=F("applications_count") + 1, teams_count=teams_on_case)


@transaction.atomic
def tell_outcome(application: Application, outcome: str, *, minutes_saved: int | None = None, by: Person) -> Application:
    """14 days later: did it work, and what time did it save? A closed learning act when it worked."""
    application = _own(application, by)
    if outcome not in Application.Outcome.values:
        raise Refused(_("Choose one of the three answers, or skip the question."), field="outcome")
    if minutes_saved is not None and minutes_saved not in Application.Saved.values:
        raise Refused(_("Choose one of the durations, or none."), field="minutes_saved")
    if application.told_at is None:
        application.outcome, application.minutes_saved, application.told_at = outcome, minutes_saved, clock.now()
        application.save(update_fields=["outcome", "minutes_saved", "told_at"])
        worked = int(outcome == Application.Outcome.YES)
        Contribution.objects.filter(pk=application.contribution_id).update(
            told_count=F("told_count") + 1, worked_count=F("worked_count") + worked
        )
        payload = {"outcome": outcome, "minutes_saved": minutes_saved}
        record(
            events.APPLICATION_TOLD,
            by=by,
            about=application.contribution,
            circle=application.contribution.use_case.circle_id,
            payload=payload,
        )
    return application


def _own(application: Application, person: Person) -> Application:
    application = Application.objects.select_for_update(of=("self",)).select_related("contribution__use_case").get(pk=application.pk)
    if application.person_id != person.pk:
        raise NotAllowed(_("Only the person who applied it can tell."))
    return application


@transaction.atomic
def skip_outcome(application: Application, *, by: Person) -> Application:
    """Leave the question aside; it is not asked again."""
    application = _own(application, by)
    if application.told_at is None and application.skipped_at is None:
        application.skipped_at = clock.now()
        application.save(update_fields=["skipped_at"])
        record(events.APPLICATION_SKIPPED, by=by, about=application.contribution, circle=application.contribution.use_case.circle_id)
    return application


@transaction.atomic
def rate(contribution: Contribution, score: int, *, by: Person) -> Rating:
    """Say how relevant it was, 1 to 5; a new score replaces one's old one.

    Ratings between people of one hierarchical line, and mutual ratings of one day, are kept but do not count
    (METHOD 3.4).
    """
    if score not in range(1, 6):
        raise Refused(_("Choose a score from 1 to 5."), field="score")
    authors = [contribution.author_id, *contribution.co_authors.values_list("pk", flat=True)]
    _one_rating_at_a_time(by.pk, *authors)
    contribution = _usable(contribution, by)
    if not rules.can_rate(by, contribution):
        raise NotAllowed(_("You wrote it: colleagues rate it."))
    above = line_of(by.pk)
    in_line = any(author in above or by.pk in line_of(author) for author in authors)
    rating, _new = Rating.objects.update_or_create(
        contribution=contribution, person=by, defaults={"score": score, "rated_at": clock.now(), "in_line": in_line}
    )
    _weigh_ratings_between(by.pk, authors)
    payload = {"score": score, "authors": [str(author) for author in authors], "in_line": in_line}
    record(events.CONTRIBUTION_RATED, by=by, about=contribution, circle=contribution.use_case.circle_id, payload=payload)
    rating.refresh_from_db()
    return rating


def _one_rating_at_a_time(*people: UUID) -> None:
    """Two people who rate each other at the same moment see each other's rating: their rows are locked, in one order."""
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))


_WEIGH = """
WITH writer AS NOT MATERIALIZED (
    SELECT id AS contribution_id, author_id AS person_id FROM knowledge_contribution
    UNION ALL SELECT contribution_id, person_id FROM knowledge_contribution_co_authors
)
UPDATE knowledge_rating rating SET counts = NOT rating.in_line AND NOT EXISTS (
    SELECT FROM writer theirs
    JOIN knowledge_rating back ON back.person_id = theirs.person_id
        AND (back.rated_at AT TIME ZONE 'UTC')::date = (rating.rated_at AT TIME ZONE 'UTC')::date
    JOIN writer mine ON mine.contribution_id = back.contribution_id AND mine.person_id = rating.person_id
    WHERE theirs.contribution_id = rating.contribution_id
)
WHERE EXISTS (
    SELECT FROM writer WHERE writer.contribution_id = rating.contribution_id AND (
        (rating.person_id = %(me)s AND writer.person_id = ANY(%(authors)s))
        OR (rating.person_id = ANY(%(authors)s) AND writer.person_id = %(me)s))
) AND rating.person_id = ANY(%(people)s)
RETURNING rating.contribution_id
"""


def _weigh_ratings_between(me: UUID, authors: list[UUID]) -> None:
    """Two people who rate each other on one (UTC) day: neither rating counts. A score given again another day counts again."""
    with connection.cursor() as cursor:
        cursor.execute(_WEIGH, {"me": me, "authors": authors, "people": [me, *authors]})
        _sum_ratings(sorted({row[0] for row in cursor.fetchall()}))


def _sum_ratings(contributions: list[int]) -> None:
    for pk in contributions:
        counted = Rating.objects.filter(contribution_id=pk, counts=True).order_by("rated_at", "pk")
        scores = list(counted.values_list("score", flat=True))
        Contribution.objects.filter(pk=pk).update(ratings_count=len(scores), ratings_sum=sum(scores[: told_ratings(len(scores))]))


@transaction.atomic
def question_contribution(contribution: Contribution, kind: str, note: str = "", *, by: Person) -> Reaction:
    """Tell its author what should be mended: outdated, incomplete, not applicable here."""
    contribution = _usable(contribution, by)
    if rules.is_author(by, contribution):
        raise NotAllowed(_("You wrote it: you can revise it right away."))
    if kind not in Reaction.Kind.values:
        raise Refused(_("Choose what should be mended."), field="kind")
    reaction, new = Reaction.objects.get_or_create(
        contribution=contribution, person=by, kind=kind, settled_at=None, defaults={"note": note.strip()[:500], "made_at": clock.now()}
    )
    if new:
        record(events.CONTRIBUTION_QUESTIONED, by=by, about=contribution, circle=contribution.use_case.circle_id, payload={"kind": kind})
    return reaction


@transaction.atomic
def settle_reaction(reaction: Reaction, *, by: Person) -> Reaction:
    """The author has looked at a remark: mended, or explained why not."""
    reaction = Reaction.objects.select_for_update().select_related("contribution__use_case").get(pk=reaction.pk)
    if not rules.is_author(by, reaction.contribution):
        raise NotAllowed(_("Only its authors can settle a remark."))
    if reaction.settled_at is None:
        reaction.settled_at = clock.now()
        reaction.save(update_fields=["settled_at"])
        circle = reaction.contribution.use_case.circle_id
        record(events.REACTION_SETTLED, by=by, about=reaction.contribution, circle=circle, payload={"kind": reaction.kind})
    return reaction


def _usable(contribution: Contribution, viewer: Person) -> Contribution:
    contribution = Contribution.objects.select_for_update(of=("self",)).select_related("use_case").get(pk=contribution.pk)
    if not rules.can_see(viewer, contribution):
        raise NotAllowed(_("This text was withdrawn by its author."))
    return contribution
