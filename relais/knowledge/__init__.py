"""Knowledge: what colleagues ask each other, answer, share, reuse and rate.

Owns *circle* (a theme one joins freely), *use case* (a situation and a need), *contribution* (what answers it: an
*answer*, or a *content*: practice sheet, story, checklist, video or file, link), *application* (« je l'ai appliqué »), *rating*,
*reaction* (outdated, incomplete, not applicable here), *proposal* (a use case shown to a colleague likely to know)
and *draft*. Neighbours: people and the ledger below; indicators read the facts written here.
"""
