from relais.knowledge.models.care import Care
from relais.knowledge.models.circles import Circle, CircleMember
from relais.knowledge.models.contributions import Attachment, Contribution, Version
from relais.knowledge.models.drafts import Draft
from relais.knowledge.models.exchanges import Exchange, ExchangeVoice, Openness, Round
from relais.knowledge.models.initiatives import Indicator, Initiative, Measure, Participant, Pulse, PulseVoice
from relais.knowledge.models.moderation import Report, Ruling, Voice
from relais.knowledge.models.needs import Giver, Need, Wish
from relais.knowledge.models.profiles import Profile
from relais.knowledge.models.prompts import Prompt
from relais.knowledge.models.pseudonyms import QuietAct, Reveal
from relais.knowledge.models.reuse import Application, Rating, Reaction
from relais.knowledge.models.search import SearchMiss, Synonym, Word
from relais.knowledge.models.use_cases import Proposal, Support, UseCase
from relais.knowledge.models.workshops import Registration, Workshop

__all__ = [
    "Application",
    "Attachment",
    "Care",
    "Circle",
    "CircleMember",
    "Contribution",
    "Draft",
    "Exchange",
    "ExchangeVoice",
    "Giver",
    "Indicator",
    "Initiative",
    "Measure",
    "Need",
    "Openness",
    "Participant",
    "Profile",
    "Prompt",
    "Proposal",
    "Pulse",
    "PulseVoice",
    "QuietAct",
    "Rating",
    "Reaction",
    "Registration",
    "Report",
    "Reveal",
    "Round",
    "Ruling",
    "SearchMiss",
    "Support",
    "Synonym",
    "UseCase",
    "Version",
    "Voice",
    "Wish",
    "Word",
    "Workshop",
]
