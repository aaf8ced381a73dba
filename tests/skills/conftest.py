from __future__ import annotations

import pytest

from relais.skills.actions.starter import add_starter_vocabulary
from relais.skills.models import Skill
from relais.skills.starter import starter_skills


@pytest.fixture
def starter(db: None) -> dict[str, Skill]:
    """The starter vocabulary, by French name."""
    add_starter_vocabulary()
    skills = Skill.objects.in_bulk()
    return {one.names["fr"][0]: skills[one.key] for one in starter_skills()}
