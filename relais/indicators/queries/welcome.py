"""Whether first posts are met within a day (METHOD L2), from the ledger alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import connection

from relais.indicators import definitions
from relais.indicators.definitions import Welcome, Windows

# `about`: a case is met by what is written for it or by a "me too", a text by what readers do with it.
WELCOME = """
WITH firsts AS (
    SELECT DISTINCT ON (actor) actor, occurred_at,
        CASE WHEN verb = 'use_case.asked' THEN 'case ' ELSE 'text ' END || object_id AS about
    FROM ledger_entry
    WHERE verb IN ('use_case.asked', 'answer.published', 'content.published') AND actor IS NOT NULL AND occurred_at < %(end)s
    ORDER BY actor, occurred_at, id
), replies AS MATERIALIZED (
    SELECT actor, occurred_at, CASE
        WHEN verb IN ('answer.published', 'content.published') THEN 'case ' || (payload ->> 'use_case')
        WHEN verb = 'use_case.supported' THEN 'case ' || object_id
        WHEN verb = 'best_answer.chosen' THEN 'text ' || (payload ->> 'contribution')
        ELSE 'text ' || object_id END AS about
    FROM ledger_entry WHERE occurred_at >= %(since)s AND occurred_at < %(end)s
    AND verb IN ('answer.published', 'content.published', 'use_case.supported', 'best_answer.chosen', 'application.reported',
        'contribution.rated', 'contribution.questioned')
)
SELECT count(DISTINCT first.actor), count(DISTINCT first.actor) FILTER (WHERE reply.about IS NOT NULL)
FROM firsts first LEFT JOIN replies reply ON reply.about = first.about AND reply.actor IS DISTINCT FROM first.actor
    AND reply.occurred_at BETWEEN first.occurred_at AND first.occurred_at + %(within)s
WHERE first.occurred_at >= %(since)s AND first.occurred_at < %(closed)s
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
