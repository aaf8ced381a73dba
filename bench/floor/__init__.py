"""The floor: the smallest honest Django page on the same tables (session, person, 20 rows, 3 joins; one plain write)."""
