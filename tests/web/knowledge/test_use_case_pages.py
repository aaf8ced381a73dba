from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from relais.knowledge.actions.use_cases import withdraw_use_case
from relais.knowledge.models import UseCase
from relais.knowledge.queries.drafts import draft_for
from relais.people.models import Person
from tests.factories import make_answer, make_circle, make_invited, make_member, make_unit, make_use_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client: Client) -> Person:
    person = make_member(unit=make_unit())
    client.force_login(person)
    client.get("/cas/")  # the visit of the day is noted once
    return person


def fields(**changed: Any) -> dict[str, Any]:
    given = {
        "sent_key": str(uuid4()),
        "title": "Que faire quand le terminal de paiement se bloque ?",
        "situation": "Samedi, onze heures.\n\n- six clients\n- une caisse",
        "need": "Un geste qui marche",
        "circle": make_circle().pk,
        "serves": ["customers"],
        "looked": "1",
    }
    return given | changed


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_cases_costs_the_same_for_one_and_for_three(
    client: Client, member: Person, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        make_use_case()

    with django_assert_num_queries(4):
        client.get("/cas/?voir=tous")


@pytest.mark.parametrize("count", [1, 3])
def test_case_costs_the_same_with_one_answer_and_with_three(
    client: Client, member: Person, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    use_case = make_use_case()
    for _ in range(count):
        make_answer(use_case)
    client.get(f"/cas/{use_case.pk}/")  # the community's mean is worked out once a day

    with django_assert_num_queries(6):
        client.get(f"/cas/{use_case.pk}/")


def test_case_asked_is_shown_as_it_was_typed(client: Client, member: Person) -> None:
    answer = client.post("/cas/nouveau/", fields(), follow=True)

    use_case = UseCase.objects.get(author=member)
    assert answer.redirect_chain == [(f"/cas/{use_case.pk}/", 302)]
    assert use_case.situation == "<p>Samedi, onze heures.</p><ul><li>six clients</li><li>une caisse</li></ul>"
    assert (use_case.for_customers, use_case.for_employees) == (True, False)


def test_form_sent_twice_leads_to_the_same_case(client: Client, member: Person) -> None:
    sent = fields()

    addresses = [client.post("/cas/nouveau/", sent)["Location"] for _ in range(2)]

    assert (addresses[0], UseCase.objects.count()) == (addresses[1], 1)


def test_similar_cases_are_shown_once_before_publishing_without_script(client: Client, member: Person) -> None:
    alike = make_use_case(title="Que faire quand le terminal de paiement se bloque ?")
    sent = fields()
    del sent["looked"]

    answer = client.post("/cas/nouveau/", sent)

    assert [case.pk for case in answer.context["similar"]] == [alike.pk]
    assert UseCase.objects.count() == 1


def test_refused_case_keeps_what_was_typed(client: Client, member: Person) -> None:
    answer = client.post("/cas/nouveau/", fields(serves=[]))

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["serves"])
    assert "Samedi, onze heures." in answer.text


def test_refusal_of_the_action_is_told_at_its_field(client: Client, member: Person) -> None:
    answer = client.post("/cas/nouveau/", fields(situation="![](https://elsewhere.example/a.png)"))

    assert list(answer.context["form"].errors) == ["situation"]


def test_draft_is_found_again_and_dropped_once_published(client: Client, member: Person) -> None:
    client.post("/brouillons/garder/", {"place": "/cas/nouveau/", "title": "À finir", "serves": ["customers", "employees"]})

    found = client.get("/cas/nouveau/").context["form"].initial
    client.post("/cas/nouveau/", fields())

    assert (found["title"], found["serves"]) == ("À finir", ["customers", "employees"])
    assert draft_for(member, "/cas/nouveau/") is None


@pytest.mark.parametrize(("act", "column"), [("moi-aussi", "supports_count"), ("resolu", "solved_at")])
def test_act_on_a_case_leads_back_to_it_and_gives_its_fragment_to_a_script(client: Client, member: Person, act: str, column: str) -> None:
    use_case = make_use_case(author=member if act == "resolu" else None)

    plain = client.post(f"/cas/{use_case.pk}/{act}/")
    fragment = client.post(f"/cas/{use_case.pk}/{act}/", headers={"HX-Request": "true"})

    assert plain["Location"] == f"/cas/{use_case.pk}/"
    assert (fragment.status_code, 'id="state"' in fragment.text, "<html" in fragment.text) == (200, True, False)
    assert bool(getattr(UseCase.objects.get(pk=use_case.pk), column)) is True


@pytest.mark.parametrize("act", ["plus-moi", "rouvrir"])
def test_act_is_taken_back(client: Client, member: Person, act: str) -> None:
    use_case = make_use_case(author=member if act == "rouvrir" else None)
    client.post(f"/cas/{use_case.pk}/{'resolu' if act == 'rouvrir' else 'moi-aussi'}/")

    client.post(f"/cas/{use_case.pk}/{act}/")

    left = UseCase.objects.get(pk=use_case.pk)
    assert (left.solved_at, left.supports_count) == (None, 0)


def test_refused_act_says_why(client: Client, member: Person) -> None:
    use_case = make_use_case()

    answer = client.post(f"/cas/{use_case.pk}/resolu/", follow=True)

    assert [message.tags for message in answer.context["messages"]] == ["error"]


def test_asker_revises_then_withdraws(client: Client, member: Person) -> None:
    use_case = make_use_case(author=member)

    started = client.get(f"/cas/{use_case.pk}/modifier/").context["form"].initial
    client.post(f"/cas/{use_case.pk}/modifier/", fields(title="Plus clair"))
    withdrawn = client.post(f"/cas/{use_case.pk}/retirer/")

    assert (started["situation"], started["serves"]) == ("Un client attend sa commande depuis une heure au comptoir.", ["customers"])
    assert UseCase.objects.get(pk=use_case.pk).title == "Plus clair"
    assert (withdrawn["Location"], client.get(f"/cas/{use_case.pk}/").status_code) == ("/cas/", 404)


def test_revision_that_lacks_something_is_shown_again(client: Client, member: Person) -> None:
    use_case = make_use_case(author=member)

    answer = client.post(f"/cas/{use_case.pk}/modifier/", fields(title=""))

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["title"])


