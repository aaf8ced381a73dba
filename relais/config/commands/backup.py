from __future__ import annotations

from pathlib import Path

import click

from relais.config import archive, database


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
def command(file: Path) -> None:
    """Write everything into one file, while people work: database, files, secret key."""
    database.ensure()
    size = archive.back_up(file.absolute())
    click.echo(f"{file} holds everything ({size / 2**20:.1f} MB). Keep it as you keep a secret: it holds the community and its key.")
