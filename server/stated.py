"""Statements with their evidence, as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from musubi.server import lookup
from musubi.server.results import Row, selected
from musubi.server.site import site
from musubi.server.times import Interval

_BATCH = 200


@dataclass(frozen=True, slots=True)
class Source:
    """A passage of a document. Lines count from 1, offsets from 0 in code points; `quote` only where the text is."""

    span: str
    document: str
    first: int
    last: int
    start: int
    end: int
    sha256: str
    is_context: bool
    quote: str | None

    @property
    def quoted_lines(self) -> str:
        """The quote without its empty lines; empty, where the text is not here."""
        return "\n".join(line for line in (self.quote or "").split("\n") if line.strip())


@dataclass(frozen=True, slots=True)
class Stated:
    """One statement: of what, what, how it is said, from when, and where. What is not there is empty."""

    iri: str
    subject: str
    prop: str
    value: str
    amount: str
    modality: str
    is_denied: bool
    time: str
    as_of: str
    cue: str
    method: str
    note: str
    sources: tuple[Source, ...]

    @property
    def iris(self) -> set[str]:
        """What has to be named to show it."""
        named = {self.subject, self.prop, self.value, self.modality, *(one.document for one in self.sources)}
        return named - {""}


def statements(iris: Iterable[str], language: str) -> list[Stated]:
    """The statements with these IRIs, by document and line. Those that do not exist are passed over."""
    wanted = sorted(set(iris))
    rows: dict[str, list[Row]] = {}
    for start in range(0, len(wanted), _BATCH):
        query = lookup.query("statements", site().names, among={"statement": wanted[start : start + _BATCH]})
        for row in selected(site().engine, query):
            rows.setdefault(row["statement"].value, []).append(row)
    found = [_stated(iri, rows[iri], language) for iri in rows]
    return sorted(found, key=lambda one: (one.sources[0].document, one.sources[0].start, one.prop, one.iri))


def mentions(iri: str) -> dict[str, list[str]]:
    """IRIs of the statements that have to do with a thing, by its role: subject, value, span, document."""
    found: dict[str, list[str]] = {}
    for row in selected(site().engine, lookup.query("mentions", site().names, {"thing": iri})):
        found.setdefault(row["role"].value, []).append(row["statement"].value)
    return found


def _stated(iri: str, rows: list[Row], language: str) -> Stated:
    first = rows[0]
    spans = {row["span"].value: _source(row) for row in rows}
    words = site().words
    as_of = Interval(_value(first, "asOfEarliest"), _value(first, "asOfLatest"))
    return Stated(
        iri,
        _value(first, "subject"),
        _value(first, "property"),
        _value(first, "value"),
        _value(first, "amount"),
        _value(first, "modality"),
        _value(first, "polarity").endswith("/negative"),
        _time(rows, language),
        as_of.text(words, language),
        _value(first, "cue"),
        _value(first, "method"),
        _value(first, "note"),
        # The evidence before what it was read together with.
        tuple(sorted(spans.values(), key=lambda one: (one.is_context, one.start))),
    )


def _source(row: Row) -> Source:
    first, last, start, end = (int(row[name].value) for name in ("firstLine", "lastLine", "start", "end"))
    document = row["document"].value
    text = site().text_of(document)
    return Source(
        row["span"].value,
        document,
        first,
        last,
        start,
        end,
        row["sha256"].value,
        row["role"].value == "context",
        text[start:end] if text is not None else None,
    )


def _time(rows: list[Row], language: str) -> str:
    """The time that a statement gives: by its label, else by its days."""
    labels = (row["timeLabel"] for row in rows if "timeLabel" in row)
    label = next((one.value for one in labels if one.language == language), "")
    interval = Interval(_value(rows[0], "earliest"), _value(rows[0], "latest"))
    return label or interval.text(site().words, language)


def _value(row: Row, name: str) -> str:
    return row[name].value if name in row else ""
