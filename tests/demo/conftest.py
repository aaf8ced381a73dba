"""The stage of the demo on its first day, and what plays on it."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest

from relais.demo.acts import perform
from relais.demo.casting import settle
from relais.demo.company import cast
from relais.demo.plan import Act
from relais.demo.stage import Stage
from relais.demo.stories import CIRCLES, Story, Text, stories
from relais.ledger.subscriptions import delivered_at_once

MONDAY = date(2025, 11, 17)


@pytest.fixture
def stage() -> Stage:
    """The company on the first day, with its first circle and four members of it."""
    members = cast(rng := Random(1), 60)
    settle(rng, members, 91)
    opened = Stage(members, MONDAY)
    opened.set()
    play(opened, *[("join", who) for who in range(5)], ("open_circle", 0, "sav", CIRCLES["sav"]))
    play(opened, *[("join_circle", who, "sav") for who in range(5)])
    return opened


def play(stage: Stage, *acts: tuple[Any, ...]) -> None:
    """The acts, an hour after one another, from the day the last one left."""
    with delivered_at_once():
        for what, who, *rest in acts:
            perform(stage, Act(1 + stage.made / 24, stage.made, what, who, *rest))


def answered(stage: Stage) -> tuple[Story, Text]:
    """A case asked by the second member, answered by the third."""
    story = next(each for each in stories() if each.circle == "sav" and any(text.kind == "answer" for text in each.texts))
    text = next(text for text in story.texts if text.kind == "answer")
    play(stage, ("ask", 1, story.key, story), ("contribute", 2, text.key, (story.key, text)))
    return story, text
