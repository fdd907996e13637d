"""Everything that goes wrong, in one shape: a problem object for programs, a page for people; never a stack trace.

Source: RFC 9457 (problem details), RFC 9110 (status codes, Allow, Retry-After).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import Flask, Response, json, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from musubi.errors import Busy, MusubiError, NoRelease
from musubi.server import asked, links
from musubi.server.media import HTML, PROBLEM
from musubi.server.negotiation import preferred
from musubi.server.page import html
from musubi.server.site import site
from musubi.vocabulary import kind

log = logging.getLogger(__name__)

_RETRY_SECONDS = 5
_HTTP_CODES = {
    400: "bad-request",
    404: "not-found",
    405: "method-not-allowed",
    413: "payload-too-large",
    415: "unsupported-media-type",
}


@dataclass(frozen=True, slots=True)
class _Problem:
    """What is told about an error."""

    code: str
    status: int
    body: dict[str, object]


def register(app: Flask) -> None:
    """Nothing; every error of the application is answered here."""
    app.register_error_handler(Exception, _answered)


def _answered(error: Exception) -> Response:
    problem = _problem(error)
    if problem.status >= 500:
        log.error("%s %s: %s", request.method, request.path, error, exc_info=error if problem.status == 500 else None)
    response = _shown(problem)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    if isinstance(error, Busy | NoRelease):
        response.headers["Retry-After"] = str(_RETRY_SECONDS)
    response.cache_control.no_store = True
    return response


def _problem(error: Exception) -> _Problem:
    if isinstance(error, MusubiError) and error.status != 500:
        return _Problem(error.code, error.status, error.problem())
    if isinstance(error, HTTPException) and error.code in _HTTP_CODES:
        named = MusubiError(error.description or error.name)
        code = _HTTP_CODES[error.code]
        told = {"type": str(named.problem()["type"]).replace(named.code, code), "title": error.name}
        return _Problem(code, error.code, named.problem() | told | {"status": error.code})
    # What it was stays in the log: its text may say too much.
    return _Problem(MusubiError.code, 500, MusubiError("the server made a mistake, which is in its log").problem())


def _shown(problem: _Problem) -> Response:
    choice = preferred(request.headers.get("Accept"), (PROBLEM, HTML))
    if choice is None or choice.representation is PROBLEM:
        return Response(json.dumps(problem.body), problem.status, content_type=PROBLEM.media_type)
    language = asked.language_for_a_problem()
    body = html("problem.html", language, problem=problem, allowed_at=_address)
    return Response(body, problem.status, content_type=choice.content_type)


def _address(allowed: str) -> str | None:
    """Where something that was suggested is shown; None for what has no address."""
    if kind(allowed):
        return links.shown(site().names.iri(allowed))
    return links.at(f"/{allowed}") if allowed.startswith(("graph/", "release/", "ontology/", "context/")) else None
