from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from relais.core import clock
from relais.maturity.actions import LONGEST_COMMENT
from relais.maturity.items import DIMENSIONS, ITEMS, asked

SCALE = {1: _("Not at all"), 2: _("Rather not"), 3: _("In part"), 4: _("Rather"), 5: _("Fully")}
KINDS = [("whole", _("The 24 sentences (five minutes)")), ("pulse", _("The pulse: 8 sentences (ninety seconds)"))]
MOST = 2_000_000


class SheetForm(forms.Form):
    """One sentence after the other; none is compulsory."""

    comment = forms.CharField(
        label=_("Something to add?"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Name nobody, and nothing that tells who you are: pilots read this text as it stands, once ten people have answered."),
    )

    def __init__(self, pulse: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = asked(pulse)
        choices = [(str(number), format_html('{}<span class="hidden"> {}</span>', number, word)) for number, word in SCALE.items()]
        choices += [("0", format_html('?<span class="hidden"> {}</span>', _("I do not know")))]
        for number in self.numbers:
            self.fields[f"item_{number}"] = forms.ChoiceField(
                label=str(ITEMS[number].text), choices=choices, required=False, widget=forms.RadioSelect
            )

    @property
    def parts(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Each dimension with its sentences."""
        return [
            (label, [self[f"item_{number}"] for number in self.numbers if ITEMS[number].dimension == name])
            for name, label in DIMENSIONS.items()
        ]

    @property
    def answers(self) -> dict[int, int | None]:
        """What was answered, item by item; not knowing is None."""
        return {number: int(self.cleaned_data[f"item_{number}"] or 0) or None for number in self.numbers}


def _in_two_weeks() -> date:
    return clock.today() + timedelta(14)


class WaveForm(forms.Form):
    kind = forms.ChoiceField(label=_("What do we ask?"), choices=KINDS, initial="whole", widget=forms.RadioSelect)
    closes_on = forms.DateField(
        label=_("Last day to answer"),
        initial=_in_two_weeks,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Two weeks give everybody the time. Figures are told once it is past."),
    )


class MeansForm(forms.Form):
    perimeter = forms.IntegerField(label=_("How many people are concerned?"), min_value=1, max_value=MOST)
    minutes = forms.IntegerField(
        label=_("How many minutes a month may each one take to learn from others?"),
        min_value=0,
        max_value=10_000,
        help_text=_("0 if none is set aside."),
    )
    animators = forms.IntegerField(label=_("How many animators are there already?"), min_value=0, max_value=MOST)
    tools = forms.CharField(label=_("With which tools do people help each other today?"), max_length=400)
    past = forms.CharField(
        label=_("What was tried before, and what became of it?"), max_length=800, widget=forms.Textarea(attrs={"rows": 3})
    )
