"""The cast and the things that the addresses name, made once for all the tests of a module that ask for them.

*stranger* is not signed in; *invited* has not joined; *member* asked the case, wrote the content, applied the answer and hosts the
workshop; *animator* is another member, who wrote the answer and animates the circle, hence leads the workshop too; *pilot*, *sponsor* and
*administrator* hold their role and have not joined.
"""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from relais.core import clock
from relais.integrations.calendar.actions import open_feed
from relais.knowledge.actions.attachments import join_file
from relais.knowledge.actions.attendance import register
from relais.knowledge.actions.circles import appoint_animator
from relais.knowledge.actions.measures import open_pulse
from relais.knowledge.actions.moderation import decide, report_thing
from relais.knowledge.actions.reuse import question_contribution, report_application
from relais.knowledge.actions.reveals import ask_reveal
from relais.knowledge.models import Prompt, Proposal, SearchMiss, Synonym
from relais.knowledge.queries.things import KINDS, Thing
from relais.maturity.actions import answer_wave, close_wave, open_wave
from relais.people.actions.invitations import invite
from relais.people.models import Person, Role
from relais.skills.actions.confirmations import ask_confirmation, open_contest
from relais.skills.actions.proposals import claim_skill
from relais.skills.actions.vocabulary import Wording, add_skills
from relais.skills.models import Evidence, Tag
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
from tests.indicators.months import goal_of, use_of


def _session(person: Person) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _asked_twice(pilot: Person | None, people: list[Person]) -> int:
    """A wave that some answered and that is closed, its number; then another one, open."""
    assert pilot is not None
    wave = open_wave("whole", clock.today() + timedelta(7), by=pilot)
    for number, person in enumerate(people):
        answer_wave(wave, dict.fromkeys(range(24), number % 5 + 1), "Merci.", by=person)
    close_wave(wave, by=None)
    open_wave("pulse", clock.today() + timedelta(7), by=pilot)
    return wave.pk


class World:
    """The cast, each with a browser that is signed in, and the things the addresses name."""

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

        self._know(member, animator)
        self.named["goal"] = goal_of(self.cast["pilot"]).pk
        use = use_of(self.cast["pilot"], member)
        self.named |= {"use": use.pk, "step": use.steps.all()[0].pk}
        self.named["wave"] = _asked_twice(self.cast["pilot"], [make_member(unit=unit) for _ in range(12)])
        self._sessions = {role: _session(person) for role, person in self.cast.items() if person}

    def _know(self, member: Person, animator: Person) -> None:
        """A skill of the member, which rests on their content; the animator is asked about it, and it is contested."""
        [skill] = add_skills([Wording((("fr", "preferred", "Calmer un client"), ("en", "preferred", "Calming a customer")))], by=None)
        mine = claim_skill(skill, by=member)
        thing = {"object_type": "contribution", "object_id": self.named["content"]}
        Evidence.objects.create(person_skill=mine, what="published", on=clock.today(), words=["client"], **thing)
        Tag.objects.create(skill=skill, chance=0.9, words=["client"], **thing)
        ask_confirmation(mine, animator, by=member)
        self.named["prompt"] = Prompt.objects.create(
            person=member, skill=skill, kind="answer", use_case_id=self.named["case"], waiting=1
        ).pk
        self.named |= {"skill": skill.pk, "mine": mine.pk, "contest": open_contest(mine, "Je le fais chaque jour.", by=member).pk}

    def browser(self, role: str, **given: Any) -> Client:
        """A new browser of somebody of the cast."""
        client = Client(**given)
        if role in self._sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self._sessions[role]
        return client

    def address(self, name: str, arguments: str) -> str:
        pairs = (pair.split("=") for pair in arguments.split())
        return reverse(name, kwargs={key: self.named.get(value, value) for key, value in pairs})
