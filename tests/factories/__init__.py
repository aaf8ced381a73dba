"""A small cast, made through the actions of the product, so that every row and ledger entry is as in real life."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from relais.core import clock
from relais.knowledge.actions.circles import open_circle
from relais.knowledge.actions.contributions import ContributionText, contribute
from relais.knowledge.actions.exchanges import ask_exchange, open_to_exchanges
from relais.knowledge.actions.initiatives import InitiativeText, Start, add_indicator, open_initiative, propose_initiative
from relais.knowledge.actions.needs import open_need
from relais.knowledge.actions.use_cases import UseCaseText, ask_use_case
from relais.knowledge.actions.workshops import WorkshopText, propose_workshop
from relais.knowledge.models import Circle, Contribution, Exchange, Initiative, Need, UseCase, Workshop
from relais.people.actions import add_person, add_unit, grant_role, join_community
from relais.people.models import Person, Role, Unit

_number = count(1)


def make_unit(name: str = "", parent: Unit | None = None) -> Unit:
    n = next(_number)
    return add_unit(f"unit-{n}", name or f"Équipe {n}", parent=parent)


def make_invited(name: str = "", unit: Unit | None = None, **columns: Any) -> Person:
    n = next(_number)
    return add_person(f"person{n}@example.org", name or f"Personne {n}", unit=unit, **columns)


def make_member(name: str = "", unit: Unit | None = None, **columns: Any) -> Person:
    return join_community(make_invited(name, unit, **columns))


def make_with_role(role: Role, **columns: Any) -> Person:
    return grant_role(make_invited(**columns), role, by=None)


def make_circle(name: str = "") -> Circle:
    n = next(_number)
    return open_circle(f"cercle-{n}", name or f"Cercle {n}", by=None)


def use_case_text(circle: Circle, **fields: Any) -> UseCaseText:
    given = {
        "title": "Comment calmer un client qui attend depuis une heure ?",
        "situation": "<p>Un client attend sa commande depuis une heure au comptoir.</p>",
        "need": "<p>Une phrase qui apaise.</p>",
        "for_customers": True,
        "for_employees": False,
    } | fields
    return UseCaseText(circle=circle, **given)


def make_use_case(author: Person | None = None, circle: Circle | None = None, **fields: Any) -> UseCase:
    return ask_use_case(use_case_text(circle or make_circle(), **fields), by=author or make_member())


def make_pseudonymous(author: Person | None = None, circle: Circle | None = None, **fields: Any) -> UseCase:
    return ask_use_case(use_case_text(circle or make_circle(), **fields), by=author or make_member(), pseudonym=True)


def make_answer(
    use_case: UseCase | None = None, author: Person | None = None, body: str = "<p>Dites-lui où en est sa commande.</p>"
) -> Contribution:
    return contribute(use_case or make_use_case(), ContributionText(body=body), by=author or make_member())


def make_content(use_case: UseCase | None = None, author: Person | None = None, **fields: Any) -> Contribution:
    given = {"kind": Contribution.Kind.SHEET, "title": "Accueillir un client qui attend", "body": "<p>Trois gestes simples.</p>"} | fields
    return contribute(use_case or make_use_case(), ContributionText(**given), by=author or make_member())


def workshop_text(circle: Circle, **fields: Any) -> WorkshopText:
    starts = fields.pop("starts_at", clock.now() + timedelta(days=7))
    ends = fields.pop("ends_at", starts + timedelta(minutes=45))
    given = {"title": "Calmer un client qui attend", "capacity": 12, "place": "Salle 2"} | fields
    return WorkshopText(circle=circle, starts_at=starts, ends_at=ends, **given)


def make_workshop(host: Person | None = None, circle: Circle | None = None, **fields: Any) -> Workshop:
    return propose_workshop(workshop_text(circle or make_circle(), **fields), by=host or make_member())


def make_need(author: Person | None = None, circle: Circle | None = None, title: str = "Sceller un tube sans bulle", why: str = "") -> Need:
    return open_need(title, why, circle=circle or make_circle(), by=author or make_member())


def initiative_text(circle: Circle, **fields: Any) -> InitiativeText:
    given = {"title": "Répondre dans la journée", "what": "Un binôme par agence tient la boîte.", "origin": "bottom_up"} | fields
    return InitiativeText(circle=circle, **given)


def make_initiative(author: Person | None = None, circle: Circle | None = None, **fields: Any) -> Initiative:
    return open_initiative(initiative_text(circle or make_circle(), **fields), by=author or make_member())


def make_proposed(author: Person | None = None, circle: Circle | None = None, **fields: Any) -> Initiative:
    """With its purpose and an indicator, waiting for a decision."""
    initiative = make_initiative(author, circle, **{"for_customers": True} | fields)
    add_indicator(initiative, Start("Réclamations", Decimal(40), date(2026, 1, 5), "par semaine", "down"), by=initiative.author)
    return propose_initiative(initiative, by=initiative.author)


def make_exchange(asker: Person | None = None, other: Person | None = None) -> Exchange:
    """Asked, between two who are open to it."""
    asker, other = asker or make_member(), other or make_member()
    for person in (asker, other):
        open_to_exchanges(1, by=person)
    return ask_exchange(other, "Préparer un chantier difficile", by=asker)
