"""What a page shows of a contribution, worked out once, so that a case with twenty answers stays cheap to draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relais.knowledge.queries.reuse import community_mean
from relais.knowledge.relevance import shown_mean, told_ratings
from relais.people.models import Person
from relais.web.knowledge.addresses import address, report_address
from relais.web.knowledge.said import drawn, said_of


@dataclass(frozen=True, slots=True)
class Row:
    """One contribution as a page shows it to one person."""

    it: Any
    said: SafeString
    best: bool
    mine: bool
    may_choose: bool
    scores: str

    def __getattr__(self, name: str) -> str:
        """`rate_url` is the address of `contribution_rate`, and so on."""
        if name == "report_url":
            return report_address("apport", self.it.pk)
        if name in ADDRESSES:
            return address(ADDRESSES[name], self.it.pk)
        raise AttributeError(name)


ADDRESSES = {
    "revise_url": "contribution_revise",
    "withdraw_url": "contribution_withdraw",
    "choose_url": "contribution_choose",
    "apply_url": "application_report",
    "rate_url": "contribution_rate",
    "remark_url": "reaction_make",
}


def rows(contributions: list[Any], use_case: Any, viewer: Person) -> list[Row]:
    """The contributions to one case, as this person sees them."""
    mean = community_mean() if contributions else 0.0
    asker = use_case.author_id == viewer.pk
    return [_row(c, use_case, viewer, mean=mean, asker=asker) for c in contributions]


def _row(c: Any, use_case: Any, viewer: Person, *, mean: float, asker: bool) -> Row:
    others = list(c.co_authors.all())
    wrote = c.author_id == viewer.pk or any(person.pk == viewer.pk for person in others)
    best = use_case.best_id == c.pk
    used, relevance = reuse_words(c.applications_count, c.teams_count), relevance_words(c.ratings_count, c.ratings_sum, mean)
    names = ", ".join(person.name for person in others if person.name)
    return Row(
        it=c,
        said=drawn(said_of(c, co_authors=names, best=best, used=used, relevance=relevance)),
        best=best,
        mine=wrote,
        may_choose=asker and not best and c.use_case_id == use_case.pk,
        scores="" if wrote else _scores(c),
    )


def _scores(c: Any) -> SafeString:
    """The five buttons, the given score pressed: made here, because a template loop of five costs most of a row."""
    where, out_of = address("contribution_rate", c.pk), _("out of 5")
    buttons = (
        f'<button class="score" name="score" value="{n}" formaction="{where}" aria-label="{n} {out_of}"'
        f"{' aria-pressed="true"' if c.my_score == n else ''}>{n}</button>"
        for n in range(1, 6)
    )
    return mark_safe("".join(buttons))  # noqa: S308  # numbers, an address of ours and a translated word


def reuse_words(applications: int, teams: int) -> str:
    """« Appliqué 14 fois dans 6 équipes »; nothing before the first time."""
    if not applications:
        return ""
    times = ngettext("Applied %(count)s time", "Applied %(count)s times", applications) % {"count": applications}
    if not teams:
        return times
    where = ngettext("in %(count)s team", "in %(count)s teams", teams) % {"count": teams}
    return f"{times} {where}"


def relevance_words(count: int, total: int, mean: float) -> str:
    """The relevance with its basis, or that there are too few ratings to say one."""
    shown = shown_mean(count, total, mean)
    if shown is None:
        return _("New: not enough ratings yet") if count else ""
    return _("Relevance %(score)s/5 (%(count)s ratings)") % {"score": number_format(shown, 1), "count": told_ratings(count)}
