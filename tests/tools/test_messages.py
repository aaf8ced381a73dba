from __future__ import annotations

from pathlib import Path

import polib
import pytest

from tools.messages import CATALOGUE, Message, check, compile_all, from_python, from_template, mistakes_of, room_of, sync, typeset

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext
_("Publish " "the answer")
ngettext("%(count)s answer", "%(count)s answers", 2)
pgettext("date format", "j F")
_(variable)
other("Not a text")
"""
TEMPLATE = """
{% translate "Sign in" %} {% translate "May" context "month" %} {% component "tag" label=_("To answer") %}
{% blocktranslate trimmed count n=n %}
One case{% plural %}{{ n }} cases
{% endblocktranslate %}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A product of one module and one template."""
    (tmp_path / "relais/people").mkdir(parents=True)
    (tmp_path / "relais/people/actions.py").write_text('_("Only a member can take a pause.")\n_("Hello %(name)s")')
    return tmp_path


def translate(root: Path, **said: str) -> polib.POFile:
    """Write the French of the texts that begin with these words."""
    catalogue = polib.pofile(str(root / "relais/people" / CATALOGUE))
    for entry in catalogue:
        entry.msgstr = said[entry.msgid.split()[0]]
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    catalogue.save()
    return catalogue


def test_texts_of_a_module_are_found() -> None:
    assert set(from_python(PYTHON)) == {
        Message("Publish the answer"),
        Message("%(count)s answer", "%(count)s answers"),
        Message("j F", context="date format"),
    }


def test_texts_of_a_template_are_found() -> None:
    assert set(from_template(TEMPLATE)) == {
        Message("Sign in"),
        Message("May", context="month"),
        Message("To answer"),
        Message("One case", "%(n)s cases"),
    }


@pytest.mark.parametrize(
    ("path", "room"),
    [
        ("people/actions/roles.py", "people"),
        ("integrations/mail/jobs.py", "integrations"),
        ("web/middleware.py", "web"),
        ("web/templatetags/shell.py", "web"),
        ("web/people/forms.py", "web/people"),
        ("web/templates/base.html", "web"),
        ("web/templates/components/tag.html", "web"),
        ("web/templates/people/account.html", "web/people"),
        ("web/templates/account/login.html", "web/people"),
        ("web/templates/nowhere/page.html", "web"),
    ],
)
def test_each_file_belongs_to_a_room(path: str, room: str) -> None:
    assert room_of(Path(path)) == Path(room)


def test_sync_writes_what_is_new_and_removes_what_is_gone(root: Path) -> None:
    sync(root)
    translate(root, Only="Seul un membre peut faire une pause.", Hello="Bonjour %(name)s")
    (root / "relais/people/actions.py").write_text('_("Only members can take a pause.")')

    told = sync(root)

    catalogue = polib.pofile(str(root / "relais/people" / CATALOGUE))
    assert [line.split("django.po: ")[1] for line in sorted(told)] == [
        "gone: Hello %(name)s",
        "gone: Only a member can take a pause.",
        "new: Only members can take a pause.",
    ]
    assert [(entry.msgid, entry.msgstr, entry.fuzzy) for entry in catalogue] == [
        ("Only members can take a pause.", "Seul un membre peut faire une pause.", True)
    ]


def test_sync_of_another_room_leaves_this_one_alone(root: Path) -> None:
    assert sync(root, only=("knowledge",)) == []
    assert not (root / "relais/people" / CATALOGUE).exists()


def test_sync_twice_changes_nothing(root: Path) -> None:
    sync(root)

    assert sync(root) == []


def test_complete_catalogue_passes(root: Path) -> None:
    sync(root)
    translate(root, Only="Seul un membre peut faire une pause.", Hello="Bonjour %(name)s")

    assert check(root) == []


def test_missing_and_obsolete_texts_fail(root: Path) -> None:
    sync(root)
    translate(root, Only="Seul un membre…", Hello="Bonjour %(name)s")
    (root / "relais/people/actions.py").write_text('_("Hello %(name)s")\n_("Thanks")')

    assert [line.split("django.po: ")[1] for line in check(root)] == ["missing: 'Thanks'", "obsolete: 'Only a member can take a pause.'"]


def test_same_text_said_in_two_ways_fails(root: Path) -> None:
    sync(root)
    translate(root, Only="Seul un membre…", Hello="Bonjour %(name)s")
    (root / "relais/skills").mkdir()
    (root / "relais/skills/actions.py").write_text('_("Hello %(name)s")')
    sync(root)
    path = root / "relais/skills" / CATALOGUE
    other = polib.pofile(str(path))
    other[0].msgstr = "Salut %(name)s"
    other.save()

    assert [line.split(": translated otherwise in ")[0] for line in check(root)] == [str(path)]


@pytest.mark.parametrize(
    ("entry", "mistakes"),
    [
        (polib.POEntry(msgid="a", msgstr="b"), []),
        (polib.POEntry(msgid="a", msgstr=""), ["not translated"]),
        (polib.POEntry(msgid="a", msgstr="b", flags=["fuzzy"]), ["fuzzy"]),
        (polib.POEntry(msgid="%(n)s a", msgstr="b"), ["its placeholders are [], not ['%(n)s']"]),
        (polib.POEntry(msgid="One", msgid_plural="%(n)s", msgstr_plural={0: "Un", 1: "%(n)s"}), []),
        (
            polib.POEntry(msgid="One", msgid_plural="%(n)s", msgstr_plural={0: "Un", 1: "deux"}),
            ["its placeholders are [], not ['%(n)s']"],
        ),
    ],
)
def test_mistakes_of_an_entry_are_told(entry: polib.POEntry, mistakes: list[str]) -> None:
    assert list(mistakes_of(entry)) == mistakes


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Vraiment ?", "Vraiment\u202f?"),
        ("Relais : oui ; non !", "Relais\u00a0: oui\u202f; non\u202f!"),
        ("« Publier »", "«\u202fPublier\u202f»"),
        ("à 14:30 (a ; b)", "à 14:30 (a\u202f; b)"),
        ("?page=2", "?page=2"),
    ],
)
def test_french_spaces_hold_together(typed: str, set_: str) -> None:
    assert typeset(typed) == set_


def test_compile_writes_what_django_reads(root: Path) -> None:
    sync(root)
    translate(root, Only="Qui ? Un membre.", Hello="Bonjour %(name)s")

    written = compile_all(root)

    assert [path.name for path in written] == ["django.mo"]
    assert polib.mofile(str(written[0])).find("Only a member can take a pause.").msgstr == "Qui\u202f? Un membre."
