from relais.indicators.models.days import Mark, PersonDay
from relais.indicators.models.figures import Picture, Snapshot

__all__ = ["Mark", "PersonDay", "Picture", "Snapshot"]
