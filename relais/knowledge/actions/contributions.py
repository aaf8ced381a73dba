from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from relais.core import clock, richtext
from relais.core.errors import NotAllowed, Refused
from relais.core.typography import bound
from relais.knowledge import events, rules
from relais.knowledge.actions.care import look_after, next_review
from relais.knowledge.actions.mentions import mention
from relais.knowledge.models import Attachment, Care, Contribution, UseCase, Version
from relais.ledger.actions import record
from relais.people.models import Person
from relais.people.rules import can_take_part

MINIMUM_WORDS = 2


@dataclass(frozen=True)
class ContributionText:
    """What an author writes; `body` is HTML. An answer has a body only."""

    body: str
    kind: str = Contribution.Kind.ANSWER
    title: str = ""
    result: str = ""
    minutes: int | None = None
    url: str = ""
    language: str = "fr"

    def columns(self) -> dict[str, object]:
        """The columns, sanitised; raises Refused when something is missing."""
        body = richtext.clean(self.body)
        if len(body) > richtext.LONGEST:
            raise Refused(_("This text is too long to be read here: join it as a file, and say what it holds."), field="body")
        words = richtext.plain(body)
        if len(words.split()) < MINIMUM_WORDS and '="/fichiers/' not in body and not self.url:
            raise Refused(_("There is no text yet: two sentences are enough."), field="body")
        if self.kind != Contribution.Kind.ANSWER and not self.title.strip():
            raise Refused(_("Give it a title, so that colleagues find it."), field="title")
        if self.kind == Contribution.Kind.LINK and not self.url:
            raise Refused(_("Paste the address of the page you recommend."), field="url")
        return {
            "kind": self.kind,
            "title": bound(self.title.strip()),
            "result": bound(self.result.strip()),
            "minutes": self.minutes,
            "body": body,
            "text": "\n".join(part for part in (self.result.strip(), words) if part),
            "url": self.url,
            "language": self.language,
        }


@transaction.atomic
def contribute(use_case: UseCase, text: ContributionText, *, by: Person, sent_key: UUID | None = None) -> Contribution:
    """Answer a use case, with an answer or with a content; a form sent twice, known by its key, publishes once."""
    use_case = UseCase.objects.select_for_update().get(pk=use_case.pk)
    if not rules.can_see(by, use_case):
        raise NotAllowed(_("This case can no longer be answered: it was withdrawn."))
    columns = text.columns() | {"use_case": use_case, "published_at": clock.now()}
    contribution, new = Contribution.objects.get_or_create(author=by, sent_key=sent_key or uuid4(), defaults=columns)
    if not new:
        return contribution
    _adopt_attachments(contribution, by)
    _count_one_more(use_case, "answers_count" if contribution.is_answer else "contents_count", contribution.published_at)
    if not contribution.is_answer:
        look_after(contribution)
    verb = events.ANSWER_PUBLISHED if contribution.is_answer else events.CONTENT_PUBLISHED
    payload = {"use_case": use_case.pk, "kind": contribution.kind}
    record(verb, by=by, about=contribution, circle=use_case.circle_id, payload=payload)
    mention(contribution, by=by)
    return contribution


def _count_one_more(use_case: UseCase, counter: str, moment: datetime) -> None:
    first = Coalesce(F("first_answer_at"), moment)
    UseCase.objects.filter(pk=use_case.pk).update(**{counter: F(counter) + 1, "first_answer_at": first})


def _adopt_attachments(contribution: Contribution, author: Person) -> None:
    """Pictures and files that the text shows belong to it from now on."""
    shown = [a.pk for a in Attachment.objects.filter(owner=author, contribution=None) if str(a.pk) in contribution.body]
    Attachment.objects.filter(pk__in=shown).update(contribution=contribution)


@transaction.atomic
def revise_contribution(contribution: Contribution, text: ContributionText, *, by: Person, base: int) -> Contribution:
    """Rewrite a contribution; what it said before stays as a version.

    `base` is the version the author started from: if a co-author saved meanwhile, nothing is overwritten.
    """
    contribution = _locked(contribution)
    if not rules.can_revise(by, contribution):
        raise NotAllowed(_("Only its authors can revise this text."))
    if contribution.version != base:
        raise Refused(_("Somebody revised this text while you were writing. Yours is kept below: compare, then publish again."))
    Version.objects.create(
        contribution=contribution,
        number=contribution.version,
        author=by,
        title=contribution.title,
        result=contribution.result,
        body=contribution.body,
        written_at=contribution.revised_at or contribution.published_at,
    )
    columns, before = text.columns() | {"version": base + 1, "revised_at": clock.now()}, contribution.text
    for column, value in columns.items():
        setattr(contribution, column, value)
    contribution.save(update_fields=list(columns))
    _adopt_attachments(contribution, by)
    Care.objects.filter(contribution=contribution).update(review_on=next_review(), confirmed_at=clock.now())
    verb = events.ANSWER_REVISED if contribution.is_answer else events.CONTENT_REVISED
    record(verb, by=by, about=contribution, circle=contribution.use_case.circle_id)
    mention(contribution, by=by, before=before)
    return contribution


