"""What administrators do from their pages: each checks the rule, then does what the perimeter's own actions do."""

from __future__ import annotations

from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from relais.core.errors import NotAllowed, Refused
from relais.people import rules
from relais.people.actions.administrators import link_of
from relais.people.actions.invitations import invite
from relais.people.actions.perimeter import add_person
from relais.people.actions.roles import grant_role, revoke_role
from relais.people.models import Person, Role


def _check(by: Person) -> None:
    if not rules.can_administer(by):
        raise NotAllowed(_("Only an administrator can do this."))


@transaction.atomic
def bring_in(email: str, name: str, *, by: Person) -> Person:
    """Add one person, invited; their link is a second step."""
    _check(by)
    try:
        with transaction.atomic():
            return add_person(email, name, unit=None)
    except IntegrityError as error:
        raise Refused(_("Somebody with this address is already here."), field="email") from error


@transaction.atomic
def give_role(person: Person, role: str, *, by: Person) -> Person:
    """Give a role from the administration page."""
    _check(by)
    return grant_role(person, Role(role), by=by)


@transaction.atomic
def take_role_back(person: Person, role: str, *, by: Person) -> Person:
    """Take a role back; the last administrator keeps theirs, or nobody could give it again."""
    _check(by)
    others = Person.objects.select_for_update().filter(roles__contains=[Role.ADMINISTRATOR], is_active=True).exclude(pk=person.pk)
    if role == Role.ADMINISTRATOR and not others.exists():
        raise Refused(_("This is the last administrator: give the role to somebody else first."), field="role")
    return revoke_role(person, Role(role), by=by)


@transaction.atomic
def send_invitation(person: Person, *, by: Person) -> str:
    """Make a link and send it by mail, in the person's language; gives the link too."""
    link = link_of(invite(person, by=by))
    with translation.override(person.language):
        text = _(
            "Hello %(name)s,\n\n"
            "Colleagues help each other on Relais: somebody describes a concrete situation, others answer with what they lived.\n"
            "It is voluntary: you join if you wish, and leave whenever you like.\n\n"
            "This link is for you alone. It opens once, within 14 days:\n%(link)s\n"
        ) % {"name": person.name, "link": link}
        EmailMultiAlternatives(_("You are invited to Relais"), text, to=[person.email or ""]).send()
    return link
