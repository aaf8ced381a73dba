"""Colleagues called by their name in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relais.knowledge.actions.contributions import ContributionText, contribute, revise_contribution
from relais.knowledge.actions.use_cases import UseCaseText, ask_use_case, revise_use_case
from relais.knowledge.mentions import names_after_at
from relais.knowledge.models import UseCase
from relais.knowledge.queries import mentions
from relais.knowledge.queries.mentions import named_in
from relais.ledger.models import Entry
from relais.people.actions import leave_community
from relais.people.models import Person
from tests.factories import make_circle, make_invited, make_member, make_pseudonymous, make_use_case


def called() -> list[tuple[str | None, str]]:
    """Who was called by whom, so far, by their names."""
    names = {str(person.pk): person.name for person in Person.objects.all()}
    facts = Entry.objects.filter(verb="person.mentioned").order_by("pk")
    return [(names.get(str(fact.actor)), names[fact.payload["person"]]) for fact in facts]


def case_text(need: str) -> UseCaseText:
    return UseCaseText("Un carton humide", "<p>Il reste collé.</p>", f"<p>{need}</p>", make_circle(), True, False)


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("Demande à @Hugo Blin.", "hugo blin", True),
        ("(@Hugo Blin) l’a vu", "hugo blin", True),
        ("@Hugo\xa0Blin", "hugo blin", True),
        ("@Jean Marie de Broglie, merci", "jean marie de broglie", True),
        ("écris à hugo@blin.fr", "blin.fr", False),
        ("@ Hugo Blin", "hugo blin", False),
        ("@Hugo\nBlin", "hugo blin", False),
        ("Hugo Blin", "hugo blin", False),
    ],
)
def test_a_name_is_what_follows_an_at(text: str, name: str, found: bool) -> None:
    assert (name in names_after_at(text)) is found


@given(st.text(alphabet="@ab.é \n", max_size=80))
def test_no_text_holds_more_names_than_four_for_each_at(text: str) -> None:
    names = names_after_at(text)

    assert len(names) <= 4 * text.count("@")
    assert all(len(name.split(" ")) <= 4 and "@" not in name for name in names)


@pytest.mark.django_db
def test_whom_an_answer_names_is_called_once_and_neither_its_author_nor_the_asker() -> None:
    case, author, friend = make_use_case(), make_member("Inès Robert"), make_member("Zoé Pâris")
    text = f"<p>Vois avec @zoe paris, @Zoé Pâris ! et @{case.author.name} ; signé @Inès Robert.</p>"

    contribute(case, ContributionText(text), by=author)

    assert called() == [("Inès Robert", "Zoé Pâris")]
    assert friend.name == "Zoé Pâris"


@pytest.mark.django_db
def test_a_revision_calls_only_those_it_adds() -> None:
    author = make_member()
    for name in ("Zoé Pâris", "Hugo Blin"):
        make_member(name)
    answer = contribute(make_use_case(), ContributionText("<p>Vois @Zoé Pâris merci.</p>"), by=author)

    revise_contribution(answer, ContributionText("<p>Vois @Zoé Pâris, ou @Hugo Blin.</p>"), by=author, base=1)

    assert [name for _by, name in called()] == ["Zoé Pâris", "Hugo Blin"]


@pytest.mark.django_db
def test_a_case_calls_too_and_a_pseudonym_stays_one() -> None:
    make_member("Zoé Pâris")
    asker = make_member("Marc Petit")

    case = ask_use_case(case_text("L’avis de @Zoé Pâris"), by=asker)
    revise_use_case(case, case_text("L’avis de @Zoé Pâris"), by=asker)
    hidden = make_pseudonymous(asker)
    revise_use_case(hidden, case_text("L’avis de @Zoé Pâris"), by=UseCase.objects.get(pk=hidden.pk).author)

    assert called() == [("Marc Petit", "Zoé Pâris"), (None, "Zoé Pâris")]


@pytest.mark.django_db
def test_only_who_takes_part_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    make_invited("Zoé Pâris")
    leave_community(make_member("Hugo Blin"))
    two = [make_member("Inès Robert"), make_member("Inès Robert")]

    assert named_in("@Zoé Pâris @Hugo Blin") == []
    assert sorted(person.pk for person in named_in("@ines robert")) == sorted(person.pk for person in two)
    monkeypatch.setattr(mentions, "MOST", 1)
    assert len(named_in("@ines robert")) == 1
