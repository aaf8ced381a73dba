from django.utils.translation import gettext_lazy as _

from relais.ledger.verbs import Verb

REFERENCE_INSTALLED = Verb("reference.installed", _("installed a reference of skills"))
SKILLS_ADDED = Verb("skills.added", _("added skills to the vocabulary"))
SKILL_REVISED = Verb("skill.revised", _("revised a skill of the vocabulary"))
SKILL_MERGED = Verb("skill.merged", _("merged a skill into another"))
SKILL_SPLIT = Verb("skill.split", _("split a skill into several"))
SKILL_PROPOSED = Verb("skill.proposed", _("was told of a skill that an act of theirs shows"))
SKILL_ACCEPTED = Verb("skill.accepted", _("recognised a skill as theirs"))
SKILL_REFUSED = Verb("skill.refused", _("said that a skill is not theirs"))
SKILL_KEPT = Verb("skill.kept", _("keeps a skill for themselves"))
SKILL_EVIDENCED = Verb("skill.evidenced", _("showed a skill by an act"))
CONFIRMATION_ASKED = Verb("confirmation.asked", _("asked a colleague to confirm a skill"))
CONFIRMATION_LEFT = Verb("confirmation.left", _("left a request to confirm a skill"))
SKILL_CONFIRMED = Verb("skill.confirmed", _("confirmed a colleague's skill"))
CONFIRMATION_WITHDRAWN = Verb("confirmation.withdrawn", _("took a confirmation back"))
LEVEL_CHANGED = Verb("level.changed", _("has another level in a skill"))
PANELIST_NAMED = Verb("panelist.named", _("named a first expert of a skill"))
CONTEST_OPENED = Verb("contest.opened", _("contested a level"))
CONTEST_JUDGED = Verb("contest.judged", _("looked at a contested level"))
CONTEST_CLOSED = Verb("contest.closed", _("a contested level was decided"))
