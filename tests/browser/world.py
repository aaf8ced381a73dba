"""The people and things that every browser test finds: one of each role, and a case with an answer and a content."""

from __future__ import annotations

from dataclasses import dataclass

from relais.knowledge.models import Contribution, UseCase
from relais.people.models import Person, Role
from tests import factories


@dataclass(frozen=True)
class World:
    """One person of each role, and things to look at."""

    member: Person
    newcomer: Person
    animator: Person
    pilot: Person
    sponsor: Person
    administrator: Person
    use_case: UseCase
    answer: Contribution
    content: Contribution

    def person(self, role: str) -> Person | None:
        """The person of a role; nobody for a stranger."""
        return None if role == "stranger" else getattr(self, role)


def _with_role(name: str, role: Role) -> Person:
    return factories.grant_role(factories.make_member(name), role, by=None)


def build_world() -> World:
    """Built through the actions of the product, and committed."""
    member = factories.make_member("Marie-Dominique Vandenbroucke-Lefèvre", factories.make_unit("Relation client Nord-Pas-de-Calais"))
    use_case = factories.make_use_case(member)
    return World(
        member=member,
        newcomer=factories.make_invited("Yanis Le Goff"),
        animator=_with_role("Aïcha Benali", Role.ANIMATOR),
        pilot=_with_role("Paul Nguyen", Role.PILOT),
        sponsor=factories.make_with_role(Role.SPONSOR, name="Claire Morel"),
        administrator=_with_role("Inès Costa", Role.ADMINISTRATOR),
        use_case=use_case,
        answer=factories.make_answer(use_case),
        content=factories.make_content(use_case),
    )
