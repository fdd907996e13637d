"""`musubi ask`: a canned question, answered from the current release. Each question is a command of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from difflib import get_close_matches

import click
from rich.console import Console
from rich.table import Table

from musubi.build.release import current
from musubi.data import question_files
from musubi.server import ask as answering
from musubi.server import results
from musubi.server.local import Local
from musubi.server.question import Parameter, Question, read
from musubi.settings import Settings
from musubi.vocabulary import Names

_CSV, _JSON = "text/csv", "application/sparql-results+json"


class Questions(click.Group):
    """The canned questions as commands, with their parameters as options."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the questions."""
        return [path.stem for path in question_files()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command that answers a question, or None."""
        settings = ctx.find_object(Settings) or Settings()
        for path in question_files():
            if path.stem == cmd_name:
                return _command(read(path, Names(settings.base)))
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name. Raises: UsageError, with the questions nearest to an unknown name."""
        known = self.list_commands(ctx)
        if args[0] not in known:
            near = get_close_matches(args[0], known, n=3, cutoff=0.3) or known
            raise click.UsageError(f"there is no question {args[0]!r}; near it: {', '.join(near)}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=Questions)
def ask() -> None:
    """Answer a question: a table on a terminal, CSV in a pipe.

    `musubi ask QUESTION --help` tells what a question takes.
    """


def _command(question: Question) -> click.Command:
    options: list[click.Parameter] = [_option(parameter) for parameter in question.parameters]
    options.append(click.Option(["--json", "as_json"], is_flag=True, help="SPARQL results in JSON."))
    help_text = f"{question.title.en}\n\n{question.description.en}"
    return click.Command(question.name, callback=_answering(question), params=options, help=help_text)


def _option(parameter: Parameter) -> click.Option:
    allowed = f" One of {', '.join(parameter.values)}." if parameter.values else ""
    default = f" [default: {parameter.default}]" if parameter.default is not None else ""
    return click.Option(
        [f"--{parameter.name}", f"value_{parameter.name}"],
        metavar=parameter.type.upper(),
        help=f"{parameter.title.en}.{allowed}{default}",
    )


def _answering(question: Question) -> Callable[..., None]:
    @click.pass_obj
    def answer(settings: Settings, /, as_json: bool, **given: str | None) -> None:
        values = {name.removeprefix("value_"): value for name, value in given.items() if value is not None}
        engine = Local(current(settings.releases).dataset, settings)
        if as_json or not _to_terminal():
            body = answering.answer(engine, question, values, _JSON if as_json else _CSV)
            click.echo(body, nl=False)
        else:
            _show(question, answering.rows(engine, question, values), values.get("language", "en"))

    return answer


def _to_terminal() -> bool:
    return sys.stdout.isatty()


def _show(question: Question, found: results.Table, language: str) -> None:
    """Prints the answer as a table, without IRIs and without what a label beside it says better."""
    told = [name for name in found.columns if f"{name}Label" not in found.columns]
    shown = [name for name in told if any(name in row and row[name].kind != "uri" for row in found.rows)]
    titles = {column.name: column.title.text(language) for column in question.columns}
    table = Table(title=question.title.text(language), caption=f"{len(found.rows)} rows")
    for name in shown:
        table.add_column(titles.get(name, name))
    for row in found.rows:
        table.add_row(*(str(row.get(name, "")) for name in shown))
    Console().print(table)
