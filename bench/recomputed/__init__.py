"""The figures, written again from docs/figures.md with the standard library only: it shares no code with the product."""
