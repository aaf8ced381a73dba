"""The floor everybody stands on: errors, the clock, texts, privacy declarations. No word of any domain."""
