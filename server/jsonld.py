"""JSON-LD with our own context: compacted, or as one nested object. Nothing is ever fetched for it.

Source: JSON-LD 1.1 Processing Algorithms and API; JSON-LD 1.1 Framing.
"""

from __future__ import annotations

from typing import NoReturn

from flask import json
from pyld import jsonld

from musubi.server import context

_XSD = "http://www.w3.org/2001/XMLSchema#"
_WHOLE = frozenset(f"{_XSD}{name}" for name in ("integer", "nonNegativeInteger", "positiveInteger"))


def compacted(expanded: bytes) -> bytes:
    """The same graph with plain names, referring to the context by its IRI."""
    options = {"documentLoader": _refused, "graph": True}
    written = jsonld.compact(_native(json.loads(expanded)), context.context(), options)
    return _referring(written)


def tree(expanded: bytes, iri: str) -> bytes:
    """The thing as one object, what it points to inside it, the statements about it under `statements`."""
    frame = {"@context": context.context(), "@id": iri, "statements": {"@embed": "@always"}}
    options = {"documentLoader": _refused, "embed": "@always", "omitGraph": True, "omitDefault": True}
    return _referring(jsonld.frame(_native(json.loads(expanded)), frame, options))


def _referring(written: dict[str, object]) -> bytes:
    return json.dumps(
        {**written, "@context": context.address()}, ensure_ascii=False, indent=1, sort_keys=False
    ).encode()


def _native(node: object) -> object:
    """The expanded form with whole numbers and truth values of JSON, where they stand for the very same literal."""
    if isinstance(node, list):
        return [_native(one) for one in node]
    if not isinstance(node, dict):
        return node
    value, datatype = node.get("@value"), node.get("@type")
    if datatype in _WHOLE and isinstance(value, str) and value == str(_number(value)):
        return {**node, "@value": _number(value)}
    if datatype == f"{_XSD}boolean" and value in ("true", "false"):
        return {**node, "@value": value == "true"}
    return {key: _native(one) for key, one in node.items()}


def _number(text: str) -> int | None:
    # Beyond this, readers in JavaScript would see another number.
    return (
        int(text) if text.removeprefix("-").isascii() and text.removeprefix("-").isdigit() and len(text) < 16 else None
    )


def _refused(url: str, options: object = None) -> NoReturn:
    raise jsonld.JsonLdError(f"{url} is not fetched", "jsonld.LoadDocumentError", code="loading document failed")
