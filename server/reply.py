"""Answers over HTTP: validators, languages, and the headers that every answer carries.

Source: RFC 9110 (Vary, ETag, If-None-Match), the Fetch standard (CORS), Content Security Policy 3.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

from flask import Response, request

from musubi import __version__
from musubi.server.negotiation import Choice
from musubi.server.site import site

_VARY = ("Accept", "Accept-Language")
_EVERYWHERE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Location, Retry-After",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    ),
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}
_PREFLIGHT = {
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def replied(choice: Choice, language: str, produce: Callable[[], bytes | str]) -> Response:
    """The answer that `produce` gives; where the client has it already, 304 without producing it."""
    tag = _tag(choice, language)
    cacheable = request.method in ("GET", "HEAD")
    if cacheable and request.if_none_match.contains_weak(tag):
        response = Response(status=304)
    else:
        response = Response(produce(), content_type=choice.content_type)
        response.headers["Content-Language"] = language
    if cacheable:
        response.set_etag(tag, weak=True)
        # To be asked about each time: the next release changes the answer.
        response.cache_control.no_cache = True
    return response


def finished(response: Response) -> Response:
    """The response with the headers that every one carries."""
    response.vary.update(_VARY)
    for name, value in _EVERYWHERE.items():
        response.headers.setdefault(name, value)
    if request.method == "OPTIONS":
        response.headers.update(_PREFLIGHT)
        response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "GET, HEAD, OPTIONS")
    return response


def _tag(choice: Choice, language: str) -> str:
    """A validator of everything that the answer depends on."""
    parts = [
        __version__,
        site().release.id,
        site().texts.any,
        site().settings.contact,
        request.url_root,
        request.full_path,
        request.query_string.decode("latin-1"),
        choice.content_type,
        language,
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]
