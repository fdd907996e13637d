"""`musubi build`: from seeds to a release."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import click

from musubi.build import pipeline
from musubi.build.dumps import dumps
from musubi.build.release import Release
from musubi.commands.progress import stages
from musubi.settings import Settings
from musubi.vocabulary import Names


@click.command()
@click.option("--strict", is_flag=True, help="Write no release if the check finds a violation.")
@click.option("--again", is_flag=True, help="Build even if nothing has changed since the current release.")
@click.option("--seeds", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Folder of seeds.")
@click.option("--releases", type=click.Path(path_type=Path, file_okay=False), help="Folder to write to.")
@click.pass_obj
def build(settings: Settings, strict: bool, again: bool, seeds: Path | None, releases: Path | None) -> None:
    """Build the graph from seeds and make it the current release.

    Prints the folder of the release. Nothing is built if nothing has changed.
    """
    settings = replace(settings, seeds=seeds or settings.seeds, releases=releases or settings.releases)
    made = None if again else pipeline.up_to_date(settings)
    known = made is not None
    if made is None:
        with stages() as told:
            made = pipeline.build(settings, strict, told)
            told("dumps")
            # Now, so that a server may be somebody who cannot write here.
            dumps(made, Names(settings.base))
    violations = _tell(made, known)
    click.echo(made.folder)
    if strict and violations:
        sys.exit(1)


def _tell(made: Release, known: bool) -> int:
    """The number of violations in the report, after a line about the release."""
    report = json.loads(made.report.read_text(encoding="utf-8"))
    record = made.record
    statements = sum(document["statements"] for document in record["documents"])
    click.echo(
        f"release {made.id} {'is up to date' if known else 'is built'}: {len(record['documents'])} documents, "
        f"{statements} statements, {record['quads']} quads; "
        f"{report['violations']} violations, {report['others']} warnings (see `musubi check`)",
        err=True,
    )
    return int(report["violations"])
