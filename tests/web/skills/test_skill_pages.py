from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from relais.core import clock
from relais.people.models import Person, Role
from relais.skills.actions import confirmations
from relais.skills.actions.proposals import answer_proposal, claim_skill
from relais.skills.actions.vocabulary import merge_skill
from relais.skills.models import Confirmation, Contest, Panelist, PersonSkill, Skill, Tag
from relais.skills.queries.skill_map import Row
from relais.web.skills.page import tiles
from tests.factories import make_content, make_member, make_unit, make_use_case, make_with_role
from tests.web.skills.conftest import named, page, post

pytestmark = pytest.mark.django_db


# The map


def test_map_draws_what_is_shown_and_says_it_in_a_table(as_anne: Client, mine: PersonSkill) -> None:
    PersonSkill.objects.filter(pk=mine.pk).update(level=3)
    Skill.objects.filter(pk=mine.skill_id).update(things_count=1)
    Tag.objects.create(skill=mine.skill, object_type="usecase", object_id=make_use_case().pk, chance=0.9)

    shown = page(as_anne, "skill_list", zoom="2")

    address = reverse("skills:skill_show", args=[mine.skill_id])
    assert shown.count(f'href="{address}"') == 2  # in the picture, and in the table
    assert '<rect class="certified"' in shown
    assert '<circle cx="100%"' in shown
    assert 'class="zoom-2"' in shown
    assert "<td>1</td><td>1</td><td>1</td><td>1</td>" in shown


def test_map_of_nothing_invites(as_anne: Client) -> None:
    assert "Personne ne montre encore" in page(as_anne, "skill_list", zoom="9")


def test_what_is_asked_for_and_shown_by_nobody_is_told(as_anne: Client, skill: Skill) -> None:
    for kind, pk in (("usecase", make_use_case().pk), ("contribution", make_content().pk)):
        Tag.objects.create(skill=skill, object_type=kind, object_id=pk, chance=0.9)
    Skill.objects.filter(pk=skill.pk).update(things_count=1)

    assert "1 question ou envie attend" in page(as_anne, "skill_list")


def test_a_search_that_finds_nothing_says_what_to_do(as_anne: Client, mine: PersonSkill) -> None:
    assert "Calmer un client" in page(as_anne, "skill_list", mots="CALMING")
    assert "Essayez un seul mot" in page(as_anne, "skill_list", mots="soudage")


@pytest.mark.parametrize(
    ("name", "size", "lines"),
    [
        ("Gestion du temps", 400, ["Gestion du temps"]),
        ("Anticonstitutionnellement", 1, []),
    ],
)
def test_names_are_cut_to_what_their_box_holds(name: str, size: int, lines: list[str]) -> None:
    rows = [Row(uuid.uuid4(), "Grande", 400, 0, 0), Row(uuid.uuid4(), name, size, 0, 0)]

    assert [line.words for line in tiles(rows, {})[-1 if size == 1 else 0 if name < "Grande" else 1].lines] == lines


def test_a_name_too_long_ends_with_dots() -> None:
    rows = [Row(uuid.uuid4(), f"Savoir vraiment très long et plus long encore que cela, numéro {number}", 1, 0, 0) for number in range(30)]

    assert any(line.words.endswith("…") for tile in tiles(rows, {}) for line in tile.lines)


def test_a_skill_tells_who_can_help_and_what_was_shared(as_anne: Client, mine: PersonSkill) -> None:
    mine.skill.labels.create(language="fr", kind="alternative", text="Apaiser")
    shown = page(as_anne, "skill_show", mine.skill_id)

    for words in ("Anne Roux", "Atelier", "Apaiser", "Accueillir un client qui attend", "dite par la personne"):
        assert words in shown
    assert "Je sais faire aussi" not in shown


def test_a_skill_is_claimed_by_whoever_knows(client: Client, mine: PersonSkill) -> None:
    other = make_member()
    client.force_login(other)
    assert "J’ai vu Anne le faire" in page(client, "skill_show", mine.skill_id)

    post(client, "skill_claim", mine.skill_id)

    assert PersonSkill.objects.get(person=other).state == "shown"
    assert client.post(reverse("skills:skill_claim", args=[uuid.uuid4()])).status_code == 404


def test_a_merged_skill_leads_to_the_other(as_anne: Client, skill: Skill) -> None:
    into = named("Relation client")
    merge_skill(skill, into, by=None)

    answer = as_anne.get(reverse("skills:skill_show", args=[skill.pk]))

    assert (answer.status_code, answer.headers["location"]) == (301, reverse("skills:skill_show", args=[into.pk]))
    assert as_anne.get(reverse("skills:skill_show", args=[uuid.uuid4()])).status_code == 404


# One's own


