"""Findings: what a shape or a check says about one node, for a curator to act on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How serious a finding is; only violations make a check fail."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """What to do, in both languages."""

    ja: str
    en: str


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """Lines of a source document, both ends included, from 1."""

    document: str
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong or doubtful.

    `source` is the CURIE of the shape or the name of the check, `node` the IRI of what it is about, `details` what
    else the source tells (name and value), `evidence` the lines behind the node, where it has any.
    """

    severity: Severity
    source: str
    node: str
    message: Message
    details: tuple[tuple[str, str], ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def order(self) -> tuple[object, ...]:
        """The sort key: violations first, then by source and node."""
        return (list(Severity).index(self.severity), self.source, self.node, self.details)

    def as_json(self) -> dict[str, object]:
        """The finding as a JSON object."""
        return {
            "severity": self.severity.value,
            "source": self.source,
            "node": self.node,
            "message": {"ja": self.message.ja, "en": self.message.en},
            "details": dict(self.details),
            "evidence": [
                {"document": e.document, "first_line": e.first_line, "last_line": e.last_line} for e in self.evidence
            ],
        }
