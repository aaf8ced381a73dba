"""Sentences that several pages say."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from relais.indicators.courses import said
from relais.knowledge.queries.initiatives import Course


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
    alone = {
        "certified": _("Colleagues have certified you in a skill that it is about."),
        "skilled": _("You show a skill that it is about."),
        "animates": _("You look after this circle."),
    }
    return alone.get(reason) or _("You have already helped in this circle.")


def course_in_words(course: Course) -> str:
    """What an indicator of an initiative has become, in one or two sentences."""
    indicator, latest = course.indicator, course.latest
    start = said(indicator.baseline, indicator.unit)
    if latest is None:
        day = date_format(indicator.baseline_on, "j F Y")
        return _("It starts from %(start)s, measured on %(day)s. No measure since then.") % {"start": start, "day": day}
    if course.goes_well is None:
        return _("It has not moved: %(start)s.") % {"start": start}
    moved = _("From %(start)s to %(value)s.") % {"start": said(indicator.baseline, ""), "value": said(latest.value, indicator.unit)}
    return f"{moved} {_('It moves as it should.') if course.goes_well else _('It moves the other way.')}"
