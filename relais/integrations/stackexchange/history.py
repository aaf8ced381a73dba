"""Writes a selection with the product's own actions, each act at its original date."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, count

from django.db import transaction
from django.utils.functional import Promise
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext as _

from relais.core import clock
from relais.core.errors import Refused, RelaisError
from relais.integrations.stackexchange.models import ImportedObject, ImportedPerson
from relais.integrations.stackexchange.posts import QUESTION, Post
from relais.integrations.stackexchange.selection import GONE, LATER, ORPHAN, Selection, Told
from relais.knowledge.actions.circles import open_circle
from relais.knowledge.actions.contributions import ContributionText, contribute
from relais.knowledge.actions.history import tell_history_imported
from relais.knowledge.actions.use_cases import UseCaseText, ask_use_case, choose_best, mark_solved
from relais.knowledge.models import Circle, Contribution, UseCase
from relais.people.actions import add_person, join_community
from relais.people.models import Participation, Person

CASE, REPLY, SOLUTION, THEME = "usecase", "contribution", "solution", "circle"
LONGEST_TITLE, LONGEST_SOURCE, LONGEST_NAME, LONGEST_SLUG = 160, 60, 80, 60


@dataclass
class Outcome:
    """How many of each were added, and how many were there already."""

    added: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)


@transaction.atomic
def write_history(
    selection: Selection, source: str, *, language: str = "en", progress: Callable[[int, int], object] | None = None
) -> Outcome:
    """Bring the selection in, all of it or nothing; what is there already stays as it is."""
    if not 0 < len(source) <= LONGEST_SOURCE:
        raise Refused(_("The community's name holds 1 to %(most)s characters: give a shorter one with --name.") % {"most": LONGEST_SOURCE})
    historian = _Historian(selection, source, language)
    for number, told in enumerate(selection.posts, 1):
        historian.write(told)
        if progress:
            progress(number, len(selection.posts))
    if historian.outcome.added:
        tell_history_imported(dict(historian.outcome.added))
    return historian.outcome


class _Historian:
    """One import: what is known of the source, and what was added."""

    def __init__(self, selection: Selection, source: str, language: str) -> None:
        self.selection, self.source, self.language = selection, source, language
        self.outcome = Outcome()
        rows = ImportedObject.objects.filter(source=source)
        self.known = {(kind, key): found for kind, key, found in rows.values_list("object_type", "external_id", "object_id")}
        people = ImportedPerson.objects.filter(source=source).select_related("person")
        self.people = {row.external_id: row.person for row in people}
        self.solving = {answer: question for question, answer in selection.accepted.items()}
        self.circles: dict[str, Circle] = {}

    def write(self, told: Told) -> None:
        """One post, and the acceptance that goes with it, at its date."""
        with clock.acting_at(told.at):
            try:
                if reason := self._reason_to_leave_out(told.post):
                    self.selection.left_out[reason].append(told.post.id)
                    return
                (self._ask if told.post.kind == QUESTION else self._answer)(told)
                if told.post.id in self.solving:
                    self._solve(self.solving[told.post.id], told.post.id)
            except RelaisError:
                self.selection.left_out[LATER].append(told.post.id)

    def _reason_to_leave_out(self, post: Post) -> str | Promise:
        """New posts of somebody who left do not come in under a name they took away, nor do the answers they gathered."""
        if (CASE if post.kind == QUESTION else REPLY, post.id) in self.known:
            return ""
        person = self.people.get(post.owner)
        if person and person.participation == Participation.LEFT:
            return GONE
        return ORPHAN if post.kind != QUESTION and (CASE, post.parent) not in self.known else ""

    def _is_known(self, kind: str, key: str) -> bool:
        if (kind, key) in self.known:
            self.outcome.known[kind] += 1
        return (kind, key) in self.known

    def _remember(self, kind: str, key: str, pk: object) -> None:
        ImportedObject.objects.create(source=self.source, object_type=kind, external_id=key, object_id=str(pk))
        self.known[kind, key] = str(pk)
        self.outcome.added[kind] += 1

    def _ask(self, told: Told) -> None:
        if self._is_known(CASE, told.post.id):
            return
        post = told.post
        tags = f"<p>{html.escape(', '.join(post.tags))}</p>" if post.tags else ""
        text = UseCaseText(
            title=Truncator(post.title).chars(LONGEST_TITLE),
            situation=told.body + tags,
            need=f"<p>{html.escape(post.title)}</p>",
            circle=self._circle(self.selection.theme_of(post)),
            for_customers=False,
            for_employees=True,
            language=self.language,
        )
        self._remember(CASE, post.id, ask_use_case(text, by=self._person(post, told.at.date())).pk)

    def _answer(self, told: Told) -> None:
        if self._is_known(REPLY, told.post.id):
            return
        use_case = UseCase.objects.get(pk=self.known[CASE, told.post.parent])
        text = ContributionText(body=told.body, language=self.language)
        self._remember(REPLY, told.post.id, contribute(use_case, text, by=self._person(told.post, told.at.date())).pk)

    def _solve(self, question: str, answer: str) -> None:
        """The asker accepted this answer: the case is solved on its day, and it is the best one."""
        if self._is_known(SOLUTION, question):
            return
        use_case = UseCase.objects.select_related("author").get(pk=self.known[CASE, question])
        choose_best(Contribution.objects.get(pk=self.known[REPLY, answer]), by=use_case.author)
        mark_solved(use_case, by=use_case.author)
        self._remember(SOLUTION, question, use_case.pk)

    def _person(self, post: Post, day: date) -> Person:
        """The author, who arrives and joins on the day of their first act."""
        if post.owner not in self.people:
            name = post.owner_name[:120] or f"Personne {post.owner}"
            person = join_community(add_person("", name, unit=None, arrived_on=day, language=self.language))
            ImportedPerson.objects.create(source=self.source, external_id=post.owner, person=person)
            self.people[post.owner] = person
            self.outcome.added["person"] += 1
        return self.people[post.owner]

    def _circle(self, tag: str) -> Circle:
        if tag not in self.circles:
            found = self.known.get((THEME, tag))
            self.circles[tag] = Circle.objects.get(pk=found) if found else self._open(tag)
        return self.circles[tag]

    def _open(self, tag: str) -> Circle:
        name = f"{self.source} · {tag}" if tag else self.source
        circle = open_circle(_free_slug(f"{self.source} {tag}"), Truncator(name).chars(LONGEST_NAME), by=None)
        self._remember(THEME, tag, circle.pk)
        return circle


def _free_slug(words: str) -> str:
    """An address that no circle has yet: the words, then the words and a number."""
    base = slugify(words)[:LONGEST_SLUG].strip("-") or "import"
    taken = set(Circle.objects.filter(slug__startswith=base[: LONGEST_SLUG - 5]).values_list("slug", flat=True))
    numbered = (f"{base[: LONGEST_SLUG - 5]}-{number}" for number in count(2))
    return next(slug for slug in chain([base], numbered) if slug not in taken)
