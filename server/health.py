"""Whether this server can answer: it is asked, not assumed."""

from __future__ import annotations

from flask import Blueprint, Response, json

from musubi import __version__
from musubi.server import lookup
from musubi.server.media import JSON
from musubi.server.results import asked
from musubi.server.site import site

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
def health() -> Response:
    """200 with what is served, after an evaluator answered; an error, where none does."""
    type_ = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    answers = asked(site().engine, lookup.query("uses", site().names, {"property": type_}))
    status = "ok" if answers else "empty"
    body = {"status": status, "release": site().release.id, "version": __version__}
    response = Response(json.dumps(body), 200 if answers else 503, content_type=JSON.media_type)
    response.cache_control.no_store = True
    return response
