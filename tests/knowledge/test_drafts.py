import pytest

from relais.knowledge.actions.drafts import drop_draft, keep_draft
from relais.knowledge.queries.drafts import draft_for, drafts_for
from tests.factories import make_member

pytestmark = pytest.mark.django_db


def test_draft_is_kept_once_for_each_form_and_read_by_its_person_only() -> None:
    person = make_member()

    for title in ("Un", "Un deux"):
        keep_draft("/cas/nouveau/", {"title": title}, by=person)

    assert [draft.fields for draft in drafts_for(person)] == [{"title": "Un deux"}]
    assert draft_for(make_member(), "/cas/nouveau/") is None


def test_dropped_draft_is_gone() -> None:
    person = make_member()
    keep_draft("/cas/nouveau/", {"title": "Un"}, by=person)

    drop_draft("/cas/nouveau/", by=person)

    assert draft_for(person, "/cas/nouveau/") is None