def test_what_is_proposed_is_answered_in_one_click(as_anne: Client, mine: PersonSkill) -> None:
    PersonSkill.objects.filter(pk=mine.pk).update(state="proposed")
    proposed = page(as_anne, "mine_list")
    assert "C’est vous ?" in proposed
    assert "les mots : client" in proposed

    told = post(as_anne, "mine_answer", mine.pk, state="refused")

    assert "mieux faire" in told
    assert "Pas les miennes" in told
    assert post(as_anne, "mine_answer", mine.pk, state="other")
    assert PersonSkill.objects.get(pk=mine.pk).state == "refused"


def test_what_one_keeps_says_so(as_anne: Client, mine: PersonSkill, anne: Person) -> None:
    answer_proposal(mine, "kept", by=anne)

    assert "vue de vous seul" in page(as_anne, "mine_list")
    assert "La montrer" in page(as_anne, "mine_show", mine.pk)


def test_ones_skill_tells_what_it_rests_on_and_what_is_missing(as_anne: Client, mine: PersonSkill, anne: Person) -> None:
    colleague = make_member("Zoé Petit", make_unit())
    confirmations.confirm_seen(mine, "Vue au comptoir", clock.today(), by=colleague)
    confirmations.open_contest(mine, "Je le fais chaque jour.", by=anne)

    shown = page(as_anne, "mine_show", mine.pk)

    for words in ("Publié", "Vue au comptoir", "Zoé Petit", "Des voix", "règles 2026.1", "À l’étude"):
        assert words in shown


def test_a_colleague_is_asked_by_name(as_anne: Client, mine: PersonSkill) -> None:
    make_member("Zoé Petit")

    assert "Demande envoyée à Zoé Petit" in post(as_anne, "mine_ask", mine.pk, colleague="zoé")
    assert "Personne de ce nom" in post(as_anne, "mine_ask", mine.pk, colleague="zoé")


def test_when_several_bear_the_name_one_chooses(as_anne: Client, mine: PersonSkill) -> None:
    make_member("Zoé Petit")
    second = make_member("Zoé Grand")

    assert "lequel" in post(as_anne, "mine_ask", mine.pk, colleague="Zoé")
    assert "Demande envoyée à Zoé Grand" in post(as_anne, "mine_ask", mine.pk, colleague=second.email or "")


def test_a_refusal_is_told_beside_the_name(as_anne: Client, skill: Skill, anne: Person) -> None:
    bare = claim_skill(skill, by=anne)
    make_member("Zoé Petit")

    assert "Rien ne montre encore" in post(as_anne, "mine_ask", bare.pk, colleague="Zoé Petit")


def test_a_level_is_contested_with_a_reason(as_anne: Client, mine: PersonSkill) -> None:
    assert "Dites en une phrase" in post(as_anne, "mine_contest", mine.pk, reason="")
    assert "sous quinze jours" in post(as_anne, "mine_contest", mine.pk, reason="Je le fais chaque jour.")


# Colleagues


def test_whoever_is_asked_confirms_in_two_clicks(client: Client, mine: PersonSkill, anne: Person) -> None:
    colleague = make_member("Zoé Petit", make_unit())
    confirmations.ask_confirmation(mine, colleague, by=anne)
    client.force_login(colleague)
    assert "Anne Roux : Calmer un client" in page(client, "mine_list")
    assert "Je ne sais pas dire" in page(client, "skill_confirm", mine.pk)

    told = post(client, "skill_confirm", mine.pk, evidence=str(mine.evidences.get().pk))

    assert "votre voix compte" in told
    assert "Vous l’avez confirmée" in page(client, "skill_confirm", mine.pk)
    assert "reprise" in post(client, "confirmation_withdraw", mine.pk)
    assert "reprise" not in post(client, "confirmation_withdraw", mine.pk)


def test_something_else_that_was_seen_is_told(client: Client, mine: PersonSkill) -> None:
    client.force_login(make_member(unit=make_unit()))

    refused = post(client, "skill_confirm", mine.pk, evidence="seen")
    assert "quelques mots" in refused
    assert "quel jour" in refused
    assert "31 février" not in post(client, "skill_confirm", mine.pk, evidence="seen", note="Au comptoir", on="2026-02-31")
    tomorrow = (clock.today() + timedelta(1)).isoformat()
    assert "encore à venir" in post(client, "skill_confirm", mine.pk, evidence="seen", note="Au comptoir", on=tomorrow)
    post(client, "skill_confirm", mine.pk, evidence="seen", note="Au comptoir", on=clock.today().isoformat())

    assert Confirmation.objects.get().evidence.note == "Au comptoir"


def test_a_request_is_left_without_a_word(client: Client, mine: PersonSkill, anne: Person) -> None:
    colleague = make_member()
    confirmations.ask_confirmation(mine, colleague, by=anne)
    client.force_login(colleague)

    assert "Rien n’est dit" in post(client, "request_leave", mine.pk)
    assert client.post(reverse("skills:request_leave", args=[mine.pk])).status_code == 404


