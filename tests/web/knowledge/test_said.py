from datetime import timedelta

import pytest

from relais.core import clock
from relais.knowledge.actions.contributions import ContributionText, revise_contribution
from relais.knowledge.queries.contributions import contribution_for
from relais.people.models import Person
from relais.web.knowledge.rows import rows
from relais.web.knowledge.said import as_of, drawn
from tests.factories import make_answer, make_member

pytestmark = pytest.mark.django_db


def said_to(viewer: Person, pk: int) -> str:
    contribution = contribution_for(viewer, pk)
    assert contribution
    return rows([contribution], contribution.use_case, viewer)[0].said


def test_what_is_said_is_drawn_once_for_everybody() -> None:
    answer, moment = make_answer(), clock.now()
    drawn.cache_clear()

    with clock.simulated(moment):
        twice = {said_to(viewer, answer.pk) for viewer in (make_member(), make_member())}

    assert (len(twice), drawn.cache_info().misses, drawn.cache_info().hits) == (1, 1, 1)


def test_a_changed_word_or_name_is_drawn_anew() -> None:
    answer, viewer = make_answer(), make_member()
    before = said_to(viewer, answer.pk)

    type(answer).objects.filter(pk=answer.pk).update(body="<p>Autrement dit.</p>")
    Person.objects.filter(pk=answer.author_id).update(name="Zoé Martin")

    after = said_to(viewer, answer.pk)
    assert ("Autrement dit" in before, "Autrement dit" in after, "Zoé Martin" in after) == (False, True, True)


def test_what_was_revised_leads_to_what_it_said_before() -> None:
    answer = make_answer()

    revise_contribution(answer, ContributionText("<p>Dites-lui plutôt cela.</p>"), by=answer.author, base=1)

    assert f'href="/apports/{answer.pk}/versions/"' in said_to(make_member(), answer.pk)


def test_recent_moments_are_told_by_the_minute_and_old_ones_by_the_day() -> None:
    now = clock.now().replace(hour=12, minute=30, second=5)

    with clock.simulated(now):
        recent = as_of(now - timedelta(minutes=3))
        old = as_of(now - timedelta(days=3))

    assert (recent.second, old) == (0, now.date())
