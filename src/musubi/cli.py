"""The command `musubi`: puts settings, log and verbs together, and turns errors into one line and an exit code.

Data goes to stdout, words to stderr. Exit codes: 0 all is well, 1 there are findings, 2 wrong use or an error.
"""

from __future__ import annotations

import logging
import os
import sys
from importlib import import_module

import click

from musubi import __version__
from musubi.errors import MusubiError
from musubi.settings import Settings

VERBS = {
    "read": "musubi.mappings.command",
    "check": "musubi.commands.check",
    "build": "musubi.commands.build",
    "serve": "musubi.commands.serve",
    "ask": "musubi.commands.ask",
    "export": "musubi.commands.export",
}


class Verbs(click.Group):
    """The verbs in the order of their use; the modules behind them are imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the verbs."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a verb, or None."""
        if cmd_name not in VERBS:
            return None
        command = getattr(import_module(VERBS[cmd_name]), cmd_name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="musubi", message="%(prog)s %(version)s")
@click.option("-v", "--verbose", count=True, help="Say more: one line a stage; twice for every detail.")
@click.pass_context
def cli(context: click.Context, verbose: int) -> None:
    """musubi turns policy documents about space cooperation into a knowledge graph and answers questions on it.

    Settings are the environment variables MUSUBI_…; options of a command go before them.
    """
    level = {0: logging.WARNING, 1: logging.INFO}.get(verbose, logging.DEBUG)
    logging.basicConfig(
        level=level, stream=sys.stderr, format="%(message)s" if verbose < 2 else "%(name)s: %(message)s"
    )
    context.obj = Settings.from_env(os.environ)


def main() -> None:
    """Runs the command line; never returns."""
    try:
        cli()
    except MusubiError as error:
        _end(str(error))
    except OSError as error:
        _end(f"{error.filename}: {error.strerror}" if error.filename else str(error))


def _end(words: str) -> None:
    click.echo(f"musubi: {words}", err=True)
    sys.exit(2)
