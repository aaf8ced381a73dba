"""A job may run twice (a worker that is killed hands it on): the second time changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection
from procrastinate.contrib.django import app

from relais.core import clock
from relais.indicators import jobs as indicators
from relais.knowledge import jobs as knowledge
from relais.knowledge.actions.attendance import register
from relais.knowledge.actions.contributions import ContributionText, revise_contribution
from relais.knowledge.actions.drafts import keep_draft
from relais.knowledge.actions.reuse import report_application, tell_outcome
from relais.knowledge.actions.use_cases import mark_solved, revise_use_case, withdraw_use_case
from relais.ledger import jobs as ledger
from relais.ledger.models import Entry
from relais.ledger.subscriptions import delivered_at_once, subscriptions_for
from relais.maturity import jobs as maturity
from relais.maturity.actions import answer_wave, open_wave
from relais.people import jobs as people
from relais.people.actions.invitations import invite
from relais.people.models import Role
from relais.skills import jobs as skills
from relais.studio import jobs as studio
from tests.factories import (
    make_answer,
    make_circle,
    make_content,
    make_invited,
    make_member,
    make_pseudonymous,
    make_use_case,
    make_with_role,
    make_workshop,
    use_case_text,
)

pytestmark = pytest.mark.django_db
TITLE = "Une porte qui frotte le sol"
CHANGING = {"computed_at", "drawn_at", "id"}  # when a figure was taken, and the number of a row made anew


def contents() -> dict[str, list[str]]:
    """Every row of every table of ours, without what says when it was computed."""
    found = {}
    for model in apps.get_models():
        if not model.__module__.startswith("relais."):
            continue
        columns = [field.column for field in model._meta.concrete_fields if field.name not in CHANGING]
        with connection.cursor() as cursor:
            names = ", ".join(map(connection.ops.quote_name, columns))
            cursor.execute(f"SELECT ROW({names})::text FROM {connection.ops.quote_name(model._meta.db_table)} ORDER BY 1")
            found[model._meta.label] = [row[0] for row in cursor.fetchall()]
    return found


@pytest.fixture
def lived(moment: datetime) -> datetime:
    """A community a day after much was asked, answered, solved and withdrawn; the moment it is now."""
    with clock.simulated(moment), delivered_at_once():
        circle = make_circle()
        answer = make_answer(make_use_case(title=TITLE, circle=circle))
        applied = report_application(answer, by=(reader := make_member()))
        tell_outcome(applied, "yes", by=reader)
        revise_contribution(answer, ContributionText(body="<p>Relevez la gâche.</p>"), by=answer.author, base=1)
        mark_solved(answer.use_case, by=answer.use_case.author)
        make_content(answer.use_case)
        make_pseudonymous(circle=circle)
        asked = make_use_case(title=TITLE, circle=circle)
        revise_use_case(asked, use_case_text(circle, title=f"{TITLE} encore"), by=asked.author)
        withdraw_use_case(case := make_use_case(title=TITLE, circle=circle), by=case.author)
        keep_draft("/cas/nouveau/", {"title": "Une idée"}, by=reader)
        invite(make_invited(), by=None)
        register(make_workshop(), by=reader)
        wave = open_wave("pulse", clock.today() + timedelta(7), by=make_with_role(Role.PILOT))
        answer_wave(wave, {0: 4}, "", by=reader)
    return moment + timedelta(days=1, hours=1)


def test_every_subscriber_may_run_twice(lived: datetime) -> None:
    before = contents()
    with clock.simulated(lived):
        delivered = [
            (entry.verb, subscription.handler(entry)) for entry in Entry.objects.order_by("pk") for subscription in subscriptions_for(entry)
        ]

    assert len(delivered) > 10
    assert contents() == before


PERIODIC: list[tuple[Callable[..., None], int]] = [
    (knowledge.widen, 1),
    (knowledge.lapse, 15),
    (knowledge.tell_quietly, 1),
    (knowledge.prompt, 4),
    (knowledge.tend_workshops, 6),
    (knowledge.tend_workshops, 9),
    (ledger.seal, 2),
    (indicators.nightly, 2),
    (people.forget, 20),
    (people.forget, 400),
    (maturity.close_over, 9),
    (skills.let_levels_lapse, 800),
    (studio.write_at_once, 1),
    (studio.write_digests, 6),
]


@pytest.mark.parametrize(
    ("job", "days"),
    PERIODIC,
    ids=lambda given: getattr(given, "name", f"after {given} days"),
)
def test_every_periodic_job_may_run_twice(job: Callable[..., None], days: int, lived: datetime) -> None:
    with clock.simulated(lived + timedelta(days)):
        job(timestamp=0)
        once = contents()
        job(timestamp=0)

        assert contents() == once


def test_every_periodic_job_is_tried_here_or_keeps_the_queue() -> None:
    periodic = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}

    kept = {name for name in periodic if name.startswith("relais.config.")}
    tried = {job.name for job, _days in PERIODIC}  # type: ignore[attr-defined]

    assert periodic - kept == tried
