"""Django's database sessions, with one more column: whose they are. The person is read with the session, in one statement."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, cast
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from relais.people.models import Person, Session

_read: ContextVar[Person | None] = ContextVar("read", default=None)


class SessionStore(DatabaseStore):
    person: Person | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        open_now = Session.objects.filter(session_key=self.session_key, expire_date__gt=timezone.now())
        row = open_now.select_related("person").order_by().first()
        if row is None:
            self._session_key = None
        self.person = row.person if row else None
        return row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        row.person_id = data.get(SESSION_KEY)
        return row


@contextmanager
def person_of(session: Any) -> Iterator[None]:
    """Inside, whoever asks for the person of this session gets the one that was read with it."""
    session.get(SESSION_KEY)  # a session is read when it is first asked
    token = _read.set(session.person)
    try:
        yield
    finally:
        _read.reset(token)


def person_read(pk: UUID) -> Person | None:
    """The person that was read with the session, if it is this one."""
    person = _read.get()
    return person if person is not None and person.pk == pk else None
