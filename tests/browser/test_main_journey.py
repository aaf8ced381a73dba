"""From a question to the figure, by two colleagues: with a finger on a phone, by keyboard alone, and without script."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from procrastinate.contrib.django.models import ProcrastinateJob

from relais.core import clock
from relais.core.typography import bound
from relais.indicators.actions.figures import take_snapshots
from relais.knowledge.actions.circles import join_circle
from relais.knowledge.models import Application, Circle, Contribution, UseCase
from relais.people.models import Person
from tests import factories
from tests.browser.conftest import NewContext
from tests.browser.hands import Hand, Keyboard, Mouse, WithoutScript
from tests.browser.world import World

PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
HOME = re.compile(r"//[^/]+/$")
PASSWORD = "une phrase de passe longue"
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><!--StartFragment-->
<p class=MsoNormal style='text-align:justify'><b><span style='color:red'>Ne promettez rien</span></b> de plus.<o:p></o:p></p>
<script>document.title = "broken"</script><!--EndFragment--></body></html>"""

pytestmark = pytest.mark.usefixtures("enqueued_mail")


def code_sent_to(person: Person) -> str:
    """The code, as the text of the mail gives it."""
    jobs = ProcrastinateJob.objects.filter(task_name__endswith="mail.jobs.send").order_by("-pk").values_list("args", flat=True)
    text = next(job["text"] for job in jobs if job["to"] == [person.email])
    return text.split("\n\n")[2].strip()


def give_code(hand: Mouse, person: Person) -> None:
    hand.open("/compte/connexion/")
    hand.write_in(hand.page.locator("#code_email"), person.email)
    hand.press("Send me a code")
    hand.page.wait_for_url("**/saisie/")
    hand.write("Code", code_sent_to(person))
    hand.press("Sign in", within=hand.page.get_by_role("main"))


def sign_in_by_code(hand: Mouse, person: Person) -> None:
    give_code(hand, person)
    hand.page.wait_for_url(HOME)


def sign_in_by_password(hand: Mouse, person: Person) -> None:
    person.set_password(PASSWORD)
    person.save()
    hand.open("/compte/connexion/")
    hand.unfold("I have a password")
    hand.write_in(hand.page.locator("#id_login"), person.email)
    hand.write_in(hand.page.locator("#id_password"), PASSWORD)
    hand.press("Sign in with my password")
    hand.page.wait_for_url(HOME)


def ask(hand: Mouse, circle: Circle, title: str) -> UseCase:
    """Close cases are shown, the draft outlives the page, and the case is published once."""
    hand.press("Ask for help with a case")
    hand.page.wait_for_url("**/cas/nouveau/")
    hand.write("Your case in one sentence", title)
    if hand.script:
        hand.reads("Close cases: perhaps yours is answered already")
    hand.write("What happens", "Samedi, six personnes attendent au comptoir.")
    keep_draft(hand)
    hand.page.reload()
    expect(hand.field("Your case in one sentence")).to_have_value(title)
    expect(hand.field("What happens")).to_have_value("Samedi, six personnes attendent au comptoir.")
    hand.write("What you need", "Une phrase qui apaise.")
    hand.select("Circle", str(circle))
    hand.choose("Customers")
    hand.press("Publish my case")
    if not hand.script:
        hand.reads("Colleagues have asked close cases")
        hand.press("Publish my case all the same")
    hand.page.wait_for_url(re.compile(r"/cas/\d+/"))
    return UseCase.objects.get(title=bound(title))


def keep_draft(hand: Mouse) -> None:
    """By itself while one types; by a button without script."""
    if hand.script:
        expect(hand.page.locator("[data-draft-said]")).to_contain_text(re.compile(r"\d\d:\d\d"))
    else:
        hand.press("Keep the draft")
        hand.page.wait_for_load_state()


def answer(hand: Mouse, use_case: UseCase, picture: Path) -> Contribution:
    hand.open(f"/cas/{use_case.pk}/")
    if hand.script:
        write_with_the_editor(hand, picture)
    else:
        hand.write("Your answer", "Dites **où en est** la commande.\n\n- un café\n- une chaise")
        hand.join("A picture or a file", picture)
    hand.press("Publish the answer")
    hand.page.wait_for_url("**#apport-*")
    return Contribution.objects.get(use_case=use_case)


