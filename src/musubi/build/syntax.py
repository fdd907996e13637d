"""The syntaxes that a release is written in: names, suffixes, media types and where each is specified."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Syntax = Literal["nquads", "trig", "ntriples", "turtle", "rdfxml", "jsonld"]

_FORMATS = "http://www.w3.org/ns/formats/"
GZIP = "application/gzip"


@dataclass(frozen=True, slots=True)
class Form:
    """One syntax. `iri` is its name in W3C's list of formats, `specification` the document that defines it."""

    suffix: str
    media_type: str
    iri: str
    specification: str


FORMS: dict[Syntax, Form] = {
    "nquads": Form("nq", "application/n-quads", _FORMATS + "N-Quads", "https://www.w3.org/TR/n-quads/"),
    "trig": Form("trig", "application/trig", _FORMATS + "TriG", "https://www.w3.org/TR/trig/"),
    "ntriples": Form("nt", "application/n-triples", _FORMATS + "N-Triples", "https://www.w3.org/TR/n-triples/"),
    "turtle": Form("ttl", "text/turtle", _FORMATS + "Turtle", "https://www.w3.org/TR/turtle/"),
    "rdfxml": Form("rdf", "application/rdf+xml", _FORMATS + "RDF_XML", "https://www.w3.org/TR/rdf-syntax-grammar/"),
    "jsonld": Form("jsonld", "application/ld+json", _FORMATS + "JSON-LD", "https://www.w3.org/TR/json-ld11/"),
}

OF_DATASET: tuple[Syntax, ...] = ("nquads", "trig", "jsonld")
"""Those that keep the names of graphs: the whole dataset is written in them."""
OF_TRIPLES: tuple[Syntax, ...] = ("turtle", "ntriples", "rdfxml", "jsonld")
"""Those that the union of all graphs, and each graph alone, are written in."""
