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

from musubi.errors import Place
from musubi.mappings.row import COLUMNS, Fault, Row, from_row, to_row
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
    if not _HASH.match(table["sha256"]):
        raise ValueError("sha256 is not 64 lower-case hex digits")
    as_of = table["as_of"]
    return Record(
        slug=path.parent.name,
        file_name=table["file_name"],
        sha256=table["sha256"],
        lines=table["lines"],
        language=table["language"],
        title_ja=table["title"]["ja"],
        title_en=table["title"]["en"],
        publisher=table["publisher"],
        as_of=Bounds(as_of.get("earliest"), as_of.get("latest")),
        as_of_known_by=as_of["known_by"],
        address=table.get("address", ""),
        licence=table["licence"],
    )


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
            if cells is None:
                raise ValueError(f"the columns are not {','.join(COLUMNS)}")
            rows.append(Row(cells["id"], line, from_row(cells)))
        except ValueError as error:
            faults.append(Fault(place, str(error)))
    return rows, faults


def _cells(text: str) -> Iterator[tuple[int, dict[str, str] | None]]:
    """The line that each row begins on and its cells; None where they are not those of COLUMNS."""
    reader = csv.reader(io.StringIO(text, newline=""))
    if tuple(next(reader, ())) != COLUMNS:
        yield 1, None
        return
    before = reader.line_num
    for cells in reader:
        yield before + 1, dict(zip(COLUMNS, cells, strict=True)) if len(cells) == len(COLUMNS) else None
        before = reader.line_num


def _name(path: Path) -> str:
    """How a seed's file is called in messages: folder and file."""
    return f"seeds/{path.parent.name}/{path.name}"
