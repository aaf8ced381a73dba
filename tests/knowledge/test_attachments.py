from io import BytesIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from PIL import Image

from relais.core.errors import NotAllowed, Refused
from relais.knowledge import pictures
from relais.knowledge.actions.attachments import join_file
from relais.knowledge.actions.contributions import ContributionText, contribute, withdraw_contribution
from relais.knowledge.models import Attachment
from relais.knowledge.queries.contributions import attachment_for
from tests.factories import make_invited, make_member, make_use_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def picture() -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (30, 20), "blue").save(out, "PNG")
    return out


def test_picture_is_kept_re_encoded() -> None:
    joined = join_file(picture(), "C:\\Photos\\quai.png", 100, by=make_member())

    with joined.file.open() as file, Image.open(file) as image:
        assert (image.format, joined.name, joined.content_type, joined.width, joined.height) == ("WEBP", "quai.png", "image/webp", 30, 20)


def test_file_is_kept_as_it_is() -> None:
    joined = join_file(BytesIO(b"%PDF-1.7 fin"), "notice.pdf", 12, by=make_member())

    with joined.file.open() as file:
        assert (file.read(), joined.content_type, joined.width) == (b"%PDF-1.7 fin", "application/pdf", None)


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [("photo.jpg", 48 * 2**20, "48"), ("film.mp4", 51 * 2**20, "51")],
)
def test_what_is_too_heavy_is_refused_with_its_weight(name: str, size: int, words: str) -> None:
    with pytest.raises(Refused) as refusal:
        join_file(BytesIO(b""), name, size, by=make_member())

    assert (words in str(refusal.value), refusal.value.field) == (True, "file")


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.svg", b"<svg onload='x'/>"), ("a.html", b"<script>"), ("a.png", b"<svg onload='x'/>"), ("a.png", b"\x89PNG\r\n\x1a\nrien")],
)
def test_what_could_run_or_cannot_be_opened_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(Refused):
        join_file(BytesIO(content), name, len(content), by=make_member())

    assert Attachment.objects.count() == 0


def test_picture_with_too_many_pixels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 5)

    with pytest.raises(Refused):
        join_file(picture(), "a.png", 100, by=make_member())


def test_those_who_do_not_take_part_join_nothing() -> None:
    with pytest.raises(NotAllowed):
        join_file(picture(), "a.png", 100, by=make_invited())


def test_joined_picture_is_its_owners_until_a_text_shows_it() -> None:
    owner, reader = make_member(), make_member()
    joined = join_file(picture(), "a.png", 100, by=owner)
    before = [attachment_for(person, joined.pk) for person in (owner, reader, make_invited())]

    shown = contribute(make_use_case(), ContributionText(body=f'<p>Voyez :</p><img src="/fichiers/{joined.pk}/">'), by=owner)
    after = attachment_for(reader, joined.pk)
    withdraw_contribution(shown, by=owner)

    assert (before, after, attachment_for(reader, joined.pk)) == ([joined, None, None], joined, None)
