from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relais.core.errors import NotAllowed, Refused
from relais.knowledge import jobs
from relais.knowledge.actions.search import add_synonyms, dismiss_miss, drop_synonyms, learn_words, note_search_miss
from relais.knowledge.actions.use_cases import mark_solved
from relais.knowledge.models import SearchMiss, Synonym, Word
from relais.knowledge.queries.search import Filters, Hit, Sort, excerpts, search, similar_use_cases, synonyms
from relais.ledger.models import Entry
from relais.ledger.subscriptions import delivered_at_once
from relais.people.models import Person, Role
from tests.factories import make_answer, make_circle, make_content, make_invited, make_member, make_unit, make_use_case, make_with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def viewer() -> Person:
    return make_member()


def titles(viewer: Person, text: str, filters: Filters | None = None) -> list[str]:
    found = search(viewer, text, filters)
    return [excerpt.title for excerpt in excerpts(found, found.hits)]


def words_known(*texts: str) -> None:
    for text in texts:
        learn_words(text)


def test_stems_of_both_languages_are_found(viewer: Person) -> None:
    make_use_case(title="Réclamations des clientes")
    make_use_case(title="Waiting customers at the desk", language="en", situation="<p>They complained.</p>")

    assert titles(viewer, "réclamation cliente") == ["Réclamations des clientes"]
    assert titles(viewer, "customer complaining") == ["Waiting customers at the desk"]


def test_accents_are_forgiven(viewer: Person) -> None:
    make_use_case(title="Préparer un dépannage")

    assert titles(viewer, "preparer DEPANNAGE") == ["Préparer un dépannage"]


def test_answers_lead_to_their_case_which_shows_once(viewer: Person) -> None:
    case = make_use_case(title="Un volet bloqué")
    answer = make_answer(case, body="<p>Dégrippez le volet et la coulisse.</p>")

    found = search(viewer, "volet")

    assert [hit.use_case for hit in found.hits] == [case.pk]
    assert search(viewer, "coulisse").hits == [Hit("answer", answer.pk, case.pk)]
    assert titles(viewer, "coulisse") == ["Un volet bloqué"]


def test_contents_stand_beside_their_case(viewer: Person) -> None:
    case = make_use_case(title="Un volet bloqué")
    content = make_content(case, title="Débloquer un volet")

    assert {(hit.kind, hit.pk) for hit in search(viewer, "volet").hits} == {("case", case.pk), ("content", content.pk)}


def test_excerpt_marks_what_was_found_and_nothing_else(viewer: Person) -> None:
    make_use_case(title="Un cas", situation="<p>Le &lt;b&gt;robinet&lt;/b&gt; fuit.</p>")

    found = search(viewer, "robinet")

    assert [text for text, hit in excerpts(found, found.hits)[0].pieces if hit] == ["robinet"]
    assert excerpts(found, []) == []


def test_what_was_withdrawn_since_is_left_out_of_the_page(viewer: Person) -> None:
    make_use_case(title="Robinet")
    found = search(viewer, "robinet")

    assert excerpts(found, [Hit("case", 999_999, 999_999)]) == []


def test_best_matching_title_comes_first(viewer: Person) -> None:
    make_use_case(title="Autre chose", situation="<p>Au passage, la serrure grince un peu.</p>")
    make_use_case(title="Serrure bloquée")

    assert titles(viewer, "serrure") == ["Serrure bloquée", "Autre chose"]


def test_filters_narrow(viewer: Person) -> None:
    circle = make_circle("Pose")
    solved = make_use_case(title="Fenêtre résolue", circle=circle)
    mark_solved(solved, by=solved.author)
    other = make_use_case(title="Fenêtre ouverte", language="en")
    make_answer(other, body="<p>La fenêtre se règle.</p>")
    make_content(other, title="Fenêtre pas à pas")

    assert titles(viewer, "fenêtre", Filters(circle=circle.slug)) == ["Fenêtre résolue"]
    assert titles(viewer, "fenêtre", Filters(solved=True)) == ["Fenêtre résolue"]
    assert titles(viewer, "fenêtre", Filters(sort=Sort.CASES, language="en")) == ["Fenêtre ouverte"]
    assert titles(viewer, "fenêtre", Filters(sort=Sort.ANSWERS)) == ["Fenêtre ouverte"]
    assert titles(viewer, "fenêtre", Filters(sort=Sort.CONTENTS)) == ["Fenêtre pas à pas"]


def test_words_of_the_house_are_one(viewer: Person) -> None:
    add_synonyms("BL, bon de livraison", by=make_with_role(Role.ADMINISTRATOR))
    make_use_case(title="Un bon de livraison perdu")

    assert titles(viewer, "bl perdu") == ["Un bon de livraison perdu"]


def test_typing_slip_is_mended_and_told(viewer: Person) -> None:
    make_use_case(title="Un client furieux")
    words_known("Un client furieux")

    found = search(viewer, "cleint furieux")

    assert (found.corrected, found.partial, found.in_vain) == ("client furieux", False, False)
    assert [excerpt.title for excerpt in excerpts(found, found.hits)] == ["Un client furieux"]


