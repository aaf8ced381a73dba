from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from relais.core import clock
from relais.core.privacy import Privacy
from relais.people.privacy import declaration_for


@transaction.atomic
def apply_retention() -> int:
    """Delete every row kept longer than its table declares; says how many went."""
    gone = _forget_finished_jobs()
    for model in apps.get_models():
        declared = declaration_for(model)
        if declared and declared.retention is not None and declared.since:
            gone += _delete_outlived(model, declared.since, _limit(model, declared))
    return gone


def _limit(model: type[models.Model], declared: Privacy) -> date | datetime:
    day = clock.today() - timedelta(days=declared.retention or 0)
    if isinstance(model._meta.get_field(declared.since or ""), models.DateTimeField):
        return datetime.combine(day, time.min, clock.now().tzinfo)
    return day


def _delete_outlived(model: type[models.Model], since: str, limit: Any) -> int:
    return model._base_manager.filter(**{f"{since}__lt": limit}).delete()[0]


def _forget_finished_jobs() -> int:
    """Jobs are the queue's own rows: finished ones go after the days their declaration says."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH old AS (SELECT job_id AS id FROM procrastinate_events GROUP BY job_id"
            " HAVING max(at) < now() - make_interval(days => %s)),"
            " freed AS (DELETE FROM procrastinate_periodic_defers WHERE job_id IN (SELECT id FROM old))"
            " DELETE FROM procrastinate_jobs WHERE id IN (SELECT id FROM old)"
            " AND status IN ('succeeded', 'failed', 'cancelled', 'aborted')",
            [_job_days()],
        )
        return int(cursor.rowcount)


def _job_days() -> int:
    declared = declaration_for(apps.get_model("procrastinate", "ProcrastinateJob"))
    return (declared and declared.retention) or 0
