"""Colleagues confirm what they saw; levels follow the rules, and their history never changes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Q

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.ledger.models import Entry
from relais.people.actions import leave_community
from relais.people.models import Person, Role
from relais.skills.actions import confirmations as actions
from relais.skills.actions.levels import reassess, reassess_lapsed
from relais.skills.actions.proposals import answer_proposal, claim_skill
from relais.skills.certification import Level
from relais.skills.jobs import let_levels_lapse
from relais.skills.models import Confirmation, ConfirmationRequest, Contest, Evidence, LevelChange, PersonSkill, Skill
from relais.skills.queries.people import contest_for, contests_open, requests_to, skills_of, skills_shown_by, who_may_have_seen
from relais.skills.queries.skill_map import level_history, who_shows
from relais.skills.rules import can_confirm, can_judge
from tests.factories import make_member, make_unit, make_with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def python(starter: dict[str, Skill]) -> Skill:
    return starter["Python"]


@pytest.fixture
def mine(python: Skill) -> PersonSkill:
    """Somebody's skill, shown, that rests on an act."""
    found = claim_skill(python, by=make_member("Anne", make_unit("Atelier")))
    shown_by_an_act(found)
    return found


def shown_by_an_act(mine: PersonSkill, ago: int = 10, pk: int = 1, what: str = "published") -> Evidence:
    on = clock.today() - timedelta(ago)
    return Evidence.objects.create(person_skill=mine, what=what, object_type="contribution", object_id=pk, on=on)


def act_of(mine: PersonSkill) -> Evidence:
    return mine.evidences.get(object_id=1)


def expert(skill: Skill) -> Person:
    person = make_member(unit=make_unit())
    actions.name_panelist(skill, person, by=make_with_role(Role.PILOT))
    return person


def certified(mine: PersonSkill) -> PersonSkill:
    for person in (expert(mine.skill), make_member(unit=make_unit()), make_member(unit=make_unit())):
        actions.confirm(mine, act_of(mine), by=person)
    return PersonSkill.objects.get(pk=mine.pk)


# Asking


def test_one_colleague_is_asked_and_told_to_nobody_else(mine: PersonSkill) -> None:
    colleague = make_member()

    actions.ask_confirmation(mine, colleague, by=mine.person)

    assert [one.person_skill for one in requests_to(colleague)] == [mine]
    assert Entry.objects.filter(verb="confirmation.asked").get().payload["person"] == str(colleague.pk)


def test_asking_twice_or_oneself_is_refused(mine: PersonSkill) -> None:
    colleague = make_member()
    actions.ask_confirmation(mine, colleague, by=mine.person)

    for whom in (colleague, mine.person):
        with pytest.raises(Refused, match="autre"):
            actions.ask_confirmation(mine, whom, by=mine.person)


def test_only_five_wait_at_once(mine: PersonSkill) -> None:
    for _number in range(5):
        actions.ask_confirmation(mine, make_member(), by=mine.person)

    with pytest.raises(Refused, match="Cinq"):
        actions.ask_confirmation(mine, make_member(), by=mine.person)


def test_nothing_is_asked_about_what_nothing_shows_or_is_not_theirs(python: Skill, mine: PersonSkill) -> None:
    bare = claim_skill(python, by=make_member())
    with pytest.raises(Refused, match="Rien ne montre"):
        actions.ask_confirmation(bare, make_member(), by=bare.person)
    with pytest.raises(NotAllowed):
        actions.ask_confirmation(mine, make_member(), by=make_member())
    answer_proposal(mine, "refused", by=mine.person)
    with pytest.raises(Refused, match="la vôtre"):
        actions.ask_confirmation(mine, make_member(), by=mine.person)


def test_a_request_may_be_left_and_nothing_is_told(mine: PersonSkill) -> None:
    colleague = make_member()
    request = actions.ask_confirmation(mine, colleague, by=mine.person)

    actions.leave_request(request, by=colleague)
    actions.leave_request(request, by=colleague)

    assert requests_to(colleague) == []
    assert Entry.objects.filter(verb="confirmation.left").count() == 1
    with pytest.raises(NotAllowed):
        actions.leave_request(ConfirmationRequest.objects.get(), by=make_member())


