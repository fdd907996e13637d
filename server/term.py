"""RDF terms as text for a query. What comes out is one term, whatever went in: nothing can be injected through it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

_XSD = "http://www.w3.org/2001/XMLSchema#"
_ANY = (
    r"[A-Za-z0-9\-._~!$&'()*+,;=\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef"
    + "".join(f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 14))
    + r"]|%[0-9A-Fa-f]{2}"
)
_IRI = re.compile(
    rf"[A-Za-z][A-Za-z0-9+.-]*:(?://(?:(?:{_ANY}|:)*@)?(?:{_ANY})*(?::[0-9]{{0,5}})?(?=[/?#]|\Z)|(?!//))"
    rf"(?:{_ANY}|[:@/])*(?:\?(?:{_ANY}|[:@/?])*)?(?:\#(?:{_ANY}|[:@/?])*)?\Z"
)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_TO_ESCAPE = re.compile(r'[\\"\n\r\t\b\f]')


def is_iri(text: str) -> bool:
    """Whether a text is an absolute IRI; those with private characters or an address in brackets are none here.

    Source: RFC 3987, section 2.2.
    """
    return _IRI.match(text) is not None


def iri(text: str) -> str:
    """An absolute IRI between angle brackets. Raises ValueError, if the text is none."""
    if not is_iri(text):
        raise ValueError(f"not an absolute IRI: {text!r}")
    return f"<{text}>"


def string(text: str) -> str:
    """A plain literal in quotation marks.

    Raises ValueError, if the text has half a surrogate pair or U+0000, which no query can hold.
    """
    if any(character == "\0" or "\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("the text holds something that is no character")
    return '"' + _TO_ESCAPE.sub(lambda match: _ESCAPES[match[0]], text) + '"'


def day(value: date) -> str:
    """The first moment of a calendar day as xsd:dateTime without zone, as the times in the graph are."""
    return f'"{value.isoformat()}T00:00:00"^^<{_XSD}dateTime>'


def number(value: Decimal) -> str:
    """A number as xsd:decimal."""
    return f'"{value:f}"^^<{_XSD}decimal>'
