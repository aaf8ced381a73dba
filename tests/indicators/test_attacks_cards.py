"""What cards, files, goals and forecasts tell is a function of numbers in fives: two communities that round alike cannot be told apart.

The search draws a community, then moves each number of people inside its five, month by month, and asks for every page again.
"""

from __future__ import annotations

import re
from itertools import pairwise
from random import Random

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from relais.core import clock
from relais.core.suppression import told
from relais.indicators.actions.goals import refit_forecasts, set_goal
from relais.indicators.catalogue import INDICATORS
from relais.indicators.models import ForecastMade, Goal
from relais.indicators.queries.goals import deadline_in
from relais.people.models import Person, Role
from tests.factories import make_with_role
from tests.indicators.months import LAST, MORNING, lived

pytestmark = pytest.mark.django_db
PEOPLE = [indicator.key for indicator in INDICATORS if indicator.part and not indicator.of_things]
MONTHS = 5
NOISE = re.compile(rb'csrfmiddlewaretoken" value="[^"]+"|objectifs/\d+/|Jeton [a-z0-9]+')


def alike(number: int, shift: int) -> int:
    """Another number that is told in the same way."""
    moved = max(number + shift, 0)
    return moved if told(moved) == told(number) else number


def twins(dice: Random) -> tuple[list[int], list[int]]:
    """The engaged of each month, and the same moved inside their fives."""
    engaged = sorted(dice.randint(0, 140) for _month in range(MONTHS))
    return engaged, [alike(number, dice.randint(-4, 4)) for number in engaged]


def pages(client: Client, pilot: Person, engaged: list[int], people: int) -> list[bytes]:
    """Every page, file and kept forecast that such a community gives."""
    with transaction.atomic(), clock.simulated(MORNING):
        back = [alike(number, 1) for number in engaged]
        lived(engaged, people=people, mae=engaged, wae=back, begun_m1=engaged, back_m1=[number // 2 // 5 * 5 for number in engaged])
        if (told(engaged[-1]) or 0) > 10:
            set_goal("engagement", 0.3, deadline_in(24, LAST), pilot, by=pilot)
        refit_forecasts()
        addresses = ["/piloter/", "/ou-en-est-on/indicateurs/", "/piloter/objectifs/engagement/fixer/"]
        addresses += [f"/ou-en-est-on/indicateurs/{key}/serie.csv" for key in PEOPLE]
        addresses += [f"/ou-en-est-on/objectifs/{goal.pk}/" for goal in Goal.objects.all()]
        found = [NOISE.sub(b"", client.get(address).content) for address in addresses]
        kept = ForecastMade.objects.order_by("indicator").values_list("indicator", "low", "middle", "high")
        found.append(repr(list(kept)).encode())
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_communities_that_round_alike_are_told_alike(client: Client, seed: int) -> None:
    pilot, dice = make_with_role(Role.PILOT), Random(seed)
    client.force_login(pilot)
    (one, other), people = twins(dice), dice.randint(593, 597)

    mine, theirs = pages(client, pilot, one, people), pages(client, pilot, other, alike(people, dice.choice([-1, 1])))

    assert one != other
    assert mine == theirs


@given(st.integers(0, 300), st.integers(-4, 4))
def test_no_difference_of_two_numbers_told_lies_between_one_and_four(number: int, shift: int) -> None:
    shown = [told(each) or 0 for each in (number, max(number + shift, 0), number + 7)]

    assert all(abs(after - before) in {0} or abs(after - before) >= 5 for before, after in pairwise(shown))
