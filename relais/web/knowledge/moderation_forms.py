"""What is written when something is reported, decided, contested and judged."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Wrong(TextChoices):
    UNKIND = "unkind", _("It hurts or belittles somebody")
    PERSONAL = "personal", _("It exposes somebody’s private life")
    SECRET = "secret", _("It tells what must stay confidential")
    DANGEROUS = "dangerous", _("Following it could do harm")
    ASTRAY = "astray", _("It has no place here: advertising, off topic")
    OTHER = "other", _("Something else")


class Decision(TextChoices):
    KEEP = "keep", _("Leave it as it is")
    AMEND = "amend", _("Ask the author to change it")
    HIDE = "hide", _("Withhold it")
    RESTORE = "restore", _("Show it again")


class Stands(TextChoices):
    YES = "yes", _("The decision stands")
    NO = "no", _("The decision falls")


def _words(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ReportForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=Wrong,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong with it.")},
    )
    note = forms.CharField(
        label=_("In a few words"),
        max_length=1000,
        required=False,
        widget=_words(3),
        help_text=_("Example: the third sentence names a customer."),
    )


class RulingForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("What do you decide?"), widget=forms.RadioSelect, error_messages={"required": _("Choose what you decide.")}
    )
    reasons = forms.CharField(
        label=_("Your reasons"),
        max_length=2000,
        widget=_words(),
        help_text=_("The author reads them. Speak of the text, never of the person, and say what would make it right."),
        error_messages={"required": _("Give your reasons in a full sentence: the author will read them.")},
    )

    def __init__(self, *args: Any, choices: list[Decision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [(choice.value, choice.label) for choice in choices]  # type: ignore[attr-defined]


class AppealForm(forms.Form):
    appeal = forms.CharField(
        label=_("Why should this decision fall?"),
        max_length=2000,
        widget=_words(),
        help_text=_("In your own words. Two people who took no part in it read you, and judge."),
        error_messages={"required": _("Say in your own words why this decision should fall.")},
    )


class VoiceForm(forms.Form):
    stands = forms.ChoiceField(
        label=_("What do you judge?"),
        choices=Stands,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the decision stands.")},
    )
    reasons = forms.CharField(
        label=_("Your reasons"),
        max_length=2000,
        widget=_words(),
        help_text=_("The author reads them, once both of you have judged."),
        error_messages={"required": _("Give your reasons in a full sentence: the author will read them.")},
    )
