"""JSON-LD with our own context: compacted, or as one nested object. Nothing is ever fetched for it.

Source: JSON-LD 1.1 Processing Algorithms and API; JSON-LD 1.1 Framing.
"""

from __future__ import annotations

from typing import NoReturn

from flask import json
from pyld import jsonld

from musubi.server import context

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_XSD = "http://www.w3.org/2001/XMLSchema#"
# Beyond this many digits readers in JavaScript would see another number.
_MOST_DIGITS = 15
_FIRST, _LAST = ("@context", "iri", "type", "label"), ("statements",)


def compacted(expanded: bytes, first: str = "") -> bytes:
    """The same graph with plain names, referring to the context by its IRI. The node `first` stands before others."""
    nodes = sorted(_nodes(expanded), key=lambda node: node.get("@id") != first)
    options = {"documentLoader": _refused, "graph": True}
    return _written(jsonld.compact(nodes, context.context(), options))


def tree(expanded: bytes, iri: str) -> bytes:
    """The thing as one object, what it points to inside it, the statements about it under `statements`."""
    frame = {"@context": context.context(), "@id": iri, "statements": {"@embed": "@always"}}
    options = {"documentLoader": _refused, "embed": "@always", "omitGraph": True, "omitDefault": True}
    return _written(jsonld.frame(_nodes(expanded), frame, options))


def _nodes(expanded: bytes) -> list[dict[str, object]]:
    found: list[dict[str, object]] = _plain(json.loads(expanded))  # type: ignore[assignment]
    return found


def _plain(node: object) -> object:
    """The expanded form with classes under @type, and numbers and truth values of JSON where they are the literal."""
    if isinstance(node, list):
        return [_plain(one) for one in node]
    if not isinstance(node, dict):
        return node
    value = node.get("@value")
    if node.get("@type") == f"{_XSD}integer" and isinstance(value, str) and _is_exact(value):
        return {**node, "@value": int(value)}
    if node.get("@type") == f"{_XSD}boolean" and value in ("true", "false"):
        return {**node, "@value": value == "true"}
    plain = {key: _plain(one) for key, one in node.items() if key != _TYPE}
    return {**plain, "@type": [one["@id"] for one in node[_TYPE]]} if _TYPE in node else plain


def _is_exact(text: str) -> bool:
    """Whether a text is a whole number as JSON would write it."""
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS and text == str(int(text))


def _written(compact: dict[str, object]) -> bytes:
    referring = {**compact, "@context": context.address()}
    return (json.dumps(_ordered(referring), ensure_ascii=False, indent=1, sort_keys=False) + "\n").encode()


def _ordered(node: object) -> object:
    """The same with the keys in the order of reading: what it is, then what is said, then who says it."""
    if isinstance(node, list):
        return [_ordered(one) for one in node]
    if not isinstance(node, dict):
        return node
    middle = [key for key in node if key not in (*_FIRST, *_LAST)]
    keys = [key for key in (*_FIRST, *middle, *_LAST) if key in node]
    return {key: _ordered(node[key]) for key in keys}


def _refused(url: str, options: object = None) -> NoReturn:
    raise jsonld.JsonLdError(f"{url} is not fetched", "jsonld.LoadDocumentError", code="loading document failed")
