"""Colleagues confirm what they have seen; its owner may contest (F16)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.ledger.actions import record
from relais.people.models import Person
from relais.people.rules import can_pilot
from relais.skills import events, rules
from relais.skills.actions.levels import reassess
from relais.skills.certification import RULES
from relais.skills.models import Confirmation, ConfirmationRequest, Contest, Evidence, Panelist, PersonSkill, Skill
from relais.skills.queries.people import is_expert, team_of, who_may_have_seen

MOST_ASKED = 5  # requests that wait at once, for one skill


@transaction.atomic
def ask_confirmation(person_skill: PersonSkill, colleague: Person, *, by: Person) -> ConfirmationRequest:
    """Ask one colleague who saw it; they may leave the question, and nobody asks why."""
    mine = PersonSkill.objects.select_for_update(of=("self",)).get(pk=person_skill.pk)
    if mine.person_id != by.pk:
        raise NotAllowed(_("Only its owner asks for a confirmation."))
    if mine.state not in {PersonSkill.State.SHOWN, PersonSkill.State.KEPT}:
        raise Refused(_("Say first that this skill is yours."))
    if not mine.evidences.exists():
        raise Refused(_("Nothing shows this skill yet: answer a use case or share a content first, and colleagues will have seen it."))
    if mine.requests.filter(answered_at=None).count() >= MOST_ASKED:
        raise Refused(_("Five colleagues are asked already: wait for one of them to answer."))
    if not who_may_have_seen(mine, Q(pk=colleague.pk)).exists():
        raise Refused(_("This colleague was asked already, or cannot be asked: choose another one."))
    request = ConfirmationRequest.objects.create(person_skill=mine, colleague=colleague, asked_at=clock.now())
    record(events.CONFIRMATION_ASKED, by=by, about=mine, payload={"skill": str(mine.skill_id), "person": str(colleague.pk)})
    return request


@transaction.atomic
def leave_request(request: ConfirmationRequest, *, by: Person) -> ConfirmationRequest:
    """« Pas moi »: nothing is told to whoever asked."""
    request = ConfirmationRequest.objects.select_for_update(of=("self",)).select_related("person_skill").get(pk=request.pk)
    if request.colleague_id != by.pk:
        raise NotAllowed(_("This was asked of somebody else."))
    if request.answered_at is None:
        request.answered_at = clock.now()
        request.save(update_fields=["answered_at"])
        record(events.CONFIRMATION_LEFT, by=by, about=request.person_skill, payload={"skill": str(request.person_skill.skill_id)})
    return request


@transaction.atomic
def confirm(person_skill: PersonSkill, evidence: Evidence, *, by: Person) -> Confirmation:
    """One voice: « je l'ai vu ». A second one of the same colleague takes the place of the first."""
    mine = PersonSkill.objects.select_for_update(of=("self",)).select_related("person", "skill").get(pk=person_skill.pk)
    if not rules.can_confirm(by, mine):
        raise NotAllowed(_("A colleague who takes part confirms; nobody confirms their own skill."))
    if evidence.person_skill_id != mine.pk:
        raise Refused(_("Choose one of the acts listed: it is what you have seen."))
    if clock.today() - evidence.on >= timedelta(RULES.evidence_days):
        raise Refused(_("This was too long ago: confirm something seen in the last %(months)d months.") % {"months": RULES.evidence_months})
    mine.confirmations.filter(confirmer=by, withdrawn_on=None).update(withdrawn_on=clock.today())
    voice = Confirmation.objects.create(
        person_skill=mine,
        confirmer=by,
        evidence=evidence,
        team=team_of(by),
        expert=is_expert(by, mine.skill),
        given_on=clock.today(),
    )
    mine.requests.filter(colleague=by, answered_at=None).update(answered_at=clock.now())
    record(
        events.SKILL_CONFIRMED, by=by, about=mine, payload={"skill": str(mine.skill_id), "evidence": evidence.pk, "expert": voice.expert}
    )
    reassess(mine)
    return voice


@transaction.atomic
def confirm_seen(person_skill: PersonSkill, note: str, on: date, *, by: Person) -> Confirmation:
    """Confirm something seen outside Relais: what, and when."""
    note = " ".join(note.split())
    if not note:
        raise Refused(_("Say in a few words what you saw."), field="note")
    if on > clock.today():
        raise Refused(_("This day is still to come."), field="on")
    if not rules.can_confirm(by, person_skill):
        raise NotAllowed(_("A colleague who takes part confirms; nobody confirms their own skill."))
    seen = Evidence.objects.create(person_skill=person_skill, what=Evidence.What.OBSERVED, on=on, note=note[:200])
    return confirm(person_skill, seen, by=by)


