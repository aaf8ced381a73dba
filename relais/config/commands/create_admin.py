from __future__ import annotations

from importlib import import_module

import click
from django.utils import translation

from relais.config.commands import prepare


@click.command()
@click.argument("email")
@click.option("--name", default="", help="Their name, when they are not known yet.")
def command(email: str, name: str) -> None:
    """Give somebody the administrator's role, and print a link that signs them in once."""
    prepare()
    translation.activate("en")
    admin = import_module("relais.people.actions.administrators")
    refused = import_module("relais.core.errors").Refused
    try:
        person, link = admin.make_administrator(email, name)
    except refused as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{person.name} administers Relais. This link opens once, within 14 days:\n{link}")
