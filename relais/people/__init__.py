"""People: who is in the organisation, where, with which role, and their choice to take part.

Owns *person*, *unit* (a tree), *membership* (a person in a unit, dated), *participation* (invited, member, paused,
left), *role* and *invitation*. A person who leaves is anonymised here; the ledger keeps its opaque ids.
Neighbours: writes to the ledger below; every domain above asks it who may do what.
"""
