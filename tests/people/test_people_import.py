from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.ledger.models import Entry
from relais.people.actions import add_person, change_email, depart_person, leave_community
from relais.people.actions.people_import import apply_people_file, import_people, keep_people_file, plan_import, read_people_file
from relais.people.hr_file import Problem
from relais.people.hr_plan import Change, Plan
from relais.people.hr_words import words_of
from relais.people.models import Participation, PeopleFile, Person, Role, Unit
from tests.factories import make_invited, make_member, make_unit, make_with_role

pytestmark = pytest.mark.django_db
HEADER = "Nom complet;E-mail;Matricule;Service;Manager;Date d'entrée;Date de sortie;Langue\n"


def planned(*rows: str) -> Plan:
    return plan_import(read_people_file((HEADER + "\n".join(rows)).encode()))


def imported(*rows: str, absent_leave: bool = False) -> Plan:
    return import_people(read_people_file((HEADER + "\n".join(rows)).encode()), absent_leave=absent_leave)


def outcomes(plan: Plan) -> list[tuple[str, list[str]]]:
    return [(one.outcome.value, [problem.code for problem in one.problems]) for one in plan.rows]


def test_import_brings_people_with_their_unit_manager_and_arrival() -> None:
    imported("Max Roux;max@example.org;1;Siège > Atelier;zoe@example.org;3/2/2024;;en", "Zoé Martin;zoe@example.org;2;Siège;;;;")

    person = Person.objects.select_related("unit__parent", "manager").get(email="max@example.org")
    assert (person.name, str(person.unit), str(person.unit and person.unit.parent)) == ("Max Roux", "Atelier", "Siège")
    assert (str(person.manager), person.arrived_on, person.language) == ("Zoé Martin", date(2024, 2, 3), "en")
    assert person.participation == Participation.INVITED
    assert person.memberships.get().since == date(2024, 2, 3)


def test_plan_alone_writes_nothing() -> None:
    plan = planned("Max Roux;max@example.org;1;Siège;;;;")

    assert plan.counts["added"] == 1
    assert (Person.objects.count(), Unit.objects.count(), Entry.objects.count()) == (0, 0, 0)


def test_second_import_of_the_same_file_changes_nothing() -> None:
    rows = ["Max Roux;max@example.org;1;Siège > Atelier;zoe@example.org;;;", "Zoé Martin;zoe@example.org;2;Siège;;;;"]
    imported(*rows)

    plan = imported(*rows)

    assert plan.counts == {"added": 0, "changed": 0, "moved": 0, "left": 0, "declined": 0, "unchanged": 2, "refused": 0}
    assert (Person.objects.count(), Unit.objects.count()) == (2, 2)


def test_person_is_recognised_by_number_when_the_address_changed() -> None:
    imported("Max Roux;max@example.org;1;Siège;;;;")

    plan = imported("Max Leroux;max.leroux@example.org;1;Siège;;;;")

    assert plan.rows[0].changes == [Change("name", "Max Roux", "Max Leroux"), Change("email", "max@example.org", "max.leroux@example.org")]
    person = Person.objects.get()
    assert list(person.emailaddress_set.values_list("email", "primary", "verified")) == [("max.leroux@example.org", True, True)]


@pytest.mark.usefixtures("enqueued_mail")
@pytest.mark.parametrize(
    ("language", "subject", "said"),
    [
        ("fr", "Votre adresse sur Relais a changé", "celle-ci n’ouvre plus rien"),
        ("en", "Your address on Relais has changed", "this one no longer opens anything"),
    ],
)
def test_changed_address_signs_out_and_is_told_to_the_old_one(language: str, subject: str, said: str) -> None:
    person, browser = make_member(language=language), Client()
    old = person.email
    browser.force_login(person)

    change_email(person, "new@example.org")

    fact = Entry.objects.get(verb="person.address_changed")
    told = ProcrastinateJob.objects.get(task_name="relais.integrations.mail.jobs.send").args
    assert (fact.object_id, fact.payload, browser.get("/mon-compte/").status_code) == (str(person.pk), {}, 404)
    assert (told["to"], told["subject"], said in told["text"], "new@" in told["text"]) == ([old], subject, True, False)


