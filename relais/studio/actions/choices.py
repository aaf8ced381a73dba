"""Each says what they wish to be written about, how often, and when never."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from relais.core.errors import Refused
from relais.ledger.actions import record
from relais.people.models import Person
from relais.studio import events
from relais.studio.kinds import KINDS
from relais.studio.models import Choice
from relais.studio.pace import Pace
from relais.studio.queries.choices import AT_ONCE, DIGEST, choice_of

MOST = 14


@transaction.atomic
def choose(pace: Pace, at_once: list[str], *, by: Person) -> Choice:
    """Keep what somebody chose; the next mail follows it."""
    if not 0 <= pace.most <= MOST:
        raise Refused(_("Between 0 and 14 mails a week."), field="most")
    if pace.digest_on is not None and not 0 <= pace.digest_on <= 6:
        raise Refused(_("Choose a day of the week."), field="digest_on")
    chosen = {
        "at_once": [kind for kind in KINDS if kind in at_once],
        "digest_on": pace.digest_on,
        "most": pace.most,
        "quiet_from": pace.quiet_from,
        "quiet_until": pace.quiet_until,
    }
    return Choice.objects.update_or_create(person=by, defaults=chosen)[0]


@transaction.atomic
def stop(what: str, *, by: Person) -> None:
    """One click in a mail: no more digests, or no more mails at once. Twice changes nothing."""
    choice = choice_of(by)
    if (what == DIGEST and choice.digest_on is None) or (what == AT_ONCE and not choice.at_once):
        return
    if what == DIGEST:
        choice.digest_on = None
    else:
        choice.at_once = []
    choice.save()
    record(events.MAIL_STOPPED, by=by, about=by, payload={"what": what})
