"""What of a file is taken, in the order in which it happened, and why the rest is not (pure)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from relais.core import richtext
from relais.integrations.stackexchange.posts import ANSWER, QUESTION, Post

TAG_CIRCLES = 8
TAG_MINIMUM = 10
MINIMUM_WORDS = 2
COMMUNITY = "-1"  # the account that stands for everybody

WIKI = _("tag wikis and other kinds of rows")
SHARED = _("wiki posts, which belong to the community and to nobody")
DELETED = _("rows of deleted accounts")
OWNERLESS = _("rows without an owner")
UNDATED = _("rows without a number or a date")
WORDLESS = _("rows with nothing to read")
ORPHAN = _("answers whose question is not taken")
UNACCEPTED = _("accepted answers that are not taken: their case stays open")
GONE = _("new posts of people who left: not brought in")
LATER = _("refused, because things changed here since")
EARLY = _("answers older than their question: dated from it")


@dataclass(frozen=True)
class Told:
    """A post that is taken, and when it happens."""

    post: Post
    at: datetime
    body: str


@dataclass
class Selection:
    """The history to write: `posts` in order, `accepted` by question, `themes` the tags that become circles."""

    posts: list[Told] = field(default_factory=list)
    accepted: dict[str, str] = field(default_factory=dict)
    themes: list[str] = field(default_factory=list)
    left_out: dict[str | Promise, list[str]] = field(default_factory=lambda: defaultdict(list))

    def of(self, kind: str) -> list[Told]:
        """The questions, or the answers."""
        return [told for told in self.posts if told.post.kind == kind]

    def theme_of(self, post: Post) -> str:
        """The circle of a question: its first tag that is one, or the community's own (empty)."""
        return next((tag for tag in post.tags if tag in self.themes), "")


def select(posts: Iterable[Post]) -> Selection:
    """Sort what is taken from what is not."""
    selection = Selection()
    kept: dict[str, Told] = {}
    for post in posts:
        body = post.readable
        reason = _reason_against(post, body)
        if reason or post.created is None:
            selection.left_out[reason or UNDATED].append(post.id)
        else:
            kept[post.id] = Told(post, post.created, body)
    _keep(selection, kept)
    tags = Counter(tag for told in selection.of(QUESTION) for tag in told.post.tags)
    ranked = sorted(tags, key=lambda tag: (-tags[tag], tag))
    selection.themes = [tag for tag in ranked if tags[tag] >= TAG_MINIMUM][:TAG_CIRCLES]
    return selection


def _reason_against(post: Post, body: str) -> str | Promise:
    if post.kind not in (QUESTION, ANSWER):
        return WIKI
    if post.shared or post.owner == COMMUNITY:
        return SHARED
    if not post.owner:
        return DELETED if post.owner_name else OWNERLESS
    if not post.id:
        return UNDATED
    few = len(richtext.plain(body).split()) < MINIMUM_WORDS
    return WORDLESS if few or (post.kind == QUESTION and not post.title) else ""


def _keep(selection: Selection, kept: dict[str, Told]) -> None:
    questions = {key: told for key, told in kept.items() if told.post.kind == QUESTION}
    for key, told in kept.items():
        if told.post.kind == QUESTION:
            selection.posts.append(told)
        elif told.post.parent not in questions:
            selection.left_out[ORPHAN].append(key)
        else:
            asked = questions[told.post.parent].at
            if told.at < asked:
                selection.left_out[EARLY].append(key)
            selection.posts.append(Told(told.post, max(told.at, asked), told.body))
    taken = {told.post.id: told.post for told in selection.posts}
    for key, told in questions.items():
        accepted = taken.get(told.post.accepted)
        if accepted and accepted.parent == key:
            selection.accepted[key] = accepted.id
        elif told.post.accepted:
            selection.left_out[UNACCEPTED].append(told.post.accepted)
    selection.posts.sort(key=lambda told: (told.at, told.post.kind, int(told.post.id)))
