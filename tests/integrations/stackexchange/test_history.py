from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import translation

from relais.core.errors import Refused
from relais.integrations.stackexchange.history import Outcome, write_history
from relais.integrations.stackexchange.posts import read
from relais.integrations.stackexchange.selection import (
    DELETED,
    EARLY,
    GONE,
    ORPHAN,
    OWNERLESS,
    SHARED,
    UNACCEPTED,
    UNDATED,
    WIKI,
    WORDLESS,
    Selection,
    select,
)
from relais.knowledge.actions.circles import open_circle
from relais.knowledge.models import Circle, Contribution, UseCase
from relais.ledger.models import Entry
from relais.people.actions import leave_community
from relais.people.models import Person

POSTS = Path(__file__).with_name("posts.xml").read_text(encoding="utf-8")


def selection(text: str = POSTS) -> Selection:
    return select(read(BytesIO(text.encode())))


def test_what_is_left_out_is_told_with_its_reason() -> None:
    chosen = selection()

    assert chosen.left_out == {
        OWNERLESS: ["5"],
        DELETED: ["6"],
        SHARED: ["12", "13"],
        WIKI: ["8"],
        WORDLESS: ["9"],
        UNDATED: ["10"],
        EARLY: ["3"],
        ORPHAN: ["7"],
        UNACCEPTED: ["5"],
    }
    assert [told.post.id for told in chosen.posts] == ["1", "3", "2", "4"]
    assert chosen.accepted == {"1": "2"}


def test_texts_keep_code_and_make_links_of_pictures() -> None:
    question = selection().posts[0]

    assert question.post.title == 'Why does my "stack" lean?'
    assert '<a href="http://x.example/big.png" rel="noopener nofollow">tower</a>' in question.body
    assert "<pre><code>a &lt; b</code></pre>" in question.body


def test_row_without_a_number_is_left_out() -> None:
    row = '<row PostTypeId="1" CreationDate="2015-01-27T20:09:32" OwnerUserId="4" Title="T" Body="two words" />'

    assert selection(f"<posts>{row}</posts>").left_out == {UNDATED: [""]}


def test_frequent_tags_become_circles() -> None:
    row = (
        '<row Id="{n}" PostTypeId="1" CreationDate="2015-01-27T20:09:32" OwnerUserId="4" Title="T" Body="two words" Tags="&lt;wood&gt;" />'
    )

    chosen = selection("<posts>" + "".join(row.format(n=n) for n in range(1, 11)) + "</posts>")

    assert chosen.themes == ["wood"]
    assert chosen.theme_of(chosen.posts[0].post) == "wood"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<!DOCTYPE posts [<!ENTITY a "aa">]><posts/>', "DTD"),
        ("<users><row/></users>", "<users>"),
        ("<posts><row", "cut short"),
        ('<posts><row Id="1"/>', "cut short"),
        ("", "is empty"),
        ("Id;Title\n1;Which glue?", "not XML"),
        ('<?xml version="1.0" encoding="martian"?><posts/>', "not XML"),
        ("<posts/>", "holds no row"),
    ],
)
def test_another_file_is_refused(text: str, said: str) -> None:
    with translation.override("en"), pytest.raises(Refused, match=said):
        selection(text)


@pytest.mark.django_db
def test_history_keeps_its_dates_and_its_solution() -> None:
    write_history(selection(), "towers")

    case = UseCase.objects.get(title='Why does my "stack" lean?')
    best = Contribution.objects.get(author__name="Ada")
    assert (case.asked_at, case.solved_at, case.best) == (
        datetime.fromisoformat("2015-01-27T20:09:32.720+00:00"),
        datetime.fromisoformat("2015-01-28T08:00:00+00:00"),
        best,
    )
    assert case.solved_by == case.author
    assert [str(person) for person in Person.objects.order_by("name")] == ["Ada", "Personne 4"]
    assert Person.objects.filter(email=None, participation="member").count() == 2


@pytest.mark.django_db
def test_history_is_told_once_in_numbers() -> None:
    write_history(selection(), "towers")

    told = Entry.objects.get(verb="history.imported")
    assert (told.actor, told.object_type, told.occurred_at.date()) == (None, "", told.recorded_at.date())
    assert told.payload == {"circle": 1, "contribution": 2, "person": 2, "solution": 1, "usecase": 2}


@pytest.mark.django_db
def test_history_is_brought_in_once() -> None:
    write_history(selection(), "towers")
    written = Entry.objects.count()

    again = write_history(selection(), "towers")

    assert Entry.objects.count() == written
    assert again.added == Outcome().added
    assert again.known == {"usecase": 2, "contribution": 2, "solution": 1}


@pytest.mark.django_db
def test_two_communities_stand_side_by_side() -> None:
    write_history(selection(), "towers")

    write_history(selection(), "bridges")

    assert UseCase.objects.count() == 4
    assert Person.objects.count() == 4


@pytest.mark.django_db
def test_circle_that_stands_already_keeps_its_address() -> None:
    theirs = open_circle("coffee", "Coffee", by=None)

    write_history(selection(), "coffee")
    write_history(selection(), "Coffee")

    assert list(Circle.objects.order_by("pk").values_list("slug", flat=True)) == ["coffee", "coffee-2", "coffee-3"]
    assert UseCase.objects.filter(circle=theirs).count() == 0


@pytest.mark.django_db
def test_long_names_of_circles_do_not_meet() -> None:
    start = "a" * 59

    write_history(selection(), f"{start}b")
    write_history(selection(), f"{start}c")

    assert Circle.objects.values("slug").distinct().count() == 2


@pytest.mark.django_db
def test_name_without_a_letter_still_has_an_address() -> None:
    write_history(selection(), "???")

    assert Circle.objects.get().slug == "import"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", "n" * 80])
def test_name_that_cannot_be_kept_is_refused_before_anything_is_written(name: str) -> None:
    with translation.override("en"), pytest.raises(Refused, match="1 to 60 characters"):
        write_history(selection(), name)

    assert not Circle.objects.exists()


@pytest.mark.django_db
def test_new_posts_of_somebody_who_left_stay_out_with_their_answers() -> None:
    write_history(selection(), "towers")
    leave_community(Person.objects.get(name="Ada"))
    row = (
        '<row Id="{0}" PostTypeId="{1}" ParentId="20" CreationDate="2016-01-2{1}T20:09:32" OwnerUserId="{2}" Title="T" Body="two words" />'
    )
    more = POSTS.replace("</posts>", row.format(20, 1, 5) + row.format(21, 2, 4) + "</posts>")

    again = selection(more)
    outcome = write_history(again, "towers")

    assert (again.left_out[GONE], again.left_out[ORPHAN]) == (["20"], ["7", "21"])
    assert outcome.added == Outcome().added
    assert not Person.objects.filter(name="Ada").exists()
