from django.utils.translation import gettext_lazy as _

from relais.ledger.verbs import Verb

REFERENCE_INSTALLED = Verb("reference.installed", _("installed a reference of skills"))
SKILLS_ADDED = Verb("skills.added", _("added skills to the vocabulary"))
SKILL_REVISED = Verb("skill.revised", _("revised a skill of the vocabulary"))
SKILL_MERGED = Verb("skill.merged", _("merged a skill into another"))
SKILL_SPLIT = Verb("skill.split", _("split a skill into several"))
