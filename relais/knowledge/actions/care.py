"""Contents are kept true: said to be so in one click, handed over, taken over; none without somebody who looks after it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.knowledge import events, rules
from relais.knowledge.models import Care, Contribution
from relais.ledger.actions import record
from relais.people.models import Person
from relais.people.queries import person_by_email
from relais.people.rules import can_take_part

REVIEWED_EVERY = timedelta(days=365)  # whatever its views: what everybody reads is read again too


def next_review() -> date:
    """When a text that is true today is read again."""
    return clock.today() + REVIEWED_EVERY


def look_after(contribution: Contribution) -> Care:
    """A content is looked after by its author from the moment it is published."""
    given = {"owner_id": contribution.author_id, "review_on": next_review(), "confirmed_at": clock.now()}
    return Care.objects.get_or_create(contribution=contribution, defaults=given)[0]


def _locked(care: Care) -> Care:
    return Care.objects.select_for_update(of=("self",)).select_related("contribution__use_case").get(pk=care.pk)


def _tell(care: Care, by: Person | None, heir: Person | None) -> None:
    payload = {"person": str(heir.pk) if heir else None}
    contribution = care.contribution
    record(events.CONTENT_HANDED_OVER, by=by, about=contribution, circle=contribution.use_case.circle_id, payload=payload)


@transaction.atomic
def still_true(care: Care, *, by: Person) -> Care:
    """One click: read again, and still true; the next reading is a year from now."""
    care = _locked(care)
    if not rules.can_confirm(by, care):
        raise NotAllowed(_("Those who wrote it, look after it, or look after its circle say that it is still true."))
    care.review_on, care.confirmed_at = next_review(), clock.now()
    care.save(update_fields=["review_on", "confirmed_at"])
    record(events.CONTENT_CONFIRMED, by=by, about=care.contribution, circle=care.contribution.use_case.circle_id)
    return care


@transaction.atomic
def name_deputy(care: Care, email: str, *, by: Person) -> Care:
    """Say who looks after it when one cannot, by their address; an empty one says nobody."""
    care = _locked(care)
    if care.owner_id != by.pk:
        raise NotAllowed(_("Whoever looks after this content names their deputy."))
    deputy = person_by_email(email.strip()) if email.strip() else None
    if email.strip() and (deputy is None or not can_take_part(deputy) or deputy.pk == by.pk):
        raise Refused(_("Nobody else who takes part has this address. Check it, or leave it empty."), field="email")
    care.deputy = deputy
    care.save(update_fields=["deputy"])
    return care


@transaction.atomic
def take_over(care: Care, *, by: Person) -> Care:
    """Look after it from now on: a content that nobody looks after, or as its deputy."""
    care = _locked(care)
    if not rules.can_take_over(by, care):
        raise NotAllowed(_("Its deputy and those who look after its circle take it over, once nobody looks after it."))
    care.owner, care.deputy = by, care.deputy if care.deputy_id != by.pk else None
    care.save(update_fields=["owner", "deputy"])
    _tell(care, by, by)
    return care


@transaction.atomic
def hand_over_contents() -> None:
    """Somebody left: what they looked after goes to their deputy, else to a co-author, else to those of the circle."""
    orphans = Care.objects.filter(owner__is_active=False).select_related("contribution__use_case", "deputy").order_by("pk")
    for care in orphans.select_for_update(of=("self",)):
        heirs = [care.deputy, *care.contribution.co_authors.order_by("pk")]
        heir = next((each for each in heirs if each and can_take_part(each)), None)
        care.owner, care.deputy = heir, None
        care.save(update_fields=["owner", "deputy"])
        _tell(care, None, heir)
    Care.objects.filter(deputy__is_active=False).update(deputy=None)
