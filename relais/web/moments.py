"""Dates as people say them: "tomorrow at 2 p.m.", "12 minutes ago", "on 11 March"."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.dateformat import format as spelled
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext


def _day(day: date, today: date) -> str:
    """A day and its month, the year only when it is another one."""
    if day.year == today.year:
        pattern = pgettext("date format, 1st of a month", "j F") if day.day == 1 else pgettext("date format", "j F")
    else:
        pattern = pgettext("date format, 1st of a month", "j F Y") if day.day == 1 else pgettext("date format", "j F Y")
    return spelled(day, pattern)


def _time(moment: datetime) -> str:
    """The time of day: whole hours are said without minutes."""
    return spelled(moment, pgettext("time format", "g:i A") if moment.minute else pgettext("time format, whole hour", "g A"))


def _named_day(day: date, today: date) -> str:
    """How the day is called seen from today; empty when it has no name of its own."""
    names = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    distance = (day - today).days
    if distance in names:
        return names[distance]
    if 1 < distance < 7:
        return spelled(day, pgettext("a day of the coming week", r"\o\n l"))
    if -7 < distance < -1:
        return spelled(day, pgettext("a day of the past week", r"\l\a\s\t l"))
    return ""


def _minutes(moment: datetime, now: datetime) -> str:
    """A moment less than an hour away; empty for the others."""
    minutes = int((moment - now).total_seconds() / 60)
    if minutes == 0:
        return _("just now") if moment <= now else _("in a moment")
    if 0 < minutes < 60:
        return ngettext("in %(count)s minute", "in %(count)s minutes", minutes) % {"count": minutes}
    if -60 < minutes < 0:
        return ngettext("%(count)s minute ago", "%(count)s minutes ago", -minutes) % {"count": -minutes}
    return ""


def said(moment: date, now: datetime) -> str:
    """The moment as one would say it at `now`; both in the person's own time zone."""
    today = now.date()
    if not isinstance(moment, datetime):
        return _named_day(moment, today) or _("on %(day)s") % {"day": _day(moment, today)}
    if near := _minutes(moment, now):
        return near
    day = _named_day(moment.date(), today)
    if day and (moment.date() - now.date()).days < -1:
        return day
    if day:
        return _("%(day)s at %(time)s") % {"day": day, "time": _time(moment)}
    day = _("on %(day)s") % {"day": _day(moment.date(), today)}
    return _("%(day)s at %(time)s") % {"day": day, "time": _time(moment)} if moment > now else day


def full(moment: date) -> str:
    """The whole date, with the weekday, and the time when there is one."""
    day = spelled(moment, pgettext("date format, 1st of a month", "l j F Y") if moment.day == 1 else pgettext("date format", "l j F Y"))
    return _("%(day)s at %(time)s") % {"day": day, "time": _time(moment)} if isinstance(moment, datetime) else day
