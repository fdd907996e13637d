"""Statements: one thing that one document says, how it is said, of when, and where it stands."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace

from musubi.mappings.dates import Interval
from musubi.mappings.read import Span


@dataclass(frozen=True, slots=True)
class Bounds:
    """Earliest and latest time that a statement speaks as of (ISO, local, no zone; None is not known)."""

    earliest: str | None = None
    latest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One row of statements.csv.

    `value` is a CURIE, a typed literal such as "25"^^xsd:integer, or empty where the property is temporal and the
    value is `time`. `roles` are spans elsewhere that a part of the statement was taken from, by role name;
    `further` are other places that say the same.
    """

    subject: str
    property: str
    value: str
    modality: str
    cue: str
    span: Span
    method: str
    polarity: str = "affirmative"
    as_of: Bounds = Bounds()
    time: Interval | None = None
    roles: tuple[tuple[str, Span], ...] = ()
    further: tuple[Span, ...] = ()
    note: str = ""

    def identifier(self, document: str) -> str:
        """The statement's name: 16 hex digits over what it says and which document (SHA-256) says it.

        Where it stands and how it was found are not part of it, so that a second place that says the same is the
        same statement.
        """
        when = self.time
        said: list[str | None] = [
            document,
            self.subject,
            self.property,
            self.value,
            self.modality,
            self.polarity,
            self.cue,
        ]
        said += [when.earliest, when.latest, when.precision, when.wording] if when else [None] * 4
        said += [self.as_of.earliest, self.as_of.latest]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:16]

    def order(self) -> tuple[object, ...]:
        """The sort key of rows: by place, then by what is said."""
        return (self.span.start, self.span.end, self.subject, self.property, self.value)


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A place that a rule saw and could not turn into a statement, and why."""

    rule: str
    reason: str
    span: Span


def merged(statements: list[Statement], document: str) -> list[Statement]:
    """The statements, sorted, each once: a repeat gives a further span, and a second rule a second method."""
    found: dict[str, Statement] = {}
    for statement in sorted(statements, key=Statement.order):
        key = statement.identifier(document)
        found[key] = _both(found[key], statement) if key in found else statement
    return sorted(found.values(), key=Statement.order)


def _both(first: Statement, second: Statement) -> Statement:
    spans = {first.span, *first.further}
    further = first.further if second.span in spans else (*first.further, second.span)
    methods = dict.fromkeys([*first.method.split(), *second.method.split()])
    return replace(first, further=further, method=" ".join(methods))
