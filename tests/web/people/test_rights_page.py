"""The page and the paper for the works council: what they say is what is declared, and each promise has a test that holds it."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from django.apps import apps
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from relais.people.models import Person, Role
from relais.people.privacy import links_to
from relais.web.audience import places
from relais.web.papers import pdf
from relais.web.people.promises import PROMISES
from relais.web.people.rights import rights
from relais.web.people.views.rights import LAYOUT
from tests.factories import make_answer, make_invited, make_member, make_unit, make_with_role
from tests.web.addresses import ADDRESSES
from tests.web.test_addresses import ROLES, World

pytestmark = pytest.mark.django_db


def test_page_opens_before_one_joins_and_asks_nothing_of_the_database(client: Client) -> None:
    client.force_login(make_invited(language="fr"))
    client.get("/mes-droits/")

    with CaptureQueriesContext(connection) as queries:
        page = client.get("/mes-droits/")

    assert (page.status_code, len(queries)) == (200, 1)
    for said in ("Ce que Relais fait de vos données", "Aucun chiffre ne compte moins de 5 personnes", "tant que cela sert", "L.2312-38"):
        assert said in page.text, said


@pytest.mark.parametrize(("language", "title"), [("fr", "Ce que Relais fait de vos données"), ("en", "What Relais does with your data")])
def test_paper_is_read_by_anybody_and_says_all_of_it(client: Client, language: str, title: str) -> None:
    client.force_login(make_invited(language=language))

    answer = client.get("/mes-droits/papier/")

    paper = pypdfium2.PdfDocument(answer.content)
    said = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in paper).split())
    with translation.override(language):
        told = rights()
    assert (answer["Content-Type"], paper.get_metadata_dict()["Title"]) == ("application/pdf", title)
    assert pypdfium2.raw.FPDFCatalog_IsTagged(paper) == 1
    assert (f"/Lang({language})".encode() in answer.content, b"<pdfuaid:part>1<" in answer.content) == (True, True)
    assert [line.name for line in told.tables if line.name not in said.replace(" ", "")] == []
    assert all(title_of in said for title_of in (title, told.day, told.version, told.to_complete[0][:20]))
    assert [page for page in paper if len(set(page.render(scale=0.2).to_numpy().ravel().tolist())) < 3] == []


def test_every_table_that_leads_to_people_is_told_of() -> None:
    lead = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if links_to(model, Person)}

    told = {line.name for line in rights().tables}

    assert lead - told == set()
    assert {"ledger_entry", "people_person"} < told


def test_paper_follows_what_is_set(settings: LazySettings) -> None:
    settings.DEMO, settings.SECURE_CSP = True, {"default-src": ["'self'", "https://cdn.example"]}
    settings.MAILERS = settings.MAILERS | {"transport": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend"}}

    with translation.override("en"):
        live = dict(rights().live)

    assert live["Demo personas, whom anybody may play"] == "yes: no real data here"
    assert live["What browsers load from elsewhere"] == "something: the security policy was changed"
    assert live["Mails leave by"] == "a mail server of the organisation"


def test_who_may_open_what_is_read_from_the_rules_of_the_views() -> None:
    with translation.override("en"):
        opens = {place.name: place.opens for place in places()}

    assert opens["People, units, roles, imports"] == ["–", "–", "–", "–", "–", "–", "all"]
    assert opens["Where we stand: figures, never people"] == ["–", "–", "all", "all", "all", "all", "–"]
    assert opens["Use cases, answers and contents"][3:] == ["in part", "in part", "–", "in part"]
    assert opens["Charter, language, health of the server"] == ["all"] * 7


def test_part_without_words_is_told_by_its_address(settings: LazySettings) -> None:
    settings.ROOT_URLCONF = "tests.web.people.unknown_urls"

    assert [place.name for place in places()] == ["inconnu"]


@pytest.mark.parametrize("proof", [proof for _words, proof in PROMISES])
def test_each_promise_has_its_test(proof: str) -> None:
    path, _sign, name = proof.partition("::")

    tests = {node.name for node in ast.walk(ast.parse(Path(path).read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)}

    assert name in tests


def read(person: Person, address: str) -> str:
    """What the page says to this person, without what is theirs alone."""
    client = Client()
    client.force_login(person)
    main = client.get(address).text.partition("<main")[2].partition("</main>")[0]
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", main)


@pytest.mark.parametrize("of", ["answer", "person"])
def test_manager_reads_no_more_of_those_they_lead_than_a_colleague(of: str) -> None:
    manager, colleague = make_member("Ann Lee"), make_member("Ann Lee")
    led = make_member("Bo Ray", make_unit(), manager=manager)
    answer = make_answer(author=led)
    address = {"answer": f"/apports/{answer.pk}/", "person": f"/personnes/{led.pk}/"}[of]

    pages = [read(person, address) for person in (manager, colleague)]

    assert "Bo Ray" in pages[0]
    assert pages[0] == pages[1]


def test_only_ones_own_data_leave_by_a_page() -> None:
    world, files = World(), set()
    for name, method, arguments, statuses in ADDRESSES:
        codes = dict(zip(ROLES, statuses.split(), strict=True))
        if method != "GET" or codes["member"] == "200" or "200" not in codes.values():
            continue
        client, role = Client(), next(role for role in ROLES if codes[role] == "200")
        person = world.cast[role]
        if person:
            client.force_login(person)
        answer = client.get(world.address(name, arguments))
        if not answer["Content-Type"].startswith("text/html") or "Content-Disposition" in answer:
            files.add(name)

    assert files == {"indicators:lever_download"}  # the catalogue of levers names nobody


def test_paper_that_cannot_be_made_says_so() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        pdf(LAYOUT, {})


def test_sponsors_and_pilots_read_it_too() -> None:
    for role in (Role.SPONSOR, Role.PILOT):
        assert "<h1>" in read(make_with_role(role), "/mes-droits/")