def test_what_is_kept_is_confirmed_only_by_whom_its_owner_asked(client: Client, mine: PersonSkill, anne: Person) -> None:
    answer_proposal(mine, "kept", by=anne)
    asked, other = make_member(), make_member()
    confirmations.ask_confirmation(mine, asked, by=anne)
    for person, status in ((asked, 200), (other, 404), (anne, 404)):
        client.force_login(person)
        assert client.get(reverse("skills:skill_confirm", args=[mine.pk])).status_code == status
    assert client.get(reverse("skills:skill_confirm", args=[404])).status_code == 404


def test_pilot_names_first_experts(client: Client, skill: Skill) -> None:
    client.force_login(make_with_role(Role.PILOT))
    make_member("Zoé Petit")

    assert "écrivez l’adresse" in post(client, "panelist_name", skill.pk, colleague="Personne du tout")
    assert "fait partie des premiers experts" in post(client, "panelist_name", skill.pk, colleague="Zoé Petit")
    assert Panelist.objects.get().skill == skill
    assert client.get(reverse("skills:panelist_name", args=[uuid.uuid4()])).status_code == 404


def test_first_experts_are_told_on_the_page_of_the_skill(as_anne: Client, skill: Skill) -> None:
    confirmations.name_panelist(skill, make_member("Zoé Petit"), by=make_with_role(Role.PILOT))

    assert "Zoé Petit" in page(as_anne, "skill_show", skill.pk)


def test_a_contested_level_is_judged_by_another_team(client: Client, mine: PersonSkill, anne: Person) -> None:
    contest = confirmations.open_contest(mine, "Je le fais chaque jour.", by=anne)
    client.force_login(make_member(unit=make_unit()))
    assert "Anne Roux : Calmer un client" in page(client, "contest_list")
    assert "Je le fais chaque jour." in page(client, "contest_judge", contest.pk)

    assert "l’une des deux" in post(client, "contest_judge", contest.pk, why="Oui.")
    assert "Merci" in post(client, "contest_judge", contest.pk, granted="yes", why="Je l’ai vue faire.")

    assert client.get(reverse("skills:contest_judge", args=[contest.pk])).status_code == 404
    assert "Rien ne vous attend" in page(client, "contest_list")
    Contest.objects.update(outcome="granted")
    assert client.get(reverse("skills:contest_judge", args=[contest.pk])).status_code == 404
    assert client.get(reverse("skills:contest_judge", args=[404])).status_code == 404


def test_profile_shows_what_its_owner_shows(client: Client, mine: PersonSkill, anne: Person) -> None:
    client.force_login(make_member())
    address = reverse("knowledge:person_show", args=[anne.pk])
    assert "Calmer un client" in client.get(address).content.decode()

    answer_proposal(mine, "kept", by=anne)

    assert "Calmer un client" not in client.get(address).content.decode()


def test_a_skill_asks_as_much_however_many_show_it(as_anne: Client, mine: PersonSkill) -> None:
    page(as_anne, "skill_show", mine.skill_id)
    with CaptureQueriesContext(connection) as few:
        page(as_anne, "skill_show", mine.skill_id)
    for _number in range(6):
        claim_skill(mine.skill, by=make_member(unit=make_unit()))
    with CaptureQueriesContext(connection) as many:
        page(as_anne, "skill_show", mine.skill_id)

    assert len(many) == len(few)


@pytest.mark.parametrize("name", ["skill_list", "mine_list"])
def test_pages_ask_as_much_however_many_skills_there_are(as_anne: Client, anne: Person, mine: PersonSkill, name: str) -> None:
    page(as_anne, name)
    with CaptureQueriesContext(connection) as few:
        page(as_anne, name)
    for number in range(6):
        claim_skill(named(f"Compétence {number}"), by=anne)
    with CaptureQueriesContext(connection) as many:
        page(as_anne, name)

    assert len(many) == len(few)


def test_ones_skills_are_nobody_elses_page(client: Client, mine: PersonSkill) -> None:
    client.force_login(make_member())

    for name in ("mine_show", "mine_ask", "mine_contest"):
        assert client.get(reverse(f"skills:{name}", args=[mine.pk])).status_code == 404
    assert client.post(reverse("skills:mine_answer", args=[404]), {"state": "kept"}).status_code == 404


def test_what_cannot_be_contested_is_told(as_anne: Client, mine: PersonSkill, anne: Person) -> None:
    confirmations.open_contest(mine, "Je le fais chaque jour.", by=anne)

    assert "regardent déjà" in post(as_anne, "mine_contest", mine.pk, reason="Encore.")
    assert as_anne.get(reverse("skills:mine_ask", args=[mine.pk])).headers["location"] == reverse("skills:mine_show", args=[mine.pk])
