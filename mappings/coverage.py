"""The reading map: what became of every line of a document."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from musubi.mappings.read import Span
from musubi.mappings.reading import Reading

STATED, HEADING, FURNITURE, UNRESOLVED, BLANK, OPEN = (
    "stated",
    "heading",
    "furniture",
    "unresolved",
    "blank",
    "not covered",
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """For each line, from the first, one of stated, heading, furniture, unresolved, blank, not covered."""

    lines: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many lines are of each sort, most first."""
        return dict(Counter(self.lines).most_common())


def coverage(found: Reading, curated: list[Span]) -> Coverage:
    """The reading map of a document, from what the rules found and the spans of curated statements."""
    document = found.context.document
    lines = [OPEN if line.strip() else BLANK for line in document.lines]
    for unit in found.context.units:
        if unit.kind in {"heading", "furniture"}:
            _mark(lines, unit.first_line, unit.last_line, HEADING if unit.kind == "heading" else FURNITURE)
    for unresolved in found.unresolved:
        _mark(lines, unresolved.span.first_line, unresolved.span.last_line, UNRESOLVED)
    spans = [span for s in found.statements for span in (s.span, *s.further, *(role for _, role in s.roles))]
    for span in [*spans, *curated]:
        _mark(lines, span.first_line, span.last_line, STATED)
    return Coverage(tuple(lines))


def _mark(lines: list[str], first: int, last: int, sort: str) -> None:
    for number in range(first, last + 1):
        if lines[number - 1] != BLANK:
            lines[number - 1] = sort
