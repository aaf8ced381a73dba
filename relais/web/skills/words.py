"""What the pages of skills say: levels, what is missing, what a skill rests on."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

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


def prompt_words(prompt: Any) -> str:
    """What is asked of somebody who knows, and why."""
    count = {"count": prompt.waiting}
    if prompt.kind == "workshop":
        said = ngettext(
            "%(count)d colleague would like to learn it. Could you show it, in a short workshop?",
            "%(count)d colleagues would like to learn it. Could you show it, in a short workshop?",
            prompt.waiting,
        )
    elif prompt.kind == "content":
        said = ngettext(
            "%(count)d case waits for the same thing. A short sheet of yours would answer it.",
            "%(count)d cases wait for the same thing. One short sheet of yours would answer them.",
            prompt.waiting,
        )
    else:
        said = ngettext(
            "%(count)d case waits for somebody who knows. Two sentences are enough.",
            "%(count)d cases wait for somebody who knows. Two sentences are enough.",
            prompt.waiting,
        )
    return said % count


def prompt_address(prompt: Any) -> str:
    """Where it is written; the skill's page when what was asked for is gone."""
    if prompt.kind == "workshop" and prompt.need_id:
        return reverse("knowledge:need_show", args=[prompt.need_id])
    if prompt.use_case_id:
        return reverse(f"knowledge:contribution_{'share' if prompt.kind == 'content' else 'answer'}", args=[prompt.use_case_id])
    return reverse("skills:skill_show", args=[prompt.skill_id])
