"""What a table declares about people, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from relais.core.privacy import Erasure, Privacy

_MONTH = 30.4
ON_LEAVING: dict[Erasure, str | Promise] = {
    Erasure.NOTHING_PERSONAL: gettext_lazy("nothing to erase: it is about nobody"),
    Erasure.OPAQUE: gettext_lazy("stays, under a number that leads to nobody any more"),
    Erasure.ANONYMISE: gettext_lazy("stays, without the name"),
    Erasure.DELETE: gettext_lazy("goes at once"),
}


def kept_for(declared: Privacy) -> str:
    """How long: in days for what is short, in months for the rest."""
    if declared.retention is None:
        return _("as long as it serves")
    months = round(declared.retention / _MONTH)
    if declared.retention <= 60:
        return ngettext("%(count)d day after it last served", "%(count)d days after it last served", declared.retention) % {
            "count": declared.retention
        }
    return ngettext("%(count)d month after it last served", "%(count)d months after it last served", months) % {"count": months}


def on_leaving(declared: Privacy) -> str:
    """What becomes of it when its person leaves."""
    return str(ON_LEAVING[declared.erasure])
