import pytest
from django.test import Client

from relais.people.models import Person, Session
from relais.people.sessions import SessionStore, person_of, person_read
from relais.web.people.backend import Backend
from tests.factories import make_member

pytestmark = pytest.mark.django_db


def test_the_person_comes_with_the_session(client: Client) -> None:
    person = make_member()
    client.force_login(person)
    store = SessionStore(Session.objects.get().session_key)

    with person_of(store):
        inside = Backend().get_user(person.pk)
    after = person_read(person.pk)

    assert (inside, inside is store.person, after) == (person, True, None)


def test_somebody_else_is_read_from_the_database(client: Client) -> None:
    other = make_member()
    client.force_login(make_member())

    with person_of(SessionStore(Session.objects.get().session_key)):
        found = Backend().get_user(other.pk)

    assert found == other


def test_a_session_that_is_over_has_nobody() -> None:
    store = SessionStore("x" * 32)

    with person_of(store):
        found = person_read(make_member().pk)

    assert (found, store.person) == (None, None)


def test_who_may_no_longer_sign_in_is_nobody_at_once(client: Client) -> None:
    person = make_member()
    client.force_login(person)
    Person.objects.filter(pk=person.pk).update(is_active=False)

    with person_of(SessionStore(Session.objects.get().session_key)):
        found = Backend().get_user(person.pk)

    assert found is None


def test_a_changed_password_closes_the_session(client: Client) -> None:
    person = make_member()
    client.force_login(person)
    person.set_password("une autre phrase de passe")
    person.save()

    answer = client.get("/")

    assert (answer.status_code, "_auth_user_id" in client.session) == (302, False)
