"""`musubi export`: the current release as a file of another program's choice."""

from __future__ import annotations

from typing import get_args

import click

from musubi.build.dump import Syntax, dump
from musubi.build.release import current
from musubi.settings import Settings
from musubi.vocabulary import Names


@click.command()
@click.option("--format", "syntax", type=click.Choice(get_args(Syntax)), default="nquads", help="Syntax to write.")
@click.option("--graph", help="One graph only: its IRI, or its path, such as reference or document/<hash>.")
@click.pass_obj
def export(settings: Settings, syntax: Syntax, graph: str | None) -> None:
    """Write the current release, or one graph of it, to stdout."""
    click.echo(dump(current(settings.releases), syntax, Names(settings.base), graph), nl=False)
