import pytest

from relais.knowledge.file_kinds import FILE_LIMIT, PICTURE_LIMIT, kind_of, limit_for


@pytest.mark.parametrize(
    ("name", "head", "content_type"),
    [
        ("photo.JPG", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("plan.webp", b"RIFF\x00\x00\x00\x00WEBP", "image/webp"),
        ("notice.pdf", b"%PDF-1.7", "application/pdf"),
        ("geste.mp4", b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        ("suivi.xlsx", b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_file_is_recognised_by_its_name_and_first_bytes(name: str, head: bytes, content_type: str) -> None:
    kind = kind_of(name, head)

    assert kind is not None
    assert kind.content_type == content_type


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("dessin.svg", b"<svg xmlns="),
        ("page.html", b"<!doctype html>"),
        ("photo.png", b"<svg onload="),
        ("notice.pdf", b"MZ\x90\x00"),
        ("sans-extension", b"%PDF-1.7"),
    ],
)
def test_file_whose_name_and_bytes_disagree_is_not_accepted(name: str, head: bytes) -> None:
    assert kind_of(name, head) is None


def test_pictures_have_a_smaller_limit_than_files() -> None:
    assert (limit_for("a.png"), limit_for("a.pdf")) == (PICTURE_LIMIT, FILE_LIMIT)
