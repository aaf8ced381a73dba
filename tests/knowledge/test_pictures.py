from io import BytesIO

import pytest
from PIL import Image

from relais.knowledge import pictures
from relais.knowledge.pictures import NotAPicture, TooManyPixels, kept_picture


def drawn(size: tuple[int, int], image_format: str = "JPEG", mode: str = "RGB", **options: object) -> BytesIO:
    out = BytesIO()
    Image.new(mode, size, "red").save(out, image_format, **options)
    return out


def test_large_picture_is_made_small_and_keeps_its_proportions() -> None:
    kept = kept_picture(drawn((4000, 1000)))

    with Image.open(BytesIO(kept.data)) as image:
        assert (image.format, image.size, (kept.width, kept.height)) == ("WEBP", (2000, 500), (2000, 500))


def test_picture_loses_where_and_when_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0132] = "Maker", "2026:03:11 10:00:00"

    kept = kept_picture(drawn((40, 20), exif=exif))

    with Image.open(BytesIO(kept.data)) as image:
        assert dict(image.getexif()) == {}


def test_picture_taken_sideways_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6

    kept = kept_picture(drawn((40, 20), exif=exif))

    assert (kept.width, kept.height) == (20, 40)


def test_transparency_is_kept() -> None:
    kept = kept_picture(drawn((10, 10), "PNG", "RGBA"))

    with Image.open(BytesIO(kept.data)) as image:
        assert image.mode == "RGBA" or image.mode == "RGB"


@pytest.mark.parametrize("source", [b"", b"<svg onload='alert(1)'/>", b"\xff\xd8\xff" + b"x" * 50, b"GIF89a"])
def test_what_is_no_picture_is_refused(source: bytes) -> None:
    with pytest.raises(NotAPicture):
        kept_picture(BytesIO(source))


def test_picture_cut_short_is_refused() -> None:
    whole = drawn((400, 400), "PNG").getvalue()

    with pytest.raises(NotAPicture):
        kept_picture(BytesIO(whole[: len(whole) // 2]))


def test_picture_with_too_many_pixels_is_refused_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 99)

    with pytest.raises(TooManyPixels):
        kept_picture(drawn((10, 10)))


def test_decompression_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 40)

    with pytest.raises(TooManyPixels):
        kept_picture(drawn((10, 10)))