def write_with_the_editor(hand: Mouse, picture: Path) -> None:
    keys = hand.page.keyboard
    hand.activate(hand.field("Your answer"))
    text = hand.page.locator(".editor-place [role=textbox]")
    expect(text).to_be_focused()
    for shape, typed in [("", "Dites "), ("Bold", "où en est"), ("Bold", " la commande.\n"), ("List", "un café\nune chaise\n\n")]:
        if shape:
            hand.press(shape)
            expect(text).to_be_focused()
        keys.type(typed)
    hand.paste(text, WORD)
    hand.join("A picture or a file", picture)
    expect(text.get_by_role("img")).to_be_visible()


def judge(hand: Mouse, use_case: UseCase, contribution: Contribution) -> None:
    """The asker chooses the best answer, says it is solved, rates it and applies it."""
    hand.open(f"/cas/{use_case.pk}/")
    text = hand.page.locator(f"#apport-{contribution.pk}")
    hand.press("Choose as best answer")
    expect(text).to_have_class(re.compile("best"))
    hand.press("It is solved")
    hand.reads("Open it again")
    hand.activate(text.get_by_role("button", name="4 ", exact=False).first)
    expect(text.get_by_role("button", name="4 ", exact=False).first).to_have_attribute("aria-pressed", "true")
    hand.press("I applied it")
    hand.reads("You applied it")


def tell(hand: Mouse, use_case: UseCase, asker: Person) -> Application:
    """Two weeks later, home asks whether it worked."""
    long_ago = clock.now() - timedelta(days=15)
    Application.objects.filter(contribution__use_case=use_case, person=asker).update(applied_at=long_ago)
    hand.open("/")
    hand.activate(hand.page.get_by_role("main").locator("a.button[href^='/applications/']"))
    hand.page.wait_for_url("**/applications/*/")
    hand.choose("Yes")
    hand.choose("About half an hour")
    hand.press("Tell")
    hand.reads("Thank you: those who come next will know.")
    return Application.objects.get(contribution__use_case=use_case)


def use_cases_counted(page: Page) -> int:
    """How many use cases the page of figures tells of, after the night."""
    with clock.simulated(clock.now() + timedelta(days=1)):
        take_snapshots()
    page.goto("/ou-en-est-on/")
    return int(re.findall(r"\d+", page.locator(".standing-facts dd.meta").first.inner_text())[0])


@pytest.mark.parametrize(
    ("way", "size", "language"),
    [(Mouse, PHONE, "fr"), (Mouse, PHONE, "en"), (Keyboard, DESKTOP, "fr"), (WithoutScript, PHONE, "fr")],
    ids=["finger-fr", "finger-en", "keyboard-fr", "no-script-fr"],
)
def test_from_a_question_to_the_figure(
    way: Hand, size: dict[str, int], language: str, world: World, new_context: NewContext, base_url: str, tmp_path: Path
) -> None:
    circle = world.use_case.circle
    asker = factories.make_member(f"Nadia {way.__name__} {language}", factories.make_unit(), language=language)
    helper = factories.make_member(f"Karim {way.__name__} {language}", language=language)
    join_circle(circle, by=asker)
    Image.new("RGB", (60, 40), "navy").save(picture := tmp_path / "comptoir.png")
    context = {"viewport": size, "java_script_enabled": way.script}
    hers, his = [way(new_context(**context).new_page(), language) for _ in range(2)]
    hers.page.context.add_cookies([{"name": "django_language", "value": language, "url": base_url}])
    his.page.context.add_cookies([{"name": "django_language", "value": language, "url": base_url}])
    title = f"Comment calmer un client qui attend depuis une heure, {way.__name__} {language} ?"

    sign_in_by_code(hers, asker)
    before = use_cases_counted(hers.page)
    hers.open("/")
    use_case = ask(hers, circle, title)
    sign_in_by_password(his, helper)
    contribution = answer(his, use_case, picture)
    judge(hers, use_case, contribution)
    told = tell(hers, use_case, asker)
    after = use_cases_counted(hers.page)

    use_case.refresh_from_db()
    assert (use_case.best_id, use_case.solved_by_id) == (contribution.pk, asker.pk)
    assert (told.outcome, told.minutes_saved, told.team_id) == ("yes", 30, asker.unit_id)
    assert list(contribution.ratings.values_list("score", flat=True)) == [4]
    written = re.sub(r'/fichiers/[^"]*', "/fichiers/…", contribution.body)
    assert "<strong>où en est</strong> la commande.</p><ul><li>" in written
    assert '<img src="/fichiers/…" alt="comptoir.png" width="60" height="40">' in written
    assert ("<strong>Ne promettez rien</strong> de plus." in written) is way.script
    assert after == before + 1
