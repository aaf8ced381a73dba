from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.knowledge.actions.initiatives import Start, add_indicator, decide_initiative, join_initiative
from relais.knowledge.actions.measures import answer_pulse, close_pulse, keep_measure, keep_measures, open_pulse
from relais.knowledge.measures_file import Line, UnreadableMeasures, Wrong, read_measures
from relais.knowledge.models import Indicator, Measure, Pulse, PulseVoice
from relais.knowledge.queries.initiatives import courses_of, indicator_for, pulse_for, unit_sizes
from relais.ledger.models import Entry
from relais.people.models import Person, Role
from tests.factories import make_initiative, make_member, make_proposed, make_unit, make_with_role

TODAY = date(2026, 3, 11)
UNITS = {"agence de nantes": 12, "nantes": 12, "accueil": 4}


def read(text: str, encoding: str = "utf-8") -> tuple[list[tuple[date, str, Decimal]], list[tuple[int, Wrong]]]:
    report = read_measures(text.encode(encoding), UNITS, TODAY)
    return [(line.on, line.unit, line.value) for line in report.lines], [(one.number, one.wrong) for one in report.mistakes]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("date;unité;valeur\n05/01/2026;Agence de Nantes;12,5\n\n06/01/2026;;1 234,5\n", "utf-8"),
        ("Date,Unit,Value\n2026-01-05,Agence de Nantes,12.5\n2026-01-06,,1234.5\n", "utf-8"),
        ("jour\tunité\tmesure\n5 janvier 2026\tAgence de Nantes\t12,5\n6/1/26\t\t1\xa0234,5", "cp1252"),
    ],
)
def test_file_is_read_as_people_write_it(text: str, encoding: str) -> None:
    lines, mistakes = read(text, encoding)

    assert lines == [(date(2026, 1, 5), "Agence de Nantes", Decimal("12.5")), (date(2026, 1, 6), "", Decimal("1234.5"))]
    assert mistakes == []


def test_each_line_says_what_is_wrong_with_it() -> None:
    cells = (
        "hier;;1 05/01/2026;;beaucoup 05/01/2026;;NaN 05/01/2026;Lyon;1 5/1/26;Accueil;1 1/1/2030;;1 05/01/2026;;1 05/01/2026;;2 07/01/2026"
    )

    lines, mistakes = read("\n".join(["date;unit;value", *cells.split()]))

    assert lines == [(date(2026, 1, 5), "", Decimal(1))]
    wrong = [Wrong.DAY, Wrong.VALUE, Wrong.VALUE, Wrong.UNIT, Wrong.SMALL, Wrong.FUTURE, Wrong.TWICE, Wrong.VALUE]
    assert mistakes == [(number, each) for number, each in zip([2, 3, 4, 5, 6, 7, 9, 10], wrong, strict=True)]


@pytest.mark.parametrize(
    "content",
    [b"", b"date;unit\n", b"value\n1", b"date;value\n" + b"05/01/2026;1\n" * 5001, b'date;value\n"05/01', b"\xff\xfea"],
)
def test_file_without_its_columns_or_too_long_or_broken_is_no_file_of_measures(content: bytes) -> None:
    with pytest.raises(UnreadableMeasures):
        read_measures(content, UNITS, TODAY)


@given(st.dictionaries(st.dates(date(2020, 1, 1), TODAY), st.decimals(-(10**9), 10**9, places=3), max_size=20))
def test_what_is_written_is_read(values: dict[date, Decimal]) -> None:
    text = "\n".join(["date;unit;value", *(f"{day.isoformat()};Nantes;{value}" for day, value in values.items())])

    lines, mistakes = read(text)

    assert ({on: value for on, _unit, value in lines}, mistakes) == (values, [])


def measured() -> tuple[Indicator, Person]:
    """An indicator of an initiative under way, and who leads it."""
    initiative = make_proposed()
    decide_initiative(initiative, accepted=True, by=make_with_role(Role.PILOT))
    return initiative.indicators.get(), initiative.author


@pytest.mark.django_db
def test_measure_of_a_day_is_replaced_and_never_of_tomorrow() -> None:
    indicator, me = measured()

    for value in (30, 28):
        keep_measure(indicator, date(2026, 2, 2), Decimal(value), by=me)
    with pytest.raises(Refused):
        keep_measure(indicator, clock.today() + timedelta(1), Decimal(1), by=me)

    [course] = courses_of(indicator.initiative, me)
    assert ([measure.value for measure in course.whole], course.change, course.goes_well) == ([28], -12, True)


