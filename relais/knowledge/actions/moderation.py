"""Somebody reports, somebody who has no part in it decides with reasons, the author may appeal, two others judge."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.knowledge import events, rules
from relais.knowledge.actions.withholding import locked_cases, show_again, withhold
from relais.knowledge.models import Contribution, Report, Ruling, UseCase, Voice
from relais.knowledge.queries import moderation as queries
from relais.knowledge.queries.things import Thing, thing
from relais.ledger.actions import record
from relais.ledger.verbs import Verb
from relais.people.models import Person

FEWEST_WORDS = 5
LONGEST = 2000
Decision, Verdict = Ruling.Decision, Ruling.Verdict


@transaction.atomic
def report_thing(about: Thing, kind: str, note: str = "", *, by: Person) -> Report:
    """Say that something breaks the charter; said twice before a decision, it is said once."""
    if not about.kind.seen_by(by, about.row):
        raise NotAllowed(_("This is no longer shown: there is nothing to report."))
    if by.pk in about.authors:
        raise NotAllowed(_("This is your own text: you can change it, or withdraw it."))
    if kind not in Report.Kind.values:
        raise Refused(_("Choose what is wrong with it."), field="kind")
    if kind == Report.Kind.OTHER and not note.strip():
        raise Refused(_("Say in a few words what is wrong with it."), field="note")
    columns = {"kind": kind, "note": note.strip()[:1000], "circle_id": about.circle_id, "made_at": clock.now()}
    key = {"object_type": about.object_type, "object_id": about.pk, "person": by, "ruling": None}
    report, new = Report.objects.get_or_create(**key, defaults=columns)
    if new:
        _record(events.THING_REPORTED, about, by=by, payload={"report": report.pk, "kind": kind})
    return report


@transaction.atomic
def decide(about: Thing, decision: str, reasons: str, *, by: Person) -> Ruling:
    """Decide about what was reported, with reasons that its author reads; what two moderators decide at once is decided once."""
    about = _locked(about)
    reports = list(queries.open_reports(about))
    _refuse_moderator(about, reports, by)
    hiding = queries.ruling_that_hides(about)
    _refuse_decision(about, decision, hiding, waits=bool(reports))
    ruling = Ruling.objects.create(
        object_type=about.object_type,
        object_id=about.pk,
        circle_id=about.circle_id,
        person=by,
        decision=decision,
        reasons=_reasons(reasons),
        made_at=clock.now(),
    )
    Report.objects.filter(pk__in=[report.pk for report in reports]).update(ruling=ruling)
    if decision == Decision.HIDE:
        ruling.was_best = withhold(about)
        ruling.save(update_fields=["was_best"])
    if decision == Decision.RESTORE and hiding:
        show_again(about, was_best=hiding.was_best)
    _record(events.RULING_MADE, about, by=by, payload={"ruling": ruling.pk, "decision": decision})
    return ruling


def _refuse_moderator(about: Thing, reports: list[Report], by: Person) -> None:
    if not rules.can_moderate(by, about.circle_id):
        raise NotAllowed(_("Those who look after this circle decide, and pilots."))
    if by.pk in about.authors:
        raise NotAllowed(_("You wrote this: somebody else decides. Nobody judges their own text."))
    if queries.has_part(by, about, reports):
        raise NotAllowed(_("You reported this: somebody else decides. Nobody judges their own report."))


def _refuse_decision(about: Thing, decision: str, hiding: Ruling | None, *, waits: bool) -> None:
    if decision not in Decision.values or (decision == Decision.HIDE and not about.kind.can_hide):
        raise Refused(_("Choose what you decide."), field="decision")
    if decision == Decision.RESTORE:
        if hiding is None:
            raise Refused(_("It is shown already: there is nothing to restore."), field="decision")
        if hiding.appealed_at and not hiding.verdict:
            raise Refused(_("Its author appealed: two others are judging. Their word comes first."), field="decision")
        return
    if not waits:
        raise Refused(_("Somebody has decided already, or nothing was reported: look at the queue again."))
    if decision != Decision.KEEP and not _is_shown(about):
        raise Refused(_("It is no longer shown: leave it as it is."), field="decision")


def _is_shown(about: Thing) -> bool:
    return getattr(about.row, "withdrawn_at", None) is None


@transaction.atomic
def read_ruling(ruling: Ruling, *, by: Person) -> None:
    """The author has read what was decided: it no longer waits on their page."""
    about = thing(ruling.object_type, ruling.object_id)
    if about is None or by.pk not in about.authors:
        raise NotAllowed(_("Only the author is asked to read this."))
    Ruling.objects.filter(pk=ruling.pk, read_at=None).update(read_at=clock.now())


@transaction.atomic
def read_reports(*, by: Person) -> int:
    """Whoever reported has read what came of it: it no longer waits on their page."""
    return Report.objects.filter(person=by, ruling__isnull=False, read_at=None).update(read_at=clock.now())


@transaction.atomic
def appeal(ruling: Ruling, words: str, *, by: Person) -> Ruling:
    """The author contests a decision in their own words; two people who took no part in it will judge."""
    ruling, about = _locked_ruling(ruling)
    if not queries.can_appeal(by, ruling, about, clock.now()):
        raise NotAllowed(_("The author may appeal once, within fifteen days of the decision."))
    words = words.strip()[:LONGEST]
    if not words:
        raise Refused(_("Say in your own words why this decision should fall."), field="appeal")
    ruling.appeal, ruling.appealed_at, ruling.read_at = words, clock.now(), ruling.read_at or clock.now()
    ruling.save(update_fields=["appeal", "appealed_at", "read_at"])
    _record(events.APPEAL_MADE, about, by=by, payload={"ruling": ruling.pk})
    return ruling


@transaction.atomic
def judge_appeal(ruling: Ruling, *, upholds: bool, reasons: str, by: Person) -> Ruling:
    """Say whether a decision stands; it takes two to uphold it: a doubt of one benefits the author."""
    ruling, about = _locked_ruling(ruling)
    _refuse_judge(ruling, about, by)
    Voice.objects.create(ruling=ruling, person=by, upholds=upholds, reasons=_reasons(reasons), given_at=clock.now())
    _record(events.APPEAL_JUDGED, about, by=by, payload={"ruling": ruling.pk})
    if ruling.voices.count() == queries.JUDGES:
        _close(ruling, about)
    return ruling


def _refuse_judge(ruling: Ruling, about: Thing, by: Person) -> None:
    if ruling.verdict or ruling.appealed_at is None:
        raise Refused(_("Nothing is to be judged here: nobody appealed, or two people have judged."))
    if queries.took_part(by, ruling, about):
        raise NotAllowed(_("You have a part in this: you wrote, reported, decided or judged it. Somebody else judges the appeal."))
    if not rules.can_judge_for(by, ruling.circle_id):
        raise NotAllowed(_("An appeal is judged from outside: by animators of other circles, or by pilots."))
    if queries.needs_another_team(by, ruling, about):
        raise NotAllowed(_("You, the first judge and whoever decided are one team: somebody from another team judges with them."))


def _close(ruling: Ruling, about: Thing) -> None:
    """Both have spoken: the decision stands only if both uphold it; a text withheld is shown again otherwise."""
    stands = not ruling.voices.filter(upholds=False).exists()
    ruling.verdict, ruling.closed_at, ruling.read_at = Verdict.UPHELD if stands else Verdict.OVERTURNED, clock.now(), None
    ruling.save(update_fields=["verdict", "closed_at", "read_at"])
    if ruling.decision == Decision.HIDE and not stands:
        show_again(about, was_best=ruling.was_best)
    _record(events.APPEAL_CLOSED, about, by=None, payload={"ruling": ruling.pk, "overturned": not stands})


def _reasons(typed: str) -> str:
    reasons = typed.strip()[:LONGEST]
    if len(reasons.split()) < FEWEST_WORDS:
        raise Refused(_("Give your reasons in a full sentence: the author will read them."), field="reasons")
    return reasons


def _locked(about: Thing) -> Thing:
    """The thing as it stands, locked: two moderators never decide at once."""
    if isinstance(about.row, Contribution):
        locked_cases([about.pk])
    return Thing(about.kind, about.kind.model._default_manager.select_for_update().get(pk=about.pk))


def _locked_ruling(ruling: Ruling) -> tuple[Ruling, Thing]:
    """The thing first, then the decision: always in this order."""
    found = thing(ruling.object_type, ruling.object_id)
    if found is None:
        raise NotAllowed(_("What was decided about is gone."))
    about = _locked(found)
    return Ruling.objects.select_for_update(of=("self",)).select_related("person").get(pk=ruling.pk), about


def _record(verb: Verb, about: Thing, *, by: Person | None, payload: dict[str, Any]) -> None:
    """Write it down about the thing; whoever asked it under a pseudonym acts without a name here too."""
    quiet = by is not None and isinstance(about.row, UseCase) and rules.is_asker_under_pseudonym(by, about.row)
    record(verb, by=None if quiet else by, about=about.row, circle=about.circle_id, payload=payload)
