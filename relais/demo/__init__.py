"""The demo: a year of a fictional company, Les Ateliers Brévin, told by real acts on a simulated clock.

*stories* are the texts people write, *company* the places and names, *calendar* the pace of the year, *plan* who does what when
(pure, from a seed), *stage* performs the plan through the product's own actions, *build* does it all in one transaction.
"""