def test_address_of_somebody_who_had_none_is_told_to_nobody() -> None:
    person = make_member()
    Person.objects.filter(pk=person.pk).update(email=None)

    change_email(person, "new@example.org")

    assert mail.outbox == []


def test_person_moves_to_another_unit_and_history_is_kept() -> None:
    imported("Max Roux;max@example.org;;Siège;;1/1/2024;;")

    plan = imported("Max Roux;max@example.org;;Dépôt;;;;")

    assert plan.counts["moved"] == 1
    held = Person.objects.get().memberships.order_by("pk").values_list("unit__name", "until")
    assert list(held) == [("Siège", clock.today()), ("Dépôt", None)]


def test_person_whose_last_day_has_come_departs() -> None:
    imported("Max Roux;max@example.org;1;;;1/1/2024;;")

    plan = imported("Max Roux;max@example.org;1;;;1/1/2024;1/3/2024;")

    person = Person.objects.get()
    assert (plan.counts["left"], person.departed_on, person.email, person.name) == (1, date(2024, 3, 1), None, "")


def test_last_day_to_come_is_only_noted() -> None:
    later = clock.today() + timedelta(days=40)

    plan = imported(f"Max Roux;max@example.org;;;;;{later:%d/%m/%Y};")

    assert (plan.counts["added"], plan.rows[0].notes, Person.objects.get().departed_on) == (1, [Problem("leaves_later")], None)


def test_somebody_who_had_already_gone_is_not_brought_in() -> None:
    plan = imported("Max Roux;max@example.org;;;;1/1/2020;1/1/2021;")

    assert (outcomes(plan), plan.rows[0].notes, Person.objects.count()) == ([("unchanged", [])], [Problem("already_gone")], 0)


def test_person_who_left_the_community_is_not_invited_again() -> None:
    imported("Max Roux;max@example.org;1;;;;;")
    leave_community(Person.objects.get())

    plan = imported("Max Roux;max@example.org;1;;;;;")

    assert (plan.counts["declined"], Person.objects.count()) == (1, 1)


def test_person_who_left_the_community_then_the_organisation_is_counted_out() -> None:
    imported("Max Roux;max@example.org;1;;;1/1/2024;;")
    leave_community(Person.objects.get())

    plan = imported("Max Roux;max@example.org;1;;;1/1/2024;1/2/2024;")

    assert (plan.counts["left"], Person.objects.get().departed_on) == (1, date(2024, 2, 1))


def test_person_who_comes_back_starts_a_new_stay_after_the_old_one() -> None:
    imported("Max Roux;max@example.org;1;;;1/1/2020;;")
    depart_person(Person.objects.get(), on=date(2024, 1, 1))

    imported("Max Roux;max@example.org;1;;;1/1/2020;;")

    back = Person.objects.get(email="max@example.org")
    assert (Person.objects.count(), back.arrived_on) == (2, date(2024, 1, 2))
    assert leave_community(back).identity_mark != ""


def test_absent_people_are_listed_and_kept() -> None:
    kept = make_invited("Ann Lee")
    add_person("", "Somebody without an address", unit=None)

    plan = imported("Max Roux;max@example.org;;;;;;")

    assert [known.name for known in plan.absent] == ["Ann Lee"]
    assert Person.objects.get(pk=kept.pk).is_active is True


def test_absent_people_leave_when_it_is_asked_for() -> None:
    gone = make_invited("Ann Lee")

    imported("Max Roux;max@example.org;;;;;;", absent_leave=True)

    assert Person.objects.get(pk=gone.pk).departed_on == clock.today()


