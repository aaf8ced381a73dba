from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.mail import send_mail
from django.db import connection, models
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from relais.core import clock
from relais.core.privacy import Erasure, Privacy
from relais.knowledge.actions.contributions import add_co_author
from relais.knowledge.models import Attachment, Draft
from relais.ledger.models import Entry
from relais.people.actions import change_email, depart_person, grant_role, leave_community
from relais.people.actions.account import describe_oneself
from relais.people.actions.invitations import invite
from relais.people.actions.pace import keep_pace
from relais.people.actions.retention import apply_retention
from relais.people.export import kept_about, rows_of
from relais.people.jobs import forget
from relais.people.models import Invitation, PeopleFile, Person, Role, Session, Unit
from relais.people.privacy import WITHOUT_MODEL, declaration_for, links_to
from tests.factories import make_answer, make_content, make_invited, make_member, make_unit, make_with_role
from tests.people.lives import ROWS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("enqueued_mail")]
MODELS = apps.get_models(include_auto_created=True)


def tables() -> list[str]:
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


def test_every_table_of_the_database_declares_what_it_is_for() -> None:
    declared = {model._meta.db_table for model in MODELS if declaration_for(model)} | set(WITHOUT_MODEL)

    silent = sorted(set(tables()) - declared)

    assert silent == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label_lower)
def test_declaration_is_whole(model: type[models.Model]) -> None:
    declared = declaration_for(model)

    assert isinstance(declared, Privacy)
    assert (bool(str(declared.purpose)), declared.erasure in Erasure) == (True, True)
    assert declared.since is None or model._meta.get_field(declared.since)
    assert (declared.retention is None) == (declared.since is None) or model is ProcrastinateJob


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label_lower)
def test_table_that_refers_to_people_does_not_call_itself_impersonal(model: type[models.Model]) -> None:
    refers = any(field.related_model is Person for field in model._meta.concrete_fields)
    declared = declaration_for(model)

    assert not refers or (declared is not None and declared.erasure is not Erasure.NOTHING_PERSONAL)


def test_table_that_leads_to_people_is_tried_in_test_rights() -> None:
    about_people = {model._meta.label_lower for model in MODELS if links_to(model, Person)}

    assert about_people - set(ROWS) == set(), "Add a line to ROWS in tests/people/lives.py: one row, made as in real life."


def test_table_that_only_links_two_others_declares_what_its_owner_does() -> None:
    class Owner(models.Model):
        privacy = Privacy("Test.", None, Erasure.OPAQUE)
        units = models.ManyToManyField(Unit)

        class Meta:
            app_label = "people"

    try:
        assert declaration_for(Owner.units.through) is Owner.privacy
    finally:
        for name in ("owner", "owner_units"):
            apps.all_models["people"].pop(name)
        apps.clear_cache()


def fill(person: Person) -> None:
    """A row about somebody in the tables that must not keep it."""
    browser = Client()
    browser.force_login(person)
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    invite(person, by=None)
    keep_pace(person)
    Draft.objects.create(person=person, place="/cas/nouveau/", fields={"title": "Zébulon"})
    PeopleFile.objects.create(person=person, name="zebulon.csv", content=b"Zebulon")
    send_mail("Bonjour Zébulon", "texte", None, [person.email or ""])


def everything_stored() -> dict[str, str]:
    """The text of every table of the database."""
    stored = {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{table}\" t")
            stored[table] = str((cursor.fetchone() or [""])[0])
    return stored


@pytest.mark.parametrize("leave", [leave_community, depart_person])
def test_nothing_that_names_a_person_who_leaves_is_left_in_any_table(leave: Any) -> None:
    person = make_member("Zébulon Quatrechamps", make_unit("Nord"), employee_number="ZQ-77")
    describe_oneself(person, by=person, passes_on="Zébulonnerie", time_zone="America/Cayenne", language="en")
    person = change_email(person, "zebulon@example.org")
    make_answer(author=person)
    make_invited(manager=person)
    fill(person)

    leave(person)

    words = ("zébulon", "zebulon", "quatrechamps", "zq-77", "cayenne")
    assert {table for table, text in everything_stored().items() if any(word in text.lower() for word in words)} == set()


def test_rows_that_declare_it_go_with_the_person_and_no_other() -> None:
    leaver, stayer = make_member(), make_member()
    for person in (leaver, stayer):
        fill(person)

    leave_community(leaver)

    for model in MODELS:
        declared = declaration_for(model)
        for field in model._meta.concrete_fields:
            if declared and declared.erasure is Erasure.DELETE and field.related_model is Person:
                kept = list(model._base_manager.values_list(field.attname, flat=True))
                assert kept == [stayer.pk] * len(kept), model
    assert (Session.objects.count(), EmailAddress.objects.count(), ProcrastinateJob.objects.filter(args__has_key="to").count()) == (1, 1, 1)


