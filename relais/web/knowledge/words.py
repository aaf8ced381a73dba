"""Sentences that several pages say."""

from __future__ import annotations

from django.utils.translation import gettext as _


def reason_words(reason: str, because: str) -> str:
    """Why somebody is asked, told to them."""
    if because:
        told = {
            "best": _("Your answer to a close case was the best one: “%(case)s”."),
            "content": _("You shared a content on a close case: “%(case)s”."),
            "answer": _("You answered a close case: “%(case)s”."),
            "applied": _("You made it work on a close case: “%(case)s”."),
        }
        if reason in told:
            return told[reason] % {"case": because}
    return _("You look after this circle.") if reason == "animates" else _("You have already helped in this circle.")
