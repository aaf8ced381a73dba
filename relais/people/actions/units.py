from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from relais.core.errors import Refused
from relais.people.models import Unit


@transaction.atomic
def add_unit(code: str, name: str, *, parent: Unit | None = None) -> Unit:
    """Add a place to the tree."""
    return Unit.objects.create(code=code, name=name, parent=parent)


@transaction.atomic
def move_unit(unit: Unit, parent: Unit | None) -> Unit:
    """Put a unit under another; a circle in the tree is refused."""
    Unit.objects.select_for_update().filter(pk=unit.pk).first()
    above = parent
    while above is not None:
        if above.pk == unit.pk:
            raise Refused(
                _("%(unit)s cannot be placed under itself: the tree of units would go in a circle.") % {"unit": unit}, field="parent"
            )
        above = above.parent
    unit.parent = parent
    unit.save(update_fields=["parent"])
    return unit
