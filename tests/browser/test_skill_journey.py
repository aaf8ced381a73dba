"""From an answer to the map: proposed, accepted, confirmed by those who saw it, certified; refused, and contested."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse
from playwright.sync_api import expect

from relais.knowledge.actions.reuse import report_application
from relais.knowledge.models import Contribution
from relais.ledger.subscriptions import delivered_at_once
from relais.people.models import Role
from relais.skills.actions.confirmations import name_panelist, open_contest
from relais.skills.actions.proposals import claim_skill
from relais.skills.models import Contest, PersonSkill, Skill
from tests import factories
from tests.browser.conftest import NewContext, entered

WELDING, SHEETS = "Soudage TIG", "Tableur (Excel, Calc)"


def called(name: str) -> Skill:
    return Skill.objects.get(Q(labels__text=name), labels__kind="preferred", labels__language="fr")


def test_an_answer_becomes_a_certified_skill_on_the_map(new_context: NewContext, base_url: str) -> None:
    asker, expert, neighbour = (factories.make_member(name, factories.make_unit()) for name in ("Ana Roy", "Léa Petit", "Tom Costa"))
    author = factories.make_member("Noé Durand", factories.make_unit())
    name_panelist(called(WELDING), expert, by=factories.make_with_role(Role.PILOT))
    case = factories.make_use_case(asker, title="Comment réussir un soudage TIG sur inox ?")
    with delivered_at_once():
        factories.make_answer(case, author, "<p>Du soudage TIG : argon, tungstène affûté, gestuelle lente.</p>")

    mine = entered(new_context, base_url, author)
    mine.open(reverse("skills:mine_list"))
    card = mine.page.get_by_role("article").filter(has=mine.page.get_by_role("heading", name=WELDING, exact=True))
    expect(card).to_contain_text("soudage")
    card.get_by_role("button", name=mine.said("Yes, show it")).click()
    mine.reads("Shown on your profile: colleagues find you when they need it.")
    for colleague in (asker, expert, neighbour):
        mine.open(reverse("skills:mine_show", args=[PersonSkill.objects.get(person=author, skill=called(WELDING)).pk]))
        mine.write("A colleague who saw it", colleague.name)
        mine.press("Ask")
        expect(mine.page.get_by_text(f"Demande envoyée à {colleague.name}")).to_be_visible()
        theirs = entered(new_context, base_url, colleague)
        theirs.open(reverse("skills:mine_list"))
        theirs.page.get_by_role("link", name="Noé Durand").click()
        theirs.press("I confirm")
        theirs.reads("Thank you: your voice is counted, under your name.")

    mine.open(f"{reverse('skills:skill_list')}?mots=TIG")
    row = mine.page.get_by_role("row").filter(has_text=WELDING)
    expect(row.get_by_role("cell").nth(1)).to_have_text("1")
    mine.open(reverse("skills:skill_list"))
    expect(mine.page.locator("svg rect.certified").first).to_be_visible()
    mine.open(reverse("knowledge:person_show", args=[author.pk]))
    expect(mine.page.get_by_role("listitem").filter(has_text=WELDING).first).to_contain_text("certifiée par des pairs")


def test_what_is_refused_is_not_proposed_again(new_context: NewContext, base_url: str) -> None:
    author, reader = factories.make_member("Zoé Martin"), factories.make_member("Luc Petit")
    case = factories.make_use_case(title="Comment faire un tableau croisé dynamique dans Excel ?")
    with delivered_at_once():
        factories.make_answer(case, author)
    mine = entered(new_context, base_url, author)
    mine.open(reverse("skills:mine_list"))
    card = mine.page.get_by_role("article").filter(has=mine.page.get_by_role("heading", name=SHEETS, exact=True))
    card.get_by_role("button", name="Non").click()
    mine.reads("Noted: it will not be proposed again. You have just taught it to do better.")

    with delivered_at_once():
        report_application(Contribution.objects.get(use_case=case), by=reader)
        factories.make_answer(factories.make_use_case(title="Encore un tableau croisé dynamique dans Excel"), author)

    mine.open(reverse("skills:mine_list"))
    expect(mine.page.get_by_role("heading", name=SHEETS, exact=True)).to_have_count(0)


def test_a_contested_level_is_decided_by_two_other_teams(new_context: NewContext, base_url: str) -> None:
    author = factories.make_member("Eva Blanc", factories.make_unit())
    mine = claim_skill(called(WELDING), by=author)
    contest = open_contest(mine, "Je soude en TIG depuis dix ans.", by=author)
    for name in ("Max Noir", "Ida Vert"):
        theirs = entered(new_context, base_url, factories.make_member(name, factories.make_unit()))
        theirs.open(reverse("skills:contest_list"))
        theirs.page.get_by_role("link", name="Eva Blanc").click()
        theirs.choose("They are right: I have seen it, or what they show is enough")
        theirs.write("Why?", "Je l’ai vue souder.")
        theirs.press("Say so")
        theirs.reads("Thank you. A second colleague looks at it too, or it is decided.")

    assert Contest.objects.get(pk=contest.pk).outcome == Contest.Outcome.GRANTED
    hers = entered(new_context, base_url, author)
    hers.open(reverse("skills:mine_show", args=[mine.pk]))
    expect(hers.page.get_by_text("Max Noir")).to_be_visible()
