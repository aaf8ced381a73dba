from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.signing import BadSignature, Signer

from relais.people.models import Participation, Person
from relais.studio.models import Choice, Letter, Notice
from relais.studio.pace import week_of

_STOP = Signer(salt="relais.studio.stop")
AT_ONCE, DIGEST = "at_once", "digest"


def choice_of(person: Person) -> Choice:
    """What somebody chose, or what is chosen for everybody to begin with."""
    return Choice.objects.filter(person=person).first() or Choice(person=person)


def local_to(person: Person, now: datetime) -> datetime:
    """This moment on their clock."""
    return now.astimezone(ZoneInfo(person.time_zone))


def written_this_week(person: Person, local: datetime) -> tuple[int, bool]:
    """How many counted mails left since Monday on their clock, and whether the digest is among them."""
    monday = (local - timedelta(days=local.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    letters = list(Letter.objects.filter(person=person, at__gte=monday).values_list("key", "counted"))
    return sum(counted for _key, counted in letters), any(key == week_of(local) for key, _counted in letters)


def stop_token(person: Person, what: str) -> str:
    """What a mail carries so that one click stops its kind, for ever and without signing in."""
    return _STOP.sign_object([str(person.pk), what])


def stopping(token: str) -> tuple[Person, str] | None:
    """Whose mails this token stops, and which."""
    try:
        pk, what = _STOP.unsign_object(token)
    except BadSignature:
        return None
    person = Person.objects.filter(pk=pk, is_active=True).first()
    return (person, what) if person else None


def reachable_people() -> Iterator[Person]:
    """Those who may be written to of the community's own accord: not during a pause."""
    yield from Person.objects.filter(is_active=True, participation=Participation.MEMBER, email__isnull=False).order_by("pk").iterator()


def people_with_news(now: datetime, since: timedelta) -> list[Person]:
    """Those with something neither read nor mailed."""
    waiting = Notice.objects.filter(read_at=None, mailed_at=None, made_at__gt=now - since).values("person")
    return list(Person.objects.filter(pk__in=waiting, is_active=True, participation=Participation.MEMBER, email__isnull=False))


def people_due_a_digest(now: datetime) -> list[Person]:
    """Those whose day and hour it is, and who have not had this week's."""
    chosen = {choice.person_id: choice for choice in Choice.objects.all()}
    weeks = {week_of(now - timedelta(days=1)), week_of(now), week_of(now + timedelta(days=1))}
    had = set(Letter.objects.filter(key__in=weeks).values_list("person", "key"))
    due = []
    for person in reachable_people():
        local, pace = local_to(person, now), chosen.get(person.pk, Choice()).pace
        if pace.may_send_digest(local, written=0, digest_left=(person.pk, week_of(local)) in had):
            due.append(person)
    return due
