"""Addresses as they arrive: with a slash too many, or with characters that have to be written otherwise."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, request

# What an IRI of ours may hold besides letters and digits, without being written as %XX.
_KEPT = "/:@!$&'()*+,;=~"


def quoted(path: str) -> str:
    """A path as an address writes it: UTF-8 behind percent signs."""
    return quote(path, safe=_KEPT)


def unslashed() -> Response | None:
    """308 to the address without the slashes at its end; None, where it has none."""
    if not request.path.endswith("/") or request.path == "/":
        return None
    # Not `//…`, which browsers take for another site.
    path = request.script_root + "/" + quoted(request.path.strip("/"))
    query = request.query_string.decode("latin-1")
    return Response(status=308, headers={"Location": f"{path}?{query}" if query else path})