def test_person_who_leaves_is_signed_out_everywhere() -> None:
    person, browser = make_member(), Client()
    browser.force_login(person)

    leave_community(person)

    assert browser.get("/mon-compte/").status_code == 404


def test_facts_of_a_person_who_left_stay_under_an_opaque_number() -> None:
    person = make_member(unit=make_unit())
    before = Entry.objects.filter(actor=person.pk).count()

    leave_community(person)

    assert Entry.objects.filter(actor=person.pk).count() == before + 1


def test_retention_takes_what_served_long_ago_and_nothing_else() -> None:
    member = make_member()
    old, young = (Draft.objects.create(person=member, place=str(n), kept_at=clock.now() - timedelta(days=n)) for n in (92, 89))
    former = member.memberships.create(
        unit=make_unit(), since=clock.today() - timedelta(days=900), until=clock.today() - timedelta(days=800)
    )
    present = member.memberships.create(unit=make_unit(), since=clock.today() - timedelta(days=800))
    invite(member, by=None)
    Invitation.objects.update(expires_at=clock.now() - timedelta(days=32))

    gone = apply_retention()

    assert gone == 3
    assert list(Draft.objects.all()) == [young] != [old]
    assert list(member.memberships.all()) == [present] != [former]
    assert apply_retention() == 0


def test_night_forgets_jobs_that_ended_long_ago() -> None:
    for n in range(3):
        send_mail("Bonjour", "texte", None, [f"p{n}@example.org"])
    first, second, _waiting = ProcrastinateJob.objects.order_by("pk").values_list("pk", flat=True)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id IN (%s, %s)", [first, second])
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id IN (%s, %s)", [first, second])
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '31 days' WHERE job_id IN (%s, %s + 1)", [first, second])

    forget(0)

    assert list(ProcrastinateJob.objects.order_by("pk").values_list("pk", flat=True)) == [second, _waiting]


def test_export_holds_the_rows_about_somebody_and_no_secret() -> None:
    member, other = make_member("Ann Lee", make_unit()), make_member()
    make_answer(author=member)
    for person in (member, other):
        fill(person)

    exported = rows_of(member)

    assert [row["name"] for row in exported["people.person"]] == ["Ann Lee"]
    assert len(exported["knowledge.draft"]) == len(exported["people.membership"]) == len(exported["knowledge.contribution"]) == 1
    names = {name for rows in exported.values() for row in rows for name in row}
    assert names & {"password", "digest", "data", "session_key", "content"} == set()


def test_export_of_a_manager_tells_nothing_of_those_they_lead() -> None:
    manager = make_member("Ann Lee")
    make_member("Bo Ray", manager=manager, last_seen_on=clock.today())

    exported = rows_of(manager)

    assert [row["name"] for row in exported["people.person"]] == ["Ann Lee"]
    assert "Bo Ray" not in str(exported)


def test_export_holds_what_the_ledger_says_of_somebody_and_of_nobody_else() -> None:
    member = make_member()
    make_answer(author=member)
    make_answer()

    facts = rows_of(member)["ledger.entry"]

    assert [fact["verb"] for fact in facts] == ["person.arrived", "person.joined", "answer.published"]


def test_export_holds_what_was_decided_about_somebody_without_who_decided() -> None:
    member, pilot = make_member(), make_with_role(Role.PILOT)
    content = make_content()
    grant_role(member, Role.ANIMATOR, by=pilot)
    add_co_author(content, member, by=content.author)

    facts = rows_of(member)["ledger.entry"]

    assert [(fact["verb"], fact["actor"]) for fact in facts[2:]] == [("role.granted", None), ("co_author.added", None)]


def test_export_to_read_says_what_each_table_is_for() -> None:
    found = kept_about(make_member())

    assert (found[0].privacy, len(found[0].rows)) == (Person.privacy, 1)
    assert all(str(one.privacy.purpose) for one in found)


def test_a_file_somebody_joined_is_exported_by_its_name() -> None:
    member = make_member()
    Attachment.objects.create(owner=member, name="plan.pdf", content_type="application/pdf", size=1, file="joined/plan.pdf")

    assert rows_of(member)["knowledge.attachment"][0]["file"] == "joined/plan.pdf"
