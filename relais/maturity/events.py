from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from relais.ledger.verbs import Verb

WAVE_OPENED = Verb("wave.opened", _("asked everybody where we stand"))
WAVE_CLOSED = Verb("wave.closed", _("closed the questions on where we stand"))
MEANS_TOLD = Verb("means.told", _("told what means there are"))
