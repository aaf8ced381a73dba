"""The levers, page by page: proposals with their reason, taking one, its steps, what it did, and the catalogue as a text."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from relais.core import clock
from relais.indicators.actions.levers import stop_use
from relais.indicators.levers import shipped, written
from relais.indicators.models import LeverUse, LeverVersion
from relais.people.models import Person, Role
from relais.web.indicators.levers import mondays
from tests.factories import make_member, make_unit, make_with_role
from tests.indicators.months import lived, use_of

pytestmark = pytest.mark.django_db
LIST = "/piloter/leviers/"
ESTIMATE = {
    "effect": 0.06, "low": 0.02, "high": 0.1, "low80": 0.03, "high80": 0.09, "se": 0.02, "freedom": 12.0, "design": "stepped", "teams": 8,
    "people": 160, "periods": 38, "notes": ["few_teams"],
}  # fmt: skip


def text_of(content: bytes) -> str:
    main = content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.fixture
def pilot() -> Person:
    return make_with_role(Role.PILOT)


@pytest.fixture
def at_desk(client: Client, pilot: Person) -> Client:
    client.force_login(pilot)
    return client


def sent(**changed: Any) -> dict[str, Any]:
    given = {"indicator": "active_share", "expected": "5,5", "design": "interrupted", "starts_on": mondays()[0].isoformat(), "weeks": "12"}
    return given | changed


def test_three_levers_are_proposed_each_with_its_reason(at_desk: Client) -> None:
    lived([20, 30, 45, 60, 80, 100], use_cases=[80] * 6, use_cases_answered=[20] * 6)

    page = text_of(at_desk.get(LIST).content)

    assert page.count(": loin du compte ; cela prend") == 3
    assert "Cas qui ont une réponse : loin du compte ; cela prend moins de deux heures, pour les animateurs" in page


def test_nothing_is_proposed_of_what_cannot_be_told(at_desk: Client) -> None:
    assert "Rien n’est proposé" in text_of(at_desk.get(LIST).content)


def test_a_lever_shows_evidence_caveat_steps_and_what_to_hope_for(at_desk: Client) -> None:
    page = text_of(at_desk.get(f"{LIST}L5/").content)

    assert "A : vu dans une expérience, ailleurs (Restivo &amp; van de Rijt, PLoS ONE, 2012)" in page
    assert "Attention À ne pas étendre à ceux qui donnent peu" in page
    assert "Pas encore mesuré ici. D’après ses seules preuves : environ 4,0 points" in page
    assert at_desk.get(f"{LIST}L99/").status_code == 404


def test_taking_a_lever_leads_to_its_steps(at_desk: Client) -> None:
    answer = at_desk.post(f"{LIST}L16/actionner/", sent(), follow=True)

    use = LeverUse.objects.get()
    page = text_of(answer.content)
    assert (use.lever, use.expected, use.design) == ("L16", 0.055, "interrupted")
    assert "Choisir le créneau avec le cercle" in page
    assert "Espéré, écrit avant le départ : 5,5 points." in page


def test_a_refused_plan_keeps_what_was_typed(at_desk: Client) -> None:
    unit = make_unit("Agences")

    answers = [
        at_desk.post(f"{LIST}L16/actionner/", each)
        for each in (
            sent(expected="80"),
            sent(expected="beaucoup"),
            sent(design="differences"),
            sent(design="differences", units=[unit.pk]),
        )
    ]

    assert "la moitié de tous au plus" in text_of(answers[0].content)
    assert 'value="80"' in answers[0].content.decode()
    assert "Saisissez un nombre" in text_of(answers[1].content)
    assert "Nommez les unités qui commencent" in text_of(answers[2].content)
    assert answers[3].status_code == 302


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (None, "est en train d’être calculé"),
        ({"detectable": None}, "cela ne se mesure pas ici de cette façon"),
        ({"detectable": 0.12}, "Il peut marcher sans que cela se voie."),
        ({"detectable": 0.03}, "quatre fois sur cinq, il se verrait."),
    ],
)
def test_what_could_be_seen_is_said_before_the_start(at_desk: Client, pilot: Person, record: dict[str, Any] | None, words: str) -> None:
    use = use_of(pilot, make_member())
    LeverUse.objects.update(record=record)

    page = text_of(at_desk.get(f"/leviers/{use.pk}/").content)

    assert words in page
    assert "Gain probable" not in page


def test_a_use_that_was_read_says_its_verdict_interval_and_notes(at_desk: Client, pilot: Person) -> None:
    use = use_of(pilot, make_member())
    LeverUse.objects.update(
        read_on=clock.today(), record={"detectable": 0.04, "verdict": "probable_gain", "estimate": ESTIMATE}, starts_on=clock.today()
    )

    page = text_of(at_desk.get(f"/leviers/{use.pk}/").content)
    lever = text_of(at_desk.get(f"{LIST}L11/").content)

    assert "Gain probable 6,0 points ; dix-neuf fois sur vingt, entre 2,0 points et 10,0 points. 8 équipes, 38 semaines." in page
    assert "Il y a peu d’équipes : l’intervalle est juste, et large." in page
    assert "Arrêter avant la fin" not in page
    assert "Après ce qui a été vu ici : environ" in lever
    assert ": gain probable" in lever


def test_a_use_under_way_says_when_it_is_read(at_desk: Client, pilot: Person) -> None:
    use_of(pilot, make_member())
    LeverUse.objects.update(starts_on=clock.today())

    assert "Une campagne de cinq cas qui font mal en cours, lu le" in text_of(at_desk.get(LIST).content)


def test_what_proved_itself_here_is_proposed_as_such(at_desk: Client, pilot: Person) -> None:
    lived([20, 30, 45, 60, 80, 100])
    use_of(pilot, make_member())
    LeverUse.objects.update(
        lever="L10", read_on=clock.today() - timedelta(90), record={"detectable": 0.04, "verdict": "probable_gain", "estimate": ESTIMATE}
    )

    assert "et ce levier a donné ici un gain probable : moins de deux heures, pour les managers." in text_of(at_desk.get(LIST).content)


def test_stopping_asks_why(at_desk: Client, pilot: Person) -> None:
    use = use_of(pilot, make_member())
    stop = f"/leviers/{use.pk}/arreter/"

    silent, blank = at_desk.post(stop), at_desk.post(stop, {"reason": "   "})
    told = at_desk.post(stop, {"reason": "Plus personne."}, follow=True)

    assert (silent.status_code, blank.status_code) == (422, 422)
    assert "arrêté le" in text_of(told.content)
    assert "Plus personne." in text_of(at_desk.get(f"/leviers/{use.pk}/").content)
    assert at_desk.post("/leviers/999/arreter/", {"reason": "Non"}).status_code == 404


def test_a_step_is_handed_and_its_owner_does_it(client: Client, pilot: Person) -> None:
    member, colleague = make_member("Noé Roy"), make_member("Aïcha Benali")
    use = use_of(pilot, member)
    step = use.steps.all()[1]
    client.force_login(pilot)

    wrong = client.post(f"/leviers/pas/{step.pk}/confier/", {"email": "personne@example.org"})
    given = client.post(f"/leviers/pas/{step.pk}/confier/", {"email": colleague.email}, follow=True)
    client.force_login(colleague)
    mine = text_of(client.get("/leviers/mes-pas/").content)
    done = client.post(f"/leviers/pas/{step.pk}/fait/", follow=True)

    assert (wrong.status_code, "Personne ici n’a cette adresse. Vérifiez-la." in text_of(wrong.content)) == (422, True)
    assert "Aïcha Benali trouve ce pas parmi les siens." in given.content.decode()
    assert "Poser les cas, un par jour" in mine
    assert "fait le" in text_of(done.content)
    assert "Rien ne vous attend ici." in text_of(client.get("/leviers/mes-pas/").content)


def test_what_is_somebody_elses_is_not_found(client: Client, pilot: Person) -> None:
    step = use_of(pilot, make_member()).steps.all()[0]
    client.force_login(make_member())

    answers = [client.post(f"/leviers/pas/{step.pk}/fait/"), client.get(f"/leviers/{step.use_id}/")]
    client.force_login(pilot)
    answers.append(client.post("/leviers/pas/999/confier/", {"email": "a@example.org"}))

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_catalogue_is_a_text_whose_differences_are_seen_before_it_is_kept(at_desk: Client) -> None:
    text = written([shipped()["L1"] | {"effort": 3}])
    address = f"{LIST}catalogue/"

    opened = at_desk.get(address).content.decode()
    seen, same = at_desk.post(address, {"text": text}), at_desk.post(address, {"text": written([shipped()["L2"]])})
    before = LeverVersion.objects.count()
    kept = at_desk.post(address, {"text": text, "keep": "1"})
    bad = at_desk.post(address, {"text": "- id: L1", "keep": "1"})
    file = at_desk.get(f"{LIST}catalogue.yaml").content.decode()

    assert "- id: L25" in opened
    assert "Ce qui changerait L1" in text_of(seen.content)
    assert "Rien : c’est déjà ce qui est gardé." in text_of(same.content)
    assert (before, kept["Location"], LeverVersion.objects.count()) == (0, LIST, 1)
    assert "L1: name is missing." in text_of(bad.content)
    assert "- id: L1" in bad.content.decode()
    assert "effort: 3" in file


@pytest.mark.parametrize("uses", [1, 3])
def test_queries_do_not_grow_with_uses(
    at_desk: Client, pilot: Person, django_assert_num_queries: DjangoAssertNumQueries, uses: int
) -> None:
    for _use in range(uses):
        stop_use(use_of(pilot, make_member()), "Fini.", by=pilot)
    at_desk.get(LIST)

    with django_assert_num_queries(6):
        at_desk.get(LIST)
