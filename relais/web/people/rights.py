"""What Relais does with people's data, for them, the works council and the DPO: generated from what this installation declares."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from relais import __version__
from relais.core import clock
from relais.core.privacy import Erasure, Privacy
from relais.core.suppression import STEP, K
from relais.indicators.definitions import DEFINITIONS
from relais.people.models import Person
from relais.people.privacy import WITHOUT_MODEL, declaration_for, links_to
from relais.people.privacy_words import kept_for, on_leaving
from relais.web import audience
from relais.web.people.promises import ANCHORS, PROMISES, TO_COMPLETE

Pair = tuple[str, str]


@dataclass(frozen=True)
class TableLine:
    """A table that holds something of people: why, how long, what leaving does to it, and its name in the database."""

    purpose: str
    kept: str
    leaving: str
    name: str


@dataclass(frozen=True)
class Rights:
    """The whole paper, in the language being spoken."""

    language: str
    day: str
    version: str
    address: str
    promises: list[str]
    tables: list[TableLine]
    impersonal: str
    cast: list[str]
    places: list[audience.Place]
    live: list[Pair]
    anchors: list[Pair]
    to_complete: list[str]


def rights() -> Rights:
    """Read from the declarations of every table and view, and from the settings, at this moment."""
    declared = _declared()
    personal = {name: one for name, one in declared.items() if one.erasure is not Erasure.NOTHING_PERSONAL}
    others = len(declared) - len(personal)
    return Rights(
        language=get_language() or settings.LANGUAGE_CODE,
        day=date_format(clock.today(), "j F Y"),
        version=__version__,
        address=settings.BASE_URL,
        promises=[str(promise) % {"k": K} for promise, _proof in PROMISES],
        tables=sorted((_line(name, one) for name, one in personal.items()), key=lambda line: line.name),
        impersonal=ngettext(
            "%(count)d other table holds nothing about people.", "%(count)d other tables hold nothing about people.", others
        )
        % {"count": others},
        cast=[str(role) for role in audience.CAST],
        places=audience.places(),
        live=_live(),
        anchors=[(str(name), str(words)) for name, words in ANCHORS],
        to_complete=[str(words) for words in TO_COMPLETE],
    )


def as_data(paper: Rights) -> dict[str, Any]:
    """The same, for the layout of the PDF, with its fixed words."""
    return asdict(paper) | {"words": {name: str(words) for name, words in _words().items()}}


def _declared() -> dict[str, Privacy]:
    """What each table declares; one that only links two others is told of when it leads to people."""
    models = [model for model in apps.get_models(include_auto_created=True) if not model._meta.auto_created or links_to(model, Person)]
    found = {model._meta.db_table: declaration_for(model) for model in models} | WITHOUT_MODEL
    return {name: declared for name, declared in found.items() if declared}


def _line(name: str, declared: Privacy) -> TableLine:
    return TableLine(str(declared.purpose), kept_for(declared), on_leaving(declared), name)


def _live() -> list[Pair]:
    """What is set here, now."""
    smtp = settings.MAILERS["transport"]["BACKEND"].endswith("smtp.EmailBackend")
    own = settings.SECURE_CSP["default-src"] == ["'self'"]
    return [
        (_("Fewest people a figure may count"), str(K)),
        (_("Numbers of people are rounded to"), str(STEP)),
        (_("Version of the definitions"), str(DEFINITIONS)),
        (_("Languages"), ", ".join(name for _code, name in settings.LANGUAGES)),
        (_("Time zone of days and figures"), f"UTC ({settings.TIME_ZONE})"),
        (_("Mails leave by"), _("a mail server of the organisation") if smtp else _("nowhere: they are written into the data folder")),
        (_("What browsers load from elsewhere"), _("nothing") if own else _("something: the security policy was changed")),
        (_("A session lasts at most"), _days(settings.SESSION_COOKIE_AGE // 86_400)),
        (_("The ledger of facts keeps, under opaque numbers"), _("everything, for now: its closing after 24 months is not built yet")),
        (_("Demo personas, whom anybody may play"), _("yes: no real data here") if settings.DEMO else _("no")),
    ]


def _days(count: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


def _words() -> dict[str, str | Promise]:
    return {
        "title": _("What Relais does with your data"),
        "lead": _("For those who take part or may, the works council and the data protection officer."),
        "made": _(
            "Read from this installation on %(day)s, version %(version)s, %(address)s. Read it again after each upgrade: it follows."
        ),
        "never": _("What is never done, nor shown"),
        "who": _("Who may open what"),
        "who_note": _(
            "Read from the rule of every page. Inside, each finds what is theirs: an exchange opens for its two people, a draft for its "
            "writer. Being somebody's manager opens nothing."
        ),
        "place": _("Part of Relais"),
        "kept": _("What is kept, why, and how long"),
        "kept_note": _(
            "Every table says so itself, and the suite of tests tries each promise. That somebody came by is noted once a day, never what "
            "they read. Texts that people wrote stay as they wrote them."
        ),
        "purpose": _("Why"),
        "how_long": _("Kept"),
        "leaving": _("When its person leaves"),
        "live": _("What is set here"),
        "live_name": _("Setting"),
        "live_value": _("Here, now"),
        "law": _("In French law"),
        "law_name": _("Text"),
        "law_value": _("How Relais stands to it"),
        "complete": _("To be completed by the organisation"),
        "yours": _("Your rights, without asking anybody"),
        "yours_note": _(
            "In “My account”: read your data, take them away, correct what you say of yourself, take a pause, leave. "
            "For anything else, write to the data protection officer of the organisation."
        ),
        "page": _("Page %(number)s of %(total)s"),
    }
