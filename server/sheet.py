"""A table of an answer as a page shows it: labels instead of IRIs, document and lines as one linked cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from musubi.server import links
from musubi.server.entity import things
from musubi.server.question import SOURCE_COLUMNS
from musubi.server.results import Row, Table, Term
from musubi.server.site import site

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = frozenset(f"{_XSD}{name}" for name in ("integer", "decimal", "double", "float", "int", "long"))
_ENDS_OF_DAYS = frozenset({"T00:00:00", "T23:59:59"})
_SOURCE = "document"
_SIGN = "modalityLabel"
MOST_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `lines` are first and last line where it names a source; `modality` is set for signs."""

    text: str = ""
    language: str = ""
    address: str | None = None
    is_number: bool = False
    is_name: bool = False
    is_date: bool = False
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
    signs = _signs() if _SIGN in columns else {}
    rows = [tuple(_cell(row, name, source_title, signs) for name in columns) for row in table.rows[:MOST_ROWS]]
    return Sheet(columns, tuple(headings), tuple(rows), len(table.rows))


def _is_folded(name: str, columns: tuple[str, ...], sources: bool) -> bool:
    """Whether a column is shown within another one."""
    if sources and name in SOURCE_COLUMNS:
        return name != _SOURCE
    return name.endswith("Label") and name.removesuffix("Label") in columns


def _title(name: str, titles: Mapping[str, str]) -> str:
    """The title of a column: that of its labels, where it is shown by them."""
    return titles.get(f"{name}Label") or titles.get(name) or name


def _signs() -> dict[str, str]:
    """How to sign a modality that is given by its label alone: the last part of its IRI, by label."""
    known = things(site().engine, site().names, "mus:Modality")
    return {label: one.slug for one in known for label in one.labels.values()}


def _cell(row: Row, name: str, source_title: str, signs: Mapping[str, str]) -> Cell:
    value, label = row.get(name), row.get(f"{name}Label")
    if value is None:
        return Cell()
    if source_title and name == _SOURCE:
        first, last = (row[column].value if column in row else "" for column in SOURCE_COLUMNS[2:])
        text = label or Term("literal", site().names.curie(value.value))
        return Cell(text.value, text.language, links.lines(value.value, first), lines=(first, last))
    if value.kind != "uri":
        shown = _literal(label or value)
        return replace(shown, modality=signs.get(value.value, "")) if name == _SIGN else shown
    modality = value.value.removeprefix(f"{site().names.base}scheme/modality/")
    return Cell(
        label.value if label else site().names.curie(value.value),
        label.language if label else "",
        links.shown(value.value),
        is_name=label is None,
        modality="" if modality == value.value else modality,
    )


def _literal(value: Term) -> Cell:
    is_time = value.datatype == f"{_XSD}dateTime"
    # The ends of days stand for the days; the downloads have them in full.
    text = value.value[:10] if is_time and value.value[10:] in _ENDS_OF_DAYS else value.value
    return Cell(text, value.language, is_number=value.datatype in _NUMBERS, is_date=is_time)
