from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import connection

from relais.knowledge.queries.newcomers import WELCOME_AFTER
from relais.knowledge.queries.pseudonyms import pseudonym
from relais.knowledge.queries.routing import REACHES_ANIMATOR_AFTER
from relais.knowledge.queries.things import KINDS
from relais.people.models import Person
from relais.people.rules import can_administer, can_animate, can_pilot, may_be_asked

AT_MOST = 3
NEWS = 12
TELL_AFTER = timedelta(days=14)  # METHOD 3.3: asked at D+14
ASK_EVERY = timedelta(days=7)  # at most one question a week for each person
MEETING_WITHIN = timedelta(days=2)


class Waits(StrEnum):
    """What may wait for somebody, the most pressing first."""

    PROPOSAL = "proposal"
    MEETING = "meeting"
    RULING = "ruling"
    REPORTED = "reported"
    NEED_READY = "need_ready"
    SECOND_KEY = "second_key"
    TO_JUDGE = "to_judge"
    TO_MODERATE = "to_moderate"
    TO_TELL = "to_tell"
    WORTH = "worth"
    TO_WELCOME = "to_welcome"
    TO_ANIMATE = "to_animate"
    TO_SOLVE = "to_solve"
    NEED = "need"
    TO_REVIEW = "to_review"
    REMARK = "remark"


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: `pk` is the proposal, the application, the case or the workshop.

    `because` is what was answered before, or the question of the day before; `reason` why one is asked, or when it begins.
    """

    kind: str
    pk: int
    title: str
    use_case: int = 0
    reason: str = ""
    because: str = ""
    count: int = 0


@dataclass(frozen=True)
class News:
    """Something new in a circle: a case, or a content."""

    kind: str
    pk: int
    title: str
    author: str
    circle: str
    at: datetime
    answers: int
    solved: bool


@dataclass(frozen=True)
class Home:
    """The whole page, in the order it is read."""

    waiting: list[Waiting] = field(default_factory=list)
    news: list[News] = field(default_factory=list)
    small: News | None = None
    has_circles: bool = False
    has_acted: bool = False


# What waits, and what the page must know of the person: their circles, those they animate, whether they have acted.
_WAITING = """
WITH mine AS MATERIALIZED (
    SELECT circle_id, animator FROM knowledge_circlemember WHERE person_id = %(me)s AND until IS NULL)
(SELECT 'circle', circle_id, '', 0, '', '', 0 FROM mine)
UNION ALL
(SELECT 'to_tell', a.id, coalesce(nullif(o.title, ''), left(o.text, 120)), o.use_case_id, '', '', 0 FROM knowledge_application a
    JOIN knowledge_contribution o ON o.id = a.contribution_id
    WHERE a.person_id = %(me)s AND a.told_at IS NULL AND a.skipped_at IS NULL AND a.applied_at <= %(ripe)s AND o.withdrawn_at IS NULL
    AND %(asked)s AND NOT EXISTS (
        SELECT FROM knowledge_application WHERE person_id = %(me)s AND (told_at > %(lately)s OR skipped_at > %(lately)s))
    ORDER BY a.applied_at LIMIT 1)
UNION ALL
(SELECT 'proposal', p.id, c.title, c.id, p.reason,
    coalesce(CASE WHEN b.withdrawn_at IS NULL THEN b.title END, ''), 0 FROM knowledge_proposal p
    JOIN knowledge_usecase c ON c.id = p.use_case_id LEFT JOIN knowledge_usecase b ON b.id = p.because_id
    WHERE p.person_id = %(me)s AND p.state = 'open' AND c.withdrawn_at IS NULL AND %(asked)s ORDER BY p.made_at LIMIT 3)
UNION ALL
(SELECT 'to_solve', c.id, c.title, c.id, '', '', c.answers_count + c.contents_count FROM knowledge_usecase c
    WHERE c.author_id = %(me)s AND c.withdrawn_at IS NULL AND c.solved_at IS NULL AND c.first_answer_at IS NOT NULL
    ORDER BY c.first_answer_at LIMIT 3)
UNION ALL
(SELECT 'remark', count(*), '', 0, '', '', count(*) FROM knowledge_reaction r JOIN knowledge_contribution o ON o.id = r.contribution_id
    WHERE r.settled_at IS NULL AND o.withdrawn_at IS NULL AND (o.author_id = %(me)s OR EXISTS (
        SELECT FROM knowledge_contribution_co_authors w WHERE w.contribution_id = o.id AND w.person_id = %(me)s))
    HAVING count(*) > 0)
UNION ALL
(SELECT 'to_animate', count(*), '', 0, '', '', count(*) FROM knowledge_usecase c
    WHERE c.circle_id IN (SELECT circle_id FROM mine WHERE animator)
    AND c.withdrawn_at IS NULL AND c.first_answer_at IS NULL AND c.solved_at IS NULL
    AND c.asked_at <= %(late)s HAVING count(*) > 0)
