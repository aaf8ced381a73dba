"""A lever pulled: what is hoped for and what could be seen are written first; steps are done; it is stopped, or read at its end."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.indicators import jobs
from relais.indicators.actions.days import keep_days
from relais.indicators.actions.levers import Plan, do_step, give_step, revise_levers, stop_use, take_lever
from relais.indicators.actions.readings import foresee_use, read_uses
from relais.indicators.effects.designs import Design
from relais.indicators.effects.records import redo
from relais.indicators.levers import shipped, written
from relais.indicators.models import LeverUse, LeverVersion, UseStep
from relais.indicators.queries.levers import contents, estimate_of, posterior_of, proposals, steps_of, use_for, uses
from relais.indicators.queries.panels import cells, monday_of, week_of
from relais.ledger.models import Entry
from relais.people.models import Person, Role
from tests.factories import make_member, make_unit, make_with_role
from tests.indicators.histories import arrived, fact
from tests.indicators.months import goal_of, lived

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)
BEFORE = datetime.combine(MONDAY - timedelta(3), time(9), UTC)
AFTER = datetime.combine(MONDAY + timedelta(7 * 12 + 1), time(9), UTC)


@pytest.fixture
def pilot() -> Person:
    return make_with_role(Role.PILOT)


def plan(**changed: Any) -> Plan:
    given: dict[str, Any] = {"indicator": "active_share", "design": Design.STEPPED, "units": [], "starts_on": MONDAY, "weeks": 12}
    return Plan(**given | {"expected": 0.05} | changed)


def take(pilot: Person, key: str = "L16", **changed: Any) -> LeverUse:
    with clock.simulated(BEFORE):
        return take_lever(key, plan(**changed), by=pilot)


def teams(count: int = 8, size: int = 20) -> list[int]:
    """Teams whose people act one week in four."""
    dice, entries, found = Random(4), [], []
    first = week_of(MONDAY) - 26
    for number in range(count):
        unit = make_unit(f"Équipe {number}")
        make_member(unit=unit)
        found.append(unit.pk)
        for place in range(size):
            person = UUID(int=1_000 * (number + 1) + place)
            entries.append(arrived(person, datetime(2024, 1, 1, tzinfo=UTC), unit.pk))
            for week in range(first, week_of(MONDAY) + 12):
                if dice.random() < 0.25:
                    moment = datetime.combine(monday_of(week), time(12), UTC) + timedelta(dice.randrange(7))
                    entries.append(fact("circle.joined", person, moment, "circle", "1", unit=unit.pk))
    Entry.objects.bulk_create(entries)
    return found


def test_taking_a_lever_makes_its_steps_and_writes_down_what_is_hoped_for(pilot: Person) -> None:
    goal = goal_of(pilot)

    use = take(pilot, "L10", indicator="engagement", design=Design.INTERRUPTED)

    assert (use.name, use.expected, use.goal, use.ends_on, use.owner) == (
        "Du temps protégé, signé par les managers", 0.05, goal, MONDAY + timedelta(7 * 12 - 1), pilot,
    )  # fmt: skip
    assert [(step.due_on, step.by, step.owner) for step in use.steps.all()] == [
        (MONDAY, "pilot", pilot), (MONDAY + timedelta(7), "managers", pilot), (MONDAY + timedelta(56), "pilot", pilot),
    ]  # fmt: skip
    assert use.subject == "Une heure par quinzaine, pour de vrai"
    assert Entry.objects.get(verb="lever.taken").payload["expected"] == 0.05
    assert str(use) == "L10 2026-03-02"
    assert str(use.steps.first()).startswith("Faire signer")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"starts_on": MONDAY + timedelta(1)}, "un lundi à venir"),
        ({"starts_on": MONDAY - timedelta(14)}, "un lundi à venir"),
        ({"weeks": 3}, "quatre semaines au moins"),
        ({"expected": 0.0}, "l’effet que vous espérez"),
        ({"expected": 0.6}, "l’effet que vous espérez"),
        ({"indicator": "relevance"}, "avant et après, ce qui ne prouve rien"),
        ({"design": Design.DIFFERENCES}, "Nommez les unités qui commencent"),
    ],
)
def test_a_plan_that_could_not_be_read_is_refused(pilot: Person, changed: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        take(pilot, **changed)

    assert not LeverUse.objects.exists()


def test_one_use_of_a_lever_at_a_time_and_none_of_an_unknown_one(pilot: Person) -> None:
    take(pilot)

    with pytest.raises(Refused, match="déjà actionné"):
        take(pilot)
    with pytest.raises(Refused, match="n’est plus au catalogue"):
        take(pilot, "L99")


def test_pilots_alone_hold_levers(pilot: Person) -> None:
    use, member = take(pilot), make_member()

    for act in (
        lambda: take(member),
        lambda: stop_use(use, "Non", by=member),
        lambda: revise_levers("", by=member),
        lambda: give_step(use.steps.all()[0], member, by=member),
        lambda: do_step(use.steps.all()[0], by=member),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_order_is_drawn_at_random_and_can_be_drawn_again(pilot: Person) -> None:
    found = teams(6, 1)

    use = take(pilot)

    assert sorted(use.starts) == sorted(map(str, found))
    assert sorted(use.starts.values()) == [week_of(MONDAY) + 4 * wave for wave in (0, 0, 1, 1, 2, 2)]
    assert (use.draw["first"], use.draw["step"], use.draw["waves"]) == (week_of(MONDAY), 4, 3)


def test_what_could_be_seen_is_known_before_the_start_and_written_once(pilot: Person) -> None:
    teams()
    use = take(pilot)

    with clock.simulated(BEFORE):
        jobs.foresee(Entry(object_id=str(use.pk)))
    use.refresh_from_db()
    first = use.record
    foresee_use(use)

    assert 0 < first["detectable"] < 0.3
    assert (first["estimate"], first["cells"], len(first["before"])) == (None, [], 8 * 26)
    assert use.record == first


def test_a_lever_that_works_is_read_at_its_end_and_the_record_can_be_redone(pilot: Person) -> None:
    found = teams(10, 20)
    use = take(pilot, design=Design.DIFFERENCES, units=found[:5])
    Entry.objects.bulk_create(
        fact("circle.joined", UUID(int=1_000 * (number + 1) + place), datetime.combine(monday_of(week), time(18), UTC), "circle", "2")
        for number in range(5)
        for place in range(0, 20, 2)
        for week in range(week_of(MONDAY), week_of(MONDAY) + 12)
    )

    with clock.simulated(AFTER):
        read, again = read_uses(), read_uses()

    use.refresh_from_db()
    estimate = estimate_of(use)
    assert (read, again, use.read_on) == (1, 0, AFTER.date())
    assert estimate is not None
    assert estimate.low > 0.2
    assert use.record["verdict"] == "probable_gain"
    assert redo(use.record) == use.record
    assert Entry.objects.get(verb="lever.read").payload == {"verdict": "probable_gain"}
    assert posterior_of(shipped()["L16"], [use]).mean > 0.02


def test_before_and_after_is_never_measurable(pilot: Person) -> None:
    take(pilot, indicator="relevance", design=Design.BEFORE_AFTER)

    with clock.simulated(AFTER):
        read_uses()

    use = LeverUse.objects.get()
    assert (use.record["verdict"], use.record["before"], estimate_of(use)) == ("not_measurable", [], None)


def test_one_series_is_read_on_its_own_units_alone(pilot: Person) -> None:
    found = teams(3, 10)
    use = take(pilot, design=Design.INTERRUPTED, units=found[:1])

    with clock.simulated(BEFORE):
        foresee_use(use)

    assert {cell["team"] for cell in use.record["before"]} == {str(found[0])}


def test_stopping_keeps_the_reason_and_reads_nothing(pilot: Person) -> None:
    use = take(pilot)
    with pytest.raises(Refused, match="Dites pourquoi"):
        stop_use(use, " ", by=pilot)

    stopped, again = stop_use(use, "Plus personne.", by=pilot), stop_use(use, "Encore", by=pilot)
    with clock.simulated(AFTER):
        read = read_uses()

    assert (stopped.reason, again.reason, read) == ("Plus personne.", "Plus personne.", 0)
    assert Entry.objects.filter(verb="lever.stopped").count() == 1


def test_a_step_is_handed_done_once_and_leaves_the_list(pilot: Person) -> None:
    colleague = make_member()
    step = take(pilot).steps.all()[0]

    given = give_step(step, colleague, by=pilot)
    waiting = steps_of(colleague)
    done, again = do_step(given, by=colleague), do_step(given, by=pilot)

    assert ([each.pk for each in waiting], steps_of(colleague)) == ([step.pk], [])
    assert Entry.objects.get(verb="step.given").payload == {"person": str(colleague.pk)}
    assert (done.done_on, again.done_on) == (clock.today(), clock.today())
    assert Entry.objects.filter(verb="step.done").count() == 1


def test_a_use_is_seen_by_pilots_and_by_whoever_has_a_step(pilot: Person) -> None:
    use, colleague = take(pilot), make_member()
    give_step(UseStep.objects.first() or use.steps.all()[0], colleague, by=pilot)

    seen = [use_for(person, use.pk) for person in (pilot, colleague, make_member())]

    assert [each.pk if each else None for each in seen] == [use.pk, use.pk, None]


def test_a_revision_holds_shows_its_differences_first_and_keeps_what_was(pilot: Person) -> None:
    changed = shipped()["L1"] | {"effort": 3}
    text = written([changed, shipped()["L2"]])

    seen = revise_levers(text, by=pilot, apply=False)
    before = contents()["L1"]["effort"]
    kept, again = revise_levers(text, by=pilot), revise_levers(text, by=pilot)

    assert (seen, before, kept, again) == (["L1"], 2, ["L1"], [])
    assert (contents()["L1"]["effort"], len(contents()), str(LeverVersion.objects.get())[:3]) == (3, 25, "L1 ")
    with pytest.raises(Refused, match="effort: choose among"):
        revise_levers(written([changed | {"effort": 9}]), by=pilot)


def test_three_levers_at_most_are_proposed_for_what_lies_furthest(pilot: Person) -> None:
    assert proposals(contents(), uses()) == []
    lived([20, 30, 45, 60, 80, 100], use_cases=[80] * 6, use_cases_answered=[20] * 6)

    found = proposals(contents(), uses())
    take(pilot, found[0].key)
    after = proposals(contents(), uses())

    assert len(found) == 3
    assert found[0].indicator == "use_cases_answered_share"
    assert found[0].key not in {each.key for each in after}
    assert "L6" not in {each.key for each in found}


def test_what_was_just_read_rests_and_what_it_did_counts(pilot: Person) -> None:
    lived([20, 30, 45, 60, 80, 100], use_cases=[80] * 6, use_cases_answered=[20] * 6)
    use = take(pilot, "L14")
    use.record, use.read_on = {"verdict": "probable_gain"}, clock.today() - timedelta(60)
    use.save()

    rested = {each.key: each.proven_here for each in proposals(contents(), uses())}
    use.read_on = clock.today() - timedelta(7)
    use.save()
    tired = {each.key for each in proposals(contents(), uses())}

    assert rested["L14"]
    assert "L14" not in tired


def test_cells_count_each_person_once_a_week_where_they_were_placed(pilot: Person) -> None:
    unit = make_unit("Agences")
    people = [UUID(int=n + 1) for n in range(3)]
    moments = [datetime.combine(MONDAY + timedelta(days), time(10), UTC) for days in (0, 1, 7)]
    Entry.objects.bulk_create(
        [arrived(person, datetime(2025, 1, 1, tzinfo=UTC), unit.pk) for person in people]
        + [fact("circle.joined", people[0], moment, "circle", "1") for moment in moments]
        + [fact("person.visited", people[1], moments[0], "person", "1")]
    )
    keep_days()

    active = cells("active_share", MONDAY, MONDAY + timedelta(13), placed=MONDAY)
    reached = cells("reached_share", MONDAY, MONDAY + timedelta(13), placed=MONDAY, units=[unit.pk])

    week = week_of(MONDAY)
    assert [(cell.team, cell.period, cell.people, cell.marked) for cell in active] == [
        (str(unit.pk), week, 3, 1), (str(unit.pk), week + 1, 3, 1),
    ]  # fmt: skip
    assert [cell.marked for cell in reached] == [2, 1]
