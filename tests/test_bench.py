"""The big community of the benchmark is still one that this version can hold, and its pages are there."""

from __future__ import annotations

import pytest
from django.test import Client

from bench.pages import FLOOR, PAGES
from bench.populate import populate
from relais.indicators.models import Snapshot
from relais.knowledge.models import Contribution, Need, Registration, UseCase
from relais.people.models import Person
from relais.studio.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> Person:
    """A small one; the pictures, which take a second, are not drawn."""
    monkeypatch.setattr("bench.populate.CONTENTS", 20)
    monkeypatch.setattr("bench.knowing.SKILLS", 40)
    monkeypatch.setattr("bench.populate.refresh_figures", lambda **_how: None)
    populate(people=50, use_cases=60, answers=300)
    person = Person.objects.order_by("email").first()
    assert person is not None
    return person


def test_it_is_made_and_every_page_that_is_measured_answers(crowd: Person) -> None:
    client = Client()
    client.force_login(crowd)

    reads = [page for page in PAGES if page.method == "GET" and page is not FLOOR]
    codes = {page.path: client.get(page.path.replace("{person}", str(crowd.pk))).status_code for page in reads}

    assert set(codes.values()) == {200}
    assert [model.objects.count() for model in (UseCase, Contribution, Need, Registration, Notice)] == [60, 320, 5, 100, 500]
    assert Snapshot.objects.count() == 0
