"""The pages of the closed loop in English, as natural as in French."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from relais.indicators.actions.goals import refit_forecasts
from relais.people.models import Role
from tests.factories import make_member, make_with_role
from tests.indicators.months import goal_of, use_of

pytestmark = pytest.mark.django_db


def text_of(content: bytes) -> str:
    main = content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.mark.parametrize(
    ("address", "sentences"),
    [
        ("/piloter/", ["Where we start from is not known, or was asked more than six months ago.", "Engagement: from 17% to 28% by"]),
        ("/piloter/leviers/", ["A campaign of five painful cases starts on", "Three at most are proposed at a time."]),
        ("/piloter/leviers/L5/", ["Thank those who give a lot", "Not for those who give little", "Not measured here yet."]),
        ("/piloter/leviers/L1/actionner/", ["One team after the other, in an order drawn at random", "By how much do you hope?"]),
        ("/piloter/objectifs/transmitters_share/fixer/", ["How many of us pass on what they know?", "Prudent", "Ambitious"]),
        ("/ou-en-est-on/indicateurs/", ["How many of us truly take part?", "Too few people, or nothing to measure yet."]),
        ("/ou-en-est-on/indicateurs/engagement/", ["With this many, chance alone would move it between 14% and 20%: the pale band."]),
        ("/ou-en-est-on/revue/", ["Review of the quarter up to", "What levers did None was read in these three months."]),
    ],
)
def test_page_reads_naturally(client: Client, address: str, sentences: list[str]) -> None:
    pilot = make_with_role(Role.PILOT, language="en")
    goal_of(pilot)
    use_of(pilot, make_member())
    refit_forecasts()
    client.force_login(pilot)

    page = text_of(client.get(address).content)

    assert [sentence for sentence in sentences if sentence not in page] == []


@pytest.mark.parametrize("role", [Role.SPONSOR, Role.PILOT])
def test_whoever_reads_aggregates_reads_what_would_change_them(client: Client, role: Role) -> None:
    reader = make_with_role(role, language="en")
    client.force_login(reader)

    page = client.get("/ou-en-est-on/indicateurs/no_show_share/").content.decode()

    assert "A question the day before the workshop" in page
    assert ("/piloter/leviers/L17/" in page) == (role == Role.PILOT)


def test_a_step_owner_who_is_no_pilot_sees_neither_the_lever_nor_how_to_stop_it(client: Client) -> None:
    member = make_member(language="en")
    use = use_of(make_with_role(Role.PILOT), member)
    client.force_login(member)

    page = text_of(client.get(f"/leviers/{use.pk}/").content)

    assert "It is done" in page
    assert "Hand it to a colleague" not in page
    assert "Stop before the end" not in page
