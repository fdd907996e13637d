"""Rows of statements.csv: statements as text and back, with every fault told by file and line."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TypeVar

from musubi.errors import Place
from musubi.mappings.dates import Interval
from musubi.mappings.read import Span
from musubi.mappings.statement import Bounds, Statement

COLUMNS = (
    "id",
    "subject",
    "property",
    "value",
    "modality",
    "polarity",
    "cue",
    "as_of_earliest",
    "as_of_latest",
    "time_earliest",
    "time_latest",
    "time_precision",
    "time_wording",
    "first_line",
    "last_line",
    "start",
    "end",
    "sha256",
    "role_spans",
    "further_spans",
    "method",
    "note",
)
T = TypeVar("T")

_SPAN = re.compile(r"(\d+)-(\d+)@(\d+)-(\d+)#([0-9a-f]{64})\Z")
_ROLE = re.compile(r"([a-z_]+)=(\S+)\Z")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a seed: where, and what to do. A value, so that one fault hides no other."""

    place: Place
    detail: str

    def __str__(self) -> str:
        return f"{self.place}: {self.detail}"


@dataclass(frozen=True, slots=True)
class Row:
    """A statement with the id that its row carries and the line of the file that the row begins on."""

    id: str
    line: int
    statement: Statement


def to_row(statement: Statement, document: str) -> list[str]:
    """The cells of the statement's row, in the order of COLUMNS; `document` is its document's SHA-256."""
    when, span = statement.time, statement.span
    cells = {
        "id": statement.identifier(document),
        "as_of_earliest": statement.as_of.earliest,
        "as_of_latest": statement.as_of.latest,
        "time_earliest": when and when.earliest,
        "time_latest": when and when.latest,
        "time_precision": when and when.precision,
        "time_wording": when and when.wording,
        "role_spans": " ".join(f"{name}={role}" for name, role in statement.roles),
        "further_spans": " ".join(map(str, statement.further)),
    }
    cells |= {f.name: str(getattr(span, f.name)) for f in fields(Span)}
    return [str(cells[c] or "") if c in cells else str(getattr(statement, c)) for c in COLUMNS]


def from_row(cells: dict[str, str]) -> Statement:
    """The statement in a row. Raises ValueError, with what to do, at the first cell of the wrong form."""
    return Statement(
        subject=_given(cells, "subject"),
        property=_given(cells, "property"),
        value=cells["value"],
        modality=_given(cells, "modality"),
        polarity=_given(cells, "polarity"),
        cue=_given(cells, "cue"),
        as_of=Bounds(*between(cells, "as_of_earliest", "as_of_latest")),
        time=_time(cells),
        span=_own_span(cells),
        roles=tuple(_listed(cells, "role_spans", _role)),
        further=tuple(_listed(cells, "further_spans", _span)),
        method=_given(cells, "method"),
        note=cells["note"],
    )


def _given(cells: dict[str, str], column: str) -> str:
    if not cells[column]:
        raise ValueError(f"{column} is empty: a statement without it cannot be used")
    return cells[column]


def between(cells: dict[str, str], earliest: str, latest: str) -> tuple[str | None, str | None]:
    """The times in two cells, None where one is empty. Raises ValueError, with what to do, if one is no local time."""
    begin, end = _moment(cells, earliest), _moment(cells, latest)
    if begin and end and begin > end:
        raise ValueError(f"the time ends before it begins: {begin} > {end}")
    return begin, end


def _moment(cells: dict[str, str], column: str) -> str | None:
    text = cells[column]
    try:
        if text and datetime.fromisoformat(text).replace(tzinfo=None).isoformat() != text:
            raise ValueError
    except ValueError:
        raise ValueError(f"{column} is {text!r}: write a local time such as 2023-01-13T00:00:00") from None
    return text or None


def _time(cells: dict[str, str]) -> Interval | None:
    earliest, latest = between(cells, "time_earliest", "time_latest")
    if earliest is None and latest is None:
        return None
    return Interval(earliest, latest, _given(cells, "time_precision"), _given(cells, "time_wording"), "")


def _own_span(cells: dict[str, str]) -> Span:
    columns = ("first_line", "last_line", "start", "end")
    if any(not cells[c] for c in (*columns, "sha256")):
        raise ValueError("the evidence span is incomplete: a statement needs its lines, offsets and hash")
    if any(not cells[c].isdecimal() for c in columns):
        raise ValueError("the evidence span is broken: lines and offsets are whole numbers")
    return _span("{first_line}-{last_line}@{start}-{end}#{sha256}".format_map(cells))


def _span(text: str) -> Span:
    match = _SPAN.match(text)
    if match is None:
        raise ValueError(f"the span {text!r} is broken: write first-last@start-end#sha256")
    first, last, start, end = (int(match[i]) for i in range(1, 5))
    if not (1 <= first <= last and start < end):
        raise ValueError(f"the span {text[:40]!r} is broken: it ends before it begins")
    return Span(start, end, first, last, match[5])


def _role(text: str) -> tuple[str, Span]:
    match = _ROLE.match(text)
    if match is None:
        raise ValueError(f"the role span {text!r} is broken: write role=first-last@start-end#sha256")
    return match[1], _span(match[2])


def _listed(cells: dict[str, str], column: str, read: Callable[[str], T]) -> list[T]:
    return [read(text) for text in cells[column].split()]
