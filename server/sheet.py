"""A table of an answer as a page shows it: labels instead of IRIs, document and lines as one linked cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from musubi.server import links
from musubi.server.question import SOURCE_COLUMNS
from musubi.server.results import Row, Table, Term
from musubi.server.site import site

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = frozenset(f"{_XSD}{name}" for name in ("integer", "decimal", "double", "float", "int", "long"))
_SOURCE = "document"
MOST_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `lines` are first and last line where it names a source; `modality` is set for signs."""

    text: str = ""
    language: str = ""
    address: str | None = None
    is_number: bool = False
    is_name: bool = False
    modality: str = ""
    lines: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns by name and title, the rows that are shown, and how many there are."""

    columns: tuple[str, ...]
    titles: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int


def sheet(table: Table, titles: Mapping[str, str], source_title: str = "") -> Sheet:
    """The table with at most MOST_ROWS rows.

    A column `xLabel` gives its text to the column `x`. Where `source_title` is not empty, the columns that name
    document and lines become one.
    """
    columns = tuple(name for name in table.columns if not _is_folded(name, table.columns, bool(source_title)))
    headings = [source_title if source_title and name == _SOURCE else _title(name, titles) for name in columns]
    rows = [tuple(_cell(row, name, source_title) for name in columns) for row in table.rows[:MOST_ROWS]]
    return Sheet(columns, tuple(headings), tuple(rows), len(table.rows))


def _is_folded(name: str, columns: tuple[str, ...], sources: bool) -> bool:
    """Whether a column is shown within another one."""
    if sources and name in SOURCE_COLUMNS:
        return name != _SOURCE
    return name.endswith("Label") and name.removesuffix("Label") in columns


def _title(name: str, titles: Mapping[str, str]) -> str:
    return titles.get(name) or titles.get(f"{name}Label") or name


def _cell(row: Row, name: str, source_title: str) -> Cell:
    value, label = row.get(name), row.get(f"{name}Label")
    if value is None:
        return _literal(label) if label else Cell()
    if source_title and name == _SOURCE:
        first, last = (row[column].value if column in row else "" for column in SOURCE_COLUMNS[2:])
        text = label or Term("literal", site().names.curie(value.value))
        return Cell(text.value, text.language, links.lines(value.value, first), lines=(first, last))
    if value.kind != "uri":
        return _literal(value)
    modality = value.value.removeprefix(f"{site().names.base}scheme/modality/")
    return Cell(
        label.value if label else site().names.curie(value.value),
        label.language if label else "",
        links.shown(value.value),
        is_name=label is None,
        modality="" if modality == value.value else modality,
    )


def _literal(value: Term) -> Cell:
    return Cell(value.value, value.language, is_number=value.datatype in _NUMBERS)
