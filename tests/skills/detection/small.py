"""A few skills, enough to see what detection does: nothing of any public list."""

from relais.skills.detection.index import Entry, Index, OwnSkill, build

ENTRIES = [
    Entry(
        "e:calm",
        {"fr": ["calmer un client mécontent"], "en": ["calm an angry customer", "handle complaints"]},
        {"en": "Listen to a customer."},
    ),
    Entry("e:weld", {"fr": ["souder de l'acier"], "en": ["weld steel"]}, {"en": "Join pieces of steel."}, "sector-specific", occupations=4),
    Entry("e:time", {"fr": ["gérer son temps"], "en": ["manage time"]}, reuse="transversal", collections=frozenset({"transversal"})),
    Entry("e:sheet", {"fr": ["utiliser un tableur (bureautique)"], "en": ["use spreadsheets"]}, kind="knowledge"),
    Entry("e:steel", {"en": ["steel"]}),
]
OWN = [
    OwnSkill("own:sheet", {"fr": ["Tableur", "Excel", "tableau croisé"], "en": ["Spreadsheets", "pivot table"]}, ["e:sheet"]),
    OwnSkill("own:calm", {"fr": ["Clients difficiles", "réclamation"], "en": ["Difficult customers"]}, ["e:calm", "e:time"]),
    OwnSkill("own:lost", {"fr": ["Perdu"]}, ["e:gone"]),
]


def small_index() -> Index:
    return build(ENTRIES, OWN)
