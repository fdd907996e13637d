"""Answers read back as graphs. JSON-LD refers to a context, which is asked for here and nowhere else."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pyoxigraph
from flask.testing import FlaskClient
from invented import BASE

Triple = tuple[str, str, str]


def inlined(client: FlaskClient, body: bytes) -> bytes:
    """JSON-LD with the context that this server has at the address it refers to."""
    document = json.loads(body)
    if isinstance(document, dict) and isinstance(document.get("@context"), str):
        assert document["@context"].startswith(BASE)
        answer = client.get("/" + document["@context"].removeprefix(BASE))
        assert (answer.status_code, answer.content_type) == (200, "application/ld+json")
        document["@context"] = answer.get_json(force=True)["@context"]
    return json.dumps(document).encode()


def triples(client: FlaskClient, body: bytes, media_type: str) -> set[Triple]:
    """The triples of an answer, whatever graph they are in; blank nodes are all one."""
    plain = media_type.partition(";")[0]
    text = inlined(client, body) if plain == "application/ld+json" else body
    quads = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.from_media_type(plain))
    return {(_name(one.subject), str(one.predicate), _name(one.object)) for one in quads}


def path(address: str) -> str:
    """The part of an address behind the host."""
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _name(term: object) -> str:
    return "_:" if isinstance(term, pyoxigraph.BlankNode) else str(term)
