from relais.indicators.models.figures import Picture, Snapshot

__all__ = ["Picture", "Snapshot"]