def test_some_of_the_words_will_do_when_no_text_holds_them_all(viewer: Person) -> None:
    make_use_case(title="Un client furieux")
    words_known("client furieux hélicoptère")

    found = search(viewer, "client hélicoptère")

    assert (found.partial, found.in_vain, len(found.hits)) == (True, True, 1)


def test_nothing_is_a_need(viewer: Person) -> None:
    assert search(viewer, "hélicoptère").in_vain is True
    assert search(viewer, "   ").in_vain is False
    assert search(viewer, "le la les").hits == []


def test_exclusion_leaves_out(viewer: Person) -> None:
    make_use_case(title="Porte rouge")
    make_use_case(title="Porte verte")

    assert titles(viewer, "porte -rouge") == ["Porte verte"]


def test_people_and_circles_are_found_without_their_accents(viewer: Person) -> None:
    helene = make_member("Hélène Gülen", unit=make_unit("Atelier"))
    circle = make_circle("Électricité")

    assert [(place.key, place.name, place.detail) for place in search(viewer, "helene gulen").people] == [
        (str(helene.pk), "Hélène Gülen", "Atelier")
    ]
    assert [place.key for place in search(viewer, "electricite", Filters(sort=Sort.CIRCLES)).circles] == [circle.slug]
    assert search(viewer, "helene", Filters(sort=Sort.CASES)).people == []
    assert search(viewer, "electricite", Filters(sort=Sort.PEOPLE)).circles == []


def test_those_who_do_not_take_part_find_nothing() -> None:
    make_use_case(title="Porte rouge")
    stranger = make_invited()

    assert search(stranger, "porte").hits == []
    assert similar_use_cases(stranger, "porte rouge") == []


def test_close_cases_come_closest_first(viewer: Person) -> None:
    far = make_use_case(title="Une porte qui grince", situation="<p>Rien à voir.</p>")
    near = make_use_case(title="Une porte qui frotte le sol", situation="<p>Rien à voir.</p>")

    close = similar_use_cases(viewer, "Ma porte frotte sur le sol")

    assert [case.pk for case in close] == [near.pk, far.pk]
    assert similar_use_cases(viewer, "Ma porte frotte", limit=1)[0].title == "Une porte qui frotte le sol"
    assert similar_use_cases(viewer, "à la") == []
    assert similar_use_cases(viewer, "the les") == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(max_size=60), st.text(alphabet="ab \"'-&|!:*()<>%\\_OR\x00é", max_size=40)))
def test_no_input_makes_search_fall(viewer: Person, text: str) -> None:
    found = search(viewer, text)

    assert found.hits == []
    assert similar_use_cases(viewer, text) == []


def test_need_is_written_down_once_and_counted() -> None:
    note_search_miss("  Hélicoptère ")
    jobs.note_miss("hélicoptère")

    miss = SearchMiss.objects.get()
    assert (miss.words, miss.times) == ("hélicoptère", 2)
    assert list(Entry.objects.filter(verb="search.missed").values_list("actor", "object_id")) == [(None, str(miss.pk))] * 2


def test_two_letters_are_no_need() -> None:
    assert note_search_miss("ab") is None
    assert SearchMiss.objects.count() == 0


def test_need_leaves_the_list_by_an_animator_or_administrator() -> None:
    miss = note_search_miss("hélicoptère")
    assert miss

    with pytest.raises(NotAllowed):
        dismiss_miss(miss, by=make_member())
    dismiss_miss(miss, by=make_with_role(Role.ADMINISTRATOR))

    assert SearchMiss.objects.count() == 0


def test_synonyms_are_kept_by_those_who_may() -> None:
    keeper = make_with_role(Role.ADMINISTRATOR)
    family = add_synonyms("SAV , service après-vente, sav", by=keeper)

    assert synonyms() == [(family.pk, "sav, service apres vente")]
    for refused in (lambda: add_synonyms("a, b", by=make_member()), lambda: drop_synonyms(family, by=make_member())):
        with pytest.raises(NotAllowed):
            refused()
    with pytest.raises(Refused):
        add_synonyms("seul,", by=keeper)
    drop_synonyms(family, by=keeper)
    assert Synonym.objects.count() == 0


def test_words_are_learned_from_what_is_published(django_capture_on_commit_callbacks: pytest.FixtureRequest) -> None:
    with delivered_at_once(), django_capture_on_commit_callbacks(execute=True):
        case = make_use_case(title="Crémone grippée", situation="<p>Elle force.</p>", need="<p>Un ordre.</p>")
        make_answer(case, body="<p>Démontez la têtière 2026.</p>")

    known = set(Word.objects.values_list("word", flat=True))
    assert {"cremone", "grippee", "force", "ordre", "demontez", "tetiere"} <= known
    assert "2026" not in known
