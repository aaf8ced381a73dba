from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from relais.knowledge.actions.contributions import ContributionText, revise_contribution
from relais.knowledge.models import Attachment, Contribution, UseCase
from relais.knowledge.queries.drafts import draft_for
from relais.people.actions import leave_community
from relais.people.models import Person
from tests.factories import make_answer, make_content, make_member, make_unit, make_use_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client: Client) -> Person:
    person = make_member(unit=make_unit())
    client.force_login(person)
    client.get("/cas/")
    return person


def answer(**changed: Any) -> dict[str, Any]:
    return {"sent_key": str(uuid4()), "body": "Débranchez **dix secondes**", "body_format": "typed"} | changed


def content(**changed: Any) -> dict[str, Any]:
    return answer(kind="sheet", title="Fiche terminal", result="", minutes="3", url="") | changed


def picture(name: str = "quai.png") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (30, 20), "blue").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


@pytest.mark.parametrize("page", ["/cas/{case}/repondre/", "/cas/{case}/partager/", "/apports/{mine}/modifier/"])
def test_page_that_is_only_opened_accuses_nobody(client: Client, member: Person, page: str) -> None:
    mine = make_content(author=member)

    opened = client.get(page.format(case=mine.use_case_id, mine=mine.pk))

    assert (opened.status_code, opened.context["form"].errors) == (200, {})


def test_answer_typed_without_script_is_published_in_its_place(client: Client, member: Person) -> None:
    use_case = make_use_case()

    sent = client.post(f"/cas/{use_case.pk}/repondre/", answer())

    published = Contribution.objects.get(author=member)
    assert (sent["Location"], published.body) == (
        f"/cas/{use_case.pk}/#apport-{published.pk}",
        "<p>Débranchez <strong>dix secondes</strong></p>",
    )


def test_answer_written_with_the_editor_is_cleaned(client: Client, member: Person) -> None:
    use_case = make_use_case()

    client.post(f"/cas/{use_case.pk}/repondre/", answer(body="<p>Deux <b onclick='x'>mots</b><script>1</script></p>", body_format="html"))

    assert Contribution.objects.get(author=member).body == "<p>Deux mots</p>"


def test_answer_sent_twice_leads_to_the_same_place(client: Client, member: Person) -> None:
    use_case, sent = make_use_case(), answer()

    places = [client.post(f"/cas/{use_case.pk}/repondre/", sent)["Location"] for _ in range(2)]

    assert (places[0], Contribution.objects.count()) == (places[1], 1)


def test_refused_answer_is_shown_again_with_its_text(client: Client, member: Person) -> None:
    shown = client.post(f"/cas/{make_use_case().pk}/repondre/", answer(body="Oui"))

    assert (list(shown.context["form"].errors), ">\nOui</textarea>" in shown.text) == (["body"], True)


def test_picture_joined_without_script_stands_below_the_text(client: Client, member: Person) -> None:
    use_case = make_use_case()

    client.post(f"/cas/{use_case.pk}/repondre/", answer(file=picture()))

    published, joined = Contribution.objects.get(author=member), Attachment.objects.get()
    assert (f'<img src="/fichiers/{joined.pk}/" alt="quai.png"' in published.body, joined.contribution) == (True, published)


def test_file_joined_without_script_is_a_link(client: Client, member: Person) -> None:
    use_case = make_use_case()

    client.post(f"/cas/{use_case.pk}/partager/", content(kind="media", body="", file=SimpleUploadedFile("a.pdf", b"%PDF-1.7")))

    assert Contribution.objects.get(author=member).body.startswith(f'<p><a href="/fichiers/{Attachment.objects.get().pk}/"')