def test_who_answered_or_was_asked_is_not_offered_again(mine: PersonSkill) -> None:
    asked, spoke, free = make_member("Zoé"), make_member("Zoé"), make_member("Zoé")
    actions.ask_confirmation(mine, asked, by=mine.person)
    actions.confirm(mine, act_of(mine), by=spoke)

    assert list(who_may_have_seen(mine, Q(name="Zoé"))) == [free]


# Confirming


def test_three_voices_of_other_teams_with_an_expert_certify(mine: PersonSkill) -> None:
    found = certified(mine)

    assert found.level == Level.CERTIFIED
    assert found.lapses_on == clock.today() + timedelta(730)
    assert next(one.after for one in level_history(mine.person, mine.skill)) == Level.CERTIFIED


def test_line_manager_is_one_ordinary_voice(python: Skill) -> None:
    manager = make_member(unit=make_unit())
    mine = claim_skill(python, by=make_member(unit=make_unit(), manager=manager))
    shown_by_an_act(mine)

    actions.confirm(mine, act_of(mine), by=manager)

    assert PersonSkill.objects.get(pk=mine.pk).level == Level.AUTONOMOUS


def test_two_who_confirm_each_other_weigh_a_quarter(mine: PersonSkill, python: Skill) -> None:
    friend = make_member(unit=make_unit())
    theirs = claim_skill(python, by=friend)
    shown_by_an_act(theirs)
    actions.confirm(theirs, act_of(theirs), by=mine.person)

    actions.confirm(mine, act_of(mine), by=friend)

    assert PersonSkill.objects.get(pk=mine.pk).level == Level.NOTIONS


def test_a_second_voice_of_one_colleague_takes_the_place_of_the_first(mine: PersonSkill) -> None:
    colleague = make_member()
    actions.confirm(mine, act_of(mine), by=colleague)
    actions.confirm(mine, act_of(mine), by=colleague)

    assert Confirmation.objects.filter(withdrawn_on=None).count() == 1


def test_a_voice_is_taken_back_and_the_level_with_it(mine: PersonSkill) -> None:
    certified(mine)
    voice = Confirmation.objects.filter(expert=True).get()

    actions.withdraw_confirmation(voice, by=voice.confirmer)
    actions.withdraw_confirmation(voice, by=voice.confirmer)

    assert PersonSkill.objects.get(pk=mine.pk).level < Level.CERTIFIED
    assert Entry.objects.filter(verb="confirmation.withdrawn").count() == 1
    with pytest.raises(NotAllowed):
        actions.withdraw_confirmation(voice, by=mine.person)


def test_what_was_seen_is_recent_and_theirs(mine: PersonSkill, python: Skill) -> None:
    other = claim_skill(python, by=make_member())
    old = shown_by_an_act(mine, ago=600, pk=2)
    strange = shown_by_an_act(other, pk=3)

    with pytest.raises(Refused, match="18"):
        actions.confirm(mine, old, by=make_member())
    with pytest.raises(Refused, match="actes de la liste"):
        actions.confirm(mine, strange, by=make_member())


def test_nobody_confirms_their_own_skill_nor_one_that_is_refused(mine: PersonSkill) -> None:
    with pytest.raises(NotAllowed):
        actions.confirm(mine, act_of(mine), by=mine.person)
    with pytest.raises(NotAllowed):
        actions.confirm_seen(mine, "Vu", clock.today(), by=mine.person)
    answer_proposal(mine, "refused", by=mine.person)
    assert not can_confirm(make_member(), PersonSkill.objects.get(pk=mine.pk))


def test_something_seen_elsewhere_is_told_with_its_day(mine: PersonSkill) -> None:
    actions.confirm_seen(mine, "  Un script\nen production ", clock.today() - timedelta(3), by=make_member())

    assert Evidence.objects.get(what="observed").note == "Un script en production"


