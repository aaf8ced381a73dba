import gzip

import pytest
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory

from relais.web.compression import CompressedPages
from tests.factories import make_member

pytestmark = pytest.mark.django_db


def test_a_page_travels_compressed_for_who_understands_it(client: Client) -> None:
    client.force_login(make_member(name="Anne Martin"))

    answer = client.get("/cas/", headers={"accept-encoding": "gzip"})

    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Anne Martin" in gzip.decompress(answer.content).decode()
    assert "Content-Encoding" not in client.get("/cas/").headers


@pytest.mark.parametrize(
    "answer", [HttpResponse(b"x" * 500, content_type="image/png"), FileResponse(iter([b"x" * 500]), content_type="text/html")]
)
def test_a_file_travels_as_it_is(answer: HttpResponseBase) -> None:
    request = RequestFactory().get("/", headers={"accept-encoding": "gzip"})

    sent = CompressedPages(lambda _request: answer)(request)

    assert "Content-Encoding" not in sent.headers