def test_answered_case_is_not_withdrawn_and_says_why(client: Client, member: Person) -> None:
    use_case = make_use_case(author=member)
    make_answer(use_case)

    answer = client.post(f"/cas/{use_case.pk}/retirer/", follow=True)

    assert [message.tags for message in answer.context["messages"]] == ["error"]


def test_somebody_elses_case_has_no_page_to_revise_it(client: Client, member: Person) -> None:
    assert client.get(f"/cas/{make_use_case().pk}/modifier/").status_code == 404


def test_withdrawn_case_answers_404_to_its_asker_too(client: Client, member: Person) -> None:
    use_case = make_use_case(author=member)
    withdraw_use_case(use_case, by=member)

    assert client.get(f"/cas/{use_case.pk}/").status_code == 404


def test_those_who_have_not_joined_see_no_case(client: Client) -> None:
    use_case = make_use_case()
    client.force_login(make_invited())

    assert client.get(f"/cas/{use_case.pk}/").status_code == 404


def test_revision_refused_by_its_meaning_is_shown_again(client: Client, member: Person) -> None:
    use_case = make_use_case(author=member)

    answer = client.post(f"/cas/{use_case.pk}/modifier/", fields(situation="![](https://elsewhere.example/a.png)"))

    assert list(answer.context["form"].errors) == ["situation"]


def test_act_on_a_case_that_is_not_there_is_not_found(client: Client, member: Person) -> None:
    case = make_use_case()

    codes = [client.post(f"/cas/{pk}/moi-aussi/").status_code for pk in (case.pk, case.pk + 999)]

    assert codes == [302, 404]
