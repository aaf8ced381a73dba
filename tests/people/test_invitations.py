from __future__ import annotations

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.people.actions import leave_community
from relais.people.actions.administrators import make_administrator
from relais.people.actions.guarded import bring_in, give_role, send_invitation, take_role_back
from relais.people.actions.invitations import invite, use_invitation
from relais.people.models import Invitation, Person, Role
from relais.people.queries import invitation_for, role_changes
from tests.factories import make_invited, make_member, make_with_role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("enqueued_mail")]


def test_link_lets_its_person_in_once() -> None:
    person = make_invited()
    token = invite(person, by=make_with_role(Role.ADMINISTRATOR))

    entered = use_invitation(token)

    assert entered == person
    with pytest.raises(Refused):
        use_invitation(token)


def test_only_a_hash_of_the_link_is_kept() -> None:
    token = invite(make_invited(), by=None)

    kept = Invitation.objects.get()

    assert token not in kept.digest
    assert (len(kept.digest), str(kept.person_id) in str(kept)) == (64, True)


def test_link_is_good_for_fourteen_days() -> None:
    token = invite(make_invited(), by=None)

    with clock.acting_at(clock.now() + timedelta(days=13, hours=23)):
        early = invitation_for(token)
    with clock.acting_at(clock.now() + timedelta(days=14, hours=1)):
        late = invitation_for(token)

    assert (early is not None, late) == (True, None)


def test_new_link_replaces_the_one_before() -> None:
    person = make_invited()
    first, second = invite(person, by=None), invite(person, by=None)

    assert (invitation_for(first), invitation_for(second) is not None) == (None, True)


def test_person_who_left_is_not_invited() -> None:
    with pytest.raises(Refused):
        invite(leave_community(make_member()), by=None)


def test_member_does_not_invite() -> None:
    with pytest.raises(NotAllowed):
        invite(make_invited(), by=make_member())


def test_invitation_leaves_by_mail_in_the_language_of_its_person() -> None:
    person = make_invited("Ann Lee", language="en")

    link = send_invitation(person, by=make_with_role(Role.ADMINISTRATOR))

    mail = ProcrastinateJob.objects.get(task_name="relais.integrations.mail.jobs.send").args
    assert (mail["to"], mail["subject"], link in mail["text"]) == ([person.email], "You are invited to Relais", True)


def test_administrator_is_made_from_an_address_alone() -> None:
    person, link = make_administrator("New.Admin@example.org")

    assert (person.email, person.name, person.roles) == ("new.admin@example.org", "New.Admin", ["administrator"])
    assert use_invitation(link.rstrip("/").rsplit("/", 1)[1]) == person


def test_known_person_is_made_administrator() -> None:
    person = make_member("Ann Lee")

    made, _link = make_administrator((person.email or "").upper())

    assert (made, made.name, Person.objects.count()) == (person, "Ann Lee", 1)


def test_what_is_no_address_makes_no_administrator() -> None:
    with pytest.raises(Refused):
        make_administrator("ann at example")


def test_role_changes_tell_who_and_what() -> None:
    admin, person = make_with_role(Role.ADMINISTRATOR), make_member()
    admin.name = "Anne Admin"
    admin.save()
    give_role(person, "pilot", by=admin)
    take_role_back(person, "pilot", by=admin)

    told = [(change.label, change.given, change.by) for change in role_changes(person)]

    assert told == [("pilot", False, "Anne Admin"), ("pilot", True, "Anne Admin")]
    assert [change.by for change in role_changes(admin)] == [""]


def test_last_administrator_keeps_the_role() -> None:
    admin = make_with_role(Role.ADMINISTRATOR)

    with pytest.raises(Refused):
        take_role_back(admin, "administrator", by=admin)

    make_with_role(Role.ADMINISTRATOR)
    assert take_role_back(admin, "administrator", by=admin).roles == []


def test_role_given_twice_is_one_fact() -> None:
    admin, person = make_with_role(Role.ADMINISTRATOR), make_member()
    give_role(person, "pilot", by=admin)

    give_role(person, "pilot", by=admin)
    take_role_back(person, "sponsor", by=admin)

    assert len(role_changes(person)) == 1


def test_member_gives_no_role_and_brings_nobody_in() -> None:
    member = make_member()

    for act in (lambda: give_role(member, "pilot", by=member), lambda: bring_in("a@example.org", "A", by=member)):
        with pytest.raises(NotAllowed):
            act()


def test_same_address_is_not_brought_in_twice() -> None:
    admin = make_with_role(Role.ADMINISTRATOR)
    bring_in("a@example.org", "A", by=admin)

    with pytest.raises(Refused) as refused:
        bring_in("A@Example.org", "A", by=admin)

    assert refused.value.field == "email"
