from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from relais.indicators.cards import said
from relais.indicators.catalogue import Kind
from relais.indicators.goals import scenarios
from relais.indicators.queries.goals import Standing, deadline_in, months_apart
from relais.people.models import Person
from relais.people.queries import person_by_email

DEADLINES = (3, 6, 9, 12, 18, 24)  # months
NAMES = {"prudent": _("Prudent"), "target": _("Target"), "ambitious": _("Ambitious")}
OWN = "own"


class GoalForm(forms.Form):
    """For a day that the address names: one of three scenarios or a value of one's own, and who looks after it."""

    scenario = forms.ChoiceField(label=_("How far?"), widget=forms.RadioSelect)
    value = forms.DecimalField(label=_("Or a value of your own"), required=False, localize=True)
    owner_email = forms.EmailField(
        label=_("Who looks after it?"),
        required=False,
        help_text=_("The e-mail address of a colleague. Left empty: yourself."),
    )

    def __init__(self, standing: Standing, deadline: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing
        self.fields["scenario"].choices = self._scenarios(deadline)  # type: ignore[attr-defined]
        self.fields["scenario"].initial = self.fields["scenario"].choices[len(self.fields["scenario"].choices) // 2][0]  # type: ignore[attr-defined]
        if standing.indicator.kind == Kind.SHARE:
            self.fields["value"].help_text = _("In percent.")

    def _scenarios(self, deadline: date) -> list[tuple[str, str]]:
        """The three, with the value each reaches by that day."""
        kind, months = self.standing.indicator.kind, months_apart(self.standing.at, deadline)
        found = scenarios(self.standing.start, months) if self.standing.start else []
        named = [(f"{each.value}", f"{NAMES[each.name]} : {said(kind, each.value)}") for each in found]
        return [*named, (OWN, str(_("A value of my own")))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("scenario") == OWN and cleaned.get("value") is None and "value" not in self.errors:
            self.add_error("value", _("Type the value you wish to reach, or choose one of the scenarios."))
        return cleaned

    def clean_owner_email(self) -> Person | None:
        email = self.cleaned_data["owner_email"]
        person = person_by_email(email) if email else None
        if email and not (person and person.is_active):
            raise forms.ValidationError(_("Nobody here has this address. Check it, or leave it empty."))
        return person

    @property
    def wished(self) -> float:
        """The value chosen, as the indicator counts it."""
        if self.cleaned_data["scenario"] != OWN:
            return float(self.cleaned_data["scenario"])
        value = float(self.cleaned_data["value"])
        return value / 100 if self.standing.indicator.kind == Kind.SHARE else value


def deadlines(standing: Standing) -> list[date]:
    """The days offered."""
    return [deadline_in(months, standing.at) for months in DEADLINES]


class EndForm(forms.Form):
    """Why a goal ends."""

    ending = forms.ChoiceField(
        label=_("What becomes of it?"),
        choices=[("reached", _("It is reached")), ("changed", _("We choose another")), ("dropped", _("We drop it"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("In a sentence"), required=False, max_length=400, help_text=_("Everybody who reads goals can read it.")
    )


WEEKS = (4, 8, 12, 16, 24)


class TakeForm(forms.Form):
    """How a lever is pulled, and how it will be read."""

    indicator = forms.ChoiceField(label=_("What should it move?"))
    expected = forms.DecimalField(
        label=_("By how much do you hope?"),
        localize=True,
        help_text=_("In points of share: 3 means from 20% to 23%. It is written down now."),
    )
    design = forms.ChoiceField(label=_("How will it be read?"), widget=forms.RadioSelect)
    units = forms.MultipleChoiceField(
        label=_("Which units begin?"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("None ticked: everybody.")
    )
    starts_on = forms.TypedChoiceField(label=_("From which Monday?"), coerce=date.fromisoformat)
    weeks = forms.TypedChoiceField(
        label=_("Read after how many weeks?"), coerce=int, choices=[(each, str(each)) for each in WEEKS], initial=12
    )

    def __init__(self, choices: dict[str, list[tuple[str, str]]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    @property
    def plan(self) -> dict[str, Any]:
        """What the action asks."""
        cleaned = self.cleaned_data
        return cleaned | {"expected": float(cleaned["expected"]) / 100, "units": [int(pk) for pk in cleaned["units"]]}


class StopForm(forms.Form):
    """Why a lever stops."""

    reason = forms.CharField(label=_("In a sentence"), max_length=400)


class StepForm(forms.Form):
    """To whom a step is handed."""

    email = forms.EmailField(label=_("The e-mail address of a colleague"))

    def clean_email(self) -> Person:
        person = person_by_email(self.cleaned_data["email"])
        if not (person and person.is_active):
            raise forms.ValidationError(_("Nobody here has this address. Check it."))
        return person


class CatalogueForm(forms.Form):
    """The catalogue as a text to change, or a file to bring in."""

    text = forms.CharField(label=_("The levers, in YAML"), widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}), strip=False)
