"""One row of each table that holds something of a person, made as in real life: an action where there is one.

A new table with a column that leads to a person adds its line to `ROWS`; `test_privacy.py` fails without it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.db import models
from django.test import Client

from relais.core import clock
from relais.integrations.calendar.actions import open_feed
from relais.integrations.calendar.models import Feed
from relais.integrations.stackexchange.models import ImportedPerson
from relais.knowledge import models as known
from relais.knowledge.actions import (
    attendance,
    circles,
    contributions,
    drafts,
    exchanges,
    initiatives,
    measures,
    moderation,
    needs,
    reuse,
    reveals,
    routing,
    use_cases,
)
from relais.knowledge.actions import people as profiles
from relais.knowledge.actions.attachments import join_file
from relais.knowledge.queries.things import KINDS, Thing
from relais.ledger.models import Entry
from relais.maturity.actions import open_wave
from relais.maturity.models import Ticket
from relais.maturity.queries import open_wave_now
from relais.people import models as people
from relais.people.actions import grant_role, move_person
from relais.people.actions.invitations import invite
from relais.people.actions.pace import keep_pace
from relais.people.actions.people_import import keep_people_file
from relais.people.models import Person, Role
from relais.skills import models as skilled
from relais.skills.actions import confirmations
from relais.skills.actions.proposals import claim_skill
from relais.skills.actions.vocabulary import Wording, add_skills
from relais.studio.models import Choice, Letter, Notice
from tests import factories as made
from tests.indicators.months import goal_of, use_of

Row = Callable[[Person], models.Model]


def last(model: type[models.Model], **columns: Any) -> models.Model:
    """The newest row of a table."""
    return model._base_manager.filter(**columns).order_by("pk").last() or model()


def _and_last(act: Callable[[Person], object], model: type[models.Model]) -> Row:
    def build(person: Person) -> models.Model:
        act(person)
        return last(model)

    return build


def _as_pilot(person: Person) -> Person:
    """The same person, who steers the programme as well; a row says nothing of roles."""
    return grant_role(person, Role.PILOT, by=None)


def _ruling(by: Person, author: Person | None = None) -> known.Ruling:
    thing = Thing(KINDS["usecase"], made.make_use_case(author))
    moderation.report_thing(thing, "unkind", by=made.make_member())
    return moderation.decide(thing, "hide", "Une phrase de ce cas blesse un collègue.", by=_as_pilot(by))


def _voice(person: Person) -> models.Model:
    ruling = _ruling(made.make_member(), author := made.make_member())
    contested = moderation.appeal(ruling, "Ce n’était pas l’intention.", by=author)
    moderation.judge_appeal(contested, upholds=True, reasons="La phrase blesse, quelle que soit l’intention.", by=_as_pilot(person))
    return last(known.Voice)


def _closed_exchange(person: Person) -> models.Model:
    exchange = made.make_exchange(other=person)
    exchanges.answer_exchange(exchange, accepted=True, by=person)
    return exchanges.close_exchange(exchange, happened=True, useful=4, learned="Le geste.", by=person)


def _round(person: Person) -> models.Model:
    circle = made.make_circle()
    circles.appoint_animator(circle, person, by=None)
    person.refresh_from_db()
    for guest in (made.make_member(unit=made.make_unit()), made.make_member(unit=made.make_unit())):
        circles.join_circle(circle, by=guest)
        exchanges.open_to_exchanges(1, by=guest)
    return exchanges.draw_round(circle, by=person)


def _pulse_voice(person: Person) -> models.Model:
    initiative = initiatives.decide_initiative(made.make_proposed(), accepted=True, by=_as_pilot(made.make_member()))
    pulse = measures.open_pulse(initiative.indicators.get(), "Facile ?", by=initiative.author)
    initiatives.join_initiative(initiative, by=person)
    measures.answer_pulse(pulse, 4, by=person)
    return last(known.PulseVoice, person=person)


def _ticket(person: Person) -> models.Model:
    wave = open_wave_now() or open_wave("pulse", clock.today() + timedelta(7), by=_as_pilot(made.make_member()))
    return Ticket.objects.get_or_create(wave=wave, person=person, defaults={"closes_on": wave.closes_on})[0]


def _version(person: Person) -> models.Model:
    content = made.make_content(author=person)
    text = contributions.ContributionText(
        kind=content.kind, title="Mieux", body="<p>Relevez la gâche. Deux gestes suffisent.</p>", result="Une porte qui ferme"
    )
    contributions.revise_contribution(content, text, by=person, base=1)
    return last(known.Version)


def _co_author(person: Person) -> models.Model:
    content = made.make_content()
    contributions.add_co_author(content, person, by=content.author)
    return last(known.Contribution.co_authors.through)


def _proposal(person: Person) -> models.Model:
    circles.join_circle(circle := made.make_circle(), by=person)
    [proposal] = routing.propose_use_case(made.make_use_case(circle=circle), wave=2)
    return proposal


def _session(person: Person) -> models.Model:
    Client().force_login(person)
    return last(people.Session, person=person)


def _reaction(person: Person) -> models.Model:
    answer = made.make_answer()
    return reuse.settle_reaction(reuse.question_contribution(answer, "outdated", by=person), by=answer.author)


def _confirmation(person: Person) -> models.Model:
    address = EmailAddress.objects.get_or_create(user=person, email=person.email)[0]
    return EmailConfirmation.create(address)


def _skill_of(person: Person) -> skilled.PersonSkill:
    """A skill that they say is theirs, and that an act shows."""
    known_skills = skilled.Skill.objects.first()
    skill = known_skills or add_skills([Wording((("fr", "preferred", "Calmer un client"),))], by=None)[0]
    mine = claim_skill(skill, by=person)
    skilled.Evidence.objects.get_or_create(person_skill=mine, what="observed", defaults={"on": clock.today(), "note": "Au comptoir"})
    return mine


def _skill_voice(person: Person) -> models.Model:
    theirs = _skill_of(made.make_member())
    return confirmations.confirm(theirs, theirs.evidences.get(), by=person)


def _asked_to_confirm(person: Person) -> models.Model:
    theirs = _skill_of(made.make_member())
    return confirmations.ask_confirmation(theirs, person, by=theirs.person)


def _contest(person: Person) -> models.Model:
    theirs = _skill_of(made.make_member(unit=made.make_unit()))
    contest = confirmations.open_contest(theirs, "Je le fais chaque jour.", by=theirs.person)
    return confirmations.judge_contest(contest, granted=True, why="Je l’ai vu.", by=move_person(person, made.make_unit()))


ROWS: dict[str, Row] = {
    "skills.personskill": _skill_of,
    "skills.confirmation": _skill_voice,
    "skills.confirmationrequest": lambda person: confirmations.ask_confirmation(
        mine := _skill_of(made.make_member()), person, by=mine.person
    ),
    "skills.contest": _contest,
    "skills.panelist": lambda person: confirmations.name_panelist(
        _skill_of(made.make_member()).skill, person, by=_as_pilot(made.make_member())
    ),
    "indicators.leveruse": lambda person: use_of(_as_pilot(person), person),
    "indicators.usestep": lambda person: use_of(_as_pilot(made.make_member()), person, "L16").steps.all()[0],
    "indicators.goal": lambda person: goal_of(_as_pilot(person)),
    "people.person": lambda person: person,
    "people.membership": lambda person: move_person(person, made.make_unit()).memberships.earliest("since"),
    "people.invitation": _and_last(lambda person: invite(person, by=None), people.Invitation),
    "people.session": _session,
    "people.pace": _and_last(keep_pace, people.Pace),
    "people.peoplefile": lambda person: keep_people_file(
        "rh.csv", b"e-mail;nom\nzoe@example.org;Zoe Martin\n", by=grant_role(person, Role.ADMINISTRATOR, by=None)
    ),
    "knowledge.circlemember": lambda person: circles.join_circle(made.make_circle(), by=person),
    "knowledge.usecase": made.make_pseudonymous,
    "knowledge.support": _and_last(lambda person: use_cases.support_use_case(made.make_use_case(), by=person), known.Support),
    "knowledge.proposal": _proposal,
    "knowledge.prompt": lambda person: known.Prompt.objects.create(person=person, skill=_skill_of(person).skill, kind="answer", waiting=1),
    "knowledge.contribution": lambda person: made.make_content(author=person),
    "knowledge.contribution_co_authors": _co_author,
    "knowledge.version": _version,
    "knowledge.attachment": lambda person: join_file(BytesIO(b"%PDF-1.4\n%%EOF"), "plan.pdf", 14, by=person),
    "knowledge.care": _and_last(lambda person: made.make_content(author=person), known.Care),
    "knowledge.draft": lambda person: drafts.keep_draft("/cas/nouveau/", {"title": "Une idée"}, by=person),
    "knowledge.openness": _and_last(lambda person: exchanges.open_to_exchanges(1, by=person), known.Openness),
    "knowledge.exchangevoice": _closed_exchange,
    "knowledge.exchange": lambda person: made.make_exchange(other=person),
    "knowledge.round": _round,
    "knowledge.workshop": lambda person: made.make_workshop(person),
    "knowledge.registration": lambda person: attendance.register(made.make_workshop(), by=person),
    "knowledge.initiative": lambda person: made.make_initiative(person),
    "knowledge.participant": _and_last(lambda person: initiatives.join_initiative(made.make_proposed(), by=person), known.Participant),
    "knowledge.pulsevoice": _pulse_voice,
    "maturity.ticket": _ticket,
    "knowledge.ruling": _ruling,
    "knowledge.report": lambda person: moderation.report_thing(Thing(KINDS["usecase"], made.make_use_case()), "unkind", by=person),
    "knowledge.voice": _voice,
    "knowledge.need": made.make_need,
    "knowledge.wish": _and_last(lambda person: needs.wish(made.make_need(), by=person), known.Wish),
    "knowledge.giver": lambda person: needs.offer(made.make_need(), by=person),
    "knowledge.profile": lambda person: profiles.choose_what_shows(passed_on=False, learned=True, by=person),
    "knowledge.quietact": _and_last(made.make_pseudonymous, known.QuietAct),
    "knowledge.reveal": lambda person: reveals.ask_reveal(
        made.make_pseudonymous(), "Une personne est menacée dans ce cas.", by=_as_pilot(person)
    ),
    "knowledge.application": lambda person: reuse.report_application(made.make_answer(), by=person),
    "knowledge.rating": lambda person: reuse.rate(made.make_answer(), 4, by=person),
    "knowledge.reaction": _reaction,
    "calendar.feed": _and_last(lambda person: open_feed(person, circles=True), Feed),
    "studio.notice": lambda person: Notice.objects.create(entry=1, person=person, kind="asked", object_type="need", object_id=1),
    "studio.choice": lambda person: Choice.objects.create(person=person),
    "studio.letter": lambda person: Letter.objects.create(key="entry 1", person=person),
    "stackexchange.importedperson": lambda person: ImportedPerson.objects.create(source="atelier", external_id="4", person=person),
    "account.emailaddress": lambda person: EmailAddress.objects.get_or_create(user=person, email=person.email)[0],
    "account.emailconfirmation": _confirmation,
    "mfa.authenticator": lambda person: Authenticator.objects.create(user=person, type="totp", data={"secret": "x"}),
    "ledger.entry": _and_last(lambda person: made.make_answer(author=person), Entry),
}
