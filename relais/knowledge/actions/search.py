from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.knowledge import events, rules, wording
from relais.knowledge.models import SearchMiss, Synonym, Word
from relais.ledger.actions import record
from relais.people.models import Person

LONGEST_WORD = 30


def report_search_miss(words: str) -> None:
    """Leave word of a search in vain: one cheap write, the rest is a job's. Who searched is not kept."""
    app.configure_task("relais.knowledge.jobs.note_miss").defer(words=words)


@transaction.atomic
def note_search_miss(words: str) -> SearchMiss | None:
    """Write down what somebody searched in vain: nobody has put it into a case or a need yet."""
    needed = wording.tidy(words).lower()
    if len(needed) < 3:
        return None
    miss, new = SearchMiss.objects.select_for_update().get_or_create(words=needed, defaults={"last_at": clock.now()})
    if not new:
        miss.times, miss.last_at = F("times") + 1, clock.now()
        miss.save(update_fields=["times", "last_at"])
        miss.refresh_from_db()
    record(events.SEARCH_MISSED, by=None, about=miss)
    return miss


@transaction.atomic
def dismiss_miss(miss: SearchMiss, *, by: Person) -> None:
    """It is answered by now, or meant nothing: it leaves the list."""
    if not rules.can_keep_words(by):
        raise NotAllowed(_("Only animators and administrators look after the words of the house."))
    miss.delete()


@transaction.atomic
def learn_words(text: str) -> int:
    """Remember the words of a text, so that a typing slip finds them later."""
    words = {word for word in wording.words_of(text) if 3 < len(word) <= LONGEST_WORD and not word.isdigit()}
    return len(Word.objects.bulk_create([Word(word=word) for word in sorted(words)], ignore_conflicts=True))


@transaction.atomic
def add_synonyms(typed: str, *, by: Person) -> Synonym:
    """Say that these words, parted by commas, mean the same here."""
    if not rules.can_keep_words(by):
        raise NotAllowed(_("Only animators and administrators look after the words of the house."))
    words = list(dict.fromkeys(" ".join(wording.words_of(word)) for word in typed.split(",")))
    words = [word[:60] for word in words if word]
    if len(words) < 2:
        raise Refused(_("Write at least two words that mean the same, parted by commas. Example: BL, delivery note."), field="words")
    return Synonym.objects.create(words=words)


@transaction.atomic
def drop_synonyms(synonym: Synonym, *, by: Person) -> None:
    """These words no longer mean the same."""
    if not rules.can_keep_words(by):
        raise NotAllowed(_("Only animators and administrators look after the words of the house."))
    synonym.delete()
