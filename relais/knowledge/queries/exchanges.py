from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from relais.knowledge.matching import Seeker
from relais.knowledge.models import Circle, CircleMember, Exchange, ExchangeVoice, Openness, Round
from relais.people.models import Participation, Person
from relais.people.rules import can_take_part

OPEN = (Exchange.State.ASKED, Exchange.State.AGREED)
LAST_ROUNDS = 4  # whose pairs are not drawn again


def _of(person_id: UUID) -> Q:
    return Q(asker_id=person_id) | Q(other_id=person_id)


def open_exchanges_of(person_id: UUID) -> int:
    """How many exchanges of this person are asked or agreed, and not closed."""
    return Exchange.objects.filter(_of(person_id), state__in=OPEN).count()


def are_at_it(one: UUID, other: UUID) -> bool:
    """Whether these two have an exchange open."""
    return Exchange.objects.filter(_of(one), _of(other), state__in=OPEN).exists()


def openness_of(person: Person) -> Openness | None:
    """Whether somebody is open to exchanges, and to how many."""
    return Openness.objects.filter(person=person).first()


def exchanges_for(viewer: Person) -> QuerySet[Exchange]:
    """One's own exchanges, those that wait first."""
    mine = Exchange.objects.filter(_of(viewer.pk)) if can_take_part(viewer) else Exchange.objects.none()
    return (
        mine.exclude(state=Exchange.State.DECLINED)
        .select_related("asker", "other", "round__circle")
        .order_by("closed_at", "-asked_at", "-pk")
    )


def exchange_for(viewer: Person, pk: int) -> Exchange | None:
    """One of one's own exchanges."""
    return Exchange.objects.filter(_of(viewer.pk), pk=pk).select_related("asker", "other", "round__circle").first()


def voices_of(exchange: Exchange) -> list[ExchangeVoice]:
    """What the two said of it, for the two of them."""
    return list(exchange.voices.select_related("person").order_by("said_at", "pk"))


def seekers_in(circle: Circle) -> list[Seeker]:
    """Those of a circle who opted in, may be asked, and have room."""
    inside = CircleMember.objects.filter(circle=circle, until=None, person__is_active=True, person__participation=Participation.MEMBER)
    people = {member.person_id: member.person.unit_id for member in inside.select_related("person")}
    room = dict(Openness.objects.filter(person__in=people, capacity__gt=0).values_list("person", "capacity"))
    for pair in Exchange.objects.filter(Q(asker__in=room) | Q(other__in=room), state__in=OPEN).values_list("asker", "other"):
        for person in pair:
            room[person] = room.get(person, 0) - 1
    elsewhere = CircleMember.objects.filter(person__in=room, until=None).exclude(circle=circle)
    circles: dict[UUID, set[int]] = {}
    for person, where in elsewhere.values_list("person", "circle"):
        circles.setdefault(person, set()).add(where)
    free = [person for person, left in room.items() if person in people and left > 0]
    return [Seeker(person, people[person], frozenset(circles.get(person, ()))) for person in free]


def pairs_met_lately(circle: Circle) -> set[frozenset[UUID]]:
    """The pairs of the last rounds of the circle, and those who have an exchange open."""
    last = Round.objects.filter(circle=circle).order_by("-drawn_at").values_list("pk", flat=True)[:LAST_ROUNDS]
    met = Exchange.objects.filter(Q(round__in=list(last)) | Q(state__in=OPEN)).values_list("asker", "other")
    return {frozenset(pair) for pair in met}


def rounds_in(circle: Circle) -> list[Round]:
    """The last draws of a circle: numbers only."""
    return list(Round.objects.filter(circle=circle).order_by("-drawn_at")[:LAST_ROUNDS])


def circles_one_animates(viewer: Person) -> list[Circle]:
    """The circles somebody draws rounds in."""
    return list(Circle.objects.filter(members__person=viewer, members__until=None, members__animator=True).order_by("name"))
