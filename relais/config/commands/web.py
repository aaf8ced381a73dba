from __future__ import annotations

from typing import Any

import click
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from relais.config import database
from relais.config import environment as env
from relais.config.supervisor import watch_parent


@click.command()
@click.option("--supervised", is_flag=True, hidden=True)
def command(supervised: bool) -> None:
    """Answer requests; any number of machines may do so behind a load balancer (serve starts one by itself)."""
    if supervised:
        watch_parent()
    database.ensure()
    server().serve()


def server(application: str = "relais.config.wsgi:application") -> Any:
    """The server that answers for an application, with our options."""
    return Granian(
        application,
        address=env.HOST.text(),
        port=env.PORT.number(),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        blocking_threads=env.WEB_THREADS.number(),
        blocking_threads_idle_timeout=600,
        backpressure=256,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=4,
    )
