from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from relais.people.actions.roles import grant_role
from relais.people.models import PeopleFile, Person, Role
from relais.web.people.urls import urlpatterns
from tests.factories import make_answer, make_invited, make_member, make_unit, make_with_role

FILE = "Nom complet;E-mail;Service\nZoé Martin;zoe@example.org;Siège\nMax;max(at)example.org;Siège\n"


@pytest.fixture
def admin(client: Client) -> Person:
    person = make_with_role(Role.ADMINISTRATOR)
    Person.objects.filter(pk=person.pk).update(language="en")
    client.force_login(person)
    return person


def send(client: Client, content: bytes = FILE.encode()) -> object:
    return client.post(reverse("people:people_import"), {"file": SimpleUploadedFile("rh.csv", content)})


def addresses(person: Person) -> list[str]:
    names = [pattern.name for pattern in urlpatterns if str(pattern.pattern).startswith("administrer/")]
    takes_person = {"person_manage", "role_grant", "role_revoke", "invitation_send"}
    return [reverse(f"people:{name}", args=[person.pk] if name in takes_person else []) for name in names]


@pytest.mark.parametrize("role", [None, Role.SPONSOR, Role.PILOT, Role.ANIMATOR])
def test_administration_does_not_exist_for_anybody_else(client: Client, role: Role | None) -> None:
    person = make_member()
    client.force_login(grant_role(person, role, by=None) if role else person)

    answers = {(client.get(address).status_code, client.post(address).status_code) for address in addresses(person)}

    assert answers == {(404, 404)}


@pytest.mark.parametrize("number", [1, 3])
def test_people_are_listed_with_the_same_queries(client: Client, admin: Person, number: int) -> None:
    for _ in range(number):
        grant_role(make_member(unit=make_unit()), Role.PILOT, by=None)
    client.get("/administrer/")

    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/administrer/")

    assert (answer.status_code, len(queries)) == (200, 3)


@pytest.mark.parametrize("number", [1, 3])
def test_units_are_listed_with_the_same_queries(client: Client, admin: Person, number: int) -> None:
    for _ in range(number):
        make_member(unit=make_unit(parent=make_unit()))
    client.get("/administrer/unites/")

    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/administrer/unites/")

    assert (answer.status_code, len(queries)) == (200, 3)


@pytest.mark.parametrize("number", [1, 3])
def test_person_is_shown_with_the_same_queries(client: Client, admin: Person, number: int) -> None:
    person = make_member()
    for role in list(Role)[:number]:
        grant_role(person, role, by=admin)
    address = reverse("people:person_manage", args=[person.pk])
    client.get(address)

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)

    assert (answer.status_code, len(queries)) == (200, 4)


def test_administrator_reads_nobodys_activity(client: Client, admin: Person) -> None:
    person = make_member("Ann Lee")
    answer = make_answer(author=person, body="<p>Une phrase à moi.</p>")

    page = client.get(reverse("people:person_manage", args=[person.pk])).content.decode()

    assert "Ann Lee" in page
    assert not any(words in page for words in ("Une phrase", answer.use_case.title, str(person.last_seen_on)))
    assert client.get(f"/cas/{answer.use_case_id}/").status_code == 404


def test_people_are_searched(client: Client, admin: Person) -> None:
    make_invited("Ann Lee")
    make_invited("Max Roux")

    page = client.get("/administrer/", {"nom": "roux"}).content.decode()
    empty = client.get("/administrer/", {"nom": "zzz"}).content.decode()

    assert ("Max Roux" in page, "Ann Lee" in page, "Nobody answers to these words." in empty) == (True, False, True)


def test_somebody_is_added_by_hand(client: Client, admin: Person) -> None:
    address = reverse("people:person_add")
    shown = client.get(address)

    added = client.post(address, {"name": "Ann Lee", "email": "ann@example.org"})
    again = client.post(address, {"name": "Ann Bis", "email": "ann@example.org"})

    person = Person.objects.get(email="ann@example.org")
    assert (shown.status_code, added.url) == (200, reverse("people:person_manage", args=[person.pk]))
    assert (again.status_code, "Ann Bis" in again.content.decode()) == (422, True)


