"""`musubi export`: the current release as a file of another program's choice."""

from __future__ import annotations

import sys
from typing import BinaryIO, cast, get_args

import click

from musubi.build.dump import write
from musubi.build.dumps import compressed_to
from musubi.build.release import current
from musubi.build.syntax import Syntax
from musubi.commands.site import site
from musubi.settings import Settings
from musubi.vocabulary import Names


@click.group(invoke_without_command=True)
@click.option("--format", "syntax", type=click.Choice(get_args(Syntax)), default="nquads", help="Syntax to write.")
@click.option("--graph", help="One graph only: its IRI, its path, such as reference or document/<hash>, or union.")
@click.option("--gzip", "zipped", is_flag=True, help="Compress it.")
@click.pass_context
def export(context: click.Context, syntax: Syntax, graph: str | None, zipped: bool) -> None:
    """Write the current release, or one graph of it, to stdout: the same bytes as its dumps."""
    if context.invoked_subcommand:
        return
    settings = cast(Settings, context.obj)
    made, names = current(settings.releases), Names(settings.base)
    stdout = cast(BinaryIO, sys.stdout.buffer)
    if zipped:
        with compressed_to(stdout) as output:
            write(output, made, syntax, names, graph)
    else:
        write(stdout, made, syntax, names, graph)
    stdout.flush()


export.add_command(site)
