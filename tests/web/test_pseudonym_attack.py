"""Somebody who reads everything they can open, page after page, never meets who asked under a pseudonym."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from relais.knowledge.actions.circles import appoint_animator
from relais.knowledge.actions.moderation import decide, report_thing
from relais.knowledge.actions.people import choose_what_shows
from relais.knowledge.actions.reveals import ask_reveal
from relais.knowledge.actions.use_cases import choose_best, mark_solved, revise_use_case, support_use_case
from relais.knowledge.models import Circle
from relais.knowledge.queries.things import KINDS, Thing
from relais.people.actions import grant_role
from relais.people.models import Person, Role
from tests.factories import (
    make_answer,
    make_circle,
    make_content,
    make_member,
    make_pseudonymous,
    make_unit,
    make_use_case,
    make_with_role,
    make_workshop,
    use_case_text,
)
from tests.web.addresses import ADDRESSES
from tests.web.world import World

pytestmark = pytest.mark.django_db
LINK = re.compile(r'(?:href|action|hx-get|src)="(/[^"#]*)')
MOST = 150
SECRET = "<p>Tapez zéphyrin puis validez.</p>"
LEFT_OUT = ("/static/", "/compte/", "/fichiers/")


def crawl(client: Client, starts: list[str]) -> Iterator[tuple[str, str]]:
    """Every page that links lead to from these, each once."""
    waiting, seen = list(starts), set(starts)
    while waiting and len(seen) < MOST:
        address = waiting.pop(0)
        response = client.get(address)
        if response.status_code != 200 or response.streaming:
            continue
        page = response.content.decode(errors="replace")  # a paper is no text
        yield address, page
        for link in map(unescape, LINK.findall(page)):
            if link not in seen and not link.startswith(LEFT_OUT):
                seen.add(link)
                waiting.append(link)


def ask_in_every_way(circle: Circle, asker: Person) -> list[str]:
    """Pseudonymous cases in each state a case may be in; their titles."""
    waiting, revised, solved, best = (make_pseudonymous(asker, circle, title=f"Question délicate numéro {n}") for n in range(4))
    revise_use_case(revised, use_case_text(circle, title="Question délicate revue"), by=asker)
    make_content(solved)
    mark_solved(solved, by=asker)
    choose_best(make_answer(best), by=asker)
    support_use_case(best, by=make_member())
    ask_reveal(waiting, "Quelqu’un est menacé dans ce cas.", by=make_with_role(Role.PILOT))
    for reported in (waiting, solved):
        report_thing(Thing(KINDS["usecase"], reported), "unkind", by=make_member())
    decide(Thing(KINDS["usecase"], solved), "amend", "Une phrase désigne un collègue.", by=make_with_role(Role.PILOT))
    choose_what_shows(passed_on=True, learned=True, by=asker)
    return [waiting.title, "Question délicate revue", solved.title, best.title]


@pytest.mark.parametrize("role", ["", Role.ANIMATOR, Role.PILOT, Role.ADMINISTRATOR])
def test_reading_everything_never_tells_who_asked(role: Role | str) -> None:
    world, circle = World(), make_circle()
    asker = make_member("Zéphyrine Quatrevaux", make_unit("Unité de Zéphyrine"))
    titles = ask_in_every_way(circle, asker)
    make_use_case(circle=circle)
    viewer = make_member(unit=make_unit())
    if role == Role.ANIMATOR:
        appoint_animator(circle, viewer, by=None)
    elif role:
        grant_role(viewer, Role(role), by=None)
    client = Client()
    client.force_login(Person.objects.get(pk=viewer.pk))
    # where people are looked after, everybody's name stands: nothing there is about cases
    starts = [world.address(row[0], row[2]) for row in ADDRESSES if row[1] == "GET" and not row[0].startswith(("people:p", "people:admin"))]
    starts += ["/cas/?voir=tous", "/recherche/?q=question+delicate", f"/cercles/{circle.slug}/", "/levees/"]

    pages = [(at, page) for at, page in crawl(client, starts) if not at.startswith("/administrer/")]

    read = " ".join(page for _at, page in pages)
    assert [at for at, page in pages if "Quatrevaux" in page or str(asker.pk) in page or "Unité de Z" in page] == []
    assert [title for title in titles if title not in read] == []


def test_reading_everything_never_meets_what_is_withheld() -> None:
    world, circle = World(), make_circle()
    case, alone = make_use_case(circle=circle, title="Mot de passe zéphyrin"), make_use_case(circle=circle)
    texts = [make_answer(case, body=SECRET), make_content(case, title="Fiche zéphyrine", body=SECRET), make_answer(alone, body=SECRET)]
    make_workshop(circle=circle, use_case=case)
    for row in (case, texts[-1]):
        about = Thing(KINDS[str(row._meta.model_name)], row)
        report_thing(about, "secret", by=make_member())
        decide(about, "hide", "Cela dit un mot de passe en clair.", by=make_with_role(Role.PILOT))
    client = Client()
    client.force_login(make_member())
    starts = [world.address(row[0], row[2]) for row in ADDRESSES if row[1] == "GET" and row[0].startswith("knowledge:")]
    starts += [f"/personnes/{text.author_id}/" for text in texts]
    starts += [
        f"/cas/{case.pk}/",
        f"/cas/{alone.pk}/",
        "/cas/?voir=tous",
        "/recherche/?q=zephyrin&quoi=reponses",
        f"/cercles/{circle.slug}/",
    ]

    pages = dict(crawl(client, starts))

    assert [at for at, page in pages.items() if "éphyrin" in page] == []
    assert f"/cas/{alone.pk}/" in pages


def test_asker_meets_their_own_case_and_is_told_that_nobody_knows() -> None:
    asker, client = make_member(language="en"), Client()
    case = make_pseudonymous(asker)
    client.force_login(asker)

    page = client.get(f"/cas/{case.pk}/").content.decode()

    assert "You, under a pseudonym" in page
    assert f"/cas/{case.pk}/modifier/" in page
    assert "Yours could tell who asked" in page


def test_case_is_asked_under_a_pseudonym_from_its_page() -> None:
    asker, client = make_member(), Client()
    client.force_login(asker)
    sent = {
        "sent_key": "0b8f5f4f-7a11-4c53-9d2e-2f1c1f398f6a",
        "title": "Comment dire à mon équipe que je ne comprends pas ?",
        "situation": "Chaque lundi, le point d’équipe.",
        "need": "Une phrase",
        "circle": make_circle().pk,
        "serves": ["employees"],
        "looked": "1",
        "pseudonym": "on",
    }

    client.post("/cas/nouveau/", sent)

    assert [case.pseudonym for case in asker.use_cases.all()] == [True]


def test_pseudonym_is_chosen_when_asking_and_never_when_revising() -> None:
    asker, client = make_member(), Client()
    case = make_pseudonymous(asker)
    client.force_login(asker)

    shown = ['name="pseudonym"' in client.get(at).content.decode() for at in ("/cas/nouveau/", f"/cas/{case.pk}/modifier/")]

    assert shown == [True, False]


def test_no_template_names_an_asker_by_itself() -> None:
    templates = Path("relais/web/templates").rglob("*.html")

    own_way = [
        path.name for path in templates if re.search(r"\b(case|use_case|contribution\.use_case)\.(author|solved_by)\b", path.read_text())
    ]

    assert own_way == []
