"""Integrations: the only place that talks to the network, one folder each."""
