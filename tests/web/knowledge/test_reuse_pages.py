import pytest
from django.test import Client

from relais.knowledge.actions.reuse import question_contribution, rate, report_application
from relais.knowledge.models import Application, Contribution, Rating, Reaction
from relais.people.models import Person
from relais.web.knowledge.rows import relevance_words, reuse_words, rows
from tests.factories import make_answer, make_member, make_unit

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def member(client: Client) -> Person:
    person = make_member(unit=make_unit())
    client.force_login(person)
    return person


def test_applying_leads_back_to_the_answer(client: Client, member: Person) -> None:
    answer = make_answer()

    done = client.post(f"/apports/{answer.pk}/applique/")

    assert done["Location"] == f"/cas/{answer.use_case_id}/#apport-{answer.pk}"
    assert Application.objects.get().team == member.unit


def test_script_gets_the_fragment_of_the_answer(client: Client, member: Person) -> None:
    answer = make_answer()

    done = client.post(f"/apports/{answer.pk}/pertinence/", {"score": "4"}, headers=SCRIPT)

    assert (f'id="apport-{answer.pk}"' in done.text, 'value="4"' in done.text, "<html" in done.text) == (True, True, False)
    assert Rating.objects.get().score == 4


@pytest.mark.parametrize("score", ["", "9", "x", "44"])
def test_score_outside_the_scale_says_why(client: Client, member: Person, score: str) -> None:
    done = client.post(f"/apports/{make_answer().pk}/pertinence/", {"score": score}, follow=True)

    assert [message.tags for message in done.context["messages"]] == ["error"]
    assert Rating.objects.count() == 0


def test_remark_goes_to_the_author_who_settles_it(client: Client, member: Person) -> None:
    answer = make_answer()

    form = client.get(f"/apports/{answer.pk}/remarque/")
    client.post(f"/apports/{answer.pk}/remarque/", {"kind": "outdated", "note": "Le quai a changé."})
    client.force_login(answer.author)
    waiting = client.get("/remarques/")
    client.post(f"/remarques/{Reaction.objects.get().pk}/reglee/")

    assert (form.status_code, "Le quai a changé." in waiting.text) == (200, True)
    assert "Le quai a changé." not in client.get("/remarques/").text


def test_remark_of_no_kind_is_shown_again(client: Client, member: Person) -> None:
    shown = client.post(f"/apports/{make_answer().pk}/remarque/", {"kind": ""})

    assert list(shown.context["form"].errors) == ["kind"]


def test_author_who_questions_their_own_text_is_told_why_not(client: Client, member: Person) -> None:
    shown = client.post(f"/apports/{make_answer(author=member).pk}/remarque/", {"kind": "outdated"})

    assert list(shown.context["form"].errors) == ["__all__"]


def test_remark_is_settled_by_nobody_else(client: Client, member: Person) -> None:
    reaction = question_contribution(make_answer(), "outdated", by=make_member())

    assert client.post(f"/remarques/{reaction.pk}/reglee/").status_code == 404


def test_person_tells_whether_it_worked(client: Client, member: Person) -> None:
    application = report_application(make_answer(), by=member)

    page = client.get(f"/applications/{application.pk}/")
    client.post(f"/applications/{application.pk}/", {"outcome": "yes", "minutes_saved": "15"})

    told = Application.objects.get()
    assert (page.status_code, told.outcome, told.minutes_saved) == (200, "yes", 15)
    assert Contribution.objects.get().worked_count == 1


def test_person_tells_without_a_duration(client: Client, member: Person) -> None:
    application = report_application(make_answer(), by=member)

    client.post(f"/applications/{application.pk}/", {"outcome": "partly", "minutes_saved": ""})

    assert Application.objects.get().minutes_saved is None


def test_outcome_left_empty_is_shown_again(client: Client, member: Person) -> None:
    application = report_application(make_answer(), by=member)

    shown = client.post(f"/applications/{application.pk}/", {})

    assert list(shown.context["form"].errors) == ["outcome"]


def test_question_is_skipped(client: Client, member: Person) -> None:
    application = report_application(make_answer(), by=member)

    client.post(f"/applications/{application.pk}/passer/")

    assert Application.objects.get().skipped_at is not None


def test_somebody_elses_application_does_not_exist(client: Client, member: Person) -> None:
    application = report_application(make_answer(), by=make_member())

    assert [
        client.get(f"/applications/{application.pk}/").status_code,
        client.post(f"/applications/{application.pk}/passer/").status_code,
    ] == [
        404,
        404,
    ]


def test_reuse_is_said_in_words_only_once_it_happened() -> None:
    assert [bool(reuse_words(*counts)) for counts in ((0, 0), (1, 0), (14, 6))] == [False, True, True]
    assert ("14" in reuse_words(14, 6), "6" in reuse_words(14, 6)) == (True, True)


def test_relevance_is_new_below_five_ratings_and_a_figure_from_there() -> None:
    answer = make_answer()
    for _ in range(5):
        rate(answer, 5, by=make_member())

    assert relevance_words(0, 0, 4.2) == ""
    assert [any(digit in relevance_words(n, 5 * n, 4.2) for digit in "12345") for n in (4, 5)] == [False, True]


def test_row_knows_its_own_addresses_only() -> None:
    answer = make_answer()
    (row,) = rows([answer], answer.use_case, answer.author)

    assert row.rate_url == f"/apports/{answer.pk}/pertinence/"
    with pytest.raises(AttributeError):
        _ = row.elsewhere_url
