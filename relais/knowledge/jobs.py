from __future__ import annotations

from procrastinate.contrib.django import app

from relais.core import clock
from relais.knowledge import events
from relais.knowledge.actions.attendance import fill_places, remind
from relais.knowledge.actions.care import hand_over_contents
from relais.knowledge.actions.detection import propose_to_author, rest_on, tag_thing
from relais.knowledge.actions.needs import ask_those_likely_to_know, count_wishes_again
from relais.knowledge.actions.prompts import let_prompts_lapse, prompt_those_who_know
from relais.knowledge.actions.pseudonyms import tell_quiet_acts
from relais.knowledge.actions.reveals import let_reveals_lapse
from relais.knowledge.actions.routing import close_proposals, let_proposals_lapse, propose_use_case
from relais.knowledge.actions.search import learn_words, note_search_miss
from relais.knowledge.actions.workshops import close_workshop, hand_over
from relais.knowledge.models import Contribution, Need, UseCase
from relais.knowledge.queries.routing import use_case_of, use_cases_to_widen
from relais.knowledge.queries.workshops import registrations_to_remind, workshops_to_close, workshops_with_places
from relais.ledger.models import Entry
from relais.ledger.subscriptions import on, told_late
from relais.people import events as people
from relais.people.models import Person
from relais.skills.actions.proposals import untag


@on(events.USE_CASE_ASKED, history=True)
def propose(entry: Entry) -> None:
    """What a new case is about is noted, since skills tell who may know; then it is put to them, unless it is history."""
    tag_thing(entry.object_type, int(entry.object_id))
    if not told_late(entry):
        propose_use_case(UseCase.objects.get(pk=entry.object_id))


@on(events.ANSWER_PUBLISHED, events.CONTENT_PUBLISHED)
def close_answered(entry: Entry) -> None:
    """Somebody answered: those who were asked are free again."""
    close_proposals(use_case_of(entry.object_type, int(entry.object_id)), answered_by=entry.actor)


@on(events.USE_CASE_SOLVED, events.USE_CASE_WITHDRAWN)
def close_over(entry: Entry) -> None:
    """A case that is over is nobody's task any more."""
    close_proposals(UseCase.objects.get(pk=entry.object_id))


@on(events.USE_CASE_ASKED, events.USE_CASE_REVISED, history=True)
def learn_case_words(entry: Entry) -> None:
    """Search knows the words of a case from now on."""
    use_case = UseCase.objects.get(pk=entry.object_id)
    learn_words(f"{use_case.title} {use_case.text}")


@on(events.ANSWER_PUBLISHED, events.ANSWER_REVISED, events.CONTENT_PUBLISHED, events.CONTENT_REVISED, history=True)
def learn_contribution_words(entry: Entry) -> None:
    """Search knows the words of an answer or a content from now on."""
    contribution = Contribution.objects.get(pk=entry.object_id)
    learn_words(f"{contribution.title} {contribution.text}")


@on(events.USE_CASE_REVISED, events.WORKSHOP_PROPOSED, events.WORKSHOP_REVISED, history=True)
def tag_what_is_said(entry: Entry) -> None:
    """What a revised case or a workshop is about."""
    tag_thing(entry.object_type, int(entry.object_id))


@on(events.ANSWER_PUBLISHED, events.CONTENT_PUBLISHED, events.ANSWER_REVISED, events.CONTENT_REVISED, history=True)
def tag_what_is_shared(entry: Entry) -> None:
    """What an answer or a content is about, and which skills it shows: told to its author alone."""
    tag_thing(entry.object_type, int(entry.object_id))
    propose_to_author(int(entry.object_id))


@on(events.USE_CASE_WITHDRAWN, events.ANSWER_WITHDRAWN, events.CONTENT_WITHDRAWN, history=True)
def untag_what_is_withdrawn(entry: Entry) -> None:
    """What is withdrawn tells of no skill any more."""
    untag(entry.object_type, int(entry.object_id))


@on(events.BEST_ANSWER_CHOSEN, events.APPLICATION_TOLD, events.WORKSHOP_RATED, history=True)
def note_what_helped(entry: Entry) -> None:
    """An answer solved a case, a content worked for a colleague, a workshop was rated: skills rest on that."""
    rest_on(entry)


@on(events.NEED_OPENED)
def ask_around(entry: Entry) -> None:
    """What a new need is about is noted; then it is put to colleagues likely to know."""
    tag_thing(entry.object_type, int(entry.object_id))
    ask_those_likely_to_know(Need.objects.get(pk=entry.object_id))


@on(people.PERSON_LEFT, people.PERSON_DEPARTED)
def give_places_back(entry: Entry) -> None:
    """Who leaves leads no workshop any more, and their places go to those who wait."""
    hand_over(Person.objects.get(pk=entry.object_id))
    count_wishes_again()
    hand_over_contents()
    for workshop in workshops_with_places(clock.now()):
        fill_places(workshop)


@app.task(name="relais.knowledge.jobs.note_miss")
def note_miss(words: str) -> None:
    """A search in vain becomes a need on the animators' page."""
    note_search_miss(words)


@app.periodic(cron="*/15 * * * *")
@app.task(name="relais.knowledge.jobs.widen", queueing_lock="relais.knowledge.jobs.widen")
def widen(timestamp: int) -> None:
    """Every quarter of an hour, cases unanswered for a day are put to more people."""
    for use_case in use_cases_to_widen(clock.now()):
        propose_use_case(use_case, wave=2)


@app.periodic(cron="40 3 * * *")
@app.task(name="relais.knowledge.jobs.lapse", queueing_lock="relais.knowledge.jobs.lapse")
def lapse(timestamp: int) -> None:
    """Every night, proposals that nobody took up make room, and requests without a second key are over."""
    let_proposals_lapse()
    let_reveals_lapse()


@app.periodic(cron="20 5 * * *")
@app.task(name="relais.knowledge.jobs.prompt", queueing_lock="relais.knowledge.jobs.prompt")
def prompt(timestamp: int) -> None:
    """Every morning, those who know are asked for what waits; each once a fortnight at most."""
    let_prompts_lapse()
    prompt_those_who_know()


@app.periodic(cron="10 1 * * *")
@app.task(name="relais.knowledge.jobs.tell_quietly", queueing_lock="relais.knowledge.jobs.tell_quietly")
def tell_quietly(timestamp: int) -> None:
    """Every night, before the figures are taken, what was done under a pseudonym is told without its case."""
    tell_quiet_acts()


@app.periodic(cron="5 * * * *")
@app.task(name="relais.knowledge.jobs.tend_workshops", queueing_lock="relais.knowledge.jobs.tend_workshops")
def tend_workshops(timestamp: int) -> None:
    """Every hour, those who come tomorrow are reminded, and what took place the day before is closed."""
    for registration in registrations_to_remind(clock.now()):
        remind(registration)
    for workshop in workshops_to_close(clock.now()):
        close_workshop(workshop, by=None)
