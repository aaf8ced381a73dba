from relais.indicators.models.days import Mark, PersonDay
from relais.indicators.models.figures import Picture, Snapshot
from relais.indicators.models.goals import ForecastMade, Goal

__all__ = ["ForecastMade", "Goal", "Mark", "PersonDay", "Picture", "Snapshot"]
