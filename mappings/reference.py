"""Reference data as the reader needs it: which surface forms name which thing, and which terms exist."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from musubi.data import ontology_files, reference_files
from musubi.mappings.normal import normalised
from musubi.vocabulary import PREFIXES, Names, kind

_NAMES = Names()
_COUNTRY_CHARACTER = URIRef(PREFIXES["mus"] + "countryCharacter")


@dataclass(frozen=True)
class Reference:
    """Terms of the ontology and things of the reference data, by CURIE."""

    properties: frozenset[str]
    """Object, data and annotation properties of the ontology."""
    object_properties: frozenset[str]
    classes: frozenset[str]
    concepts: frozenset[str]
    things: frozenset[str]
    surfaces: dict[str, str]
    """Normalised surface form -> thing."""
    labels: dict[str, dict[str, str]]
    """Thing, concept or term -> language -> label."""
    country_characters: dict[str, str]
    """Character that stands for a country in compounds (日 in 日仏) -> state or organisation."""


@cache
def reference() -> Reference:
    """The reference data that the package carries, read once."""
    return loaded(ontology_files(), reference_files())


def loaded(ontology: Iterable[Path], things: Iterable[Path]) -> Reference:
    """The reference that these Turtle files hold. Raises ValueError, if one surface form names two things."""
    terms, data = _graph(ontology), _graph(things)
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    return Reference(
        properties=frozenset(c for k in kinds for c in _curies(terms, k, "mus:")),
        object_properties=frozenset(_curies(terms, OWL.ObjectProperty, "mus:")),
        classes=frozenset(_curies(terms, OWL.Class, "mus:")),
        concepts=frozenset(c for c in _subjects(terms) if c.startswith("scheme:") and "/" in c),
        things=frozenset(c for c in _subjects(data) if kind(c)),
        surfaces=_surfaces(data),
        labels=_labels(terms) | _labels(data),
        country_characters={str(o): _NAMES.curie(str(s)) for s, o in sorted(data.subject_objects(_COUNTRY_CHARACTER))},
    )


def _graph(files: Iterable[Path]) -> Graph:
    graph = Graph()
    for file in files:
        graph.parse(file, format="turtle")
    return graph


def _curies(graph: Graph, type_: URIRef, prefix: str) -> list[str]:
    found = (_NAMES.curie(str(s)) for s in graph.subjects(RDF.type, type_))
    return [c for c in found if c.startswith(prefix)]


def _subjects(graph: Graph) -> set[str]:
    return {_NAMES.curie(str(s)) for s in graph.subjects(unique=True) if isinstance(s, URIRef)}


def _surfaces(graph: Graph) -> dict[str, str]:
    surfaces: dict[str, str] = {}
    for predicate in (RDFS.label, SKOS.altLabel, SKOS.hiddenLabel):
        for subject, label in sorted(graph.subject_objects(predicate)):
            surface, thing = normalised(str(label)).text, _NAMES.curie(str(subject))
            if surfaces.setdefault(surface, thing) != thing:
                raise ValueError(f"{surface!r} names both {surfaces[surface]} and {thing}")
    return surfaces


def _labels(graph: Graph) -> dict[str, dict[str, str]]:
    labels: dict[str, dict[str, str]] = {}
    for subject, label in graph.subject_objects(RDFS.label):
        if isinstance(label, Literal) and label.language:
            labels.setdefault(_NAMES.curie(str(subject)), {})[label.language] = str(label)
    return labels
