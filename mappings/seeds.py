"""Seeds: the record of each source document (document.toml) and what it states (statements.csv)."""

from __future__ import annotations

import csv
import io
import os
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from musubi.errors import Place
from musubi.mappings.row import COLUMNS, Fault, Row, between, from_row, to_row
from musubi.mappings.statement import Bounds, Statement

_HASH = re.compile(r"[0-9a-f]{64}\Z")
_REQUIRED = {"file_name", "sha256", "lines", "language", "title", "publisher", "as_of", "licence"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A document.toml: what is known of a source document apart from what it says."""

    slug: str
    file_name: str
    sha256: str
    lines: int
    language: str
    title_ja: str
    title_en: str
    publisher: str
    """CURIE of the publishing organisation, or empty where the text does not say."""
    as_of: Bounds
    as_of_known_by: str
    address: str
    licence: str

    @property
    def anchor(self) -> datetime | None:
        """The day that dates without a year are read from: the earliest day that the text can speak as of."""
        return datetime.fromisoformat(self.as_of.earliest) if self.as_of.earliest else None


@dataclass(frozen=True, slots=True)
class Seed:
    """A document record and its statements, in the order of the file."""

    record: Record
    rows: tuple[Row, ...]
    folder: Path

    @property
    def statements(self) -> list[Statement]:
        """The statements of the rows."""
        return [row.statement for row in self.rows]

    @property
    def file(self) -> Path:
        """The file that holds the rows."""
        return self.folder / "statements.csv"


def read_seeds(folder: Path) -> tuple[list[Seed], list[Fault]]:
    """The seeds in the sub-folders of `folder`, sorted by name, and all faults of form in them.

    A row with a fault is not among the rows. Whether terms exist and rows agree is checked by `check_seeds`.
    """
    seeds: list[Seed] = []
    faults: list[Fault] = []
    for path in sorted(folder.glob("*/document.toml")):
        try:
            record = _record(path)
        except (ValueError, tomllib.TOMLDecodeError) as error:
            faults.append(Fault(Place(_name(path)), str(error)))
            continue
        rows, wrong = _rows(path.with_name("statements.csv"))
        seeds.append(Seed(record, tuple(rows), path.parent))
        faults += wrong
    return seeds, faults


def write_statements(seed: Seed, statements: Sequence[Statement]) -> None:
    """Writes the statements as the seed's rows, sorted: whole or not at all, with the same bytes for the same rows."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(to_row(s, seed.record.sha256) for s in sorted(statements, key=Statement.order))
    draft = seed.file.with_suffix(".csv.draft")
    draft.write_text(buffer.getvalue(), encoding="utf-8", newline="")
    os.replace(draft, seed.file)


def _record(path: Path) -> Record:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    if missing := _REQUIRED - table.keys():
        raise ValueError(f"the record lacks {', '.join(sorted(missing))}")
    if not _HASH.match(str(table["sha256"])):
        raise ValueError("sha256 is not 64 lower-case hex digits")
    if not isinstance(table["lines"], int) or table["lines"] < 1:
        raise ValueError("lines is no whole number from 1 up")
    return Record(
        slug=path.parent.name,
        file_name=_text(table, "file_name"),
        sha256=table["sha256"],
        lines=table["lines"],
        language=_text(table, "language"),
        title_ja=_text(table, "title", "ja"),
        title_en=_text(table, "title", "en"),
        publisher=_text(table, "publisher"),
        as_of=Bounds(*between({"earliest": "", "latest": ""} | _texts(table["as_of"]), "earliest", "latest")),
        as_of_known_by=_text(table, "as_of", "known_by"),
        address=_text({"address": ""} | table, "address"),
        licence=_text(table, "licence"),
    )


def _text(table: dict[str, Any], *keys: str) -> str:
    """The text at a path of keys. Raises ValueError, if there is none."""
    value: Any = table
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    if not isinstance(value, str):
        raise ValueError(f"{'.'.join(keys)} is not a text in quotation marks")
    return value


def _texts(table: dict[str, Any]) -> dict[str, str]:
    return {key: _text(table, key) for key in table}


def _rows(path: Path) -> tuple[list[Row], list[Fault]]:
    if not path.exists():
        return [], []
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        return [], [Fault(Place(_name(path)), f"is not UTF-8 at byte {error.start}")]
    rows: list[Row] = []
    faults: list[Fault] = []
    for line, cells in _cells(text):
        place = Place(_name(path), line)
        try:
            if isinstance(cells, str):
                raise ValueError(cells)
            rows.append(Row(cells["id"], line, from_row(cells)))
        except ValueError as error:
            faults.append(Fault(place, str(error)))
    return rows, faults


def _cells(text: str) -> Iterator[tuple[int, dict[str, str] | str]]:
    """The line that each row begins on and its cells, or what is wrong with them."""
    other = f"the columns are not {','.join(COLUMNS)}"
    # Not strict, a quotation mark that is not closed would take all rows after it for a cell.
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    before = 0
    try:
        if tuple(next(reader, ())) != COLUMNS:
            yield 1, other
            return
        before = reader.line_num
        for cells in reader:
            yield before + 1, dict(zip(COLUMNS, cells, strict=True)) if len(cells) == len(COLUMNS) else other
            before = reader.line_num
    except csv.Error as error:
        yield before + 1, f"a quotation mark is not closed, or not doubled inside a cell ({error})"


def _name(path: Path) -> str:
    """How a seed's file is called in messages: folder and file."""
    return f"seeds/{path.parent.name}/{path.name}"
