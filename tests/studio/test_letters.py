"""One mail for one thing, at the pace each chose; what cannot be mailed now waits, and leaves with the digest."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail

from relais.core import clock
from relais.core.errors import Refused
from relais.knowledge.actions.circles import join_circle
from relais.knowledge.actions.contributions import withdraw_contribution
from relais.knowledge.models import Contribution
from relais.ledger.models import Entry
from relais.ledger.subscriptions import delivered_at_once
from relais.people.actions import leave_community, pause
from relais.people.models import Person
from relais.studio import jobs
from relais.studio.actions.choices import choose, stop
from relais.studio.actions.letters import write_digest, write_letter, write_notices
from relais.studio.models import Choice, Letter, Notice
from relais.studio.pace import Pace
from relais.studio.queries.choices import people_due_a_digest, people_with_news, stop_token, stopping
from tests.factories import make_answer, make_circle, make_content, make_member, make_need, make_use_case, make_workshop

pytestmark = pytest.mark.django_db
DAY = time(0)
ALWAYS = Pace(7, 0, DAY, DAY)


def monday(hour: int = 9) -> datetime:
    """The next Monday, in UTC."""
    now = datetime.now(UTC)
    return (now + timedelta(days=7 - now.weekday())).replace(hour=hour, minute=0, second=0, microsecond=0)


def answered(count: int = 1, **columns: Any) -> Person:
    """Somebody whose case was answered, and who sits in UTC."""
    asker = make_member(time_zone="UTC", **columns)
    case = make_use_case(author=asker)
    with delivered_at_once():
        for _ in range(count):
            make_answer(case)
    return asker


def sent() -> list[Any]:
    return list(mail.outbox)


def test_what_concerns_me_is_written_in_one_mail_once_in_my_language() -> None:
    asker = answered(9, language="en")

    written = [write_notices(asker, monday()) for _ in range(2)]

    [message] = sent()
    assert (written, message.to, message.subject) == ([True, False], [asker.email], "9 things concern you")
    assert message.body.count("answers your case") == 7
    assert "2 more wait in Relais." in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.alternatives[0].mimetype == "text/html"
    assert message.alternatives[0].content.count("answers your case") == 7


def test_one_thing_is_said_in_the_subject_which_a_phone_shows() -> None:
    write_notices(answered(language="fr"), monday())

    [message] = sent()
    assert "répond à votre cas" in message.subject
    assert len(message.subject) <= 42


def test_nothing_is_written_at_night_during_a_pause_past_the_number_or_about_what_was_read() -> None:
    asker, resting, reader = answered(), answered(), answered()
    choose(Pace(2, None, time(19), time(8)), ["answered"], by=asker)
    pause(resting)
    Notice.objects.filter(person=reader).update(read_at=clock.now())

    at_night = write_notices(asker, monday(22))
    others = [write_notices(person, monday()) for person in (resting, reader)]
    choose(Pace(0, None, DAY, DAY), ["answered"], by=asker)
    none_wanted = write_notices(asker, monday())

    assert (at_night, others, none_wanted, sent()) == (False, [False, False], False, [])
    assert Notice.objects.filter(mailed_at=None).count() == 3


def test_two_mails_a_week_to_begin_with_and_one_of_them_is_the_digest() -> None:
    asker = answered()
    write_notices(asker, monday())
    with delivered_at_once():
        make_answer(make_use_case(author=asker))

    second = write_notices(asker, monday(11))
    digest = write_digest(asker, monday(12))

    assert (second, digest, len(sent())) == (False, True, 2)
    assert "répond à votre cas" in sent()[1].body
    assert not Notice.objects.filter(person=asker, mailed_at=None).exists()


def test_digest_is_written_once_a_week_with_what_is_mine_then_what_is_near() -> None:
    circle = make_circle()
    asker = answered(language="en", passes_on="La soudure des tubes")
    join_circle(circle, by=asker)
    make_use_case(title="Une soudure qui casse", circle=circle)
    make_content(title="Coller sans bulle")
    make_workshop(title="Essayer ensemble")
    make_need(title="Lire un plan")

    written = [write_digest(asker, monday(hour)) for hour in (9, 10)]

    [message] = sent()
    titles = [line[2:] for line in message.body.splitlines() if line.startswith("* ")]
    assert (written, titles[0].startswith(message.subject.removesuffix("…"))) == ([True, False], True)
    assert titles[1] == "Une soudure qui casse"
    assert {"Coller sans bulle", "Essayer ensemble", "Lire un plan"} < set(titles)
    assert f"{len(titles)} things this week, chosen for you." in message.body


def test_full_workshop_stands_in_no_digest() -> None:
    workshop = make_workshop(capacity=2)
    type(workshop).objects.update(registered_count=2)

    write_digest(reader := make_member(time_zone="UTC"), monday())

    assert (sent(), Letter.objects.get(person=reader).counted) == ([], False)


def test_quiet_week_says_nothing_and_is_not_looked_at_again() -> None:
    quiet = make_member(time_zone="UTC")
    with_choice = make_member(time_zone="UTC")
    choose(Pace(2, 3, DAY, DAY), [], by=with_choice)

    due = people_due_a_digest(monday())
    written = write_digest(quiet, monday())

    assert (due, written, people_due_a_digest(monday()), sent()) == ([quiet], False, [], [])


def test_thing_no_longer_shown_is_written_about_to_nobody() -> None:
    asker = answered()
    notice = Notice.objects.get()
    answer = Contribution.objects.get(pk=notice.object_id)
    withdraw_contribution(answer, by=answer.author)

    written = write_notices(asker, monday())

    assert (written, sent(), people_with_news(monday(), timedelta(7))) == (False, [], [])


def test_jobs_write_to_everybody_whose_turn_it_is() -> None:
    asker = answered()
    choose(ALWAYS, ["answered"], by=asker)
    jobs.write_at_once(0)
    with delivered_at_once():
        make_answer(make_use_case(author=asker))

    jobs.write_digests(0)
    jobs.write_at_once(0)

    assert sum(message.to == [asker.email] for message in sent()) == 2  # others are written to on the day that is theirs


def test_letter_about_one_thing_is_written_once() -> None:
    person = make_member()

    written = [write_letter(person, "entry 4", mail.EmailMessage("Bonjour", "Texte"), now=clock.now()) for _ in range(2)]

    assert (written, len(sent()), Letter.objects.get().counted) == ([True, False], 1, False)


def test_choices_are_kept_and_wrong_ones_refused() -> None:
    me = make_member()

    chosen = choose(Pace(3, 4, time(20), time(7)), ["remark", "nonsense", "asked"], by=me)

    assert (chosen.at_once, chosen.pace) == (["asked", "remark"], Pace(3, 4, time(20), time(7)))
    for wrong in (Pace(15, 0, DAY, DAY), Pace(2, 7, DAY, DAY)):
        with pytest.raises(Refused):
            choose(wrong, [], by=me)


def test_one_click_stops_a_kind_of_mail_for_its_person_and_is_a_fact_once() -> None:
    me = make_member()

    for what in ("digest", "digest", "at_once", "at_once"):
        found = stopping(stop_token(me, what))
        assert found == (me, what)
        stop(what, by=me)

    assert (Choice.objects.get().digest_on, Choice.objects.get().at_once) == (None, [])
    assert [entry.payload["what"] for entry in Entry.objects.filter(verb="mail.stopped").order_by("pk")] == ["digest", "at_once"]
    assert (stopping("guess"), stopping(stop_token(me, "digest") + "x")) == (None, None)
    leave_community(me)
    assert stopping(stop_token(me, "digest")) is None
