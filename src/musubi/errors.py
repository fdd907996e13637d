"""Errors, named for the thing that is wrong. One tree, one JSON problem shape (RFC 9457).

MusubiError
  Unreadable            a file cannot be read as a text
    NotText             not UTF-8, or holds NUL
    EmptyDocument       nothing in it
  UnknownDocument       no seed describes it
  ChangedDocument       its bytes are not those that were read
  InvalidSeed           a document record or a statement row is wrong
  InvalidRule           a reading rule is wrong
  InvalidGraph          ontology, shapes or queries are wrong
  NoRelease             nothing was built yet, or the release is damaged
  AddressTaken          the server cannot listen where it should
  BadRequest            a request is wrong
    BadQuery            SPARQL that does not parse or is refused by the guard
    BadParameter        a parameter of a question is missing or has a wrong value
    NotAcceptable       no representation fits
    UpdateRefused       the endpoint only reads
    ServiceRefused      the endpoint asks nobody else
    NotFound            no such thing, question or page
  Unanswered            a right request that got no answer
    TimedOut            the limit was reached
    TooLarge            the answer is over the limit
    EvaluatorLost       the evaluating process died
    Busy                too many are waiting
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file or request, a line and a column, both from 1; 0 means not known."""

    source: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.source, *(str(n) for n in (self.line, self.column) if n)])


class MusubiError(Exception):
    """Base of all errors that musubi raises on purpose. `status` and `code` belong to the class."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "error"
    title: ClassVar[str] = "Something went wrong"

    def __init__(self, detail: str, place: Place | None = None, allowed: tuple[str, ...] = ()) -> None:
        super().__init__(f"{place}: {detail}" if place else detail)
        self.detail = detail
        self.place = place
        self.allowed = allowed

    def problem(self) -> dict[str, object]:
        """The error as a problem object (RFC 9457), with line, column and allowed values where there are any."""
        body: dict[str, object] = {
            "type": f"https://w3id.org/musubi/problem/{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
        }
        if self.place and self.place.line:
            body |= {"line": self.place.line, "column": self.place.column}
        if self.allowed:
            body["allowed"] = list(self.allowed)
        return body


class Unreadable(MusubiError):
    """A file cannot be read as a text."""

    code = "unreadable"
    title = "The file cannot be read"


class NotText(Unreadable):
    """The bytes are not UTF-8, or hold NUL."""

    code = "not-text"
    title = "The file is not a UTF-8 text"


class EmptyDocument(Unreadable):
    """The file holds no character but white space."""

    code = "empty-document"
    title = "The file is empty"


class UnknownDocument(MusubiError):
    """No document record has the SHA-256 of the file."""

    code = "unknown-document"
    title = "No seed describes this document"


class ChangedDocument(MusubiError):
    """A file carries the name of a known document but other bytes."""

    code = "changed-document"
    title = "The document has changed since it was read"


class InvalidSeed(MusubiError):
    """A document record or a statement row is wrong."""

    code = "invalid-seed"
    title = "A seed is wrong"


class InvalidRule(MusubiError):
    """A reading rule is wrong."""

    code = "invalid-rule"
    title = "A reading rule is wrong"


class InvalidGraph(MusubiError):
    """An ontology, shape or query file is wrong."""

    code = "invalid-graph"
    title = "A graph file is wrong"


class NoRelease(MusubiError):
    """Nothing was built yet, or the release is damaged."""

    status = 503
    code = "no-release"
    title = "There is no release to serve"


class AddressTaken(MusubiError):
    """The port is in use, or the address is not one of this machine."""

    code = "address-taken"
    title = "The server cannot listen there"


class BadRequest(MusubiError):
    """A request is wrong."""

    status = 400
    code = "bad-request"
    title = "The request is wrong"


class BadQuery(BadRequest):
    """The query does not parse, or the guard refuses it."""

    code = "bad-query"
    title = "The query is wrong"


class BadParameter(BadRequest):
    """A parameter is missing, unknown, or has a wrong value."""

    code = "bad-parameter"
    title = "A parameter is wrong"


class NotAcceptable(BadRequest):
    """No representation fits what the client accepts."""

    status = 406
    code = "not-acceptable"
    title = "No representation fits"


class UpdateRefused(BadRequest):
    """The endpoint only reads."""

    status = 403
    code = "update-refused"
    title = "This endpoint only reads"


class ServiceRefused(BadRequest):
    """The endpoint asks nobody else."""

    status = 403
    code = "service-refused"
    title = "This endpoint asks nobody else"


class NotFound(BadRequest):
    """No such thing, question or page."""

    status = 404
    code = "not-found"
    title = "Not found"


class Unanswered(MusubiError):
    """A right request that got no answer."""

    status = 503
    code = "unanswered"
    title = "No answer"


class TimedOut(Unanswered):
    """The evaluation was stopped at the time limit."""

    status = 504
    code = "timed-out"
    title = "The query took too long"


class TooLarge(Unanswered):
    """The answer is larger than the limit."""

    status = 507
    code = "too-large"
    title = "The answer is too large"


class EvaluatorLost(Unanswered):
    """The evaluating process died; a new one is starting."""

    code = "evaluator-lost"
    title = "The query ended its evaluator"


class Busy(Unanswered):
    """Too many requests are waiting."""

    code = "busy"
    title = "Too many requests are waiting"
