from __future__ import annotations

import pytest

from relais.core.errors import Refused
from relais.people.actions import add_person, move_unit
from relais.people.actions.language import choose_language
from relais.people.models import Pace, PeopleFile, Session
from relais.people.queries import line_of, people_matching, person_by_id, unit_tree, units
from tests.factories import make_invited, make_member, make_unit

pytestmark = pytest.mark.django_db


def test_unit_moves_under_another() -> None:
    head, shop = make_unit("Siège"), make_unit("Atelier")

    moved = move_unit(shop, head)

    assert moved.parent == head
    assert [str(unit) for unit in units()] == ["Atelier", "Siège"]


def test_circle_in_the_tree_is_refused() -> None:
    head = make_unit("Siège")
    shop = make_unit("Atelier", parent=make_unit("Production", parent=head))

    with pytest.raises(Refused) as refused:
        move_unit(head, shop)

    assert refused.value.field == "parent"


def test_tree_is_told_in_its_order_with_its_people() -> None:
    head = make_unit("Siège")
    shop = make_unit("Atelier", parent=head)
    make_unit("Quai")
    make_member(unit=shop)

    tree = [(str(unit), depth, count) for unit, depth, count in unit_tree()]

    assert tree == [("Quai", 0, 0), ("Siège", 0, 0), ("Atelier", 1, 1)]


def test_line_goes_up_to_the_top_even_when_it_turns_round() -> None:
    top = make_invited()
    middle = make_invited(manager=top)
    person = make_invited(manager=middle)
    top.manager = middle
    top.save()

    assert line_of(person.pk) == {top.pk, middle.pk}


def test_people_are_found_by_name_address_or_number() -> None:
    ann, max_ = make_invited("Ann Lee", employee_number="matricule 77"), make_invited("Max Roux")

    found = [list(people_matching(words)) for words in ("lee", max_.email or "", "matricule 77", "")]

    assert found == [[ann], [max_], [ann], [ann, max_]]
    assert person_by_id(ann.pk) == ann


def test_person_without_an_address_has_no_way_in() -> None:
    person = add_person("", "Ann Lee", unit=None)

    assert (person.email, person.emailaddress_set.count(), person.has_usable_password()) == (None, 0, False)


def test_language_is_chosen() -> None:
    person = make_member()

    for language in ("en", "en"):
        choose_language(person, language)

    person.refresh_from_db()
    assert person.language == "en"


def test_rows_say_what_they_are() -> None:
    person = make_member(unit=make_unit())

    told = [str(person.memberships.get()), str(PeopleFile(name="rh.csv")), str(Pace(person=person, kind="write", in_minute=2))]

    assert told == [f"{person.pk} {person.unit_id} {person.arrived_on}", "rh.csv", f"{person.pk} write 2"]
    assert Session.get_session_store_class().get_model_class() is Session
