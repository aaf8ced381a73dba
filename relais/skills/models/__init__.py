from relais.skills.models.people import Confirmation, ConfirmationRequest, Contest, Evidence, LevelChange, Panelist, PersonSkill, Tag
from relais.skills.models.vocabulary import Alignment, Concept, Label, Reference, Skill, SkillChange

__all__ = [
    "Alignment",
    "Concept",
    "Confirmation",
    "ConfirmationRequest",
    "Contest",
    "Evidence",
    "Label",
    "LevelChange",
    "Panelist",
    "PersonSkill",
    "Reference",
    "Skill",
    "SkillChange",
    "Tag",
]
