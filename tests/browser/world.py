"""The people and things that every browser test finds: one of each role, and a case with an answer and a content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from relais.core import clock
from relais.indicators.actions.cards import draw_cards
from relais.indicators.actions.goals import draw_goals, refit_forecasts
from relais.knowledge.actions.attendance import register, warm_up
from relais.knowledge.actions.drafts import keep_draft
from relais.knowledge.actions.initiatives import decide_initiative
from relais.knowledge.actions.measures import keep_measure, open_pulse
from relais.knowledge.actions.moderation import appeal, decide, report_thing
from relais.knowledge.actions.needs import wish
from relais.knowledge.actions.reuse import question_contribution, report_application
from relais.knowledge.actions.reveals import ask_reveal
from relais.knowledge.actions.use_cases import choose_best, mark_solved
from relais.knowledge.models import Application, Contribution, Exchange, Initiative, Need, Reveal, Ruling, UseCase, Workshop
from relais.knowledge.queries.things import KINDS, Thing
from relais.maturity.actions import answer_wave, close_wave, open_wave
from relais.maturity.models import Ticket
from relais.people.actions.invitations import invite
from relais.people.actions.people_import import keep_people_file
from relais.people.models import Person, Role
from relais.skills.actions.confirmations import ask_confirmation, confirm_seen, name_panelist, open_contest
from relais.skills.actions.proposals import claim_skill
from relais.skills.actions.starter import add_starter_vocabulary
from relais.skills.models import Evidence, PersonSkill, Skill, Tag
from tests import factories
from tests.indicators.months import goal_of, use_of


@dataclass(frozen=True)
class World:
    """One person of each role, and things to look at."""

    member: Person
    newcomer: Person
    animator: Person
    pilot: Person
    sponsor: Person
    administrator: Person
    use_case: UseCase
    secret: UseCase
    reveal: Reveal
    ruling: Ruling
    answer: Contribution
    content: Contribution
    application: Application
    token: str
    workshop: Workshop
    goal: int
    need: Need
    exchange: Exchange
    initiative: Initiative
    skill: PersonSkill

    @property
    def author(self) -> Person:
        """Who wrote the content, and has a remark to read."""
        return self.content.author

    def person(self, role: str) -> Person | None:
        """The person of a role; nobody for a stranger."""
        return None if role == "stranger" else getattr(self, role)


def _with_role(name: str, role: Role) -> Person:
    return factories.grant_role(factories.make_member(name), role, by=None)


def _ruling(author: Person, content: Contribution) -> Ruling:
    """A case withheld, whose author appealed; and a report that waits."""
    blamed = factories.make_use_case(author, content.use_case.circle, title="Que répondre au client du 12 mars ?")
    report_thing(Thing(KINDS["usecase"], blamed), "personal", "La date suffit à le reconnaître.", by=factories.make_member())
    report_thing(Thing(KINDS["contribution"], content), "dangerous", by=factories.make_member())
    reasons, pilot = "La date et le lieu désignent ce client : retirez-les.", _with_role("Lou Roy", Role.PILOT)
    decided = decide(Thing(KINDS["usecase"], blamed), "hide", reasons, by=pilot)
    return appeal(decided, "Il y avait quarante clients ce jour-là.", by=author)


def _asked_of(newcomer: Person, pilot: Person) -> None:
    """Twelve answered the questions, which are closed; others are open, and wait for the newcomer only."""
    people = [factories.make_member() for _ in range(12)]
    wave = open_wave("whole", clock.today() + timedelta(7), by=pilot)
    for number, person in enumerate(people):
        answer_wave(wave, {item: (number + item) % 5 + 1 for item in range(24)}, "Plus de temps.", by=person)
    close_wave(wave, by=pilot)
    open_wave("whole", clock.today() + timedelta(7), by=pilot)
    Ticket.objects.exclude(person=newcomer).delete()


def _skill_of(member: Person, content: Contribution, pilot: Person) -> PersonSkill:
    """A skill that the member shows, asked about and contested; one proposed to the author of the content; others on the map."""
    add_starter_vocabulary()
    skills = list(Skill.objects.order_by("pk")[:30])
    for number, skill in enumerate(skills):
        Tag.objects.create(skill=skill, object_type="contribution", object_id=content.pk, chance=0.9)
        claim_skill(skill, by=member if number % 3 else pilot)
    mine = PersonSkill.objects.get(person=member, skill=skills[1])
    thing = {"object_type": "contribution", "object_id": content.pk, "on": clock.today(), "words": ["client"]}
    Evidence.objects.create(person_skill=mine, what="published", **thing)
    Evidence.objects.create(person_skill=PersonSkill.objects.create(person=content.author, skill=skills[2]), what="published", **thing)
    name_panelist(skills[1], pilot, by=pilot)
    confirm_seen(mine, "Au comptoir, un samedi", clock.today(), by=pilot)
    PersonSkill.objects.filter(pk=mine.pk).update(level=3)
    ask_confirmation(mine, content.author, by=member)
    open_contest(mine, "Je le fais chaque jour.", by=member)
    return mine


def _goal_of(pilot: Person, member: Person) -> int:
    """A goal with its picture, the cards of what it is made of, and a lever taken for it."""
    goal = goal_of(pilot)
    refit_forecasts()
    draw_goals()
    draw_cards()
    use_of(pilot, member)
    return goal.pk


def build_world() -> World:
    """Built through the actions of the product, and committed."""
    member = factories.make_member("Marie-Dominique Vandenbroucke-Lefèvre", factories.make_unit("Relation client Nord-Pas-de-Calais"))
    use_case = factories.make_use_case(member)
    answer, content = factories.make_answer(use_case), factories.make_content(use_case)
    administrator, pilot = _with_role("Inès Costa", Role.ADMINISTRATOR), _with_role("Paul Nguyen", Role.PILOT)
    secret = factories.make_pseudonymous(member, use_case.circle, title="Comment dire que je n’ai pas compris la consigne ?")
    question_contribution(content, "outdated", "Le formulaire a changé en mars.", by=member)
    choose_best(answer, by=member)
    mark_solved(use_case, by=member)
    keep_draft("/cas/nouveau/", {"title": "Une idée commencée"}, by=member)
    keep_people_file("export.csv", b"e-mail;nom\nzoe@example.org;Zoe Martin\nnobody;Luc\n", by=administrator)
    with clock.acting_at(clock.now() - timedelta(days=15)):
        application = report_application(answer, by=member)
    workshop = factories.make_workshop(
        member, use_case.circle, use_case=use_case, warm_up="Quand cela vous est-il arrivé ?", link="https://visio.example/1"
    )
    for guest in (factories.make_member("Ana Costa"), factories.make_member("Li Wei")):
        register(workshop, by=guest)
        warm_up(workshop, "Hier, à la caisse.", by=guest)
    need = factories.make_need(member, use_case.circle, why="Trois retours par mois")
    for colleague in (workshop.host, factories.make_member("Tom Petit"), factories.make_member("Zoé Roy")):
        wish(need, by=colleague)
    initiative = factories.make_proposed(member, use_case.circle)
    decide_initiative(initiative, accepted=True, reason="Allez-y.", by=factories.make_with_role(Role.PILOT))
    keep_measure(initiative.indicators.get(), date(2026, 2, 2), Decimal(31), by=member)
    open_pulse(initiative.indicators.get(), "Facile de trouver de l’aide ?", by=member)
    _asked_of(newcomer := factories.make_invited("Yanis Le Goff"), pilot)
    exchange = factories.make_exchange(factories.make_member("Noé Roy"), member)
    return World(
        member=member,
        workshop=workshop,
        goal=_goal_of(pilot, member),
        skill=_skill_of(member, content, pilot),
        need=need,
        exchange=exchange,
        initiative=initiative,
        newcomer=newcomer,
        animator=_with_role("Aïcha Benali", Role.ANIMATOR),
        pilot=pilot,
        sponsor=factories.make_with_role(Role.SPONSOR, name="Claire Morel"),
        administrator=administrator,
        use_case=use_case,
        secret=secret,
        ruling=_ruling(member, content),
        reveal=ask_reveal(secret, "Une phrase de ce cas met un collègue en danger.", by=pilot),
        answer=answer,
        content=content,
        application=application,
        token=invite(factories.make_invited("Léa Morin"), by=None),
    )
