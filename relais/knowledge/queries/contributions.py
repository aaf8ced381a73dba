from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery

from relais.core import clock
from relais.knowledge import rules
from relais.knowledge.models import Application, Attachment, Contribution, Rating, UseCase, Version
from relais.knowledge.queries.newcomers import first_post
from relais.knowledge.relevance import wilson_lower_bound
from relais.people.models import Person
from relais.people.rules import can_take_part

CO_AUTHORS = Prefetch("co_authors", Person.objects.only("pk", "name"))


def _seen_by(viewer: Person) -> QuerySet[Contribution]:
    """Contributions with their authors; `applied` and `my_score` say what the viewer has done with them."""
    applied = Exists(Application.objects.filter(contribution=OuterRef("pk"), person=viewer))
    score = Rating.objects.filter(contribution=OuterRef("pk"), person=viewer).values("score")[:1]
    readable = Contribution.objects.filter(rules.visible_to(viewer)).select_related("author__unit").prefetch_related(CO_AUTHORS)
    return readable.defer("vector", "text").annotate(
        applied=applied, my_score=Subquery(score, output_field=IntegerField()), first=first_post("published_at", clock.now())
    )


def contributions_for(viewer: Person, use_case: UseCase) -> list[Contribution]:
    """What answers a case: the best answer first, then what worked most surely, then what was applied most, then the oldest."""
    linked = Contribution.also_answers.through.objects.filter(usecase=use_case).values("contribution")
    own = Contribution.objects.filter(use_case=use_case).values("pk")
    found = _seen_by(viewer).filter(pk__in=own.union(linked))  # an OR would read the whole table
    return sorted(found, key=lambda c: (c.pk != use_case.best_id, -_proof(c), -c.applications_count, c.published_at))


def _proof(contribution: Contribution) -> float:
    return round(wilson_lower_bound(contribution.worked_count, contribution.told_count), 2)


def contribution_for(viewer: Person, pk: int) -> Contribution | None:
    """One contribution, with the case it answers; nobody sees it once it, or its case, is withdrawn."""
    return _seen_by(viewer).select_related("use_case__circle", "author__unit").filter(pk=pk, use_case__withdrawn_at=None).first()


def contents_since(viewer: Person, since: datetime) -> QuerySet[Contribution]:
    """What colleagues shared since then, the latest first."""
    shared = Contribution.objects.filter(rules.visible_to(viewer), use_case__withdrawn_at=None, published_at__gt=since)
    found = shared.exclude(kind=Contribution.Kind.ANSWER).exclude(author=viewer).select_related("use_case")
    return found.defer("vector", "text", "body", "use_case__vector").order_by("-published_at", "-pk")


def also_answered(contribution: Contribution) -> QuerySet[UseCase]:
    """The other cases a content answers."""
    return contribution.also_answers.filter(withdrawn_at=None).only("pk", "title").order_by("pk")


def versions_of(contribution: Contribution) -> QuerySet[Version]:
    """What it said before, latest first."""
    return contribution.versions.select_related("author").order_by("-number")


def attachment_for(viewer: Person, pk: UUID) -> Attachment | None:
    """A joined picture or file: its owner sees it at once, the others once a text that is not withdrawn shows it."""
    if not can_take_part(viewer):
        return None
    shown = Q(contribution__isnull=False, contribution__withdrawn_at=None) | Q(owner=viewer)
    return Attachment.objects.filter(shown, pk=pk).first()


def co_authors_to_choose(viewer: Person, contribution: Contribution, name: str, limit: int = 8) -> list[Person]:
    """Colleagues of that name who take part and do not write it yet."""
    if not (name.strip() and rules.can_revise(viewer, contribution)):
        return []
    taken = [contribution.author_id, *contribution.co_authors.values_list("pk", flat=True)]
    named = Person.objects.filter(name__icontains=name.strip(), is_active=True, participation__in=("member", "paused"))
    return list(named.exclude(pk__in=taken).select_related("unit").order_by("name")[:limit])
