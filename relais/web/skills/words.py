"""What the pages of skills say: levels, what is missing, what a skill rests on."""

from __future__ import annotations

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from relais.skills.certification import Level, Missing

LEVELS: dict[int, str | Promise] = {
    Level.NONE: _("said by themselves"),
    Level.NOTIONS: _("notions"),
    Level.AUTONOMOUS: _("autonomous"),
    Level.CERTIFIED: _("certified by peers"),
    Level.SACHANT: _("certified, and passes it on"),
}
KINDS = {Level.CERTIFIED: "good", Level.SACHANT: "good"}
MISSING: dict[str, str | Promise] = {
    Missing.VOICES: _("more voices: three colleagues who saw it, each counted once"),
    Missing.TEAMS: _("a voice from another team: they all come from one"),
    Missing.EXPERT: _("a voice of somebody certified in this skill, or of its first experts"),
}
ACTS: dict[str, str | Promise] = {
    "published": _("Published"),
    "accepted": _("Solved a colleague's case"),
    "applied": _("Applied by a colleague, and it worked"),
    "rated": _("A workshop that colleagues rated"),
    "observed": _("Seen by a colleague"),
}
PAGES = {"contribution": "knowledge:contribution_show", "workshop": "knowledge:workshop_show"}


def address_of(kind: str, pk: int | None) -> str:
    """The page of what a skill rests on; empty when it stands nowhere."""
    return reverse(PAGES[kind], args=[pk]) if kind in PAGES and pk else ""
