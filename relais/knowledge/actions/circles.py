from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.knowledge import events, rules
from relais.knowledge.models import Circle, CircleMember
from relais.ledger.actions import record
from relais.ledger.verbs import Verb
from relais.people.actions import grant_role, revoke_role
from relais.people.models import Person, Role
from relais.people.queries import person_by_email
from relais.people.rules import can_take_part


@transaction.atomic
def open_circle(slug: str, name: str, purpose: str = "", *, by: Person | None) -> Circle:
    """Open a theme that colleagues join freely."""
    circle = Circle.objects.create(slug=slug, name=name, purpose=purpose)
    record(events.CIRCLE_OPENED, by=by, about=circle, circle=circle.pk)
    return circle


@transaction.atomic
def found_circle(name: str, purpose: str, *, by: Person) -> Circle:
    """Open a circle from its page; its address is made of its name."""
    if not rules.can_keep_circles(by):
        raise NotAllowed(_("Only pilots and administrators open circles. Tell them which theme you miss."))
    name, slug = name.strip(), slugify(name)[:60]
    if not slug:
        raise Refused(_("Give the circle a name."), field="name")
    try:
        return open_circle(slug, name[:80], purpose.strip()[:300], by=by)
    except IntegrityError as error:  # it stands already, or is opened at this very moment
        raise Refused(_("There is a circle of this name already: choose another name."), field="name") from error


@transaction.atomic
def trust_with(circle: Circle, email: str, *, by: Person) -> CircleMember:
    """Appoint an animator by their address."""
    if not rules.can_keep_circles(by):
        raise NotAllowed(_("Only pilots and administrators appoint those who look after a circle."))
    person = person_by_email(email.strip())
    if person is None or not can_take_part(person):
        raise Refused(_("Nobody who takes part has this address. Check it, or invite them first."), field="email")
    return appoint_animator(circle, person, by=by)


@transaction.atomic
def join_circle(circle: Circle, *, by: Person) -> CircleMember:
    """Follow a theme."""
    if not can_take_part(by):
        raise NotAllowed(_("Join the community first: one click on the welcome page."))
    member, new = _member_of(circle, by)
    if new:
        record(events.CIRCLE_JOINED, by=by, about=circle, circle=circle.pk)
    return member


def _member_of(circle: Circle, person: Person) -> tuple[CircleMember, bool]:
    return CircleMember.objects.get_or_create(circle=circle, person=person, until=None)


@transaction.atomic
def leave_circle(circle: Circle, *, by: Person) -> None:
    """Stop following a theme; an animator of it stops animating it."""
    member = CircleMember.objects.select_for_update().filter(circle=circle, person=by, until=None).first()
    if not member:
        return
    member.until = clock.now()
    member.save(update_fields=["until"])
    record(events.CIRCLE_LEFT, by=by, about=circle, circle=circle.pk)
    _keep_animator_role_true(by)


@transaction.atomic
def appoint_animator(circle: Circle, person: Person, *, by: Person | None) -> CircleMember:
    """Trust somebody with a circle: a decision of `by`, never an act of the person."""
    if not can_take_part(person):
        raise NotAllowed(_("Only somebody who takes part in the community can look after a circle."))
    member, _new = _member_of(circle, person)
    if not member.animator:
        member.animator = True
        member.save(update_fields=["animator"])
        _record_decision(events.ANIMATOR_APPOINTED, member, by=by)
    grant_role(person, Role.ANIMATOR, by=by)
    return member


@transaction.atomic
def dismiss_animator(circle: Circle, person: Person, *, by: Person | None) -> None:
    """Somebody stops animating a circle, and stays in it."""
    held = CircleMember.objects.select_for_update().filter(circle=circle, person=person, until=None, animator=True)
    member = held.first()
    if not member:
        return
    member.animator = False
    member.save(update_fields=["animator"])
    _record_decision(events.ANIMATOR_DISMISSED, member, by=by)
    _keep_animator_role_true(person, by=by)


def _record_decision(verb: Verb, member: CircleMember, *, by: Person | None) -> None:
    payload = {"person": str(member.person_id)}
    record(verb, by=by, about=member.circle, unit=member.person.unit_id, circle=member.circle_id, payload=payload)


def _keep_animator_role_true(person: Person, by: Person | None = None) -> None:
    if not CircleMember.objects.filter(person=person, until=None, animator=True).exists():
        revoke_role(person, Role.ANIMATOR, by=by)
