from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from relais.knowledge import rules
from relais.knowledge.models import QuietAct, UseCase
from relais.people.models import Person


@dataclass(frozen=True)
class Asker:
    """Who asked a case, as one viewer may know it: `person` is None under a pseudonym, `name` is empty once they left."""

    name: str
    person: Person | None


def pseudonym() -> str:
    """How colleagues see whoever asks under a pseudonym: the same words for every case, so that no two can be tied together."""
    return _("A colleague, under a pseudonym")


def asker_for(viewer: Person | None, use_case: UseCase) -> Asker:
    """How an asker is shown to a viewer: the only way, for every page, list, notice and export."""
    if not use_case.pseudonym:
        return Asker(use_case.author.name, use_case.author)
    own = viewer is not None and rules.is_asker_under_pseudonym(viewer, use_case)
    return Asker(_("You, under a pseudonym") if own else pseudonym(), None)


def quiet_acts_to_tell(today: date) -> QuerySet[QuietAct]:
    """What was done under a pseudonym on days that ended; people come in the order of their opaque ids."""
    return QuietAct.objects.filter(day__lt=today).order_by("day", "person_id", "verb")
