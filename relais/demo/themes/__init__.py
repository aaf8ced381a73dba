"""What each part of the product adds to the year, from its own draws (pure): one module a theme, listed in `year.py`."""
