"""Indicators: what the ledger says of the community, with its definition, window, n and interval.

Owns *ladder* (reached, active, engaged, transmitter), *figures* (one dictionary for one day), *snapshot* (figures kept) and
*picture* (a chart drawn by a job). Only reads the floors below.
"""
