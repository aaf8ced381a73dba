from relais.indicators.models.days import Mark, PersonDay
from relais.indicators.models.figures import Picture, Snapshot
from relais.indicators.models.goals import ForecastMade, Goal
from relais.indicators.models.levers import LeverUse, LeverVersion, UseStep

__all__ = ["ForecastMade", "Goal", "LeverUse", "LeverVersion", "Mark", "PersonDay", "Picture", "Snapshot", "UseStep"]
