from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.ledger.actions import record
from relais.people import events, rules
from relais.people.models import Invitation, Person
from relais.people.queries import digest_of, invitation_for

VALID_FOR = timedelta(days=14)


@transaction.atomic
def invite(person: Person, *, by: Person | None) -> str:
    """A link that lets this person in once, within fourteen days; links given before stop working."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if by is not None and not rules.can_administer(by):
        raise NotAllowed(_("Only an administrator can invite."))
    if not person.is_active:
        raise Refused(_("This person left; nobody can be invited against their choice."))
    person.invitations.filter(used_at=None).delete()
    token = secrets.token_urlsafe(24)
    Invitation.objects.create(person=person, digest=digest_of(token), expires_at=clock.now() + VALID_FOR)
    record(events.PERSON_INVITED, by=by, about=person, unit=person.unit_id)
    return token


@transaction.atomic
def use_invitation(token: str) -> Person:
    """Spend the link: it opens once."""
    Invitation.objects.select_for_update().filter(digest=digest_of(token)).first()
    invitation = invitation_for(token)
    if invitation is None:
        raise Refused(_("This link was already used, or it is more than 14 days old. Sign in with a code, or ask for another link."))
    invitation.used_at = clock.now()
    invitation.save(update_fields=["used_at"])
    return invitation.person
