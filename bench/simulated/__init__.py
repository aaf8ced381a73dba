"""Communities made person by person, whose truth is known: what forecasts, effects and gains are tried on."""
