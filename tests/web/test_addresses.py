"""Who gets what at each address: one line an address, one status a role. An address without its line fails the suite.

The cast: *stranger* is not signed in; *invited* has not joined; *member* asked the case, wrote the content, applied the answer and hosts
the workshop; *animator* is another member, who wrote the answer and animates the circle, hence leads the workshop too; *pilot*, *sponsor*
and *administrator* hold their role and have not joined. A stranger gets 404 wherever something is to be seen, and so does whoever may not
open it.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from relais.integrations.calendar.actions import open_feed
from relais.knowledge.actions.attachments import join_file
from relais.knowledge.actions.attendance import register
from relais.knowledge.actions.circles import appoint_animator
from relais.knowledge.actions.measures import open_pulse
from relais.knowledge.actions.moderation import decide, report_thing
from relais.knowledge.actions.reuse import question_contribution, report_application
from relais.knowledge.actions.reveals import ask_reveal
from relais.knowledge.models import Proposal, SearchMiss, Synonym
from relais.knowledge.queries.things import KINDS, Thing
from relais.people.actions.invitations import invite
from relais.people.models import Person, Role
from relais.studio.models import Notice
from relais.studio.queries.choices import stop_token
from tests.factories import (
    make_answer,
    make_circle,
    make_content,
    make_exchange,
    make_invited,
    make_member,
    make_need,
    make_proposed,
    make_pseudonymous,
    make_unit,
    make_use_case,
    make_with_role,
    make_workshop,
)
from tests.web.addresses import ADDRESSES

pytestmark = pytest.mark.django_db
ROLES = ("stranger", "invited", "member", "animator", "pilot", "sponsor", "administrator")


def _names(resolver: URLResolver, prefix: str = "") -> list[str]:
    found = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            found.append(f"{prefix}{pattern.name}")
        else:
            found += _names(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
    return found


class World:
    """The cast, and the things the addresses name."""

    def __init__(self) -> None:
        unit, circle = make_unit(), make_circle()
        member, animator = make_member(unit=unit), make_member(unit=make_unit())
        appoint_animator(circle, animator, by=None)
        animator.refresh_from_db()
        self.cast: dict[str, Person | None] = {
            "stranger": None,
            "invited": make_invited(unit=unit),
            "member": member,
            "animator": animator,
            **{role: make_with_role(Role(role), unit=unit) for role in ("pilot", "sponsor", "administrator")},
        }
        case = make_use_case(author=member, circle=circle)
        secret = make_pseudonymous(author=member, circle=circle)
        blamed, reporter = make_use_case(author=member, circle=circle), make_member(unit=unit)
        for reported in (blamed, withheld := make_use_case(author=member, circle=circle)):
            report_thing(Thing(KINDS["usecase"], reported), "unkind", by=reporter)
        pilot = make_with_role(Role.PILOT, unit=unit)
        ruling = decide(Thing(KINDS["usecase"], withheld), "hide", "Une phrase blesse un collègue.", by=pilot)
        answer = make_answer(case, author=animator)
        workshop = make_workshop(member, circle)
        self.named: dict[str, Any] = {
            "workshop": workshop.pk,
            "notice": Notice.objects.create(person=member, entry=1, kind="answered", object_type="usecase", object_id=case.pk).pk,
            "stop": stop_token(member, "digest"),
            "exchange": make_exchange(other=member).pk,
            "need": make_need(member, circle).pk,
            "initiative": (initiative := make_proposed(member, circle)).pk,
            "indicator": (indicator := initiative.indicators.get()).pk,
            "pulse": open_pulse(indicator, "Facile ?", by=member).pk,
            "feed": open_feed(member, circles=True),
            "mark": workshop.check_in,
            "registration": register(workshop, by=make_member()).pk,
            "case": case.pk,
            "secret": secret.pk,
            "blamed": blamed.pk,
            "ruling": ruling.pk,
            "reveal": ask_reveal(make_pseudonymous(circle=circle), "Quelqu’un est menacé dans ce cas.", by=self.cast["pilot"]).pk,
            "answer": answer.pk,
            "content": make_content(case, author=member).pk,
            "application": report_application(answer, by=member).pk,
            "reaction": question_contribution(answer, "outdated", by=member).pk,
            "file": join_file(BytesIO(b"%PDF-1.4\n%%EOF"), "plan.pdf", 14, by=member).pk,
            "person": member.pk,
            "animator": animator.pk,
            "newcomer": make_invited(unit=unit).pk,
            "circle": circle.slug,
            "token": invite(make_invited(unit=unit), by=None),
            "proposal": Proposal.objects.create(use_case=make_use_case(author=member, circle=circle), person=animator, reason="circle").pk,
            "synonym": Synonym.objects.create(words=["BL", "bon de livraison"]).pk,
            "miss": SearchMiss.objects.create(words="clavette").pk,
        }

    def address(self, name: str, arguments: str) -> str:
        pairs = (pair.split("=") for pair in arguments.split())
        return reverse(name, kwargs={key: self.named.get(value, value) for key, value in pairs})


def _status(person: Person | None, method: str, body: str, address: str) -> int:
    client = Client()
    if person:
        client.force_login(person)
    response = client.generic(method, address, body, content_type="application/x-www-form-urlencoded")
    if response.streaming:
        b"".join(response.streaming_content)  # read to its end, a file is closed
    return response.status_code


@pytest.mark.parametrize(("name", "method", "arguments", "statuses"), ADDRESSES, ids=[f"{row[1]} {row[0]}" for row in ADDRESSES])
def test_each_role_gets_what_the_table_says(name: str, method: str, arguments: str, statuses: str) -> None:
    world = World()
    address = world.address(name, arguments)
    verb, _space, body = method.partition(" ")

    got = []
    for role in ROLES:
        with transaction.atomic():
            got.append(str(_status(world.cast[role], verb, body.replace("animator", str(world.named["animator"])), address)))
            transaction.set_rollback(True)

    assert " ".join(got) == statuses


def test_every_address_has_its_line() -> None:
    resolver = get_resolver()

    names = set(_names(resolver))

    assert names - {row[0] for row in ADDRESSES} == set()


def test_every_line_has_its_address() -> None:
    lines = {row[0] for row in ADDRESSES}

    unknown = lines - set(_names(get_resolver()))

    assert unknown == set()
