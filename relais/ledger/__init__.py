"""The ledger: append-only facts, written inside each action's transaction.

Owns the words *entry* (one fact), *verb* (its kind), *seal* (a day's hash, chained to the day before) and
*subscription* (what another domain does because of a fact). Log, outbox and source of every figure at once.
Knows no other domain: people, units and circles are opaque ids here.
"""