def test_refused_row_does_not_make_somebody_absent() -> None:
    make_invited("Ann Lee", employee_number="9")

    plan = planned("Ann Lee;ann@example;9;;;;;")

    assert (outcomes(plan), plan.absent) == ([("refused", ["bad_email"])], [])


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["A;a@example.org;;;;;;", "B;A@example.org;;;;;;"], [("added", []), ("refused", ["duplicate_email"])]),
        (["A;a@example.org;1;;;;;", "B;b@example.org;1;;;;;"], [("added", []), ("refused", ["duplicate_number"])]),
        (["A;a@example.org;;;a@example.org;;;"], [("refused", ["manager_circle"])]),
        (
            ["A;a@example.org;;;b@example.org;;;", "B;b@example.org;;;a@example.org;;;", "C;c@example.org;;;a@example.org;;;"],
            [("refused", ["manager_circle"]), ("refused", ["manager_circle"]), ("added", [])],
        ),
        (
            ["A;a@example.org;;Nord > Sud;;;;", "B;b@example.org;;Sud > Nord;;;;"],
            [("refused", ["unit_circle"]), ("refused", ["unit_circle"])],
        ),
    ],
)
def test_row_that_cannot_be_taken_is_refused_with_its_reason(rows: list[str], expected: list[tuple[str, list[str]]]) -> None:
    plan = imported(*rows)

    assert outcomes(plan) == expected
    assert all(words_of(problem) for one in plan.rows for problem in one.problems)


@pytest.mark.parametrize("manager", ["ZOE@example.org", "0042", "Zoé Martin", "MARTIN Zoé", "Ann Lee", "7"])
def test_manager_is_found_by_address_number_or_name(manager: str) -> None:
    make_invited("Ann Lee", employee_number="7")

    imported(f"Max Roux;max@example.org;;;{manager};;;", "Zoé Martin;zoe@example.org;0042;;;;;")

    expected = "Ann Lee" if manager in {"Ann Lee", "7"} else "Zoé Martin"
    assert str(Person.objects.get(email="max@example.org").manager) == expected


@pytest.mark.parametrize("manager", ["nobody@example.org", "0041", "Zoé Martin", "le chef", "?"])
def test_person_whose_manager_is_nobody_alone_comes_without_one(manager: str) -> None:
    rows = [f"Max Roux;max@example.org;;;{manager};;;", "Zoé Martin;z1@example.org;1;;;;;", "Zoé Martin;z2@example.org;2;;;;;"]

    plan = imported(*rows)
    again = imported(*rows)

    assert (plan.counts["added"], again.counts["unchanged"], Person.objects.filter(manager=None).count()) == (3, 3, 3)
    assert [words_of(note) for note in plan.rows[0].notes] == [
        f"the manager “{manager}” was not found, or several people bear this name: left out"
    ]


def test_number_of_one_and_address_of_another_is_refused() -> None:
    make_invited("Ann Lee", employee_number="1")
    other = make_invited("Max Roux", employee_number="2")

    plan = planned(f"Ann Lee;{other.email};1;;;;;")

    assert [words_of(problem) for problem in plan.rows[0].problems] == [
        "this address already belongs to Max Roux, who has another employee number"
    ]


def test_unit_named_alone_is_found_where_it_hangs() -> None:
    head = make_unit("Siège")
    make_unit("Atelier", parent=head)

    plan = imported("A;a@example.org;;ATELIER;;;;", "B;b@example.org;;Quai > Nuit;;;;", "C;c@example.org;;Nuit;;;;")

    assert [one.unit for one in plan.rows] == [("Siège", "Atelier"), ("Quai", "Nuit"), ("Quai", "Nuit")]
    assert Unit.objects.count() == 4


def test_unit_tree_turned_over_in_the_file_opens_the_new_places() -> None:
    make_unit("Atelier", parent=make_unit("Siège"))

    plan = imported("A;a@example.org;;Atelier > Siège;;;;")

    assert (plan.counts["added"], plan.rows[0].unit) == (1, ("Atelier", "Siège"))


