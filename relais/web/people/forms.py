from __future__ import annotations

import zoneinfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from relais.people.models import Role


class AccountForm(forms.Form):
    passes_on = forms.CharField(
        label=_("What I can pass on"),
        help_text=_("For example: calming a customer, setting the sealing machine. Colleagues see it on your profile."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
    )
    wants_to_learn = forms.CharField(
        label=_("What I would like to learn"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=2000
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=lambda: [(name, name.replace("_", " ")) for name in sorted(zoneinfo.available_timezones())]
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role)


class PersonForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), max_length=254)


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("HR export"), help_text=_("CSV or Excel (.xlsx), at most 5 MB. One row per person, headings in French or English.")
    )
