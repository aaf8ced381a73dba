from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.knowledge.actions.attendance import mark_came, register
from relais.knowledge.actions.circles import appoint_animator
from relais.knowledge.actions.workshops import (
    cancel_workshop,
    close_workshop,
    keep_materials,
    propose_workshop,
    publish_materials,
    revise_workshop,
)
from relais.knowledge.models import Registration, Workshop
from relais.knowledge.queries.workshops import (
    calendar_of,
    case_to_work_on,
    other_dates,
    workshop_for,
    workshops_over,
    workshops_to_come,
)
from relais.knowledge.structures import STRUCTURES, course, minutes_of
from relais.ledger.models import Entry
from relais.people.models import Person
from tests.factories import make_circle, make_invited, make_member, make_use_case, make_workshop, workshop_text

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


def told(verb: str) -> list[dict[str, object]]:
    return [entry.payload for entry in Entry.objects.filter(verb=verb).order_by("pk")]


def lived(workshop: Workshop, *guests: Person, absent: int = 0) -> None:
    """Those guests registered, and came but the last ones; the workshop is over, not closed."""
    for number, guest in enumerate(guests):
        registration = register(workshop, by=guest)
        with clock.simulated(workshop.starts_at):
            mark_came(workshop, registration, came=number < len(guests) - absent, by=workshop.host)


def test_workshop_is_proposed_and_told_once_even_when_sent_twice() -> None:
    host, text, key = make_member(), workshop_text(make_circle()), uuid4()

    first, again = (propose_workshop(text, by=host, sent_key=key) for _ in range(2))

    assert (first.pk, told("workshop.proposed")) == (again.pk, [{"format": "medium", "use_case": None}])


