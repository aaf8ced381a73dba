from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from threading import Thread
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import click
import psycopg

from relais.config import database, readiness
from relais.config import environment as env
from relais.config.supervisor import Child, Supervisor

RELAIS = [sys.executable, "-m", "relais.config"]


@click.command()
@click.option("--demo", is_flag=True, help="With the demo community, built on the first start.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port to listen on (default: RELAIS_PORT, 8000).")
def command(demo: bool, port: int | None) -> None:
    """Start the server, the worker and the embedded database; Ctrl-C stops all of it."""
    os.environ["RELAIS_PORT"] = str(port or env.PORT.number())
    if demo:
        os.environ["RELAIS_DEMO"] = "yes"
    check_port(env.HOST.text(), env.PORT.number())
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        server = database.ensure()
        get_ready(demo)
        supervise(server)
    click.echo("Relais has stopped.", err=True)


def check_port(host: str, port: int) -> None:
    """Raise a sentence when somebody else listens there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"Port {port} of {host} cannot be used ({error.strerror}): choose another with --port or RELAIS_PORT, "
                f"for example RELAIS_PORT={port + 1}."
            ) from error


def get_ready(demo: bool) -> None:
    """Migrate and collect when something changed; build the demo on the first start."""
    if not readiness.is_ready():
        click.echo("Getting the database and the files ready…", err=True)
        _run("manage", "migrate", "--no-input", "-v0")
        _run("manage", "createcachetable", "-v0")
        _run("manage", "collectstatic", "--no-input", "-v0")
        _run("skills", "starter", "--quiet")
        readiness.note(fingerprint=readiness.fingerprint())
    if demo:
        build_demo()


def build_demo() -> None:
    """Build it once; never into a real community."""
    if readiness.has_demo():
        return
    if readiness.has_people():
        raise click.ClickException(
            f"The data folder {env.DATA.text()} holds a community that is not the demo: start without --demo, "
            "or name another folder with RELAIS_DATA."
        )
    _run("demo")


def _run(*arguments: str) -> None:
    """Run one of our own commands to its end, in a process of its own so that this one stays small."""
    with subprocess.Popen([*RELAIS, *arguments]) as process:  # noqa: S603 (our own commands)
        try:
            code = process.wait()
        except KeyboardInterrupt:
            process.terminate()
            raise
    if code:
        raise click.ClickException(f"relais {' '.join(arguments)} did not succeed (code {code}); what it says stands above.")


def supervise(server: database.Embedded | None) -> None:
    """Web and worker, until we are asked to stop."""
    supervisor = Supervisor(
        children=[Child("web server", [*RELAIS, "web", "--supervised"]), Child("worker", [*RELAIS, "worker", "--supervised"])],
        look_after=lambda: look_after(server),
        say=lambda sentence: click.echo(sentence, err=True),
    )
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, supervisor.stop)
    Thread(target=welcome, daemon=True).start()
    supervisor.run()


def look_after(server: database.Embedded | None) -> None:
    """Start the embedded server again if it died."""
    if server is None:
        return
    try:
        psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=5).close()
    except psycopg.OperationalError as error:
        click.echo(f"The database does not answer ({str(error).strip().splitlines()[-1]}); starting it again.", err=True)
        try:
            server.revive()
        except (subprocess.SubprocessError, OSError, AssertionError) as failure:
            click.echo(f"It cannot be started yet: {failure}", err=True)


def welcome() -> None:
    """Say where Relais is and how to sign in, as soon as it answers."""
    address = f"http://localhost:{env.PORT.number()}"
    until = time.monotonic() + 60
    while time.monotonic() < until and not _answers(address):
        time.sleep(0.05)
    public = env.BASE_URL.text() or address
    click.echo(f"\n  Relais is ready: {public}")
    if env.DEMO.yes():
        click.echo("  Choose a persona of the demo on the first page: no password is needed.")
    else:
        click.echo("  Sign in with your e-mail address; for a first administrator: relais create-admin YOU@EXAMPLE.ORG")
    click.echo("  Ctrl-C stops everything.\n")


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/sante/", timeout=5) as answer:  # noqa: S310 (an address of ours)
            return bool(answer.status)
    except HTTPError:
        return True
    except (URLError, OSError):
        return False
