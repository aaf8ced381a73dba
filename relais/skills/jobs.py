from __future__ import annotations

from procrastinate.contrib.django import app

from relais.core import clock
from relais.ledger.models import Entry
from relais.ledger.subscriptions import on
from relais.skills import events
from relais.skills.actions.levels import reassess_lapsed
from relais.skills.actions.merging import follow_merge
from relais.skills.models import Skill


@on(events.SKILL_MERGED)
def follow(entry: Entry) -> None:
    """People, acts and texts follow a skill that was merged into another."""
    follow_merge(Skill.objects.get(pk=entry.object_id), Skill.objects.get(pk=entry.payload["into"]))


@app.periodic(cron="50 3 * * *")
@app.task(name="relais.skills.jobs.let_levels_lapse", queueing_lock="relais.skills.jobs.let_levels_lapse")
def let_levels_lapse(timestamp: int) -> None:
    """Every night, levels whose voices are no longer heard are worked out again."""
    reassess_lapsed(clock.today())
