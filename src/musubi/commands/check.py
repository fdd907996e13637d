"""`musubi check`: what is wrong or doubtful, told to a curator."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from musubi.build.finding import Evidence, Finding
from musubi.build.pipeline import NAMES, Examined, examined
from musubi.commands.progress import stages
from musubi.mappings.seeds import Seed
from musubi.settings import Settings


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
@click.option("--language", type=click.Choice(["en", "ja"]), default="en", help="Language of what to do.")
@click.option("--seeds", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Folder of seeds.")
@click.pass_obj
def check(settings: Settings, as_json: bool, language: str, seeds: Path | None) -> None:
    """List every fault of the seeds and every finding of shapes and checks.

    Findings are looked for once the seeds have no faults. Ends with 1 if there are faults or violations; warnings
    alone are fine.
    """
    with stages() as told:
        found = examined(replace(settings, seeds=seeds or settings.seeds), told)
    if as_json:
        click.echo(json.dumps(_object(found), ensure_ascii=False, indent=2))
    else:
        for line in _lines(found, language):
            click.echo(line)
    warnings = len(found.findings) - found.violations
    click.echo(f"{len(found.faults)} faults in seeds, {found.violations} violations, {warnings} warnings", err=True)
    if found.faults:
        click.echo("shapes and queries are checked once the seeds have no faults", err=True)
    sys.exit(1 if found.faults or found.violations else 0)


def _object(found: Examined) -> dict[str, object]:
    return {
        "faults": [
            {"file": fault.place.source, "line": fault.place.line, "detail": fault.detail} for fault in found.faults
        ],
        "findings": [finding.as_json() for finding in found.findings],
    }


def _lines(found: Examined, language: str) -> Iterator[str]:
    yield from map(str, found.faults)
    slugs = {NAMES.document(seed.record.sha256): seed.record.slug for seed in found.seeds}
    rows = dict(_rows(found.seeds))
    for finding in found.findings:
        yield f"{finding.severity}: {NAMES.curie(finding.node)} ({finding.source})"
        yield f"    {finding.message.ja if language == 'ja' else finding.message.en}"
        if details := ", ".join(f"{name} {NAMES.curie(value)}" for name, value in finding.details):
            yield f"    {details}"
        yield from (f"    {place}" for place in _places(finding, rows, slugs))


def _places(finding: Finding, rows: dict[str, str], slugs: dict[str, str]) -> Iterator[str]:
    """Where a curator has to look: the row, if the finding is about a statement, and the lines of the documents."""
    if finding.node in rows:
        yield rows[finding.node]
    for evidence in finding.evidence:
        yield f"{slugs.get(evidence.document, evidence.document)}, {_span(evidence)}"


def _span(evidence: Evidence) -> str:
    if evidence.first_line == evidence.last_line:
        return f"line {evidence.first_line}"
    return f"lines {evidence.first_line}-{evidence.last_line}"


def _rows(seeds: tuple[Seed, ...]) -> Iterator[tuple[str, str]]:
    for seed in seeds:
        for row in seed.rows:
            node = NAMES.statement(row.statement.identifier(seed.record.sha256))
            yield node, f"seeds/{seed.record.slug}/{seed.file.name}:{row.line}"
