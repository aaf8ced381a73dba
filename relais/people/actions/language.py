from __future__ import annotations

from relais.people.models import Person


def choose_language(person: Person, language: str) -> None:
    """Read Relais, and be written to, in this language from here on."""
    if person.language != language:
        person.language = language
        person.save(update_fields=["language"])
