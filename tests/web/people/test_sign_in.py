from __future__ import annotations

import re

import pytest
from django.conf import LazySettings
from django.test import Client, RequestFactory
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from relais.people.actions.invitations import invite
from relais.people.models import Participation, Person, Role, Session
from relais.web.people.adapter import AccountAdapter
from relais.web.people.landing import workplace_of
from relais.web.people.personas import PERSONAS
from tests.factories import make_invited, make_member, make_with_role

pytestmark = pytest.mark.usefixtures("enqueued_mail")
CODE = reverse("account_request_login_code")
CONFIRM = reverse("account_confirm_login_code")
PASSWORD = "un mot de passe assez long"


def mails() -> list[dict[str, str]]:
    return list(ProcrastinateJob.objects.filter(task_name__endswith="mail.jobs.send").order_by("pk").values_list("args", flat=True))


def sign_in_by_code(client: Client, person: Person) -> str:
    client.post(CODE, {"email": person.email})
    code = mails()[-1]["text"].split("\n\n")[2].strip()
    return str(client.post(CONFIRM, {"code": code}).url)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_code_by_mail_signs_in(client: Client, language: str) -> None:
    member = make_member(language=language)

    where = sign_in_by_code(client, member)

    assert where == reverse("knowledge:home")
    assert Session.objects.filter(person=member).count() == 1
    words = {"fr": "est votre code Relais", "en": "is your Relais code"}
    assert words[language] in mails()[-1]["subject"]


def test_somebody_invited_is_first_welcomed(client: Client) -> None:
    where = sign_in_by_code(client, make_invited())

    assert where == reverse("people:welcome")


def test_unknown_address_is_answered_like_a_known_one(client: Client) -> None:
    member = make_member()

    answers = [client.post(CODE, {"email": email}) for email in (member.email, "nobody@example.org")]

    assert [(answer.status_code, answer.url) for answer in answers] == [(302, CONFIRM)] * 2
    assert [mail["to"] for mail in mails()] == [[member.email]]


def test_wrong_code_says_so_and_stays(client: Client) -> None:
    client.post(CODE, {"email": make_member().email})

    answer = client.post(CONFIRM, {"code": "WRONG1"})

    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.content.decode()


def test_password_signs_in_and_is_limited(client: Client) -> None:
    member = make_member()
    member.set_password(PASSWORD)
    member.save()
    login = reverse("account_login")

    wrong = [client.post(login, {"login": member.email, "password": "wrong"}).status_code for _ in range(5)]
    late = client.post(login, {"login": member.email, "password": PASSWORD})

    assert wrong == [200] * 5
    assert (late.status_code, Session.objects.filter(person=member).count()) == (200, 0)


def test_password_signs_in(client: Client) -> None:
    member = make_member()
    member.set_password(PASSWORD)
    member.save()

    answer = client.post(reverse("account_login"), {"login": (member.email or "").upper(), "password": PASSWORD, "next": "/mon-compte/"})

    assert (answer.status_code, answer.url) == (302, "/mon-compte/")


def test_password_shorter_than_twelve_is_refused(client: Client) -> None:
    member = make_member()
    sign_in_by_code(client, member)

    answer = client.post(reverse("account_set_password"), {"password1": "court-12345", "password2": "court-12345"})

    member.refresh_from_db()
    assert (answer.status_code, member.has_usable_password()) == (200, False)


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_email_verification_sent", "account_confirm_email"])
def test_ways_in_that_are_not_offered_do_not_exist(client: Client, name: str) -> None:
    assert client.get(reverse(name)).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_request_login_code",
        "account_logout",
        "account_reset_password",
        "account_reset_password_done",
        "account_inactive",
        "account_reset_password_from_key_done",
    ],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_pages_of_signing_in_are_ours(client: Client, name: str, language: str) -> None:
    answer = client.get(reverse(name), headers={"Accept-Language": language}, follow=True)
    page = answer.content.decode()

    assert answer.status_code == 200
    assert (f'<html lang="{language}">' in page, page.count("<h1>"), "style=" in page) == (True, 1, False)
    scripts = re.findall(r"<script(?![^>]*(?:src=|application/json))", page)
    assert scripts == []