@pytest.mark.parametrize(("note", "days", "said"), [(" ", 0, "quelques mots"), ("Vu", -1, "à venir")])
def test_something_seen_elsewhere_is_told_well(mine: PersonSkill, note: str, days: int, said: str) -> None:
    with pytest.raises(Refused, match=said):
        actions.confirm_seen(mine, note, clock.today() - timedelta(days), by=make_member())


def test_only_a_pilot_names_first_experts_and_once(python: Skill) -> None:
    person, pilot = make_member(), make_with_role(Role.PILOT)
    actions.name_panelist(python, person, by=pilot)
    actions.name_panelist(python, person, by=pilot)

    assert Entry.objects.filter(verb="panelist.named").count() == 1
    with pytest.raises(NotAllowed):
        actions.name_panelist(python, person, by=make_member())


def test_somebody_certified_in_an_adjacent_skill_is_an_expert(mine: PersonSkill, starter: dict[str, Skill]) -> None:
    neighbour = claim_skill(starter["Apprentissage automatique"], by=make_member(unit=make_unit()))
    PersonSkill.objects.filter(pk=neighbour.pk).update(level=Level.CERTIFIED)
    mine.skill.alignments.create(uri=neighbour.skill.alignments.all()[0].uri, relation="close")

    assert actions.confirm(mine, act_of(mine), by=neighbour.person).expert


def test_whoever_passes_it_on_well_is_a_sachant(mine: PersonSkill) -> None:
    for pk in range(2, 10):
        shown_by_an_act(mine, pk=pk)
        shown_by_an_act(mine, pk=pk, what="applied")

    assert certified(mine).level == Level.SACHANT


# Time and history


def test_levels_lapse_and_are_never_deleted(mine: PersonSkill, monkeypatch: pytest.MonkeyPatch) -> None:
    found = certified(mine)
    assert found.lapses_on
    later = datetime.combine(found.lapses_on, datetime.min.time(), clock.now().tzinfo)
    with clock.simulated(later):
        let_levels_lapse(0)

        assert PersonSkill.objects.get(pk=mine.pk).level < Level.CERTIFIED
        assert Confirmation.objects.count() == 3
        assert reassess_lapsed(clock.today()) == 0


def test_a_later_end_is_no_other_level(mine: PersonSkill) -> None:
    found = certified(mine)
    before = LevelChange.objects.count()
    for voice in mine.confirmations.all():
        Confirmation.objects.filter(pk=voice.pk).update(given_on=voice.given_on - timedelta(5))

    reassess(mine)

    later = PersonSkill.objects.get(pk=mine.pk)
    assert (later.lapses_on or clock.today()) < (found.lapses_on or clock.today())
    assert LevelChange.objects.count() == before


def test_working_it_out_again_changes_nothing(mine: PersonSkill) -> None:
    certified(mine)
    before = LevelChange.objects.count()

    reassess(mine)

    assert LevelChange.objects.count() == before


@pytest.mark.parametrize("change", [lambda: LevelChange.objects.update(after=4), lambda: LevelChange.objects.all().delete()])
def test_history_of_levels_cannot_be_changed(mine: PersonSkill, change: object) -> None:
    certified(mine)

    with pytest.raises(DatabaseError), transaction.atomic():
        change()  # type: ignore[operator]


def test_history_stays_under_an_opaque_number_when_its_owner_leaves(mine: PersonSkill) -> None:
    certified(mine)
    owner = mine.person.pk

    leave_community(Person.objects.get(pk=owner))

    assert not PersonSkill.objects.filter(pk=mine.pk).exists()
    assert [one.after for one in LevelChange.objects.filter(person=owner).order_by("pk")][-1] == Level.CERTIFIED


# Contesting