@transaction.atomic
def withdraw_confirmation(confirmation: Confirmation, *, by: Person) -> Confirmation:
    """Take one's voice back."""
    voice = Confirmation.objects.select_for_update(of=("self",)).select_related("person_skill").get(pk=confirmation.pk)
    if voice.confirmer_id != by.pk:
        raise NotAllowed(_("Only whoever gave a voice takes it back."))
    if voice.withdrawn_on is None:
        voice.withdrawn_on = clock.today()
        voice.save(update_fields=["withdrawn_on"])
        record(events.CONFIRMATION_WITHDRAWN, by=by, about=voice.person_skill, payload={"skill": str(voice.person_skill.skill_id)})
        reassess(voice.person_skill)
    return voice


@transaction.atomic
def name_panelist(skill: Skill, person: Person, *, by: Person) -> Panelist:
    """Name one of the first experts of a skill, whose voice counts while nobody is certified."""
    if not can_pilot(by):
        raise NotAllowed(_("The pilot names the first experts, with those concerned."))
    panelist, new = Panelist.objects.get_or_create(skill=skill, person=person, defaults={"named_at": clock.now()})
    if new:
        record(events.PANELIST_NAMED, by=by, about=skill, payload={"person": str(person.pk)})
    return panelist


@transaction.atomic
def open_contest(person_skill: PersonSkill, reason: str, *, by: Person) -> Contest:
    """Contest what is said of one's own skill: two colleagues of other teams look at it."""
    mine = PersonSkill.objects.select_for_update(of=("self",)).get(pk=person_skill.pk)
    if mine.person_id != by.pk:
        raise NotAllowed(_("Only its owner contests a level."))
    if mine.state not in {PersonSkill.State.SHOWN, PersonSkill.State.KEPT}:
        raise Refused(_("Say first that this skill is yours."))
    if not reason.strip():
        raise Refused(_("Say in a sentence what is not right."), field="reason")
    if mine.contests.filter(outcome=Contest.Outcome.OPEN).exists():
        raise Refused(_("Two colleagues are looking at it already."))
    contest = Contest.objects.create(person_skill=mine, reason=reason.strip(), opened_at=clock.now())
    record(events.CONTEST_OPENED, by=by, about=mine, payload={"skill": str(mine.skill_id)})
    return contest


@transaction.atomic
def judge_contest(contest: Contest, *, granted: bool, why: str, by: Person) -> Contest:
    """One of two voices. When both agree it is decided; when they differ, two others are asked."""
    contest = Contest.objects.select_for_update(of=("self",)).select_related("person_skill__person").get(pk=contest.pk)
    if contest.outcome != Contest.Outcome.OPEN:
        raise Refused(_("It is decided already."))
    if not rules.can_judge(by, contest):
        raise NotAllowed(_("Two colleagues of other teams, who gave no voice on it, look at it."))
    if not why.strip():
        raise Refused(_("Say why, in a sentence: it is shown to whoever asked."), field="why")
    record(events.CONTEST_JUDGED, by=by, about=contest.person_skill, payload={"granted": granted})
    if contest.first_id is None:
        contest.first, contest.first_says, contest.why = by, granted, why.strip()[:500]
    elif contest.first_says == granted:
        _decide(contest, granted=granted, why=why.strip(), by=by)
    else:
        contest.first, contest.first_says, contest.why = None, None, ""
    contest.save()
    return contest


def _decide(contest: Contest, *, granted: bool, why: str, by: Person) -> None:
    """What two colleagues saw counts as two voices, when they grant it: the rules then say the level."""
    contest.outcome = Contest.Outcome.GRANTED if granted else Contest.Outcome.DISMISSED
    contest.closed_at, contest.why = clock.now(), f"{contest.why}\n{why}"[:500]
    record(events.CONTEST_CLOSED, by=None, about=contest.person_skill, payload={"granted": granted})
    if granted and contest.first:
        for judge in (contest.first, by):
            confirm_seen(contest.person_skill, why[:200], clock.today(), by=judge)