def test_new_unit_takes_another_code_when_its_own_is_taken() -> None:
    make_unit("Autre")
    Unit.objects.update(code="nord")

    imported("A;a@example.org;;Nord;;;;")

    assert Unit.objects.get(name="Nord").code.startswith("nord-")


def test_empty_cell_changes_nothing() -> None:
    rows = ["A;a@example.org;7;Nord;b@example.org;;;", "B;b@example.org;;;;;;"]
    imported(*rows)

    plan = imported("A;a@example.org;;;;;;", "B;b@example.org;;;;;;")

    person = Person.objects.get(email="a@example.org")
    assert plan.counts["unchanged"] == 2
    assert (str(person.manager), str(person.unit), person.employee_number) == ("B", "Nord", "7")


def test_import_fails_as_a_whole() -> None:
    def stop(name: str) -> None:
        raise RuntimeError(name)

    with pytest.raises(RuntimeError):
        import_people(read_people_file((HEADER + "A;a@example.org;;Nord;;;;").encode()), told=stop)

    assert (Person.objects.count(), Unit.objects.count()) == (0, 0)


def told() -> list[tuple[object, dict[str, int]]]:
    return list(Entry.objects.filter(verb="people.imported").values_list("actor", "payload"))


def test_import_is_one_fact_without_names() -> None:
    imported("A;a@example.org;;Nord;;;;", "B;b@example.org;;Nord;;;;")

    imported("A A;a@example.org;;Nord;;;;", absent_leave=True)
    imported("A A;a@example.org;;Nord;;;;", absent_leave=True)

    assert told() == [
        (None, {"added": 2, "changed": 0, "moved": 0, "left": 0}),
        (None, {"added": 0, "changed": 1, "moved": 0, "left": 1}),
    ]


def test_import_by_page_is_told_of_who_asked_for_it() -> None:
    admin = make_with_role(Role.ADMINISTRATOR)

    apply_people_file(keep_people_file("rh.csv", (HEADER + "A;a@example.org;;;;;;").encode(), by=admin), by=admin)

    assert told() == [(admin.pk, {"added": 1, "changed": 0, "moved": 0, "left": 0})]


def test_figures_are_taken_anew_after_an_import() -> None:
    imported("A;a@example.org;;Nord;;;;")

    jobs = ProcrastinateJob.objects.filter(task_name="relais.ledger.jobs.deliver")
    assert [job.args["handler"] for job in jobs] == ["relais.indicators.jobs.refresh"]


def test_import_of_six_hundred_rows_stays_quick() -> None:
    rows = [f"Personne {n};p{n}@example.org;{n};Siège > Équipe {n % 40};{'p0@example.org' if n else ''};;;" for n in range(600)]

    with CaptureQueriesContext(connection) as queries:
        plan = imported(*rows)

    assert plan.counts["added"] == 600
    assert len(queries) < 600 * 7 + 200


def test_kept_file_is_applied_once_by_an_administrator() -> None:
    admin = make_with_role(Role.ADMINISTRATOR)
    keep_people_file("old.csv", (HEADER + "B;b@example.org;;;;;;").encode(), by=admin)
    file = keep_people_file("rh.csv", (HEADER + "A;a@example.org;;;;;;").encode(), by=admin)

    apply_people_file(file, by=admin)

    assert (Person.objects.filter(email="a@example.org").count(), PeopleFile.objects.count()) == (1, 0)


def test_member_neither_keeps_nor_applies_a_file() -> None:
    member = make_member()
    file = PeopleFile(person=member, name="rh.csv", content=b"")

    with pytest.raises(NotAllowed):
        keep_people_file("rh.csv", b"", by=member)
    with pytest.raises(NotAllowed):
        apply_people_file(file, by=member)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Nom;Ville\nA;B\n", "The columns found are: Nom, Ville."),
        (b"x" * (5 * 2**20 + 1), "larger than 5 MB"),
        (b"", "The file is empty."),
    ],
)
def test_file_that_cannot_be_taken_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(Refused) as refused:
        read_people_file(content)

    assert (words in str(refused.value), refused.value.field) == (True, "file")