def test_role_is_given_and_taken_back_with_its_trace(client: Client, admin: Person) -> None:
    person = make_invited("Ann Lee")

    for act in ("role_grant", "role_revoke"):
        client.post(reverse(f"people:{act}", args=[person.pk]), {"role": "pilot"})

    page = client.get(reverse("people:person_manage", args=[person.pk])).content.decode()
    assert (page.count("pilot given"), page.count("pilot taken back"), page.count(f"({admin.name})")) == (1, 1, 2)


@pytest.mark.parametrize("act", ["role_grant", "role_revoke"])
def test_role_that_is_none_is_not_found(client: Client, admin: Person, act: str) -> None:
    answers = [
        client.post(reverse(f"people:{act}", args=[person_id]), {"role": role}).status_code
        for person_id, role in ((admin.pk, "king"), ("00000000-0000-0000-0000-000000000000", "pilot"))
    ]

    assert answers == [404, 404]


def test_invitation_goes_to_its_person_and_its_link_to_nobody_else(client: Client, admin: Person, enqueued_mail: None) -> None:
    person = make_invited("Ann Lee")

    sent = client.post(reverse("people:invitation_send", args=[person.pk]), follow=True).content.decode()

    mail = ProcrastinateJob.objects.get(task_name="relais.integrations.mail.jobs.send").args
    assert ("The invitation is on its way" in sent, "/invitation/" in sent) == (True, False)
    assert (mail["to"], "/invitation/" in mail["text"]) == ([person.email], True)


def test_import_is_read_before_it_is_applied(client: Client, admin: Person) -> None:
    sent = send(client)
    report = client.get(reverse("people:people_import_report")).content.decode()
    before = Person.objects.filter(email="zoe@example.org").count()

    applied = client.post(reverse("people:people_import_apply"))

    assert (sent.url, before, applied.url) == (reverse("people:people_import_report"), 0, "/administrer/")  # type: ignore[attr-defined]
    assert all(words in report for words in ("Zoé Martin", "the e-mail address cannot be read", "Siège", "Apply 1 change"))
    assert (Person.objects.filter(email="zoe@example.org").count(), PeopleFile.objects.count()) == (1, 0)


def test_import_sent_twice_is_done_once(client: Client, admin: Person) -> None:
    send(client)
    client.post(reverse("people:people_import_apply"))

    again = client.post(reverse("people:people_import_apply"))
    report = client.get(reverse("people:people_import_report"))

    assert (again.url, report.url) == (reverse("people:people_import"),) * 2
    assert "already applied" in client.get(reverse("people:people_import")).content.decode()


def test_report_tells_what_changes_and_what_is_noted(client: Client, admin: Person) -> None:
    send(client)
    client.post(reverse("people:people_import_apply"))

    send(client, "Nom complet;E-mail;Date de sortie\nZoé Roux;zoe@example.org;1/1/2090\n".encode())
    report = client.get(reverse("people:people_import_report")).content.decode()

    assert all(words in report for words in ("name: Zoé Martin → Zoé Roux", "leaves later", "Absent from the file, and kept"))


def test_report_tells_the_columns_read_and_those_ignored(client: Client, admin: Person) -> None:
    send(client, "Nom;Courriel;Entrée groupe;Ville\nZoé;zoe@example.org;x;y\n".encode())

    report = client.get(reverse("people:people_import_report")).content.decode()

    assert "Columns read:</strong> “Nom” as last name, “Courriel” as e-mail<" in report
    assert "Columns ignored:</strong> Entrée groupe, Ville<" in report
    assert "Sheets ignored" not in report


def test_report_tells_the_sheets_ignored(client: Client, admin: Person) -> None:
    workbook, content = openpyxl.Workbook(), io.BytesIO()
    for title in ("CDI", "CDD"):
        workbook.create_sheet(title).append(["Nom", "E-mail"])
        workbook[title].append(["Zoé", "zoe@example.org"])
    workbook.save(content)

    send(client, content.getvalue())

    report = client.get(reverse("people:people_import_report")).content.decode()
    assert "Sheets ignored (send each as a file of its own):</strong> CDD<" in report


@pytest.mark.parametrize(
    ("content", "words"), [(b"Nom;Ville\nA;B\n", "Nom, Ville"), (b"%PDF-1.7", "neither a CSV file"), (b"a\x81b", "CSV UTF-8")]
)
def test_file_that_cannot_be_taken_is_answered_in_words(client: Client, admin: Person, content: bytes, words: str) -> None:
    answer = send(client, content)

    assert (answer.status_code, words in answer.content.decode()) == (422, True)  # type: ignore[attr-defined]
