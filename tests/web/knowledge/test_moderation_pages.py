from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from relais.knowledge.actions.circles import appoint_animator
from relais.knowledge.actions.moderation import appeal, decide, report_thing
from relais.knowledge.models import Contribution, Report, Ruling
from relais.knowledge.queries.things import KINDS, Thing
from relais.people.actions import grant_role
from relais.people.models import Person, Role
from tests.factories import (
    make_answer,
    make_circle,
    make_member,
    make_proposed,
    make_pseudonymous,
    make_use_case,
    make_with_role,
    make_workshop,
)

pytestmark = pytest.mark.django_db
REASONS = "La troisième phrase nomme une cliente, retirez ce nom."


def browser(person: Person) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(person)
    client.get("/charte/")  # the visit of the day is noted once
    return client


def page(client: Client, at: str) -> str:
    return client.get(at).content.decode()


def pilot() -> Person:
    return make_with_role(Role.PILOT, language="en")


@pytest.fixture
def answer() -> Contribution:
    """An answer that somebody reported."""
    written = make_answer(author=make_member("Nadia Berger", language="en"), body="<p>Dites bonjour à Capucine.</p>")
    report_thing(Thing(KINDS["contribution"], written), "personal", "Elle nomme une cliente.", by=make_member("Rémi Fauvel"))
    return written


def hidden(answer: Contribution, by: Person) -> Ruling:
    return decide(Thing(KINDS["contribution"], answer), "hide", REASONS, by=by)


def test_charter_is_read_by_everybody_from_every_page() -> None:
    stranger = Client(headers={"Accept-Language": "en"})

    read, signed_in = page(stranger, "/charte/"), page(browser(make_member(language="en")), "/charte/")

    assert read.count("<li>We ") == 7
    assert ('href="/charte/"' in read, "What I reported" in read, "What I reported" in signed_in) == (True, False, True)


def test_what_breaks_the_charter_is_reported_from_its_page(answer: Contribution) -> None:
    client = browser(make_member(language="en"))
    at = f"/signaler/apport/{answer.pk}/"

    linked = at in page(client, f"/cas/{answer.use_case_id}/")
    said = client.post(at, {"kind": "unkind", "note": "Moqueur."}, follow=True).content.decode()

    assert linked
    assert "your name is not told to the author" in said
    assert [(report.kind, report.note) for report in Report.objects.order_by("-pk")[:1]] == [("unkind", "Moqueur.")]


def test_report_without_a_reason_is_refused_at_its_field(answer: Contribution) -> None:
    client, at = browser(make_member(language="en")), f"/signaler/apport/{answer.pk}/"

    pages = [client.post(at, sent).content.decode() for sent in ({}, {"kind": "other"})]

    assert "Choose what is wrong with it." in pages[0]
    assert "Say in a few words what is wrong with it." in pages[1]


def test_what_is_not_seen_is_not_reported(answer: Contribution) -> None:
    client = browser(make_member())

    statuses = [client.get(at).status_code for at in ("/signaler/apport/0/", f"/signaler/table/{answer.pk}/")]

    assert statuses == [404, 404]


def test_what_colleagues_made_offers_to_report_it_to_all_but_its_author() -> None:
    case, workshop, initiative, reader = make_use_case(), make_workshop(), make_proposed(), make_member()

    shown = [
        [at in page(browser(person), f"/{where}/") for person in (reader, author)]
        for at, where, author in (
            (f"/signaler/cas/{case.pk}/", f"cas/{case.pk}", case.author),
            (f"/signaler/atelier/{workshop.pk}/", f"rencontres/ateliers/{workshop.pk}", workshop.host),
            (f"/signaler/initiative/{initiative.pk}/", f"initiatives/{initiative.pk}", initiative.author),
        )
    ]

    assert shown == [[True, False]] * 3


def test_moderator_reads_the_reasons_and_decides(answer: Contribution) -> None:
    client, at = browser(pilot()), f"/signalements/apport/{answer.pk}/"

    queue, matter = page(client, "/signalements/"), page(client, at)
    done = client.post(at, {"decision": "hide", "reasons": REASONS}, follow=True).content.decode()

    assert (at in queue, "Elle nomme une cliente." in matter, "Rémi Fauvel" in queue + matter) == (True, True, False)
    assert "Your decision is written down." in done
    assert Contribution.objects.get(pk=answer.pk).withdrawn_at is not None


