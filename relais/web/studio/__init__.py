"""Pages of the studio: my notices, what I choose to be written about, and the one click that stops a kind of mail."""
