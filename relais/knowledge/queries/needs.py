from __future__ import annotations

from uuid import UUID

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from relais.knowledge import rules
from relais.knowledge.models import CircleMember, Giver, Need, Wish
from relais.knowledge.queries.routing import CLOSE_CASES, CLOSE_ENOUGH, acts_on, requests_waiting
from relais.knowledge.queries.search import close_cases
from relais.knowledge.routing import Act
from relais.people.models import Participation, Person

ALIKE = 0.5


def _for(viewer: Person) -> QuerySet[Need]:
    wished = Wish.objects.filter(need=OuterRef("pk"), person=viewer)
    giving = Giver.objects.filter(need=OuterRef("pk"), person=viewer).values("state")[:1]
    offered = Giver.objects.filter(need=OuterRef("pk"), state=Giver.State.OFFERED)
    seen = Need.objects.filter(rules.needs_visible_to(viewer)).select_related("circle", "author", "workshop")
    return seen.annotate(wished=Exists(wished), giving=Subquery(giving), has_giver=Exists(offered))


def needs_for(viewer: Person, circle: str = "") -> QuerySet[Need]:
    """What is still to be learned: in my circles first, then what most would like to learn."""
    near = Exists(CircleMember.objects.filter(circle=OuterRef("circle"), person=viewer, until=None))
    found = _for(viewer).filter(closed_at=None).annotate(near=near).order_by("-near", "-wanted_count", "-opened_at", "-pk")
    return found.filter(circle__slug=circle) if circle else found


def need_for(viewer: Person, pk: int) -> Need | None:
    """One need; `wished` and `giving` say what the viewer has to do with it."""
    return _for(viewer).filter(pk=pk).first()


def similar_needs(viewer: Person, words: str) -> list[Need]:
    """Open needs that say nearly the same."""
    if len(words.strip()) < 4:
        return []
    closeness = TrigramWordSimilarity(words, "title")
    found = Need.objects.filter(rules.needs_visible_to(viewer), closed_at=None).annotate(closeness=closeness)
    return list(found.filter(closeness__gte=ALIKE).order_by("-closeness")[:3])


def who_wishes(need: Need) -> list[Person]:
    """Those who would like to learn it, in the order they said so."""
    return [wish.person for wish in need.wishes.select_related("person").order_by("since", "pk")]


def who_offers(need: Need) -> list[Person]:
    """Those who can show it."""
    offers = need.givers.filter(state=Giver.State.OFFERED).select_related("person").order_by("since", "pk")
    return [giver.person for giver in offers]


def acts_close_to_need(need: Need) -> list[Act]:
    """What colleagues did on cases close to what somebody would like to learn."""
    close = close_cases(f"{need.title} {need.why}", CLOSE_CASES, besides=0, enough=CLOSE_ENOUGH)
    return acts_on({case.pk: case.closeness for case in close}, need.circle_id, ("need", need.pk), seed=f"need {need.pk}")


def open_requests_of(people: set[UUID], need: Need) -> dict[UUID, int]:
    """How much is asked already of each person who may be asked about this need; the others are left out."""
    may_be_asked = Person.objects.filter(pk__in=people, is_active=True, participation=Participation.MEMBER)
    return requests_waiting(may_be_asked.exclude(wishes__need=need))