def test_heavy_picture_is_refused_and_the_text_is_kept(client: Client, member: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relais.knowledge.file_kinds.PICTURE_LIMIT", 1000)
    heavy = SimpleUploadedFile("quai.png", b"x" * 2_000_000, "image/png")

    shown = client.post(f"/cas/{make_use_case().pk}/repondre/", answer(file=heavy))

    assert (list(shown.context["form"].errors), "dix secondes" in shown.text) == (["file"], True)
    assert Contribution.objects.count() == 0


def test_content_is_shared_with_its_result_and_time(client: Client, member: Person) -> None:
    use_case = make_use_case()

    client.post(f"/cas/{use_case.pk}/partager/", content(result="Il repart"))

    shared = Contribution.objects.get(author=member)
    assert (shared.kind, shared.title, shared.result, shared.minutes) == ("sheet", "Fiche terminal", "Il repart", 3)


def test_draft_of_an_answer_is_found_again_on_its_case_and_dropped_once_published(client: Client, member: Person) -> None:
    use_case = make_use_case()
    place = f"/cas/{use_case.pk}/repondre/"
    client.post("/brouillons/garder/", {"place": place, "body": "<p>À <strong>finir</strong></p>", "body_format": "html"})

    shown = client.get(f"/cas/{use_case.pk}/")
    client.post(place, answer())

    assert (shown.context["form"].initial["body"], shown.context["html"]) == ("À **finir**", "<p>À <strong>finir</strong></p>")
    assert draft_for(member, place) is None


@pytest.mark.parametrize("others", [1, 3])
def test_content_page_costs_the_same_however_many_cases_it_answers(
    client: Client, member: Person, others: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    shared = make_content()
    for _ in range(others):
        client.post(f"/apports/{shared.pk}/aussi/", {"case": str(make_use_case().pk)})
    client.get(f"/apports/{shared.pk}/")

    with django_assert_num_queries(7):
        client.get(f"/apports/{shared.pk}/")


def test_author_revises_and_readers_see_what_changed(client: Client, member: Person) -> None:
    mine = make_answer(author=member, body="<p>Le voyant rouge</p>")

    started = client.get(f"/apports/{mine.pk}/modifier/").context["form"].initial
    client.post(f"/apports/{mine.pk}/modifier/", answer(body="Le voyant vert", base="1"))
    versions = client.get(f"/apports/{mine.pk}/versions/")

    assert (started["body"], started["base"]) == ("Le voyant rouge", 1)
    assert ("<del>rouge</del>" in versions.text, "<ins>vert</ins>" in versions.text) == (True, True)


def test_text_that_never_changed_says_so(client: Client, member: Person) -> None:
    assert client.get(f"/apports/{make_answer().pk}/versions/").context["changes"] == []


def test_both_texts_are_shown_when_somebody_saved_meanwhile(client: Client, member: Person) -> None:
    mine = make_answer(author=member, body="<p>Le voyant rouge</p>")
    revise_contribution(mine, ContributionText(body="<p>Le voyant orange</p>"), by=member, base=1)

    conflict = client.post(f"/apports/{mine.pk}/modifier/", answer(body="Le voyant vert", base="1"))
    again = client.post(f"/apports/{mine.pk}/modifier/", answer(body="Le voyant vert", base="2"))

    assert ("Le voyant orange" in conflict.text, "<ins>vert</ins>" in conflict.text) == (True, True)
    assert 'name="base" value="2"' in conflict.text
    assert again.status_code == 302


def test_revision_that_lacks_something_is_shown_again(client: Client, member: Person) -> None:
    mine = make_content(author=member)

    shown = client.post(f"/apports/{mine.pk}/modifier/", content(title="", base="1"))
    refused = client.post(f"/apports/{mine.pk}/modifier/", content(body="", base="1"))

    assert [list(page.context["form"].errors) for page in (shown, refused)] == [["title"], ["body"]]


def test_somebody_elses_text_has_no_page_to_revise_it(client: Client, member: Person) -> None:
    assert client.get(f"/apports/{make_answer().pk}/modifier/").status_code == 404


def test_author_withdraws(client: Client, member: Person) -> None:
    mine = make_answer(author=member)

    gone = client.post(f"/apports/{mine.pk}/retirer/")

    assert (gone["Location"], client.get(f"/apports/{mine.pk}/").status_code) == (f"/cas/{mine.use_case_id}/", 404)


def test_asker_chooses_the_best_answer(client: Client, member: Person) -> None:
    given = make_answer(make_use_case(author=member))

    client.post(f"/apports/{given.pk}/meilleur/")

    assert UseCase.objects.get(pk=given.use_case_id).best == given


def test_passer_by_who_chooses_is_told_why_not(client: Client, member: Person) -> None:
    shown = client.post(f"/apports/{make_answer().pk}/meilleur/", follow=True)

    assert [message.tags for message in shown.context["messages"]] == ["error"]


def test_content_is_said_to_answer_another_case_by_its_address(client: Client, member: Person) -> None:
    shared, other = make_content(), make_use_case()

    client.post(f"/apports/{shared.pk}/aussi/", {"case": f"https://relais.example/cas/{other.pk}/"})

    assert [row.it for row in client.get(f"/cas/{other.pk}/").context["rows"]] == [shared]


@pytest.mark.parametrize("case", ["", "999999"])
def test_unknown_case_is_said_to_be_unknown(client: Client, member: Person, case: str) -> None:
    shown = client.post(f"/apports/{make_content().pk}/aussi/", {"case": case}, follow=True)

    assert [message.tags for message in shown.context["messages"]] == ["error"]


def test_co_author_is_looked_for_and_chosen(client: Client, member: Person) -> None:
    mine, other = make_content(author=member), make_member("Zoé Marchand")

    found = client.get(f"/apports/{mine.pk}/?avec=zoé").context["people"]
    client.post(f"/apports/{mine.pk}/avec/", {"name": "zoé", "person": str(other.pk)})

    assert (found, "Zoé Marchand" in client.get(f"/apports/{mine.pk}/").text) == ([other], True)


def test_co_author_out_of_the_list_is_refused(client: Client, member: Person) -> None:
    shown = client.post(f"/apports/{make_content(author=member).pk}/avec/", {"name": "zoé", "person": "x"}, follow=True)

    assert [message.tags for message in shown.context["messages"]] == ["error"]


def test_answer_of_somebody_who_left_names_nobody(client: Client, member: Person) -> None:
    given = make_answer()
    leave_community(given.author)

    shown = client.get(f"/cas/{given.use_case_id}/")

    assert given.author.name not in shown.text


def test_answer_sent_after_the_session_ended_is_there_after_signing_in(client: Client, member: Person) -> None:
    place = f"/cas/{make_use_case().pk}/repondre/"
    client.logout()

    ended = client.post(place, answer(body="Débranchez dix secondes"))
    client.force_login(member)

    assert ended.status_code == 404
    assert client.get(place).context["form"].initial["body"] == "Débranchez dix secondes"


def test_writer_reads_whom_their_text_called(client: Client, member: Person) -> None:
    case = make_use_case()
    make_member("Zoé Pâris")

    sent = answer(body="Vois avec @zoe paris, @Personne Inconnue.")
    page = client.post(f"/cas/{case.pk}/repondre/", sent, follow=True).content.decode()

    assert "Nous prévenons Zoé Pâris." in page
    assert "prévenons Personne" not in page
