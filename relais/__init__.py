"""Relais: a company becomes a learning organisation, by choice and by concrete use cases."""

__version__ = "0.1.0"
