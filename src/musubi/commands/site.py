"""`musubi export site`: the current release as a site of plain files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from musubi.settings import Settings


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.pass_obj
def site(settings: Settings, folder: Path) -> None:
    """Write pages, data, answers and dumps of the current release to FOLDER: a site that needs no server.

    FOLDER is made; one that holds anything is refused. Exit code 1 says that links lead nowhere.
    """
    from musubi.server.static_site import write

    with _bar() as told:
        written = write(settings, folder, told)
    for address in written.lost:
        click.echo(f"no file for {address}, which a page leads to", err=True)
    click.echo(f"{written.files} files are written", err=True)
    click.echo(folder)
    if written.lost:
        sys.exit(1)


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """A function to call with the addresses that are done and those that are known: a bar on a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda done, known: None
        return
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Writing files", total=None)
        yield lambda done, known: progress.update(task, completed=done, total=known)
