"""Maturity: where a community starts from, asked of everybody and of nobody in particular (F05, F06).

Owns *item* (one sentence to agree with), *dimension* (four of them), *wave* (the questions put to all at one time: whole, or the
eight anchors as a *pulse*), *ticket* (the right to answer once, which goes as it serves), *pile* (answers without people, kept sorted)
and *means* (five facts a pilot tells). Neighbours: people and the ledger below; the ledger never learns who answered.
"""
