"""Whether first posts are met within a day (METHOD L2), from the ledger alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import connection

from relais.indicators import definitions
from relais.indicators.definitions import Welcome, Windows

WELCOME = """
WITH firsts AS (
    SELECT DISTINCT ON (actor) actor, verb, object_type, object_id, occurred_at FROM ledger_entry
    WHERE verb IN ('use_case.asked', 'answer.published', 'content.published') AND actor IS NOT NULL AND occurred_at < %(end)s
    ORDER BY actor, occurred_at, id
)
SELECT count(*), count(*) FILTER (WHERE EXISTS (
    SELECT FROM ledger_entry reply
    WHERE reply.occurred_at BETWEEN first.occurred_at AND first.occurred_at + %(within)s AND reply.actor IS DISTINCT FROM first.actor
    AND CASE WHEN first.verb = 'use_case.asked' THEN
        (reply.verb IN ('answer.published', 'content.published') AND reply.payload ->> 'use_case' = first.object_id)
        OR (reply.verb = 'use_case.supported' AND reply.object_id = first.object_id)
    ELSE
        (reply.verb IN ('application.reported', 'contribution.rated', 'contribution.questioned') AND reply.object_id = first.object_id)
        OR (reply.verb = 'best_answer.chosen' AND reply.payload ->> 'contribution' = first.object_id)
    END))
FROM firsts first WHERE first.occurred_at >= %(since)s AND first.occurred_at < %(closed)s
"""


def welcome_at(day: date) -> Welcome:
    """The first posts of the 90 days whose day to be met is over, and how many were met."""
    windows, within = Windows(day), timedelta(hours=definitions.WELCOME_HOURS)
    since = definitions.midnight(windows.first_day(definitions.WELCOME_DAYS))
    values: dict[str, Any] = {"end": windows.end, "within": within, "since": since, "closed": windows.end - within}
    with connection.cursor() as cursor:
        cursor.execute(WELCOME, values)
        row = cursor.fetchone() or (0, 0)
    return Welcome(*row)
