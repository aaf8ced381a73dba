"""The 24 items, ours: six dimensions of four, at least one reversed in each, eight anchors for the pulse."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERSION = 1  # another wording is another version: waves of two versions are not compared
HIGHEST = 5


@dataclass(frozen=True)
class Item:
    """One sentence to agree with, from 1 to 5; to agree with a reversed one says less."""

    dimension: str
    text: str | Promise
    reversed: bool = False
    anchor: bool = False


DIMENSIONS: dict[str, str | Promise] = {
    "time": _("Time and permission"),
    "safety": _("Daring to ask"),
    "sharing": _("The habit of sharing"),
    "finding": _("Finding who knows"),
    "across": _("Help across teams"),
    "example": _("The example of managers"),
}

ITEMS: tuple[Item, ...] = (
    Item("time", _("I can take half an hour in my week to learn something from a colleague."), anchor=True),
    Item("time", _("Showing a colleague how I do something counts as work here.")),
    Item("time", _("I have to catch up in the evening for the time I spend helping."), reversed=True),
    Item("time", _("When the days are full, learning from each other is still given its place.")),
    Item("safety", _("I can say “I do not know” in front of my team."), anchor=True),
    Item("safety", _("A mistake told here helps the next person.")),
    Item("safety", _("I avoid some questions so as not to look bad."), reversed=True, anchor=True),
    Item("safety", _("Somebody who just arrived gets a kind answer, even to a very simple question.")),
    Item("sharing", _("When I find a good way to do something, I tell it to others who may need it."), anchor=True),
    Item("sharing", _("We take a moment to say what a job taught us once it is done.")),
    Item("sharing", _("Good ideas stay with the person who had them."), reversed=True),
    Item("sharing", _("This month, I used something that a colleague wrote or showed.")),
    Item("finding", _("When I am stuck, I know whom to ask."), anchor=True),
    Item("finding", _("I find in a few minutes what we already know about a problem.")),
    Item("finding", _("I sometimes solve alone what somebody here had solved before."), reversed=True),
    Item("finding", _("People know what I could help them with.")),
    Item("across", _("I get help from another team as easily as from mine."), anchor=True),
    Item("across", _("I know by name somebody to call in most of the teams I depend on.")),
    Item("across", _("Between teams, each one keeps to itself."), reversed=True, anchor=True),
    Item("across", _("Solving a customer's problem matters more than which team it belongs to.")),
    Item("example", _("My manager says what they are still learning."), anchor=True),
    Item("example", _("Those who lead us thank people for what they pass on.")),
    Item("example", _("What we are told about sharing is not what we see managers do."), reversed=True),
    Item("example", _("A manager here asks for advice from people who do the work.")),
)


def asked(pulse: bool) -> list[int]:
    """The numbers of the items of a wave: all of them, or the anchors."""
    return [number for number, item in enumerate(ITEMS) if item.anchor or not pulse]