def _locked(contribution: Contribution) -> Contribution:
    return Contribution.objects.select_for_update(of=("self",)).select_related("use_case").get(pk=contribution.pk)


@transaction.atomic
def withdraw_contribution(contribution: Contribution, *, by: Person) -> Contribution:
    """Take one's own text back; every case it answered counts again."""
    answered = Q(pk=contribution.use_case_id) | Q(other_contents=contribution)
    cases = UseCase.objects.filter(pk__in=UseCase.objects.filter(answered).values("pk")).order_by("pk").select_for_update()
    touched = list(cases)  # cases are locked before contributions, always in this order
    contribution = _locked(contribution)
    if contribution.author_id != by.pk or not rules.can_see(by, contribution):
        raise NotAllowed(_("Only the person who wrote it can withdraw it."))
    contribution.withdrawn_at = clock.now()
    contribution.save(update_fields=["withdrawn_at"])
    for use_case in touched:
        count_again(use_case)
    verb = events.ANSWER_WITHDRAWN if contribution.is_answer else events.CONTENT_WITHDRAWN
    payload = {"use_case": contribution.use_case_id}
    record(verb, by=by, about=contribution, circle=contribution.use_case.circle_id, payload=payload)
    return contribution


def count_again(use_case: UseCase) -> None:
    """Count anew what answers a locked case, from what is shown today."""
    own = list(use_case.contributions.filter(withdrawn_at=None).order_by("published_at"))
    linked = list(use_case.other_contents.filter(withdrawn_at=None))
    use_case.answers_count = sum(c.is_answer for c in own)
    use_case.contents_count = len(own) - use_case.answers_count + len(linked)
    if own and not linked:
        use_case.first_answer_at = own[0].published_at
    elif not linked:
        use_case.first_answer_at = None
    if use_case.best_id not in {c.pk for c in own}:
        use_case.best = None
    use_case.save(update_fields=["answers_count", "contents_count", "first_answer_at", "best"])


@transaction.atomic
def add_co_author(contribution: Contribution, person: Person, *, by: Person) -> Contribution:
    """Write with somebody: co-authors revise it too, and are credited."""
    contribution = _locked(contribution)
    if not rules.can_revise(by, contribution):
        raise NotAllowed(_("Only its authors can bring in a co-author."))
    if not can_take_part(person):
        raise Refused(_("%(name)s does not take part in the community yet. Invite them first.") % {"name": person.name}, field="person")
    if rules.is_author(person, contribution):
        raise Refused(_("%(name)s is an author of it already.") % {"name": person.name}, field="person")
    contribution.co_authors.add(person)
    payload = {"person": str(person.pk)}
    record(events.CO_AUTHOR_ADDED, by=by, about=contribution, circle=contribution.use_case.circle_id, payload=payload)
    return contribution


@transaction.atomic
def also_answer(contribution: Contribution, use_case: UseCase, *, by: Person) -> Contribution:
    """Say that a content answers another use case too; the case counts it."""
    use_case = UseCase.objects.select_for_update().get(pk=use_case.pk)
    contribution = _locked(contribution)
    if contribution.is_answer:
        raise Refused(_("An answer belongs to its case; a content can answer several."))
    if not (rules.can_see(by, contribution) and rules.can_see(by, use_case)):
        raise NotAllowed(_("This case or this content was withdrawn."))
    known = contribution.use_case_id == use_case.pk or contribution.also_answers.filter(pk=use_case.pk).exists()
    if not known:
        contribution.also_answers.add(use_case)
        _count_one_more(use_case, "contents_count", clock.now())
        payload = {"use_case": use_case.pk, "author": str(contribution.author_id)}
        record(events.CONTENT_LINKED, by=by, about=contribution, circle=use_case.circle_id, payload=payload)
    return contribution