def test_series_keeps_its_hour_on_both_sides_of_the_change_of_hour() -> None:
    host = make_member(time_zone="Europe/Paris")
    starts = datetime(2026, 10, 12, 14, 0, tzinfo=PARIS)
    with clock.simulated(datetime(2026, 9, 1, tzinfo=UTC)):
        first = propose_workshop(workshop_text(make_circle(), starts_at=starts), by=host, weeks=2, dates=3)

    dates = [first, *other_dates(first)]

    assert [each.starts_at.astimezone(PARIS).strftime("%d/%m %H:%M") for each in dates] == ["12/10 14:00", "26/10 14:00", "09/11 14:00"]
    assert [each.starts_at.astimezone(UTC).hour for each in dates] == [12, 13, 13]
    assert len({each.series for each in dates}) == 1
    assert other_dates(make_workshop()) == []


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": " "}, "title"),
        ({"place": " "}, "room"),
        ({"capacity": 1}, "capacity"),
        ({"capacity": 501}, "capacity"),
        ({"ends_at": clock.now() + timedelta(days=9)}, "minutes"),
        ({"ends_at": clock.now()}, "minutes"),
        ({"starts_at": clock.now() - timedelta(minutes=1)}, "day"),
    ],
)
def test_what_is_missing_is_said_at_its_field(fields: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        make_workshop(**fields)

    assert (refusal.value.field, Workshop.objects.count()) == (field, 0)


def test_series_without_rhythm_or_too_long_is_refused() -> None:
    for weeks, dates in ((0, 2), (1, 27)):
        with pytest.raises(Refused) as refusal:
            propose_workshop(workshop_text(make_circle()), by=make_member(), weeks=weeks, dates=dates)
        assert refusal.value.field == "dates"


def test_co_host_is_a_colleague_who_takes_part() -> None:
    host = make_member()

    for co_host in (host, make_invited()):
        with pytest.raises(Refused):
            make_workshop(host, co_host=co_host)

    assert make_workshop(host, co_host=make_member()).co_host is not None


def test_workshops_are_proposed_by_those_who_take_part() -> None:
    with pytest.raises(NotAllowed):
        make_workshop(make_invited())


def test_moving_it_raises_the_sequence_and_changing_words_does_not() -> None:
    workshop = make_workshop()
    text = {"starts_at": workshop.starts_at, "ends_at": workshop.ends_at}

    said = revise_workshop(workshop, workshop_text(workshop.circle, title="Autrement dit", **text), by=workshop.host)
    moved = revise_workshop(workshop, workshop_text(workshop.circle, place="Salle 3", **text), by=workshop.host)

    assert (said.sequence, moved.sequence) == (0, 1)
    assert (told("workshop.revised"), told("workshop.moved")) == ([{"sequence": 0}], [{"sequence": 1}])


def test_more_places_are_given_to_those_who_wait_and_never_fewer_than_taken() -> None:
    workshop = make_workshop(capacity=2)
    for _ in range(3):
        register(workshop, by=make_member())

    with pytest.raises(Refused) as refusal:
        revise_workshop(workshop, workshop_text(workshop.circle, capacity=2, starts_at=clock.now() - timedelta(1)), by=workshop.host)
    revise_workshop(workshop, workshop_text(workshop.circle, capacity=3), by=workshop.host)

    workshop.refresh_from_db()
    assert (refusal.value.field, workshop.registered_count, workshop.waiting_count) == ("day", 3, 0)
    with pytest.raises(Refused) as refusal:
        revise_workshop(workshop, workshop_text(workshop.circle, capacity=2), by=workshop.host)
    assert refusal.value.field == "capacity"


def test_its_hosts_and_its_circles_animators_lead_it_and_nobody_else() -> None:
    workshop = make_workshop(co_host=make_member())
    appoint_animator(workshop.circle, animator := make_member(), by=None)
    animator.refresh_from_db()

    for leader in (workshop.host, workshop.co_host, animator):
        keep_materials(workshop, "- un geste", by=leader)

    for act in (
        lambda by: keep_materials(workshop, "", by=by),
        lambda by: cancel_workshop(workshop, "Malade", by=by),
        lambda by: revise_workshop(workshop, workshop_text(workshop.circle), by=by),
        lambda by: close_workshop(workshop, by=by),
    ):
        with pytest.raises(NotAllowed):
            act(make_member())


def test_cancelling_says_why_once() -> None:
    workshop = make_workshop()

    with pytest.raises(Refused):
        cancel_workshop(workshop, " ", by=workshop.host)
    for _ in range(2):
        cancelled = cancel_workshop(workshop, "La scie est en réparation", by=workshop.host)

    assert (cancelled.cancel_reason, cancelled.sequence, len(told("workshop.cancelled"))) == ("La scie est en réparation", 1, 1)
    for act in (
        lambda: register(workshop, by=make_member()),
        lambda: revise_workshop(workshop, workshop_text(workshop.circle), by=workshop.host),
        lambda: close_workshop(workshop, by=workshop.host),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_held_workshop_counts_for_its_hosts_with_who_came_and_who_did_not() -> None:
    workshop, guests = make_workshop(co_host=make_member()), [make_member() for _ in range(3)]
    lived(workshop, *guests[:2], absent=1)
    register(workshop, by=guests[2])

    with clock.simulated(workshop.ends_at):
        for _ in range(2):
            close_workshop(workshop, by=workshop.host)

    held = {entry.verb: entry.actor for entry in Entry.objects.filter(verb__in=["workshop.held", "workshop.co_led"])}
    assert held == {"workshop.held": workshop.host_id, "workshop.co_led": workshop.co_host_id}
    assert told("workshop.held") == [{"format": "medium", "registered": 3, "came": 1}]
    assert Registration.objects.filter(came=False).count() == 2
    with pytest.raises(NotAllowed):
        cancel_workshop(workshop, "Trop tard", by=workshop.host)


def test_nothing_is_closed_before_it_begins() -> None:
    workshop = make_workshop()

    with pytest.raises(NotAllowed):
        close_workshop(workshop, by=workshop.host)


def test_what_came_out_becomes_a_content_of_the_case_once() -> None:
    workshop = make_workshop(use_case=make_use_case())
    with pytest.raises(Refused):
        publish_materials(workshop, by=workshop.host)
    keep_materials(workshop, "Ce qui marche :\n\n- dire où en est la commande\n- proposer un café", by=workshop.host)

    first, again = (publish_materials(workshop, by=workshop.host) for _ in range(2))

    assert (first.pk, first.use_case, first.title) == (again.pk, workshop.use_case, workshop.title)
    assert "<li>proposer un café</li>" in first.body
    assert len(told("content.published")) == 1


def test_content_always_answers_a_case() -> None:
    workshop = make_workshop()

    with pytest.raises(Refused) as refusal:
        publish_materials(workshop, by=workshop.host)

    assert refusal.value.field == "use_case"


def test_lists_are_for_those_who_take_part_and_hold_what_is_to_come_then_what_is_over() -> None:
    viewer, late, soon = make_member(), make_workshop(), make_workshop(starts_at=clock.now() + timedelta(days=1))
    cancel_workshop(make_workshop(), "Grippe", by=Workshop.objects.latest("pk").host)
    now, later = clock.now(), late.ends_at + timedelta(1)

    assert list(workshops_to_come(viewer, now)) == [soon, late]
    assert list(workshops_to_come(viewer, now, late.circle.slug)) == [late]
    assert list(workshops_over(viewer, later)) == [late, soon]
    assert list(workshops_over(viewer, later, soon.circle.slug)) == [soon]
    assert (list(workshops_to_come(make_invited(), now)), workshop_for(make_invited(), late.pk)) == ([], None)


def test_calendar_holds_what_one_leads_and_goes_to_and_by_choice_what_circles_propose() -> None:
    me, now = make_member(), clock.now()
    led, gone_to, elsewhere = make_workshop(me), make_workshop(), make_workshop()
    register(gone_to, by=me)
    near = make_workshop()
    appoint_animator(near.circle, me, by=None)

    assert calendar_of(me, now, circles=False) == [led, gone_to]
    assert calendar_of(me, now, circles=True) == [led, gone_to, near]
    assert elsewhere not in calendar_of(me, now, circles=True)


def test_workshop_is_proposed_from_a_case_one_sees() -> None:
    case = make_use_case()

    assert case_to_work_on(make_member(), case.pk) == case
    assert case_to_work_on(make_invited(), case.pk) is None


@pytest.mark.parametrize(("shape", "minutes"), [("long", 150), ("medium", 45), ("short", 20), ("free", None)])
def test_ready_shapes_last_as_long_as_they_say(shape: str, minutes: int | None) -> None:
    moments = course(shape)

    assert minutes_of(shape) == minutes
    assert [moment.start for moment in moments[1:]] == [moment.end for moment in moments[:-1]]
    assert len(moments) == len(STRUCTURES[shape])
