"""The demo's cast: one persona of each role. The demo gives these addresses to people of its company."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Persona:
    email: str
    label: str | Promise
    sentence: str | Promise


PERSONAS = {
    "member": Persona("operateur@demo.example", _("An operator"), _("Has questions between two customers, and answers others.")),
    "sachant": Persona("sachant@demo.example", _("An expert of the trade"), _("Knows a lot, and is asked a lot.")),
    "animator": Persona("animatrice@demo.example", _("An animator"), _("Looks after circles, so that no question waits.")),
    "pilot": Persona("pilote@demo.example", _("The pilot"), _("Steers the programme and reads every figure.")),
    "sponsor": Persona("sponsor@demo.example", _("A sponsor"), _("Reads where the community stands, never who did what.")),
    "administrator": Persona("administratrice@demo.example", _("An administrator"), _("Looks after people, units and roles.")),
}
