"""The representations that are offered, by what is represented. The first of a table is the default.

Source: SPARQL 1.1 Query Results JSON, XML, CSV and TSV; RDF 1.1 Turtle, N-Triples, N-Quads, TriG, XML; JSON-LD 1.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Representation:
    """A form in which something is given. `also` are further names under which clients ask for the same bytes."""

    media_type: str
    suffixes: tuple[str, ...]
    also: tuple[str, ...] = ()

    @property
    def suffix(self) -> str:
        """The suffix that links use."""
        return self.suffixes[0]


HTML = Representation("text/html", ("html",))
JSON = Representation("application/json", ("json",))
CONTEXT = Representation("application/ld+json", ("jsonld",), ("application/json",))
PROBLEM = Representation("application/problem+json", ("json",), ("application/json",))

RESULTS = (
    Representation("application/sparql-results+json", ("json",), ("application/json",)),
    Representation("application/sparql-results+xml", ("xml", "srx"), ("application/xml", "text/xml")),
    Representation("text/csv", ("csv",)),
    Representation("text/tab-separated-values", ("tsv",)),
)

GRAPHS = (
    Representation("text/turtle", ("ttl",), ("application/x-turtle",)),
    Representation("application/ld+json", ("jsonld",), ("application/json",)),
    Representation("application/n-triples", ("nt",), ("text/plain",)),
    Representation("application/rdf+xml", ("rdf", "xml"), ("application/xml", "text/xml")),
    Representation("application/n-quads", ("nq",)),
    Representation("application/trig", ("trig",)),
)

# As rdflib and SPARQLWrapper call them. What is Turtle is N3 as well.
_CALLED = {"turtle": "ttl", "n3": "ttl", "json-ld": "jsonld", "rdf+xml": "rdf", "ntriples": "nt", "nquads": "nq"}


def by_suffix(suffix: str, offered: Sequence[Representation]) -> Representation | None:
    """The representation with this suffix (without a dot), or None where there is none."""
    return next((one for one in offered if suffix in one.suffixes), None)


def by_name(name: str, offered: Sequence[Representation]) -> Representation | None:
    """The representation that clients call so: by suffix, media type, or a name such as `turtle`; None for none."""
    named = _CALLED.get(name, name)
    fitting = (one for one in offered if named in (*one.suffixes, one.media_type, *one.also))
    return by_suffix(named, offered) or next(fitting, None)
