from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.db import connection

from relais.people.models import Participation, Person
from relais.people.privacy import erase_rows_of


def identity_mark(email: str) -> str:
    """A keyed hash of an address: recognises somebody who left without keeping who they were."""
    return hmac.new(settings.SECRET_KEY.encode(), email.strip().lower().encode(), hashlib.sha256).hexdigest()


def anonymise(person: Person) -> Person:
    """Blank what names the locked person, close their sessions, delete the rows that declare it."""
    if person.email:
        person.identity_mark = identity_mark(person.email)
        Person.objects.filter(identity_mark=person.identity_mark).update(identity_mark="")  # an earlier stay
        _forget_mails(person.email, person.name or person.email)
    person.participation, person.is_active = Participation.LEFT, False
    person.email, person.name, person.employee_number, person.roles = None, "", "", []
    person.passes_on = person.wants_to_learn = ""
    person.language, person.time_zone = settings.LANGUAGE_CODE, settings.TIME_ZONE
    person.manager = None
    person.last_login = None
    person.set_unusable_password()
    person.save()
    Person.objects.filter(manager=person).update(manager=None)
    erase_rows_of(person)
    return person


def _forget_mails(email: str, name: str) -> None:
    """Jobs carry the text of mails: those to this address go, sent or not, and so do those to others that failed and name the person.

    One being sent goes with its retention; one that waits for somebody else is still sent to them.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE status <> 'doing' AND (args->'to' ? %(email)s"
            " OR (args ? 'to' AND status <> 'todo' AND (strpos(args::text, %(email)s) > 0 OR strpos(args::text, %(name)s) > 0)))",
            {"email": email, "name": name},
        )
