from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from relais.core import clock, richtext
from relais.core.errors import NotAllowed, Refused
from relais.core.typography import bound
from relais.knowledge import events, rules
from relais.knowledge.actions.mentions import mention
from relais.knowledge.actions.pseudonyms import record_on
from relais.knowledge.models import Circle, Contribution, Support, UseCase
from relais.people.models import Person
from relais.people.rules import can_take_part


@dataclass(frozen=True)
class UseCaseText:
    """What the asker writes; `situation` and `need` are HTML."""

    title: str
    situation: str
    need: str
    circle: Circle
    for_customers: bool
    for_employees: bool
    audience: str = ""
    language: str = "fr"

    def checked(self) -> dict[str, object]:
        """The columns, sanitised; raises Refused when something is missing."""
        title, audience = bound(self.title.strip()), self.audience.strip()
        situation, need = richtext.clean(self.situation), richtext.clean(self.need)
        if len(situation) + len(need) > richtext.LONGEST:
            raise Refused(_("This is too long to be read: tell the situation in a few sentences."), field="situation")
        told, wanted = richtext.plain(situation), richtext.plain(need)
        self._complain(title, told)
        return {
            "title": title,
            "situation": situation,
            "need": need,
            "circle": self.circle,
            "for_customers": self.for_customers,
            "for_employees": self.for_employees,
            "audience": audience,
            "language": self.language,
            "text": "\n".join(part for part in (told, wanted, audience) if part),
        }

    def _complain(self, title: str, situation: str) -> None:
        if not title:
            raise Refused(_("Give your case a title: one sentence, as you would say it to a colleague."), field="title")
        if not situation:
            raise Refused(_("Describe the situation: two sentences are enough."), field="situation")
        if not (self.for_customers or self.for_employees):
            raise Refused(_("Say whom it serves: customers, colleagues, or both."), field="serves")


@transaction.atomic
def ask_use_case(text: UseCaseText, *, by: Person, sent_key: UUID | None = None, pseudonym: bool = False) -> UseCase:
    """Put a concrete situation before the community; a form sent twice, known by its key, asks once.

    Under a pseudonym, colleagues do not see who asked, and it stays so when the case is revised.
    """
    if not can_take_part(by):
        raise NotAllowed(_("Join the community first: one click on the welcome page."))
    columns = text.checked() | {"asked_at": clock.now(), "pseudonym": pseudonym}
    use_case, new = UseCase.objects.get_or_create(author=by, sent_key=sent_key or uuid4(), defaults=columns)
    if new:
        record_on(use_case, events.USE_CASE_ASKED, by=by)
        mention(use_case, by=by)
    return use_case


@transaction.atomic
def revise_use_case(use_case: UseCase, text: UseCaseText, *, by: Person) -> UseCase:
    """Make one's own case clearer."""
    use_case = UseCase.objects.select_for_update().get(pk=use_case.pk)
    if not rules.can_revise_use_case(by, use_case):
        raise NotAllowed(_("Only the person who asked can revise this case."))
    before = use_case.text
    for column, value in text.checked().items():
        setattr(use_case, column, value)
    use_case.revised_at = clock.now()
    use_case.save()
    record_on(use_case, events.USE_CASE_REVISED, by=by)
    mention(use_case, by=by, before=before)
    return use_case


@transaction.atomic
def withdraw_use_case(use_case: UseCase, *, by: Person) -> UseCase:
    """Take one's own case back, while nobody has answered it."""
    use_case = UseCase.objects.select_for_update().get(pk=use_case.pk)
    if not rules.can_revise_use_case(by, use_case):
        raise NotAllowed(_("Only the person who asked can withdraw this case."))
    if use_case.first_answer_at:
        raise NotAllowed(_("Colleagues have answered this case: it stays, with their answers. You can revise it."))
    use_case.withdrawn_at = clock.now()
    use_case.save(update_fields=["withdrawn_at"])
    record_on(use_case, events.USE_CASE_WITHDRAWN, by=by)
    return use_case


@transaction.atomic
def support_use_case(use_case: UseCase, *, by: Person) -> None:
    """« Moi aussi »: say that one has the same case."""
    use_case = _visible(use_case, by)
    if use_case.author_id == by.pk:
        raise NotAllowed(_("This case is yours already."))
    if Support.objects.get_or_create(use_case=use_case, person=by, defaults={"since": clock.now()})[1]:
        UseCase.objects.filter(pk=use_case.pk).update(supports_count=F("supports_count") + 1)
        record_on(use_case, events.USE_CASE_SUPPORTED, by=by)


@transaction.atomic
def stop_supporting(use_case: UseCase, *, by: Person) -> None:
    """Take one's « moi aussi » back."""
    use_case = _visible(use_case, by)
    if Support.objects.filter(use_case=use_case, person=by).delete()[0]:
        UseCase.objects.filter(pk=use_case.pk).update(supports_count=F("supports_count") - 1)
        record_on(use_case, events.USE_CASE_UNSUPPORTED, by=by)


@transaction.atomic
def mark_solved(use_case: UseCase, *, by: Person) -> UseCase:
    """Say that the case is solved: a closed learning act. « Solved » is not « best answer »."""
    use_case = UseCase.objects.select_for_update().get(pk=use_case.pk)
    if not rules.can_solve(by, use_case):
        raise NotAllowed(_("Those who have this case can say that it is solved. You have it too? Say « me too » first."))
    if use_case.solved_at is None:
        use_case.solved_at, use_case.solved_by = clock.now(), by
        use_case.save(update_fields=["solved_at", "solved_by"])
        record_on(use_case, events.USE_CASE_SOLVED, by=by)
    return use_case


@transaction.atomic
def reopen(use_case: UseCase, *, by: Person) -> UseCase:
    """The case turns out not to be solved."""
    use_case = UseCase.objects.select_for_update().get(pk=use_case.pk)
    if not rules.can_solve(by, use_case):
        raise NotAllowed(_("Those who have this case can reopen it. You have it too? Say « me too » first."))
    if use_case.solved_at is not None:
        use_case.solved_at = use_case.solved_by = None
        use_case.save(update_fields=["solved_at", "solved_by"])
        record_on(use_case, events.USE_CASE_REOPENED, by=by)
    return use_case


@transaction.atomic
def choose_best(contribution: Contribution, *, by: Person) -> UseCase:
    """The asker brings one answer forward for those who come later; a second choice replaces the first."""
    use_case = UseCase.objects.select_for_update().get(pk=contribution.use_case_id)
    if not rules.can_revise_use_case(by, use_case):
        raise NotAllowed(_("Only the person who asked chooses the best answer."))
    contribution = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if not rules.can_see(by, contribution):
        raise NotAllowed(_("This text was withdrawn by its author. Choose another one."))
    if use_case.best_id != contribution.pk:
        use_case.best = contribution
        use_case.save(update_fields=["best"])
        payload = {"contribution": contribution.pk, "author": str(contribution.author_id)}
        record_on(use_case, events.BEST_ANSWER_CHOSEN, by=by, payload=payload)
    return use_case


def _visible(use_case: UseCase, viewer: Person) -> UseCase:
    use_case = UseCase.objects.select_for_update().get(pk=use_case.pk)
    if not rules.can_see(viewer, use_case):
        raise NotAllowed(_("This case was withdrawn by the person who asked."))
    return use_case
