from __future__ import annotations

from pathlib import Path

import click

from relais.config import archive, database


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Overwrite the community that is here.")
def command(file: Path, replace: bool) -> None:
    """Bring everything back from a backup (stop relais serve first)."""
    database.ensure()
    made_at = archive.bring_back(file, replace=replace)
    click.echo(f"Relais is as it was on {made_at[:16].replace('T', ' ')} UTC. Start it with relais serve.")
