from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from relais.knowledge.models import Attachment
from relais.knowledge.queries.drafts import draft_for
from relais.people.models import Person
from tests.factories import make_invited, make_member, make_use_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client: Client) -> Person:
    person = make_member()
    client.force_login(person)
    return person


def picture() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (30, 20), "blue").save(out, "PNG")
    return SimpleUploadedFile("quai.png", out.getvalue(), "image/png")


def test_script_keeps_a_draft_and_is_told_when(client: Client, member: Person) -> None:
    kept = client.post("/brouillons/garder/", {"place": "/cas/nouveau/", "title": "Un", "sent_key": "x"}, headers={"X-Draft": "1"})

    assert (kept.status_code, ":" in kept.text, draft_for(member, "/cas/nouveau/").fields) == (200, True, {"title": "Un"})


def test_button_keeps_a_draft_and_leads_back(client: Client, member: Person) -> None:
    assert client.post("/brouillons/garder/", {"place": "/cas/nouveau/", "title": "Un"})["Location"] == "/cas/nouveau/"


@pytest.mark.parametrize("place", ["", "//ailleurs.example/", "https://ailleurs.example/"])
@pytest.mark.parametrize("act", ["garder", "jeter"])
def test_draft_never_leads_elsewhere(client: Client, member: Person, place: str, act: str) -> None:
    assert client.post(f"/brouillons/{act}/", {"place": place}).status_code == 400


def test_drafts_are_listed_and_dropped(client: Client, member: Person) -> None:
    client.post("/brouillons/garder/", {"place": "/cas/nouveau/", "title": "Mon début"})

    listed = client.get("/brouillons/")
    dropped = client.post("/brouillons/jeter/", {"place": "/cas/nouveau/"})

    assert ("Mon début" in listed.text, dropped["Location"]) == (True, "/cas/nouveau/")
    assert draft_for(member, "/cas/nouveau/") is None


def test_joined_picture_is_served_with_care(client: Client, member: Person) -> None:
    joined = client.post("/fichiers/", {"file": picture()})

    served = client.get(joined.json()["url"])

    with Image.open(BytesIO(b"".join(served))) as image:
        assert (joined.status_code, image.format) == (201, "WEBP")
    assert [served[name] for name in ("Content-Type", "X-Content-Type-Options", "Cache-Control")] == [
        "image/webp",
        "nosniff",
        "private, max-age=31536000, immutable",
    ]


def test_joined_document_is_downloaded_not_shown(client: Client, member: Person) -> None:
    joined = client.post("/fichiers/", {"file": SimpleUploadedFile("notice.pdf", b"%PDF-1.7")})

    served = client.get(joined.json()["url"])

    assert (b"".join(served), served["Content-Disposition"]) == (b"%PDF-1.7", 'attachment; filename="notice.pdf"')


def test_files_are_for_those_who_take_part(client: Client, member: Person) -> None:
    where = client.post("/fichiers/", {"file": picture()}).json()["url"]

    client.force_login(make_invited())

    assert client.get(where).status_code == 404


@pytest.mark.parametrize("name", ["a.svg", "a.html"])
def test_drawing_with_a_script_is_refused_in_words(client: Client, member: Person, name: str) -> None:
    refused = client.post("/fichiers/", {"file": SimpleUploadedFile(name, b"<svg onload='alert(1)'/>")})

    assert (refused.status_code, list(refused.json()), Attachment.objects.count()) == (422, ["message"], 0)


def test_nothing_chosen_is_said(client: Client, member: Person) -> None:
    assert client.post("/fichiers/").status_code == 422


def test_heavy_file_is_refused_with_its_weight(client: Client, member: Person) -> None:
    heavy = SimpleUploadedFile("quai.png", b"x" * (11 * 2**20), "image/png")

    refused = client.post("/fichiers/", {"file": heavy})

    assert (refused.status_code, "11" in refused.json()["message"]) == (422, True)


def test_file_that_was_never_joined_does_not_exist(client: Client, member: Person) -> None:
    assert client.get(f"/fichiers/{uuid4()}/").status_code == 404


def test_page_after_a_publication_tells_the_device_that_the_text_arrived_once(client: Client, member: Person) -> None:
    use_case = make_use_case()
    place = f"/cas/{use_case.pk}/repondre/"

    shown = client.post(place, {"body": "Prévenez avant.", "sent_key": str(uuid4())}, follow=True)
    again = client.get(f"/cas/{use_case.pk}/")

    assert (f'data-sent="{member.pk}:{place}"' in shown.text, "data-sent" in again.text) == (True, False)


def test_case_revised_says_so_and_tells_the_device(client: Client, member: Person) -> None:
    use_case = make_use_case(member)
    place = f"/cas/{use_case.pk}/modifier/"
    fields = {
        "sent_key": str(uuid4()),
        "title": "Un titre revu ?",
        "situation": "Ici.",
        "need": "Une règle.",
        "circle": use_case.circle_id,
        "serves": ["customers"],
    }

    shown = client.post(place, fields, follow=True)

    assert (f'data-sent="{member.pk}:{place}"' in shown.text, "Votre cas est modifié." in shown.text) == (True, True)


def test_file_missing_from_its_folder_is_not_found(client: Client, member: Person) -> None:
    where = client.post("/fichiers/", {"file": picture()}).json()["url"]
    Attachment.objects.get().file.delete(save=False)
    Attachment.objects.update(file="joined/lost.webp")

    assert client.get(where).status_code == 404