def test_decision_without_reasons_keeps_the_choice(answer: Contribution) -> None:
    refused = browser(pilot()).post(f"/signalements/apport/{answer.pk}/", {"decision": "hide", "reasons": "Non."}).content.decode()

    assert "Give your reasons in a full sentence" in refused
    assert 'value="hide" ' in refused.split("checked")[0][-200:]
    assert Ruling.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "reported_again", "offered"),
    [
        ("usecase", False, ["keep", "amend", "hide"]),
        ("workshop", False, ["keep", "amend"]),
        ("withheld", False, ["restore"]),
        ("withheld", True, ["keep", "restore"]),
    ],
)
def test_only_what_can_be_decided_is_offered(kind: str, reported_again: bool, offered: list[str]) -> None:
    row = make_workshop() if kind == "workshop" else make_use_case()
    about = Thing(KINDS[row._meta.model_name or ""], row)
    report_thing(about, "unkind", by=make_member())
    if kind == "withheld":
        decide(about, "hide", REASONS, by=pilot())
    if reported_again:
        Report.objects.update(ruling=None)

    shown = page(browser(pilot()), f"/signalements/{about.kind.word}/{row.pk}/")

    assert [choice for choice in ("keep", "amend", "hide", "restore") if f'value="{choice}"' in shown] == offered


def test_what_is_not_there_or_not_in_ones_hands_is_not_found(answer: Contribution) -> None:
    elsewhere = make_member()
    appoint_animator(make_circle(), elsewhere, by=None)
    elsewhere.refresh_from_db()

    codes = [
        browser(person).get(f"/signalements/{word}/{pk}/").status_code
        for person, word, pk in ((pilot(), "chose", answer.pk), (pilot(), "apport", 0), (elsewhere, "apport", answer.pk))
    ]

    assert codes == [404, 404, 404]


def test_moderator_with_a_part_in_it_is_told_that_somebody_else_decides(answer: Contribution) -> None:
    person = pilot()
    Report.objects.update(person=person)

    shown = page(browser(person), f"/signalements/apport/{answer.pk}/")

    assert "somebody else decides" in shown
    assert 'name="reasons"' not in shown


def test_pseudonym_may_be_lifted_from_a_report_by_who_holds_a_key() -> None:
    secret, open_case, person = make_pseudonymous(), make_use_case(), pilot()

    shown = [f"/cas/{case.pk}/lever/" in page(browser(person), f"/signalements/cas/{case.pk}/") for case in (secret, open_case)]

    assert shown == [True, False]


def test_author_reads_why_and_appeals(answer: Contribution) -> None:
    ruling = hidden(answer, pilot())
    client, at = browser(answer.author), f"/decisions/{ruling.pk}/"

    home, told = page(client, "/"), page(client, at)
    empty = client.post(f"{at}contester/", {"appeal": ""})
    done = client.post(f"{at}contester/", {"appeal": "C’est le nom d’un produit."}, follow=True).content.decode()

    assert (at in home, REASONS in told, "Capucine" in told, "Rémi Fauvel" in told) == (True, True, True, False)
    assert (empty.status_code, "Say in your own words" in empty.content.decode()) == (422, True)
    assert "Two people who took no part in the decision will judge it." in done
    assert 'name="appeal"' not in done


def test_author_puts_aside_what_they_have_read(answer: Contribution) -> None:
    ruling = hidden(answer, pilot())
    client = browser(answer.author)

    home = client.post(f"/decisions/{ruling.pk}/lue/", follow=True).content.decode()

    assert f"/decisions/{ruling.pk}/" not in home
    assert "I have read it" not in page(client, f"/decisions/{ruling.pk}/")


