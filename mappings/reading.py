"""Reading a known document, and proving that its seed is what the text says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from musubi.errors import ChangedDocument, Place, UnknownDocument
from musubi.mappings.annotate import gazetteer
from musubi.mappings.context import Context, context
from musubi.mappings.read import Document, Span
from musubi.mappings.reference import reference
from musubi.mappings.row import Fault, Row, to_row
from musubi.mappings.rule import rule_set
from musubi.mappings.seeds import Record, Seed
from musubi.mappings.state import stated
from musubi.mappings.statement import Statement, Unresolved

CURATED = "curated"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules make of a document."""

    context: Context
    statements: list[Statement]
    unresolved: list[Unresolved]


def reading(document: Document, record: Record) -> Reading:
    """The document as the rules read it. The same text and rules give the same reading."""
    rules, known = rule_set(), reference()
    laid_out = context(document, gazetteer(), known.country_characters, rules.terms, record.anchor)
    statements, unresolved = stated(laid_out, rules)
    return Reading(laid_out, statements, unresolved)


def completed(seed: Seed, found: Reading) -> list[Statement]:
    """The rows that the seed should hold: what the rules find, and what was curated and they do not find."""
    document = seed.record.sha256
    extracted = {s.identifier(document) for s in found.statements}
    curated = [s for s in seed.statements if s.method == CURATED and s.identifier(document) not in extracted]
    return found.statements + curated


def located(folder: Path) -> dict[str, Path]:
    """The files in `folder` by the SHA-256 of their bytes. Sub-folders and hidden files are left out."""
    files = sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith("."))
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in files}


def seed_of(path: Path, document: Document, seeds: list[Seed]) -> Seed:
    """The seed of the document in the file `path`.

    Raises: ChangedDocument, if a record names the file but not its bytes; UnknownDocument, if none knows it.
    """
    for seed in seeds:
        if seed.record.sha256 == document.sha256:
            return seed
    for seed in seeds:
        if seed.record.file_name == path.name:
            raise ChangedDocument(
                f"has other bytes than seeds/{seed.record.slug} was read from "
                f"(SHA-256 {document.sha256[:12]}… instead of {seed.record.sha256[:12]}…)",
                Place(str(path)),
            )
    raise UnknownDocument(
        f"no seeds/*/document.toml has its SHA-256, {document.sha256}: write one first", Place(str(path))
    )


def proof_faults(seed: Seed, found: Reading) -> Iterator[Fault]:
    """Every way in which the rows are not what the text and the rules give: lengths, spans, rows."""
    document = found.context.document
    place = f"seeds/{seed.record.slug}/statements.csv"
    if len(document.lines) != seed.record.lines:
        yield Fault(
            Place(f"seeds/{seed.record.slug}/document.toml"),
            f"says {seed.record.lines} lines, the text has {len(document.lines)}",
        )
    for row in seed.rows:
        for span in _spans(row.statement):
            if span.end > len(document.text) or document.span(span.start, span.end) != span:
                yield Fault(Place(place, row.line), f"the span {span.start}-{span.end} is not what the text has there")
    yield from _differences(seed, found, place)


def _differences(seed: Seed, found: Reading, place: str) -> Iterator[Fault]:
    document = seed.record.sha256
    expected = {s.identifier(document): to_row(s, document) for s in found.statements}
    present: dict[str, Row] = {row.id: row for row in seed.rows}
    for row in seed.rows:
        if row.id in expected:
            if to_row(row.statement, document) != expected[row.id]:
                yield Fault(Place(place, row.line), f"row {row.id} differs from what the rules read: run `musubi read`")
        elif row.statement.method != CURATED:
            yield Fault(Place(place, row.line), f"no rule reads row {row.id} any more: run `musubi read`")
    for identifier in expected.keys() - present.keys():
        yield Fault(Place(place), f"the rules read a statement that has no row ({identifier}): run `musubi read`")


def _spans(statement: Statement) -> Iterator[Span]:
    yield statement.span
    yield from statement.further
    yield from (span for _, span in statement.roles)
