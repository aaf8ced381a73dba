"""What people write about workshops: checked for shape here, for meaning by the actions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relais.knowledge.actions.workshops import WorkshopText
from relais.knowledge.queries.use_cases import circles_for
from relais.knowledge.structures import STRUCTURES, minutes_of
from relais.people.models import Person
from relais.people.queries import person_by_email
from relais.web.knowledge.forms import SentOnce

FORMATS = [
    ("long", _("Lived experience, 2 h 30: stories in pairs, what we would like, a plan of action")),
    ("medium", _("Focused, 45 minutes: one case, what we have lived, what works")),
    ("short", _("Quick, 20 minutes: one gesture, shown and done")),
    ("free", _("A shape of your own")),
]
RHYTHMS = [(0, _("Once")), (1, _("Every week")), (2, _("Every fortnight")), (4, _("Every four weeks"))]
WORTH = [(5, _("5 – Well worth it")), (4, "4"), (3, _("3 – As much as it cost")), (2, "2"), (1, _("1 – Time lost"))]
RELEVANT = [(5, _("5 – Just what I need")), (4, "4"), (3, _("3 – In part")), (2, "2"), (1, _("1 – Not for me"))]


class WorkshopForm(SentOnce):
    title = forms.CharField(
        label=_("What is it about?"),
        max_length=160,
        help_text=_("What one will be able to do afterwards. Example: Calming a customer who has waited for an hour."),
        error_messages={"required": _("Give the workshop a title that makes one want to come.")},
    )
    format = forms.ChoiceField(label=_("How will it run?"), choices=FORMATS, initial="medium", widget=forms.RadioSelect)
    circle: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        queryset=None, label=_("Circle"), empty_label=_("Choose a circle"), help_text=_("Its people see the workshop first.")
    )
    day = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), error_messages={"required": _("Choose a day.")}
    )
    hour = forms.TimeField(
        label=_("Time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("In your time zone; everybody sees it in theirs."),
    )
    minutes = forms.IntegerField(
        label=_("Minutes it lasts"), min_value=5, max_value=720, required=False, help_text=_("Empty: as long as the chosen shape takes.")
    )
    room = forms.CharField(label=_("Room or place"), max_length=200, required=False, help_text=_("Example: workshop 2, near the saw."))
    link = forms.URLField(label=_("Link of the video call"), max_length=500, required=False, assume_scheme="https")
    capacity = forms.IntegerField(
        label=_("Number of seats"), min_value=2, max_value=500, initial=12, help_text=_("Beyond, a waiting list opens.")
    )
    warm_up = forms.CharField(
        label=_("A question for the day before"),
        max_length=200,
        required=False,
        help_text=_("Those who answer it nearly always come. Example: When did it last happen to you?"),
    )
    co_host = forms.EmailField(label=_("Address of a colleague who leads it with you"), required=False)
    purpose = forms.CharField(label=_("Anything else to know?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, viewer: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["circle"].queryset = circles_for(viewer)  # type: ignore[attr-defined]

    def clean_co_host(self) -> Person | None:
        """The colleague of that address."""
        email: str = self.cleaned_data["co_host"]
        person = person_by_email(email) if email else None
        if email and person is None:
            raise forms.ValidationError(_("Nobody here has this address. Check it, or leave it empty."))
        return person

    def clean(self) -> dict[str, Any]:
        """A shape of one's own has a length of its own."""
        cleaned = super().clean() or {}
        if cleaned.get("minutes") is None and cleaned.get("format") in STRUCTURES:
            cleaned["minutes"] = minutes_of(cleaned["format"])
            if cleaned["minutes"] is None and "minutes" not in self.errors:
                self.add_error("minutes", _("Say how long it lasts."))
        return cleaned

    def text(self, use_case: Any = None) -> WorkshopText:
        """What was written, as the action takes it; the hour is that of the reader's clock."""
        given = self.cleaned_data
        starts = timezone.make_aware(datetime.combine(given["day"], given["hour"]))
        names = ("title", "circle", "capacity", "purpose", "format", "link", "warm_up", "co_host")
        columns = {name: given[name] for name in names} | {"place": given["room"]}
        return WorkshopText(starts_at=starts, ends_at=starts + timedelta(minutes=given["minutes"]), use_case=use_case, **columns)

    @staticmethod
    def filled_from(workshop: Any) -> dict[str, Any]:
        """What the form starts from when a workshop is changed."""
        starts = timezone.localtime(workshop.starts_at)
        names = ("title", "circle", "capacity", "purpose", "format", "link", "warm_up")
        return {name: getattr(workshop, name) for name in names} | {
            "room": workshop.place,
            "day": starts.date(),
            "hour": starts.time(),
            "minutes": int((workshop.ends_at - workshop.starts_at).total_seconds() // 60),
            "co_host": workshop.co_host.email if workshop.co_host else "",
        }


class ProposalForm(WorkshopForm):
    """The same, and how often."""

    weeks = forms.TypedChoiceField(label=_("How often?"), choices=RHYTHMS, coerce=int, initial=0, required=False)
    dates = forms.IntegerField(label=_("How many dates?"), min_value=1, max_value=26, initial=1, required=False)

    def rhythm(self) -> dict[str, int]:
        """The series, as the action takes it."""
        weeks = self.cleaned_data["weeks"] or 0
        return {"weeks": weeks, "dates": (self.cleaned_data["dates"] or 1) if weeks else 1}


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Why?"),
        max_length=200,
        help_text=_("Those who come read it. Example: the saw is being repaired, new date next week."),
        error_messages={"required": _("Tell those who come why: one sentence is enough.")},
    )


class WorthForm(forms.Form):
    worth = forms.TypedChoiceField(label=_("Was it worth the time?"), choices=WORTH, coerce=int, widget=forms.RadioSelect)
    relevance = forms.TypedChoiceField(label=_("Was it relevant for your work?"), choices=RELEVANT, coerce=int, widget=forms.RadioSelect)


class WarmUpForm(forms.Form):
    reply = forms.CharField(label=_("Your answer"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class MaterialsForm(forms.Form):
    materials = forms.CharField(
        label=_("What came out of it"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("The steps that work, what to avoid, who to ask. “- ” makes a list."),
    )
