"""The command `musubi read`: from texts to seeds, and the proof that seeds are what the texts say."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track

from musubi.data import folder
from musubi.errors import BadParameter, InvalidSeed
from musubi.mappings.check_seeds import check_seeds
from musubi.mappings.coverage import BLANK, coverage
from musubi.mappings.read import read as read_document
from musubi.mappings.reading import CURATED, Reading, completed, located, proof_faults, reading, seed_of
from musubi.mappings.reference import reference
from musubi.mappings.row import Fault
from musubi.mappings.seeds import Seed, read_seeds, write_statements
from musubi.settings import Settings

log = logging.getLogger(__name__)


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--check", is_flag=True, help="Write nothing; prove that seeds are what the texts say.")
@click.option("--report", is_flag=True, help="Write nothing; print what became of every line.")
def read(files: tuple[Path, ...], check: bool, report: bool) -> None:
    """Read source documents into seeds/<slug>/statements.csv.

    Without FILES, every text in MUSUBI_DOCUMENTS that a document record knows is read. Curated rows stay.
    """
    settings = Settings.from_env(os.environ)
    seeds, faults = read_seeds(settings.seeds or folder("seeds"))
    if faults and not check:
        raise InvalidSeed("; ".join(map(str, faults)))
    found = _readings(_chosen(files, settings, seeds), quiet=not sys.stderr.isatty())
    if report:
        for seed, result in found:
            _print_report(seed, result)
    elif check:
        _print_faults(faults + check_seeds(seeds, reference()), found)
    else:
        for seed, result in found:
            rows = completed(seed, result)
            write_statements(seed, rows)
            click.echo(f"{seed.record.slug}: {len(rows)} statements, {len(result.unresolved)} unresolved", err=True)


def _chosen(files: Sequence[Path], settings: Settings, seeds: list[Seed]) -> list[tuple[Seed, Path]]:
    """The documents to read, each with its seed, in the order of the seeds."""
    if not files and settings.documents is None:
        raise BadParameter("name the files to read, or set MUSUBI_DOCUMENTS to the folder that holds them")
    if files:
        return [(seed_of(path, read_document(path), seeds), path) for path in files]
    texts = located(settings.documents or Path())
    return list(_known(texts, seeds))


def _known(texts: dict[str, Path], seeds: list[Seed]) -> Iterator[tuple[Seed, Path]]:
    by_name = {path.name: path for path in texts.values()}
    for seed in seeds:
        if seed.record.sha256 in texts:
            yield seed, texts[seed.record.sha256]
        elif seed.record.file_name in by_name:
            path = by_name[seed.record.file_name]
            yield seed_of(path, read_document(path), seeds), path
        else:
            log.warning("%s: its text is not in MUSUBI_DOCUMENTS, so it was not read", seed.record.slug)


def _readings(chosen: list[tuple[Seed, Path]], quiet: bool) -> list[tuple[Seed, Reading]]:
    console = Console(stderr=True)
    steps: Iterable[tuple[Seed, Path]] = track(chosen, "Reading", console=console, disable=quiet, transient=True)
    return [(seed, reading(read_document(path), seed.record)) for seed, path in steps]


def _print_report(seed: Seed, found: Reading) -> None:
    curated = [s.span for s in seed.statements if s.method == CURATED]
    covered = coverage(found, curated)
    click.echo(f"{seed.record.slug}: {len(covered.lines)} lines")
    for sort, count in covered.counts.items():
        click.echo(f"  {count:5}  {sort}")
    for unresolved in found.unresolved:
        click.echo(f"  line {unresolved.span.first_line}: unresolved: {unresolved.reason} ({unresolved.rule})")
    for number, sort in enumerate(covered.lines, start=1):
        if sort != BLANK:
            log.info("%s:%d: %s", seed.record.slug, number, sort)


def _print_faults(faults: list[Fault], found: list[tuple[Seed, Reading]]) -> None:
    faults = faults + [fault for seed, result in found for fault in proof_faults(seed, result)]
    for fault in faults:
        click.echo(str(fault))
    rows = sum(len(seed.rows) for seed, _ in found)
    spans = sum(1 + len(s.further) + len(s.roles) for seed, _ in found for s in seed.statements)
    click.echo(f"{len(found)} documents, {rows} rows, {spans} spans checked: {len(faults)} faults", err=True)
    if faults:
        sys.exit(1)
