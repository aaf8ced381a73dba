"""The questions of an exchange (lever L1): one asks, the other tells, then the other way round. Data only."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

MINUTES = 30
QUESTIONS = (
    _("What are you proud of, in your work of these last weeks?"),
    _("Which situation came back more often than you would like?"),
    _("How do you go about it today? Show rather than tell, if you can."),
    _("What have you tried that did not work?"),
    _("Who helped you, and how did you find them?"),
    _("What do you do differently from others, that could serve them?"),
    _("What would you like to learn from me? And I from you?"),
    _("What will each of us try before Friday?"),
)
