"""How relevant a contribution is, told honestly with few ratings. Pure computation (METHOD 3.4)."""

from __future__ import annotations

from relais.core.intervals import wilson

PRIOR_RATINGS = 10  # C: how many ratings at the community's mean every contribution starts with (METHOD 3.4)
SHOWN_FROM = 5  # ratings below which a contribution is « new » (METHOD 3.4), and how many more it takes to tell anew
MEAN_WITHOUT_RATINGS = 4.2  # m before anybody has rated anything: the example of METHOD 3.4
CONFIDENCE = 1.96  # z of the 95 % interval of Wilson


def bayesian_mean(count: int, total: int, community_mean: float) -> float:
    """B = (C·m + Σr) / (C + n): a few perfect scores move it little, many move it much.

    Once shown, three false 5 move it by less than 0.35 whatever the content, as long as m is above 3.85: the worst
    content has five ratings of 1, and then moves by (70 - 10·m) / 90.
    """
    return (PRIOR_RATINGS * community_mean + total) / (PRIOR_RATINGS + count)


def told_ratings(count: int) -> int:
    """How many of these ratings a page tells of, the first ones by fives: one more, a day later, never tells one colleague's score."""
    return count - count % SHOWN_FROM


def shown_mean(count: int, total: int, community_mean: float) -> float | None:
    """The mean a page shows, of which `total` sums the ratings told; None while the contribution is « new »."""
    return bayesian_mean(told_ratings(count), total, community_mean) if count >= SHOWN_FROM else None


def wilson_lower_bound(positive: int, count: int, z: float = CONFIDENCE) -> float:
    """The share that can be relied on when `positive` of `count` said that it worked; 0 when nobody told."""
    return wilson(positive, count, z)[0] if count else 0.0