@pytest.mark.parametrize(
    "name",
    ["mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn", "account_set_password", "account_logout"],
)
def test_pages_of_ones_security_are_ours(client: Client, name: str) -> None:
    sign_in_by_code(client, make_member())

    answer = client.get(reverse(name))

    assert answer.status_code == 200
    assert answer.content.decode().count("<h1>") == 1


def test_demo_offers_its_personas_only_while_it_is_on(client: Client, settings: LazySettings) -> None:
    settings.DEMO = True
    shown = client.get("/demo/").content.decode()
    linked = "/demo/" in client.get(reverse("account_login")).content.decode()

    settings.DEMO = False
    closed = [client.get("/demo/").status_code, client.post("/demo/", {"persona": "member"}).status_code]

    assert (shown.count('name="persona"'), linked, closed) == (len(PERSONAS), True, [404, 404])
    assert "/demo/" not in client.get(reverse("account_login")).content.decode()


def test_persona_signs_in(client: Client, settings: LazySettings) -> None:
    settings.DEMO = True
    person = make_member()
    Person.objects.filter(pk=person.pk).update(email=PERSONAS["member"].email)

    answers = [client.post("/demo/", {"persona": key}) for key in ("member", "pilot", "nobody")]

    assert [answer.status_code for answer in answers] == [302, 404, 404]
    assert Session.objects.filter(person=person).count() == 1


def test_invitation_welcomes_by_name_and_spends_nothing(client: Client) -> None:
    token = invite(make_invited("Ann Lee"), by=None)

    answers = [client.get(reverse("people:invitation_open", args=[token])) for _ in range(2)]

    assert [(answer.status_code, "Ann Lee" in answer.content.decode()) for answer in answers] == [(200, True)] * 2
    assert "/entrer/" not in answers[0].content.decode()


def test_invitation_signs_in_and_joins_once(client: Client) -> None:
    person = make_invited()
    token = invite(person, by=None)

    answer = client.post(reverse("people:invitation_accept", args=[token]))
    again = Client().post(reverse("people:invitation_accept", args=[token]))

    person.refresh_from_db()
    assert (answer.url, person.participation, again.status_code) == (reverse("knowledge:home"), Participation.MEMBER, 422)
    assert Client().get(reverse("people:invitation_open", args=[token])).status_code == 410


def test_administrator_comes_in_without_joining(client: Client) -> None:
    person = make_with_role(Role.ADMINISTRATOR)
    token = invite(person, by=None)

    shown = client.get(reverse("people:invitation_open", args=[token])).content.decode()
    answer = client.post(reverse("people:invitation_enter", args=[token]))

    person.refresh_from_db()
    assert ("/entrer/" in shown, answer.url, person.participation) == (True, reverse("people:administration"), Participation.INVITED)


def test_welcome_lets_choose(client: Client) -> None:
    person = make_invited()
    client.force_login(person)
    assert client.get("/bienvenue/").status_code == 200

    later = client.post("/bienvenue/plus-tard/")
    joined = client.post("/bienvenue/rejoindre/")

    assert (later.url, joined.url) == ("/mon-compte/", reverse("knowledge:home"))
    assert client.get("/bienvenue/").url == reverse("knowledge:home")


def test_sponsor_who_does_not_join_reads_where_the_community_stands() -> None:
    assert workplace_of(make_with_role(Role.SPONSOR)) == "indicators:standing"


def test_nobody_signs_up_alone(rf: RequestFactory) -> None:
    assert AccountAdapter().is_open_for_signup(rf.get("/")) is False


def test_passkey_form_of_the_sign_in_page_is_whole(client: Client) -> None:
    page = client.get(reverse("account_login"), {"next": "/mon-compte/"}).content.decode()

    form = page.split('<form id="mfa_login"')[1].split("</form>")[0]
    assert all(part in form for part in ("csrfmiddlewaretoken", 'name="credential"', 'value="/mon-compte/"'))
