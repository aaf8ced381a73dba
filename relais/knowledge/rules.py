from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from relais.core import clock
from relais.knowledge.models import Care, CircleMember, Contribution, Giver, Initiative, Need, Reveal, UseCase, Workshop
from relais.people.models import Person
from relais.people.rules import can_administer, can_animate, can_pilot, can_take_part

NOBODY = Q(pk__in=[])
WAITING = Q(withdrawn_at=None, first_answer_at=None, solved_at=None)  # a case that nobody has answered, and that still needs it
DOORS = timedelta(hours=1)  # a workshop's list is open that long before and after it


def visible_to(viewer: Person) -> Q:
    """Those who take part see everything that was not withdrawn (use cases and contributions alike)."""
    return Q(withdrawn_at__isnull=True) if can_take_part(viewer) else NOBODY


def can_see(viewer: Person, thing: UseCase | Contribution) -> bool:
    """The same rule, for one thing."""
    return can_take_part(viewer) and thing.withdrawn_at is None


def is_author(person: Person, contribution: Contribution) -> bool:
    """Whether the person wrote it, alone or with others."""
    return contribution.author_id == person.pk or contribution.co_authors.filter(pk=person.pk).exists()


def can_revise(person: Person, contribution: Contribution) -> bool:
    """Authors and co-authors revise what they wrote."""
    return can_see(person, contribution) and is_author(person, contribution)


def can_revise_use_case(person: Person, use_case: UseCase) -> bool:
    """Its asker revises a use case."""
    return can_see(person, use_case) and use_case.author_id == person.pk


def is_asker_under_pseudonym(person: Person, use_case: UseCase) -> bool:
    """Whether what this person does as the asker of the case must not be told with their name (F22)."""
    return use_case.pseudonym and use_case.author_id == person.pk


def can_hold_key(person: Person) -> bool:
    """Pilots hold one key, administrators the other: it takes one of each to lift a pseudonym."""
    return can_pilot(person) or can_administer(person)


def keys_open(first: Person, second: Person) -> bool:
    """Whether these are two people, one with each key."""
    return first.pk != second.pk and ((can_pilot(first) and can_administer(second)) or (can_administer(first) and can_pilot(second)))


def knows_asker(person: Person, reveal: Reveal) -> bool:
    """The two who lifted a pseudonym know who asked; nobody else does."""
    return reveal.state == Reveal.State.GRANTED and person.pk in (reveal.asked_by_id, reveal.answered_by_id)


def can_solve(person: Person, use_case: UseCase) -> bool:
    """Any asker or supporter may say that the case is solved (F21): those who have the problem know."""
    return can_see(person, use_case) and (use_case.author_id == person.pk or use_case.supports.filter(person=person).exists())


def can_rate(person: Person, contribution: Contribution) -> bool:
    """Peers rate; authors do not rate themselves (METHOD 3.4)."""
    return can_see(person, contribution) and not is_author(person, contribution)


def can_keep_words(person: Person) -> bool:
    """Animators and administrators look after the words of the house (synonyms, searches in vain)."""
    return can_animate(person) or can_administer(person)


def can_keep_circles(person: Person) -> bool:
    """Pilots and administrators open circles and trust people with them."""
    return can_pilot(person) or can_administer(person)


def can_moderate_somewhere(person: Person) -> bool:
    """Those who look after circles, and pilots, look at what is reported."""
    return can_animate(person) or can_pilot(person)


def can_moderate(person: Person, circle_id: int) -> bool:
    """Pilots decide everywhere, animators in their circles."""
    return can_pilot(person) or looks_after(person, circle_id)


def can_judge_for(person: Person, circle_id: int) -> bool:
    """An appeal is judged from outside: by animators of other circles, or by pilots."""
    return can_pilot(person) or (can_animate(person) and not looks_after(person, circle_id))


def workshops_visible_to(viewer: Person) -> Q:
    """Those who take part see every workshop, the cancelled ones too: they say why."""
    return Q() if can_take_part(viewer) else NOBODY


def looks_after(person: Person, circle_id: int) -> bool:
    """Whether the person animates this circle."""
    inside = CircleMember.objects.filter(circle_id=circle_id, person=person, until=None, animator=True)
    return can_animate(person) and inside.exists()


def can_lead(person: Person, workshop: Workshop) -> bool:
    """Its hosts lead a workshop, and so may those who look after its circle."""
    hosts = {workshop.host_id, workshop.co_host_id}
    return can_take_part(person) and (person.pk in hosts or looks_after(person, workshop.circle_id))


def can_register(person: Person, workshop: Workshop) -> bool:
    """Who takes part and does not lead it registers for a workshop to come."""
    open_still = workshop.cancelled_at is None and workshop.held_at is None and workshop.starts_at > clock.now()
    return can_take_part(person) and open_still and person.pk not in {workshop.host_id, workshop.co_host_id}


ENOUGH_TO_MEET = 3  # who would like to learn, whoever opened the need among them (F23)


def needs_visible_to(viewer: Person) -> Q:
    """Those who take part see every need, the closed ones too."""
    return Q() if can_take_part(viewer) else NOBODY


def is_ripe(need: Need) -> bool:
    """Three who would like to learn it and one who can show it: it can become a workshop."""
    return need.wanted_count >= ENOUGH_TO_MEET and need.givers.filter(state=Giver.State.OFFERED).exists()


SILENCE = timedelta(days=10)  # after which whoever opened an initiative launches it unanswered (F03: the delay that is watched)


def can_read_initiatives(person: Person) -> bool:
    """Those who take part, and pilots."""
    return can_take_part(person) or can_pilot(person)


def initiatives_visible_to(viewer: Person) -> Q:
    """Those who take part, and pilots, see every initiative but the drafts of others."""
    if not can_read_initiatives(viewer):
        return NOBODY
    return ~Q(state=Initiative.State.DRAFT) | Q(author=viewer)


def can_see_initiative(viewer: Person, initiative: Initiative) -> bool:
    """The same rule, for one."""
    own = initiative.author_id == viewer.pk
    return can_read_initiatives(viewer) and (own or initiative.state != Initiative.State.DRAFT)


def can_decide(person: Person, initiative: Initiative) -> bool:
    """Pilots and those who look after its circle decide, never on their own."""
    return initiative.author_id != person.pk and (can_pilot(person) or looks_after(person, initiative.circle_id))


def care_visible_to(viewer: Person) -> Q:
    """Those who take part see who looks after what."""
    return Q() if can_take_part(viewer) else NOBODY


def can_confirm(person: Person, care: Care) -> bool:
    """Those who wrote it, look after it, or look after its circle say that a content is still true."""
    named = person.pk in (care.owner_id, care.deputy_id) or is_author(person, care.contribution)
    return can_see(person, care.contribution) and (named or looks_after(person, care.contribution.use_case.circle_id))


def can_take_over(person: Person, care: Care) -> bool:
    """Its deputy at any time; those who look after its circle once nobody looks after it."""
    left = care.owner_id is None and looks_after(person, care.contribution.use_case.circle_id)
    return can_see(person, care.contribution) and (person.pk == care.deputy_id or left)