UNION ALL
(SELECT CASE WHEN r.came THEN 'worth' ELSE 'meeting' END, w.id, w.title, 0, w.starts_at::text, w.warm_up, 0
    FROM knowledge_registration r JOIN knowledge_workshop w ON w.id = r.workshop_id
    WHERE r.person_id = %(me)s AND w.cancelled_at IS NULL AND (
        (r.came AND r.rated_at IS NULL AND w.starts_at > %(ripe)s)
        OR (r.came IS NULL AND r.state = 'registered' AND w.ends_at > %(now)s AND w.starts_at < %(soon)s))
    ORDER BY w.starts_at LIMIT 3)
UNION ALL
(SELECT 'to_welcome', count(*), '', 0, '', '', count(*) FROM (
    SELECT author_id, asked_at AS at FROM knowledge_usecase
    WHERE circle_id IN (SELECT circle_id FROM mine WHERE animator) AND withdrawn_at IS NULL AND NOT pseudonym
    AND first_answer_at IS NULL AND solved_at IS NULL AND supports_count = 0 AND asked_at > %(late)s AND asked_at <= %(hours)s
    UNION ALL
    SELECT o.author_id, o.published_at FROM knowledge_contribution o JOIN knowledge_usecase c ON c.id = o.use_case_id
    WHERE c.circle_id IN (SELECT circle_id FROM mine WHERE animator) AND o.withdrawn_at IS NULL
    AND o.applications_count = 0 AND o.ratings_count = 0 AND c.best_id IS DISTINCT FROM o.id
    AND NOT EXISTS (SELECT FROM knowledge_reaction r WHERE r.contribution_id = o.id)
    AND o.published_at > %(late)s AND o.published_at <= %(hours)s
    ) post WHERE author_id <> %(me)s
    AND NOT EXISTS (SELECT FROM knowledge_usecase e WHERE e.author_id = post.author_id AND NOT e.pseudonym AND e.asked_at < post.at)
    AND NOT EXISTS (SELECT FROM knowledge_contribution e WHERE e.author_id = post.author_id AND e.published_at < post.at)
    HAVING count(*) > 0)
UNION ALL
(SELECT 'ruling', r.id, own.title, 0, CASE WHEN r.verdict <> '' THEN r.verdict ELSE r.decision END, '', 0 FROM knowledge_ruling r
    JOIN ({written}) own ON own.kind = r.object_type AND own.id = r.object_id
    WHERE r.read_at IS NULL AND r.decision <> 'keep' ORDER BY r.made_at LIMIT 3)
UNION ALL
(SELECT 'reported', count(*), '', 0, '', '', count(*) FROM knowledge_report
    WHERE person_id = %(me)s AND ruling_id IS NOT NULL AND read_at IS NULL HAVING count(*) > 0)
UNION ALL
(SELECT 'to_moderate', count(*), '', 0, '', '', count(DISTINCT (r.object_type, r.object_id)) FROM knowledge_report r
    WHERE r.ruling_id IS NULL AND r.person_id <> %(me)s
    AND (%(pilots)s OR r.circle_id IN (SELECT circle_id FROM mine WHERE animator)) HAVING count(*) > 0)
UNION ALL
(SELECT 'to_judge', count(*), '', 0, '', '', count(*) FROM knowledge_ruling r
    WHERE r.appealed_at IS NOT NULL AND r.verdict = '' AND r.person_id <> %(me)s
    AND (%(pilots)s OR %(animates)s AND r.circle_id NOT IN (SELECT circle_id FROM mine WHERE animator))
    AND NOT EXISTS (SELECT FROM knowledge_voice v WHERE v.ruling_id = r.id AND v.person_id = %(me)s) HAVING count(*) > 0)
UNION ALL
(SELECT 'second_key', count(*), '', 0, '', '', count(*) FROM knowledge_reveal r
    JOIN knowledge_usecase c ON c.id = r.use_case_id JOIN people_person p ON p.id = r.asked_by_id
    WHERE r.state = 'open' AND c.author_id <> %(me)s AND p.id <> %(me)s
    AND (%(administers)s AND 'pilot' = ANY(p.roles) OR %(pilots)s AND 'administrator' = ANY(p.roles)) HAVING count(*) > 0)
UNION ALL
(SELECT 'need', n.id, n.title, 0, g.reason, coalesce(b.title, ''), n.wanted_count FROM knowledge_giver g
    JOIN knowledge_need n ON n.id = g.need_id LEFT JOIN knowledge_usecase b ON b.id = g.because_id AND NOT b.pseudonym
    WHERE g.person_id = %(me)s AND g.state = 'asked' AND n.closed_at IS NULL AND %(asked)s ORDER BY g.since LIMIT 2)
UNION ALL
(SELECT 'need_ready', w.id, n.title, 0, w.starts_at::text, '', 0 FROM knowledge_wish i
    JOIN knowledge_need n ON n.id = i.need_id JOIN knowledge_workshop w ON w.id = n.workshop_id
    WHERE i.person_id = %(me)s AND n.closed_at IS NULL AND w.cancelled_at IS NULL AND w.starts_at > %(now)s AND w.host_id <> %(me)s
    AND NOT EXISTS (SELECT FROM knowledge_registration r WHERE r.workshop_id = w.id AND r.person_id = %(me)s) LIMIT 2)
