from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from relais.ledger.verbs import Verb

GOAL_SET = Verb("goal.set", _("set a goal"))
GOAL_ENDED = Verb("goal.ended", _("ended a goal"))
