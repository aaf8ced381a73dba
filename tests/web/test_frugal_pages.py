"""The pages that no other test counts: the same number of queries for one row and for three.

Twelve at most, but where everything kept about somebody is shown, table by table.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from relais.knowledge.actions.circles import appoint_animator
from relais.knowledge.actions.contributions import ContributionText, revise_contribution
from relais.knowledge.actions.drafts import keep_draft
from relais.knowledge.actions.reuse import question_contribution
from relais.knowledge.actions.search import add_synonyms, note_search_miss
from relais.knowledge.models import Circle, Contribution
from relais.people.actions import grant_role, revoke_role
from relais.people.models import Person, Role
from tests.factories import make_answer, make_circle, make_invited, make_member, make_unit, make_use_case, make_with_role

pytestmark = pytest.mark.django_db


class Scene:
    """Somebody who looks, and what the addresses name."""

    def __init__(self, role: Role | None) -> None:
        self.viewer = make_member(unit=make_unit()) if role in (None, Role.ANIMATOR) else make_with_role(role, unit=make_unit())
        self.circle: Circle = make_circle()
        if role is Role.ANIMATOR:
            appoint_animator(self.circle, self.viewer, by=None)
            self.viewer = Person.objects.get(pk=self.viewer.pk)
        self.answer: Contribution = make_answer(make_use_case(circle=self.circle), author=self.viewer if role is None else make_member())
        self.somebody = make_invited(unit=make_unit())
        self.administrator = self.viewer if role is Role.ADMINISTRATOR else make_with_role(Role.ADMINISTRATOR)


def drafts(scene: Scene, n: int) -> None:
    keep_draft(f"/cas/{scene.answer.use_case_id + n}/repondre/", {"body": f"Début {n}"}, by=scene.viewer)


def remarks(scene: Scene, n: int) -> None:
    question_contribution(scene.answer, "outdated", f"Revoir le point {n}.", by=make_member())


def versions(scene: Scene, n: int) -> None:
    revise_contribution(scene.answer, ContributionText(body=f"<p>Revu {n} fois.</p>"), by=scene.viewer, base=n)


def words(scene: Scene, n: int) -> None:
    add_synonyms(f"bl{n}, bon de livraison {n}", by=scene.viewer)
    note_search_miss(f"borne de recharge {n}")


def waiting_cases(scene: Scene, n: int) -> None:
    make_use_case(circle=scene.circle)
    note_search_miss(f"gants anti coupure {n}")


def animators(scene: Scene, n: int) -> None:
    appoint_animator(scene.circle, make_member(), by=None)


def circles(scene: Scene, n: int) -> None:
    make_circle()


def people(scene: Scene, n: int) -> None:
    make_invited(f"Zoé {n}", make_unit(parent=make_unit()))


def roles(scene: Scene, n: int) -> None:
    grant_role(scene.somebody, Role.PILOT, by=scene.administrator)
    revoke_role(scene.somebody, Role.PILOT, by=scene.administrator)


def nothing(scene: Scene, n: int) -> None:
    """The page shows nothing that grows."""


PAGES: list[tuple[str, Role | None, Callable[[Scene, int], None], int]] = [
    ("/brouillons/", None, drafts, 2),
    ("/remarques/", None, remarks, 2),
    ("/apports/{answer}/versions/", None, versions, 5),
    ("/apports/{answer}/modifier/", None, versions, 4),
    ("/cas/{case}/repondre/", None, nothing, 3),
    ("/cas/nouveau/", None, circles, 4),
    ("/animer/", Role.ANIMATOR, waiting_cases, 9),
    ("/reglages/mots/", Role.ANIMATOR, words, 2),
    ("/reglages/cercles/", Role.PILOT, circles, 3),
    ("/reglages/cercles/{circle}/", Role.PILOT, animators, 3),
    ("/administrer/", Role.ADMINISTRATOR, people, 3),
    ("/administrer/unites/", Role.ADMINISTRATOR, people, 3),
    ("/administrer/personnes/ajouter/", Role.ADMINISTRATOR, people, 1),
    ("/administrer/personnes/import/", Role.ADMINISTRATOR, people, 1),
    ("/administrer/personnes/{somebody}/", Role.ADMINISTRATOR, roles, 4),
    ("/mon-compte/", None, nothing, 1),
    ("/mon-compte/donnees/", None, drafts, 9),
]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("path", "role", "grow", "queries"), PAGES, ids=[page[0] for page in PAGES])
def test_page_asks_the_same_for_one_row_and_for_three(
    path: str,
    role: Role | None,
    grow: Callable[[Scene, int], None],
    queries: int,
    rows: int,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    scene = Scene(role)
    for n in range(1, rows + 1):
        grow(scene, n)
    client.force_login(scene.viewer)
    things = {"answer": scene.answer.pk, "case": scene.answer.use_case_id, "circle": scene.circle.slug, "somebody": scene.somebody.pk}
    client.get("/mon-compte/")  # the first visit of the day writes it down

    with django_assert_num_queries(queries):
        answer = client.get(path.format(**things))

    assert answer.status_code == 200
