"""What people write about initiatives: checked for shape here, for meaning by the actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from relais.knowledge.actions.initiatives import InitiativeText, Start
from relais.knowledge.queries.use_cases import circles_for
from relais.web.knowledge.forms import SentOnce, Serves

ORIGINS = [
    ("bottom_up", _("From the field: we who do the work")),
    ("across", _("Between teams: several trades together")),
    ("top_down", _("From the management")),
]
DIRECTIONS = [("up", _("It should rise")), ("down", _("It should fall"))]


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class InitiativeForm(SentOnce):
    title = forms.CharField(
        label=_("What do you want to undertake?"),
        max_length=160,
        help_text=_("A verb, and what changes. Example: answer every complaint within a day."),
        error_messages={"required": _("Give the initiative a name: a verb, and what changes.")},
    )
    what = forms.CharField(
        label=_("How, in two sentences"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say in two sentences what you want to undertake.")},
    )
    origin = forms.ChoiceField(label=_("Where does it come from?"), choices=ORIGINS, initial="bottom_up", widget=forms.RadioSelect)
    circle: forms.ModelChoiceField[Any] = forms.ModelChoiceField(queryset=None, label=_("Circle"), empty_label=_("Choose a circle"))
    serves = forms.MultipleChoiceField(
        label=_("Whose satisfaction does it serve?"),
        choices=Serves,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One is enough to make it legitimate. You can say it later, before you propose it."),
    )

    def __init__(self, viewer: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["circle"].queryset = circles_for(viewer)  # type: ignore[attr-defined]

    def text(self) -> InitiativeText:
        """What was written, as the action takes it."""
        given = self.cleaned_data
        serves = {"for_customers": Serves.CUSTOMERS in given["serves"], "for_employees": Serves.EMPLOYEES in given["serves"]}
        return InitiativeText(given["title"], given["what"], given["origin"], given["circle"], **serves)

    @staticmethod
    def filled_from(initiative: Any) -> dict[str, Any]:
        """What the form starts from when an initiative is revised."""
        serves = [(Serves.CUSTOMERS, initiative.for_customers), (Serves.EMPLOYEES, initiative.for_employees)]
        columns = {name: getattr(initiative, name) for name in ("title", "what", "origin", "circle")}
        return columns | {"serves": [value for value, served in serves if served]}


class IndicatorForm(forms.Form):
    name = forms.CharField(
        label=_("What should move?"),
        max_length=120,
        help_text=_("Example: complaints a week, satisfaction of new colleagues."),
        error_messages={"required": _("Name what should move. Example: complaints a week.")},
    )
    unit = forms.CharField(label=_("Counted in"), max_length=40, required=False, help_text=_("Example: complaints, days, out of 5."))
    direction = forms.ChoiceField(label=_("Which way?"), choices=DIRECTIONS, initial="up", widget=forms.RadioSelect)
    baseline = forms.DecimalField(label=_("Where it stands today"), max_digits=14, decimal_places=3, localize=True)
    baseline_on = forms.DateField(label=_("Measured on"), widget=_day())

    def start(self) -> Start:
        """What was written, as the action takes it."""
        return Start(**self.cleaned_data)


class DecisionForm(forms.Form):
    reason = forms.CharField(
        label=_("In a few words"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("To refuse, a reason is needed: everybody can read it."),
    )


class MeasureForm(forms.Form):
    on = forms.DateField(label=_("Day"), widget=_day())
    value = forms.DecimalField(label=_("Value"), max_digits=14, decimal_places=3, localize=True)


class MeasuresForm(forms.Form):
    file = forms.FileField(label=_("The file (CSV)"), help_text=_("Three columns: date, unit, value. An empty unit means everybody."))


class PulseForm(forms.Form):
    question = forms.CharField(
        label=_("One question, answered from 1 to 5"),
        max_length=200,
        help_text=_("Example: how easy was it to find help this week?"),
        error_messages={"required": _("Write the question. Example: how easy was it to find help this week?")},
    )
