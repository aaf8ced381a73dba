from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from relais.studio.kinds import KINDS
from relais.studio.models import Choice
from relais.studio.pace import Pace

NEVER = "never"
MOST = [(0, _("None")), *((number, str(number)) for number in (1, 2, 3, 5, 7, 14))]
HOURS = [(f"{hour:02}:00", f"{hour:02}:00") for hour in range(24)]


def _weekday(value: str) -> int | None:
    return int(value) if value != NEVER else None


class ChoiceForm(forms.Form):
    """What one wishes to be written about, how often, and when never."""

    at_once = forms.MultipleChoiceField(
        label=_("Write to me without waiting when"),
        choices=[(kind.name, kind.when) for kind in KINDS.values()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Everything else waits for the digest. All of it stands in the page of notices."),
    )
    digest_on = forms.TypedChoiceField(
        label=_("The digest of the week"),
        choices=[*((str(number), name) for number, name in WEEKDAYS.items()), (NEVER, _("No digest"))],
        coerce=_weekday,
        help_text=_("At most seven things, chosen for you."),
    )
    most = forms.TypedChoiceField(
        label=_("Mails a week, at most"),
        choices=MOST,
        coerce=int,
        help_text=_("The digest is one of them. Codes to sign in and invitations to your calendar are not counted."),
    )
    quiet_from = forms.ChoiceField(label=_("No mail from"), choices=HOURS)
    quiet_until = forms.ChoiceField(label=_("until"), choices=HOURS, help_text=_("On your own clock. The same hour twice: no quiet hours."))

    @staticmethod
    def initial_of(choice: Choice) -> dict[str, Any]:
        """The form as it was last chosen."""
        return {
            "at_once": choice.at_once,
            "digest_on": NEVER if choice.digest_on is None else str(choice.digest_on),
            "most": choice.most,
            "quiet_from": f"{choice.quiet_from:%H:00}",
            "quiet_until": f"{choice.quiet_until:%H:00}",
        }

    @property
    def pace(self) -> Pace:
        """What was chosen, apart from the kinds."""
        given = self.cleaned_data
        start, end = time.fromisoformat(given["quiet_from"]), time.fromisoformat(given["quiet_until"])
        return Pace(given["most"], given["digest_on"], start, end)