def test_two_colleagues_of_other_teams_who_agree_decide(mine: PersonSkill) -> None:
    contest = actions.open_contest(mine, "J'en fais tous les jours.", by=mine.person)
    first, second = make_member(unit=make_unit()), make_member(unit=make_unit())
    assert contests_open() == [contest]

    actions.judge_contest(contest, granted=True, why="Je l'ai vu faire.", by=first)
    decided = actions.judge_contest(contest, granted=True, why="Moi aussi.", by=second)

    assert (decided.outcome, decided.why) == (Contest.Outcome.GRANTED, "Je l'ai vu faire.\nMoi aussi.")
    assert Confirmation.objects.count() == 2
    with pytest.raises(Refused, match="décidé"):
        actions.judge_contest(contest, granted=True, why="Oui.", by=make_member())


def test_when_two_differ_two_others_are_asked(mine: PersonSkill) -> None:
    contest = actions.open_contest(mine, "Regardez encore.", by=mine.person)
    actions.judge_contest(contest, granted=True, why="Oui.", by=make_member(unit=make_unit()))

    again = actions.judge_contest(contest, granted=False, why="Non.", by=make_member(unit=make_unit()))

    assert (again.outcome, again.first) == (Contest.Outcome.OPEN, None)


def test_a_level_that_is_not_granted_stays(mine: PersonSkill) -> None:
    contest = actions.open_contest(mine, "Regardez encore.", by=mine.person)
    for _number in range(2):
        contest = actions.judge_contest(contest, granted=False, why="Pas encore.", by=make_member(unit=make_unit()))

    assert contest.outcome == Contest.Outcome.DISMISSED
    assert Confirmation.objects.count() == 0


def test_own_team_and_voices_given_do_not_judge(mine: PersonSkill) -> None:
    contest = actions.open_contest(mine, "Regardez encore.", by=mine.person)
    spoke = make_member(unit=make_unit())
    actions.confirm(mine, act_of(mine), by=spoke)

    for person in (make_member(unit=mine.person.unit), spoke, mine.person):
        with pytest.raises(NotAllowed):
            actions.judge_contest(contest, granted=True, why="Oui.", by=person)
    found = contest_for(contest.pk)
    assert found
    assert can_judge(make_member(unit=make_unit()), found)


def test_contest_says_what_and_its_judges_say_why(mine: PersonSkill) -> None:
    with pytest.raises(Refused, match="phrase"):
        actions.open_contest(mine, " ", by=mine.person)
    with pytest.raises(NotAllowed):
        actions.open_contest(mine, "Non.", by=make_member())
    contest = actions.open_contest(mine, "Oui.", by=mine.person)
    with pytest.raises(Refused, match="déjà"):
        actions.open_contest(mine, "Encore.", by=mine.person)
    with pytest.raises(Refused, match="pourquoi"):
        actions.judge_contest(contest, granted=True, why=" ", by=make_member(unit=make_unit()))


def test_nothing_is_contested_of_what_is_not_theirs(mine: PersonSkill) -> None:
    answer_proposal(mine, "refused", by=mine.person)

    with pytest.raises(Refused, match="la vôtre"):
        actions.open_contest(mine, "Si.", by=mine.person)


# Who sees what


def test_what_is_kept_is_seen_by_its_owner_alone(mine: PersonSkill) -> None:
    answer_proposal(mine, "kept", by=mine.person)

    assert [one.pk for one in skills_of(mine.person)] == [mine.pk]
    assert skills_shown_by(mine.person) == who_shows(mine.skill) == []


def test_each_row_says_what_it_is(mine: PersonSkill) -> None:
    contest = actions.open_contest(mine, "Oui.", by=mine.person)
    request = actions.ask_confirmation(mine, make_member(), by=mine.person)
    voice = actions.confirm(mine, act_of(mine), by=make_member(unit=make_unit()))
    panelist = actions.name_panelist(mine.skill, make_member(), by=make_with_role(Role.PILOT))
    change = LevelChange.objects.order_by("-pk")[0]

    rows = (mine, contest, request, voice, panelist, change, act_of(mine))
    assert all(str(mine.skill_id) in str(row) or str(mine.pk) in str(row) for row in rows)
