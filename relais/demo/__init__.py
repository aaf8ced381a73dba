"""The demo: one year of a French company of 600 people, told only through actions on a simulated clock."""
