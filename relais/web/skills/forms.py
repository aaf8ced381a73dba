from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

SEEN = "seen"


class AskForm(forms.Form):
    """Whom to ask for a confirmation, by their name or address."""

    colleague = forms.CharField(
        label=_("A colleague who saw it"),
        max_length=120,
        help_text=_("Their name or their address. Somebody of another team counts most."),
        error_messages={"required": _("Write the name of a colleague.")},
    )


class ConfirmForm(forms.Form):
    """What the confirmer has seen: one of the acts, or something else, told in a few words."""

    evidence = forms.ChoiceField(
        label=_("What did you see?"), widget=forms.RadioSelect, error_messages={"required": _("Choose what you have seen.")}
    )
    note = forms.CharField(label=_("What you saw elsewhere"), max_length=200, required=False)
    on = forms.DateField(label=_("On which day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, choices: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["evidence"]
        field.choices = [*choices, (SEEN, _("Something else that I saw myself"))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("evidence") == SEEN:
            if not cleaned.get("note"):
                self.add_error("note", _("Say in a few words what you saw."))
            if not cleaned.get("on") and "on" not in self.errors:
                self.add_error("on", _("Say on which day, about."))
        return cleaned


class ContestForm(forms.Form):
    reason = forms.CharField(
        label=_("What is not right?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Two colleagues of other teams read it, and answer within fifteen days."),
        error_messages={"required": _("Say in a sentence what is not right.")},
    )


class JudgeForm(forms.Form):
    granted = forms.TypedChoiceField(
        label=_("What do you think?"),
        coerce=lambda value: value == "yes",
        choices=[("yes", _("They are right: I have seen it, or what they show is enough")), ("no", _("What they show is not enough yet"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    why = forms.CharField(
        label=_("Why?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": _("Say why, in a sentence.")}
    )
