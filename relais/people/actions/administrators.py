from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from relais.core.errors import Refused
from relais.people.actions.invitations import invite
from relais.people.actions.perimeter import add_person
from relais.people.actions.roles import grant_role
from relais.people.models import Person, Role
from relais.people.queries import person_by_email


def link_of(token: str) -> str:
    """The address of an invitation, as it is sent."""
    return settings.BASE_URL + reverse("people:invitation_open", args=[token])


@transaction.atomic
def make_administrator(email: str, name: str = "") -> tuple[Person, str]:
    """Create or find the person, grant the role; gives a link that signs them in once."""
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refused(_("“%(email)s” is not an e-mail address.") % {"email": email}, field="email") from error
    person = person_by_email(email) or add_person(email, name or email.split("@", maxsplit=1)[0], unit=None)
    person = grant_role(person, Role.ADMINISTRATOR, by=None)
    return person, link_of(invite(person, by=None))
