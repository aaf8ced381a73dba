from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from relais.ledger.verbs import Verb

GOAL_SET = Verb("goal.set", _("set a goal"))
GOAL_ENDED = Verb("goal.ended", _("ended a goal"))
LEVERS_REVISED = Verb("levers.revised", _("revised the levers"))
LEVER_TAKEN = Verb("lever.taken", _("took a lever"))
LEVER_STOPPED = Verb("lever.stopped", _("stopped a lever"))
LEVER_READ = Verb("lever.read", _("read what a lever did"))
STEP_GIVEN = Verb("step.given", _("handed a step of a lever to a colleague"))
STEP_DONE = Verb("step.done", _("did a step of a lever"))
