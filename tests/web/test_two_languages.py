"""A page speaks one language: no text of the other one stands in it, whoever drew it first."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest

from relais.people.models import Person
from tests.web.addresses import ADDRESSES
from tests.web.test_addresses import ROLES, World
from tools.messages import typeset

pytestmark = pytest.mark.django_db
ENTRIES = [entry for path in Path("relais").glob("**/fr/LC_MESSAGES/django.po") for entry in polib.pofile(str(path))]
SAID = {(entry.msgid, typeset(entry.msgstr)) for entry in ENTRIES if entry.msgstr != entry.msgid and "%(" not in entry.msgid}
ENGLISH, FRENCH = {said for said, _french in SAID} - {""}, {french for _said, french in SAID} - {""}
ONLY = {"en": ENGLISH - FRENCH, "fr": FRENCH - ENGLISH}
OTHER = {"en": "fr", "fr": "en"}
DATA = {"code", "dd"}  # what is kept of somebody is shown as it is kept
READ = ("alt", "title", "placeholder", "aria-label")
OF_THE_COMMUNITY = {"Français", "English"}  # the names of languages are said in their own
NOT_WHOLE_PAGES = {
    "health",
    "knowledge:similar",
    "knowledge:need_similar",
    "knowledge:file_show",
    "knowledge:feed_show",
    "maturity:wave_download",
    "indicators:indicator_download",
    "indicators:lever_download",
    "indicators:review_print",
    "indicators:review_slides",
    "people:account_data_download",
    "people:rights_print",
}
PAGES = [
    (name, arguments, ROLES[statuses.split().index("200")])
    for name, method, arguments, statuses in ADDRESSES
    if method == "GET" and "200" in statuses.split() and name not in NOT_WHOLE_PAGES
]


class Texts(HTMLParser):
    """Everything a page says, in its texts and in what is read aloud."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: set[str] = set()
        self.language = ""
        self.code = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.code += tag in DATA
        self.said |= {value for name in READ if (value := given.get(name))}
        if tag == "html":
            self.language = given.get("lang") or ""

    def handle_endtag(self, tag: str) -> None:
        self.code -= tag in DATA

    def handle_data(self, data: str) -> None:
        if not self.code:
            self.said.add(data.strip())


def read_in(language: str, world: World, role: str, address: str) -> Texts:
    client = world.browser(role, headers={"Accept-Language": language})
    client.cookies["django_language"] = language
    if person := world.cast[role]:
        Person.objects.filter(pk=person.pk).update(language=language)
    return Texts(client.get(address).content.decode())


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("name", "arguments", "role"), PAGES, ids=[page[0] for page in PAGES])
def test_page_speaks_one_language(world: World, name: str, arguments: str, role: str, language: str) -> None:
    page = read_in(language, world, role, world.address(name, arguments))

    assert page.language == language
    assert page.said & ONLY[OTHER[language]] - OF_THE_COMMUNITY == set()
    assert page.said & ONLY[language] != set()
