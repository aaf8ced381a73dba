"""The worker: jobs one after the other, on three connections at most."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

CONNECTIONS = 3
log = logging.getLogger("relais.worker")


def work(*, wait: bool) -> None:
    """Run jobs until asked to stop, or until none waits; jobs that succeeded leave no row."""
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=CONNECTIONS)
    with app.replace_connector(connector) as worker:
        worker.run_worker(wait=wait, delete_jobs="successful", shutdown_graceful_timeout=4, name="relais", install_signal_handlers=wait)
