from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from relais.core import clock
from relais.knowledge.actions.routing import decline_proposal
from relais.knowledge.queries.home import AT_MOST, News, Waiting, home_for
from relais.knowledge.queries.routing import proposal_for
from relais.maturity.queries import asked_of
from relais.people.rules import can_read_aggregates, can_take_part
from relais.studio.queries.notices import unread_for
from relais.web.access import PersonRequest, everyone, members
from relais.web.knowledge.addresses import address
from relais.web.knowledge.words import reason_words
from relais.web.moments import said

LONGEST = 80  # of a text quoted on a card


@dataclass(frozen=True)
class Card:
    """One thing that waits, in words."""

    title: str
    url: str
    note: str
    act: str
    decline_url: str = ""


@require_GET
@everyone
def home(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect("account_login")
    if not can_take_part(request.user):
        return _elsewhere(request.user)
    found = home_for(request.user, clock.now())
    context = {
        "home": found,
        "waiting": [*_asked(request.user), *(card(thing) for thing in found.waiting)][:AT_MOST],
        "news": [(row, _url(row)) for row in found.news],
        "unread": unread_for(request.user),
        "small_url": _url(found.small) if found.small else "",
    }
    return render(request, "knowledge/home.html", context)


def _asked(person: Any) -> list[Card]:
    """The questions on where we stand come first while they are open: they ask once, and for a few days."""
    if not asked_of(person):
        return []
    note = _("A few minutes. Nobody will know what you answered.")
    return [Card(_("How do we learn from each other here?"), reverse("maturity:sheet_fill"), note, _("Answer the questions"))]


def _elsewhere(person: Any) -> HttpResponse:
    """Those who have not joined: a sponsor or a pilot reads where the community stands, others are welcomed."""
    return redirect("indicators:standing" if can_read_aggregates(person) else "people:welcome")


def _url(row: News) -> str:
    return address("contribution_show" if row.kind == "content" else "use_case_show", row.pk)


def card(thing: Waiting) -> Card:
    """What is said of one thing that waits."""
    return CARDS[thing.kind](thing)


def _proposal(thing: Waiting) -> Card:
    return Card(
        thing.title,
        address("use_case_show", thing.use_case),
        reason_words(thing.reason, thing.because),
        _("Give a hand"),
        address("proposal_decline", thing.pk),
    )


def _to_tell(thing: Waiting) -> Card:
    return Card(
        _("Did it work? “%(what)s”") % {"what": shorten(thing.title, LONGEST, placeholder="…")},
        address("application_tell", thing.pk),
        _("You applied it two weeks ago. Ten seconds are enough."),
        _("Tell"),
    )


def _to_solve(thing: Waiting) -> Card:
    note = ngettext("%(count)s answer to your case.", "%(count)s answers to your case.", thing.count) % {"count": thing.count}
    return Card(thing.title, address("use_case_show", thing.pk), f"{note} {_('Is it solved?')}", _("Read and say"))


def _remark(thing: Waiting) -> Card:
    title = ngettext("%(count)s remark on what you wrote", "%(count)s remarks on what you wrote", thing.count) % {"count": thing.count}
    return Card(title, reverse("knowledge:reaction_list"), _("Colleagues say what should be mended. Only you see it."), _("Look"))


def _to_animate(thing: Waiting) -> Card:
    title = ngettext("%(count)s case without an answer for two days", "%(count)s cases without an answer for two days", thing.count) % {
        "count": thing.count
    }
    return Card(title, reverse("knowledge:animation"), _("In the circles you look after."), _("See who could help"))


def _meeting(thing: Waiting) -> Card:
    starts = said(timezone.localtime(datetime.fromisoformat(thing.reason)), timezone.localtime(clock.now()))
    note = _("The host asks: %(question)s") % {"question": thing.because} if thing.because else ""
    title = _("%(what)s, %(when)s") % {"what": thing.title, "when": starts}
    return Card(title, address("workshop_show", thing.pk), note, _("See where and with whom"))


def _worth(thing: Waiting) -> Card:
    title = _("Was it worth the time? “%(what)s”") % {"what": shorten(thing.title, LONGEST, placeholder="…")}
    return Card(title, address("workshop_rate", thing.pk), _("Two questions, ten seconds."), _("Tell"))


def _to_welcome(thing: Waiting) -> Card:
    title = ngettext("%(count)s first post that nobody has met", "%(count)s first posts that nobody has met", thing.count) % {
        "count": thing.count
    }
    return Card(title, reverse("knowledge:animation"), _("A word within the day, and they come back."), _("Welcome them"))


def _ruling(thing: Waiting) -> Card:
    notes = {
        "hide": _("It is withheld for now. Read why, and how to appeal."),
        "amend": _("You are asked to change it. Read why."),
        "restore": _("It is shown again."),
        "upheld": _("Two others judged your appeal: the decision stands. Read why."),
        "overturned": _("Two others judged your appeal: the decision falls."),
    }
    title = _("About what you wrote: “%(what)s”") % {"what": shorten(thing.title, LONGEST, placeholder="…")}
    return Card(title, address("ruling_show", thing.pk), notes[thing.reason], _("Read"))


def _reported(thing: Waiting) -> Card:
    title = ngettext("What you reported was looked at", "%(count)s things you reported were looked at", thing.count) % {
        "count": thing.count
    }
    told = _("Thank you for telling. Read what was decided, and why.")
    return Card(title % {"count": thing.count}, reverse("knowledge:report_list"), told, _("Read"))


def _to_moderate(thing: Waiting) -> Card:
    title = ngettext("%(count)s report to look at", "%(count)s reports to look at", thing.count) % {"count": thing.count}
    return Card(title, reverse("knowledge:matter_list"), _("In your hands. Whoever wrote it may be waiting too."), _("Look"))


def _to_judge(thing: Waiting) -> Card:
    title = ngettext("%(count)s appeal to judge", "%(count)s appeals to judge", thing.count) % {"count": thing.count}
    return Card(title, reverse("knowledge:matter_list"), _("You took no part in it: that is why you are asked."), _("Look"))


def _second_key(thing: Waiting) -> Card:
    title = ngettext(
        "%(count)s request to lift a pseudonym waits for your key", "%(count)s requests to lift a pseudonym wait for your key", thing.count
    ) % {"count": thing.count}
    return Card(
        title, reverse("knowledge:reveal_list"), _("Read the reason, then decide. After seven days, the pseudonym stands."), _("Look")
    )


def _need(thing: Waiting) -> Card:
    title = _("Could you show it? “%(what)s”") % {"what": shorten(thing.title, LONGEST, placeholder="…")}
    note = ngettext("%(count)s colleague would like to learn it.", "%(count)s colleagues would like to learn it.", thing.count)
    words = f"{note % {'count': thing.count}} {reason_words(thing.reason, thing.because)}"
    return Card(title, address("need_show", thing.pk), words, _("Look"), address("need_decline", thing.pk))


def _need_ready(thing: Waiting) -> Card:
    starts = said(timezone.localtime(datetime.fromisoformat(thing.reason)), timezone.localtime(clock.now()))
    note = _("You wanted to learn it: a workshop is proposed, %(when)s.") % {"when": starts}
    return Card(thing.title, address("workshop_show", thing.pk), note, _("See where and with whom"))


def _to_review(thing: Waiting) -> Card:
    title = ngettext("%(count)s content to read again", "%(count)s contents to read again", thing.count) % {"count": thing.count}
    return Card(title, reverse("knowledge:care_list"), _("You look after it. Still true? One click."), _("Read it again"))


CARDS = {
    "to_review": _to_review,
    "proposal": _proposal,
    "to_tell": _to_tell,
    "to_solve": _to_solve,
    "remark": _remark,
    "to_animate": _to_animate,
    "meeting": _meeting,
    "need": _need,
    "need_ready": _need_ready,
    "worth": _worth,
    "second_key": _second_key,
    "to_welcome": _to_welcome,
    "ruling": _ruling,
    "reported": _reported,
    "to_moderate": _to_moderate,
    "to_judge": _to_judge,
}


@require_POST
@members
def proposal_decline(request: PersonRequest, pk: int) -> HttpResponse:
    proposal = proposal_for(request.user, pk)
    if proposal is None:
        raise Http404
    decline_proposal(proposal, by=request.user)
    messages.success(request, _("Understood: we will not ask you about this case again."))
    return redirect("knowledge:home")