def test_two_judges_give_the_text_back(answer: Contribution) -> None:
    ruling = appeal(hidden(answer, pilot()), "C’est le nom d’un produit.", by=answer.author)
    judges, at = [browser(pilot()) for _ in range(2)], f"/decisions/{ruling.pk}/juger/"

    queue = page(judges[0], "/signalements/")
    first = judges[0].post(at, {"stands": "yes", "reasons": REASONS}, follow=True).content.decode()
    unread = page(judges[1], at)
    judges[1].post(at, {"stands": "no", "reasons": "Capucine est bien un produit du catalogue."})
    told = page(browser(answer.author), f"/decisions/{ruling.pk}/")

    assert (at in queue, "Your judgment is written down" in first, unread.count(REASONS)) == (True, True, 1)
    assert "The decision falls" in told
    assert "Capucine est bien un produit" in told
    assert Contribution.objects.get(pk=answer.pk).withdrawn_at is None


def test_home_of_who_may_judge_says_that_an_appeal_waits(answer: Contribution) -> None:
    appeal(hidden(answer, pilot()), "C’est le nom d’un produit.", by=answer.author)

    home = page(browser(grant_role(make_member(language="en"), Role.PILOT, by=None)), "/")

    assert "1 appeal to judge" in home


def test_judge_without_reasons_or_with_a_part_is_refused_in_words(answer: Contribution) -> None:
    decider = pilot()
    ruling = appeal(hidden(answer, decider), "C’est le nom d’un produit.", by=answer.author)
    at = f"/decisions/{ruling.pk}/juger/"

    empty = browser(pilot()).post(at, {}).content.decode()
    own = browser(decider).post(at, {"stands": "yes", "reasons": REASONS}).content.decode()

    assert "Say whether the decision stands." in empty
    assert "You have a part in this" in own
    assert "Somebody else judges this appeal" in page(browser(decider), at)


def test_decision_is_nobody_elses(answer: Contribution) -> None:
    ruling = hidden(answer, pilot())

    statuses = [browser(make_member()).get(f"/decisions/{pk}/").status_code for pk in (ruling.pk, 0)]

    assert statuses == [404, 404]


@pytest.mark.parametrize(("decision", "told"), [("keep", "left as it is"), ("amend", "asked to change it"), ("hide", "It is withheld")])
def test_who_reported_reads_what_came_of_it(answer: Contribution, decision: str, told: str) -> None:
    reporter = Report.objects.get().person
    Person.objects.filter(pk=reporter.pk).update(language="en")
    client = browser(Person.objects.get(pk=reporter.pk))

    waiting = page(client, "/mes-signalements/")
    decide(Thing(KINDS["contribution"], answer), decision, REASONS, by=pilot())
    homes, decided = [page(client, "/")], page(client, "/mes-signalements/")
    homes.append(client.post("/mes-signalements/lus/", follow=True).content.decode())

    assert ("being looked at" in waiting, told in decided) == (True, True)
    assert ["What you reported was looked at" in home for home in homes] == [True, False]
    assert ["I have read it" in shown for shown in (waiting, decided, page(client, "/mes-signalements/"))] == [False, True, False]


@pytest.mark.parametrize("count", [1, 3])
def test_queue_costs_the_same_for_one_and_for_three(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(count):
        for row in (make_answer(), make_use_case()):
            about = Thing(KINDS[row._meta.model_name or ""], row)
            report_thing(about, "unkind", by=make_member())
            waits = Thing(KINDS["usecase"], make_use_case())
            report_thing(waits, "unkind", by=make_member())
            appeal(decide(waits, "hide", REASONS, by=pilot()), "Non.", by=waits.row.author)
    client = browser(pilot())

    with django_assert_num_queries(9):
        shown = page(client, "/signalements/")

    assert shown.count('<article class="card waiting">') == 4 * count


@pytest.mark.parametrize("count", [1, 3])
def test_matter_costs_the_same_for_one_report_and_for_three(
    answer: Contribution, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        report_thing(Thing(KINDS["contribution"], answer), "unkind", by=make_member())
    client = browser(pilot())

    with django_assert_num_queries(6):
        page(client, f"/signalements/apport/{answer.pk}/")


@pytest.mark.parametrize("count", [1, 3])
def test_my_reports_cost_the_same_for_one_and_for_three(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    me = make_member()
    for _ in range(count):
        report_thing(Thing(KINDS["usecase"], make_use_case()), "unkind", by=me)
    client = browser(me)

    with django_assert_num_queries(3):
        page(client, "/mes-signalements/")
