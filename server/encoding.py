"""gzip for clients that take it. Validators are weak, so that both encodings of an answer may share one.

Source: RFC 9110, sections 8.4, 8.8.3.3 and 12.5.3.
"""

from __future__ import annotations

import gzip

from flask import Flask, Response, request
from werkzeug.http import parse_accept_header

# Below this the answer fits one packet anyway.
_LEAST_BYTES = 860
_LEVEL = 6
_TEXTUAL = ("text/", "application/", "image/svg+xml")
_PACKED = frozenset({"application/gzip", "application/zip"})


def register(app: Flask) -> None:
    """Nothing; answers that are worth it are compressed."""
    app.after_request(_encoded)


def takes_gzip(header: str | None) -> bool:
    """Whether a client takes gzip and does not like the plain answer better.

    Without the header it is given the plain answer, although it would have to take any.
    """
    liked = {value.lower(): quality for value, quality in parse_accept_header(header or "")}
    anything = liked.get("*", 0)
    packed = max((liked[name] for name in ("gzip", "x-gzip") if name in liked), default=anything)
    # What is not named is taken, but anything that is named before it.
    plain = liked.get("identity", liked.get("*", 0))
    return packed > 0 and packed >= plain


def _encoded(response: Response) -> Response:
    # What is streamed is not to be held in memory.
    if (
        response.direct_passthrough
        or response.is_streamed
        or not (response.status_code == 304 or _is_worth_it(response))
    ):
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code == 304 or not takes_gzip(request.headers.get("Accept-Encoding")):
        return response
    # No time of day in it: the same answer has the same bytes.
    response.set_data(gzip.compress(response.get_data(), _LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    return response


def _is_worth_it(response: Response) -> bool:
    media_type = response.mimetype or ""
    textual = media_type.startswith(_TEXTUAL) and media_type not in _PACKED
    return textual and "Content-Encoding" not in response.headers and len(response.get_data()) >= _LEAST_BYTES