UNION ALL
(SELECT 'to_review', count(*), '', 0, '', '', count(*) FROM knowledge_care c JOIN knowledge_contribution o ON o.id = c.contribution_id
    WHERE c.owner_id = %(me)s AND c.review_on <= %(today)s AND o.withdrawn_at IS NULL HAVING count(*) > 0)
UNION ALL
(SELECT 'acted', 0, '', 0, '', '', 0 WHERE EXISTS (SELECT FROM knowledge_usecase WHERE author_id = %(me)s)
    OR EXISTS (SELECT FROM knowledge_contribution WHERE author_id = %(me)s))
"""
_WAITING = _WAITING.format(
    written=" UNION ALL ".join(
        f"SELECT '{name}' AS kind, id, {kind.quoted} AS title FROM {kind.model._meta.db_table} WHERE {kind.written_by} = %(me)s"  # noqa: S608
        for name, kind in KINDS.items()  # made of our own declarations
    )
)

_NEWS = """
SELECT n.kind, n.id, n.title, CASE WHEN n.pseudonym THEN %(pseudonym)s ELSE p.name END, k.name, n.at, n.answers, n.solved FROM (
    (SELECT 'case' AS kind, id, title, author_id, pseudonym, circle_id, asked_at AS at, answers_count + contents_count AS answers,
        solved_at IS NOT NULL AS solved FROM knowledge_usecase
    WHERE withdrawn_at IS NULL {cases} ORDER BY asked_at DESC LIMIT 12)
    UNION ALL
    (SELECT 'content', o.id, o.title, o.author_id, FALSE, c.circle_id, o.published_at, 0, FALSE FROM knowledge_contribution o
    JOIN knowledge_usecase c ON c.id = o.use_case_id
    WHERE o.withdrawn_at IS NULL AND o.kind <> 'answer' {contents} ORDER BY o.published_at DESC LIMIT 4)
    UNION ALL
    (SELECT 'small', id, title, author_id, pseudonym, circle_id, asked_at, supports_count, FALSE FROM knowledge_usecase
    WHERE withdrawn_at IS NULL AND first_answer_at IS NULL AND solved_at IS NULL AND author_id <> %(me)s {cases}
    ORDER BY asked_at DESC LIMIT 4)
) n JOIN people_person p ON p.id = n.author_id JOIN knowledge_circle k ON k.id = n.circle_id
ORDER BY n.at DESC
"""


def _rows(sql: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def home_for(viewer: Person, now: datetime) -> Home:
    """What waits for this person, what is new in their circles (everywhere, before they have one), one small thing to do."""
    rows = [Waiting(*row) for row in _rows(_WAITING, _moments(viewer, now))]
    circles = [row.pk for row in rows if row.kind == "circle"]
    waiting = _in_turn([row for row in rows if row.kind not in ("circle", "acted")])
    news, small = _told_once(_news(viewer, circles), {thing.use_case for thing in waiting})
    return Home(
        waiting=waiting,
        news=news[:NEWS],
        small=small,
        has_circles=bool(circles),
        has_acted=any(row.kind == "acted" for row in rows),
    )


def _told_once(news: list[News], shown: set[int]) -> tuple[list[News], News | None]:
    """What is new and the one small thing, without the cases that stand higher on the page."""
    small = next((row for row in news if row.kind == "small" and row.pk not in shown), None)
    above = shown | {small.pk} if small else shown
    return [row for row in news if row.kind == "content" or (row.kind == "case" and row.pk not in above)], small


def _moments(viewer: Person, now: datetime) -> dict[str, Any]:
    return {
        "me": viewer.pk,
        "asked": may_be_asked(viewer),
        "hours": now - WELCOME_AFTER,
        "late": now - REACHES_ANIMATOR_AFTER,
        "pilots": can_pilot(viewer),
        "animates": can_animate(viewer),
        "administers": can_administer(viewer),
        "ripe": now - TELL_AFTER,
        "lately": now - ASK_EVERY,
        "now": now,
        "today": now.date(),
        "soon": now + MEETING_WITHIN,
    }


def _in_turn(things: list[Waiting]) -> list[Waiting]:
    order = list(Waits)
    return _spread(sorted(things, key=lambda thing: order.index(Waits(thing.kind))))[:AT_MOST]


def _spread(things: list[Waiting]) -> list[Waiting]:
    """One of each kind first, so that three proposals never hide an answer one waited for."""
    seen: dict[str, int] = {}
    turns = []
    for thing in things:
        turns.append((seen.get(thing.kind, 0), thing))
        seen[thing.kind] = seen.get(thing.kind, 0) + 1
    return [thing for _, thing in sorted(turns, key=lambda turn: turn[0])]


def _news(viewer: Person, circles: list[int]) -> list[News]:
    mine = "AND circle_id = ANY(%(circles)s)" if circles else ""
    sql = _NEWS.format(cases=mine, contents=mine)
    return [News(*row) for row in _rows(sql, {"me": viewer.pk, "circles": circles, "pseudonym": pseudonym()})]
