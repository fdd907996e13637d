"""The JSON-LD context: plain names for the terms of the ontology, generated from it and versioned with it.

Source: JSON-LD 1.1, section 4 (context definitions, language maps, type coercion).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import Blueprint, Response, current_app, json, request

from musubi.errors import NotFound
from musubi.server import asked, lookup
from musubi.server.media import CONTEXT
from musubi.server.negotiation import chosen
from musubi.server.reply import replied
from musubi.server.results import selected
from musubi.server.site import site
from musubi.vocabulary import PREFIXES

blueprint = Blueprint("context", __name__)

_KEPT = "musubi-context"
_TYPE, _RANGE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://www.w3.org/2000/01/rdf-schema#range"
_PROPERTIES = frozenset({"owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty"})
_BY_LANGUAGE, _TO_THING = {"@container": "@language"}, {"@type": "@id"}
# Names of other vocabularies that the graph uses. `mus` has no property of these names.
_FOREIGN: dict[str, tuple[str, dict[str, str]]] = {
    "label": ("rdfs:label", _BY_LANGUAGE),
    "comment": ("rdfs:comment", _BY_LANGUAGE),
    "isDefinedBy": ("rdfs:isDefinedBy", _TO_THING),
    "subClassOf": ("rdfs:subClassOf", _TO_THING),
    "subPropertyOf": ("rdfs:subPropertyOf", _TO_THING),
    "domain": ("rdfs:domain", _TO_THING),
    "range": ("rdfs:range", _TO_THING),
    "altLabel": ("skos:altLabel", _BY_LANGUAGE),
    "hiddenLabel": ("skos:hiddenLabel", _BY_LANGUAGE),
    "definition": ("skos:definition", _BY_LANGUAGE),
    "scopeNote": ("skos:scopeNote", _BY_LANGUAGE),
    "inScheme": ("skos:inScheme", _TO_THING),
    "publisher": ("dcterms:publisher", _TO_THING),
    "license": ("dcterms:license", _TO_THING),
    "source": ("dcterms:source", _TO_THING),
    "language": ("dcterms:language", {}),
}
_WHOLE = frozenset({"xsd:integer", "xsd:nonNegativeInteger", "xsd:positiveInteger"})
# Annotations have no range in OWL 2 DL: what their values are is said here.
_ANNOTATIONS: dict[str, dict[str, str]] = {
    "hasStatedProperty": {"@type": "@vocab"},
    "timeLabel": _BY_LANGUAGE,
    "extractionNote": _BY_LANGUAGE,
}


@dataclass(frozen=True, slots=True)
class _Kept:
    """The context of one release and its version."""

    version: str
    terms: dict[str, object]


@blueprint.get("/context.jsonld")
def current() -> Response:
    """The context of the current version."""
    return _given()


@blueprint.get("/context/<version>.jsonld")
def versioned(version: str) -> Response:
    """The context of one version. Raises: NotFound, naming the current version."""
    if version != ontology_version():
        known = f"context/{ontology_version()}.jsonld"
        raise NotFound(f"there is no context of version {version}; the current one is {known}", allowed=(known,))
    return _given()


def address() -> str:
    """The IRI of the current context, which answers refer to."""
    return f"{site().names.base}context/{ontology_version()}.jsonld"


def ontology_version() -> str:
    """The version that the ontology of the release gives itself; `0` where it gives none."""
    return _kept().version


def context() -> dict[str, object]:
    """The context, without the `@context` around it."""
    return _kept().terms


def _given() -> Response:
    choice = chosen(request.headers.get("Accept"), (CONTEXT,))
    return replied(choice, asked.language(), lambda: json.dumps({"@context": context()}, ensure_ascii=False, indent=1))


def _kept() -> _Kept:
    kept = current_app.extensions
    if _KEPT not in kept:
        about = {"ontology": f"{site().names.base}ontology"}
        rows = selected(site().engine, lookup.query("version", site().names, about))
        kept[_KEPT] = _Kept(rows[0]["version"].value if rows else "0", _context())
    return cast(_Kept, kept[_KEPT])


def _context() -> dict[str, object]:
    names = site().names
    found: dict[str, object] = {
        "@version": 1.1,
        "@vocab": names.iri("mus:x")[:-1],
        "iri": "@id",
        "type": "@type",
        "graph": "@graph",
        "statements": {"@reverse": "mus:isAbout"},
    }
    # `graph:` cannot be a prefix beside the plain name of @graph, whose CURIEs nobody writes.
    found |= {prefix: names.iri(f"{prefix}:x")[:-1] for prefix in PREFIXES if prefix != "graph"}
    found |= {name: {"@id": curie, **how} for name, (curie, how) in _FOREIGN.items()}
    said: dict[str, set[str]] = {}
    for row in selected(site().engine, lookup.query("terms", names)):
        if row["property"].value in (_TYPE, _RANGE):
            said.setdefault(names.curie(row["term"].value), set()).add(names.curie(row["value"].value))
    for curie, is_said in said.items():
        name = curie.partition(":")[2]
        if is_said & _PROPERTIES and name not in found:
            found[name] = {"@id": curie, **_coercion(name, is_said)}
    return found


def _coercion(name: str, said: set[str]) -> dict[str, str]:
    """How values of a property are written, by its types and ranges (CURIEs): as names of things, or as literals."""
    if name in _ANNOTATIONS:
        return _ANNOTATIONS[name]
    if "owl:ObjectProperty" in said:
        return _TO_THING
    datatype = next((one for one in sorted(said) if one.startswith("xsd:")), "")
    if datatype in _WHOLE:
        # The engine writes all whole numbers as xsd:integer.
        return {"@type": "xsd:integer"}
    return {"@type": datatype} if datatype not in ("", "xsd:string") else {}
