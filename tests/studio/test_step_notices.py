"""Whoever is handed a step of a lever is told, and finds it among theirs until it is done."""

from __future__ import annotations

import pytest

from relais.indicators.actions.levers import do_step, give_step
from relais.ledger.subscriptions import delivered_at_once
from relais.people.models import Role
from relais.studio.queries.notices import address_of, notices_for
from tests.factories import make_member, make_with_role
from tests.indicators.months import use_of
from tests.studio.test_notices import told

pytestmark = pytest.mark.django_db


def test_a_step_handed_is_told_to_its_new_owner_until_it_is_done() -> None:
    pilot, colleague = make_with_role(Role.PILOT), make_member()
    step = use_of(pilot, make_member()).steps.all()[1]

    with delivered_at_once():
        give_step(step, colleague, by=pilot)

    assert told(colleague) == [("A step is in your hands", "Poser les cas, un par jour, avec le nom de qui attend.")]
    assert address_of(notices_for(colleague)[0]) == "/leviers/mes-pas/"
    do_step(step, by=colleague)
    assert told(colleague) == []