@pytest.mark.django_db
def test_change_is_told_by_its_direction_and_not_at_all_without_a_measure() -> None:
    indicator, me = measured()
    add_indicator(indicator.initiative, Start("Satisfaction", Decimal(3), date(2026, 1, 5)), by=me)
    keep_measure(indicator, date(2026, 2, 2), Decimal(50), by=me)
    keep_measure(indicator.initiative.indicators.last(), date(2026, 2, 2), Decimal(3), by=me)

    worse, still = courses_of(indicator.initiative, me)

    assert ((worse.change, worse.goes_well), (still.change, still.goes_well)) == ((10, False), (0, None))
    Measure.objects.all().delete()
    assert [course.change for course in courses_of(indicator.initiative, me)] == [None, None]


@pytest.mark.django_db
def test_file_is_taken_whole_and_again_without_doubles() -> None:
    indicator, me = measured()
    unit = make_unit("Nantes")
    lines = [Line(2, date(2026, 2, 2), "nantes", Decimal(3)), Line(3, date(2026, 2, 2), "", Decimal(4))]

    counts = [keep_measures(indicator, lines, by=me) for _ in range(2)]

    assert (counts, Measure.objects.count()) == ([2, 2], 2)
    assert [(measure.of, measure.value) for measure in courses_of(indicator.initiative, me)[0].by_unit] == [(unit, 3)]


@pytest.mark.django_db
def test_unit_counts_the_people_of_the_units_below_it() -> None:
    top = make_unit("Ouest")
    below = make_unit("Nantes", top)
    for unit in (top, below, below):
        make_member(unit=unit)

    sizes = unit_sizes()

    assert (sizes["ouest"], sizes["nantes"], sizes[below.code]) == (3, 2, 2)


@pytest.mark.django_db
def test_others_measure_nothing_and_a_draft_is_not_measured() -> None:
    indicator, me = measured()
    draft = make_initiative(me, for_customers=True)
    early = add_indicator(draft, Start("Délai", Decimal(1), date(2026, 1, 5)), by=me)

    for what, by in ((indicator, make_member()), (early, me)):
        with pytest.raises(NotAllowed):
            keep_measure(what, date(2026, 2, 2), Decimal(1), by=by)
    assert (indicator_for(me, indicator.pk), indicator_for(make_member(), indicator.pk)) == (indicator, None)


def asked(answers: list[int]) -> tuple[Pulse, Person, list[Person]]:
    """A question that so many answered."""
    indicator, me = measured()
    pulse = open_pulse(indicator, "Facile de trouver de l'aide ?", by=me)
    people = [make_member() for _ in answers]
    for person, score in zip(people, answers, strict=True):
        join_initiative(indicator.initiative, by=person)
        answer_pulse(pulse, score, by=person)
    pulse.refresh_from_db()
    return pulse, me, people


@pytest.mark.django_db
def test_from_five_answers_the_mean_is_a_measure_and_who_answered_is_forgotten() -> None:
    pulse, me, _people = asked([5, 4, 4, 3, 5])

    measure = close_pulse(pulse, by=me)

    assert measure is not None
    assert (measure.value, measure.n, PulseVoice.objects.count()) == (Decimal("4.200"), 5, 0)
    assert close_pulse(pulse, by=me) is None


@pytest.mark.django_db
def test_under_five_nothing_is_told_and_the_answers_go() -> None:
    pulse, me, _people = asked([1, 1, 1, 1])

    measure = close_pulse(pulse, by=me)

    pulse.refresh_from_db()
    assert (measure, pulse.answers, Measure.objects.count()) == (None, [0] * 5, 0)


@pytest.mark.django_db
def test_answer_is_tied_to_nobody_in_any_row_or_fact() -> None:
    pulse, _me, people = asked([2])

    assert pulse.answers == [0, 1, 0, 0, 0]
    assert not Entry.objects.filter(actor=people[0].pk, verb__startswith="pulse").exists()
    assert {field.name for field in PulseVoice._meta.fields} == {"id", "pulse", "person", "day"}


@pytest.mark.django_db
def test_everybody_answers_once_from_one_to_five_and_only_while_it_is_open() -> None:
    pulse, me, people = asked([3])
    answer_pulse(pulse, 5, by=people[0])
    with pytest.raises(Refused):
        answer_pulse(pulse, 6, by=me)
    with pytest.raises(NotAllowed):
        answer_pulse(pulse, 5, by=make_member())

    close_pulse(pulse, by=me)

    with pytest.raises(NotAllowed):
        answer_pulse(pulse, 5, by=me)
    assert (pulse_for(people[0], pulse.pk), pulse_for(make_member(), pulse.pk)) == (pulse, None)


@pytest.mark.django_db
def test_one_question_at_a_time_in_words() -> None:
    indicator, me = measured()

    with pytest.raises(Refused):
        open_pulse(indicator, " ", by=me)
    open_pulse(indicator, "Facile ?", by=me)

    with pytest.raises(Refused):
        open_pulse(indicator, "Rapide ?", by=me)
