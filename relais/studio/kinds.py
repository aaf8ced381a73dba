"""What somebody may be told about: one line a kind. A later kind adds its own."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """How a kind is chosen (`when`), how one of its notices begins (`said`), and whether one is written to at once by default."""

    name: str
    when: str | Promise
    said: str | Promise
    at_once: bool


_ALL = (
    Kind("answered", _("Somebody answers my case"), _("%(who)s answers your case"), at_once=True),
    Kind("mentioned", _("Somebody names me in a text"), _("%(who)s names you"), at_once=True),
    Kind("asked", _("I am asked for a hand"), _("Could you help? A colleague needs to know"), at_once=True),
    Kind("exchange", _("Somebody proposes me an exchange, or we are paired"), _("An exchange with %(who)s"), at_once=True),
    Kind("ready", _("A workshop is proposed for what I wish to learn"), _("You wished to learn it: a workshop is proposed"), at_once=True),
    Kind("decided", _("Something is decided about what I wrote or proposed"), _("A decision: read it, with its reasons"), at_once=True),
    Kind("entrusted", _("I am made co-author of a content, or it is entrusted to me"), _("A content is in your hands too"), at_once=True),
    Kind("applied", _("Somebody applies what I shared"), _("A colleague applied what you shared"), at_once=False),
    Kind("confirm", _("A colleague asks me what I saw of a skill of theirs"), _("%(who)s asks you to confirm a skill"), at_once=True),
    Kind("step", _("A step of a lever is handed to me"), _("A step is in your hands"), at_once=True),
    Kind("prompt", _("Colleagues wait for what I know"), _("Colleagues wait for what you know"), at_once=False),
    Kind("level", _("Colleagues certify a skill of mine"), _("A skill of yours has another level"), at_once=False),
    Kind("chosen", _("My answer is brought forward"), _("Your answer was brought forward"), at_once=False),
    Kind("remark", _("Somebody says what should be mended"), _("A remark on what you shared"), at_once=False),
)  # fmt: skip
KINDS = {kind.name: kind for kind in _ALL}
AT_ONCE = [kind.name for kind in _ALL if kind.at_once]
