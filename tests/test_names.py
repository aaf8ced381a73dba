"""What a row says of itself in a log or a shell: enough to find it; never more than an opaque number of a person."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db.models import Model

from relais.integrations.calendar.models import Feed
from relais.integrations.stackexchange.models import ImportedObject, ImportedPerson
from relais.knowledge import models as known
from relais.people import models as people
from relais.studio.models import Choice, Letter, Notice

WHO = UUID("2f1c1f39-8f6a-4c53-9d2e-0b8f5f4f7a11")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (known.Circle(name="Atelier"), "Atelier"),
        (known.CircleMember(person_id=WHO, circle_id=4), f"{WHO} 4"),
        (known.UseCase(title="Quelle colle ?"), "Quelle colle ?"),
        (known.Support(person_id=WHO, use_case_id=3), f"{WHO} 3"),
        (known.Proposal(use_case_id=3, person_id=WHO, state="open"), f"3 {WHO} open"),
        (known.Contribution(text="Colle d’os, tiède.", title=""), "Colle d’os, tiède."),
        (known.Contribution(text="Colle d’os, tiède.", title="Coller"), "Coller"),
        (known.Version(contribution_id=7, number=2), "7 v2"),
        (known.Attachment(name="plan.pdf"), "plan.pdf"),
        (known.Application(person_id=WHO, contribution_id=7), f"{WHO} 7"),
        (known.Rating(contribution_id=7, score=4), "7 4"),
        (known.Reaction(contribution_id=7, kind="outdated"), "7 outdated"),
        (known.Draft(place="/cas/nouveau/"), "/cas/nouveau/"),
        (known.Profile(person_id=WHO), str(WHO)),
        (known.Report(object_type="usecase", object_id=3, kind="unkind"), "usecase 3 unkind"),
        (known.Ruling(object_type="usecase", object_id=3, decision="hide"), "usecase 3 hide"),
        (known.Voice(ruling_id=3, upholds=True), "3 upholds"),
        (known.Voice(ruling_id=3, upholds=False), "3 overturns"),
        (known.Reveal(use_case_id=3, state="open"), "3 open"),
        (known.QuietAct(verb="pseudonym.asked", day=date(2026, 3, 11)), "pseudonym.asked 2026-03-11"),
        (known.Synonym(words=["SAV", "après-vente"]), "SAV = après-vente"),
        (known.SearchMiss(words="borne de recharge"), "borne de recharge"),
        (known.Word(word="colle"), "colle"),
        (known.Workshop(title="Sceller un tube"), "Sceller un tube"),
        (known.Registration(workshop_id=5, person_id=WHO, state="waiting"), f"5 {WHO} waiting"),
        (known.Need(title="Sceller"), "Sceller"),
        (known.Wish(need_id=6, person_id=WHO), f"6 {WHO}"),
        (known.Giver(need_id=6, person_id=WHO, state="asked"), f"6 {WHO} asked"),
        (known.Initiative(title="Répondre vite"), "Répondre vite"),
        (known.Participant(initiative_id=8, person_id=WHO), f"8 {WHO}"),
        (known.Indicator(name="Réclamations"), "Réclamations"),
        (known.Measure(indicator_id=9, on=date(2026, 3, 11)), "9 2026-03-11"),
        (known.Pulse(question="Facile ?"), "Facile ?"),
        (known.PulseVoice(pulse_id=2, person_id=WHO), f"2 {WHO}"),
        (known.Openness(person_id=WHO, capacity=2), f"{WHO} 2"),
        (known.Round(circle_id=3, drawn_at=datetime(2026, 3, 11, tzinfo=UTC)), "3 2026-03-11"),
        (known.Exchange(asker_id=WHO, other_id=WHO, state="asked"), f"{WHO} {WHO} asked"),
        (known.ExchangeVoice(exchange_id=4, person_id=WHO), f"4 {WHO}"),
        (known.Care(contribution_id=7, review_on=date(2026, 3, 11)), "7 2026-03-11"),
        (Feed(person_id=WHO), str(WHO)),
        (Notice(person_id=WHO, kind="asked", object_type="need", object_id=4), f"{WHO} asked need 4"),
        (Choice(person_id=WHO), str(WHO)),
        (Letter(person_id=WHO, key="digest 2026-48"), f"{WHO} digest 2026-48"),
        (ImportedObject(source="towers", object_type="usecase", external_id="1"), "towers usecase 1"),
        (ImportedPerson(source="towers", external_id="4"), "towers 4"),
        (people.Pace(person_id=WHO, kind="write", in_minute=3), f"{WHO} write 3"),
        (people.PeopleFile(name="rh.csv"), "rh.csv"),
    ],
    ids=lambda given: type(given).__name__ if isinstance(given, Model) else "",
)
def test_row_says_what_finds_it(row: Model, said: str) -> None:
    assert str(row) == said
