"""Checks of the ontology files. Each takes a graph and gives what is wrong, a line each; empty means right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, VANN
from rdflib.term import Node

from musubi.vocabulary import BASE, PREFIXES

NAMESPACE = PREFIXES["mus"]
ONTOLOGY = URIRef(BASE + "ontology")
LANGUAGES = {"ja", "en"}
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
BIBO_STATUS = URIRef(PREFIXES["bibo"] + "status")
# Header property -> languages it must be given in; none for values without language.
HEADER: dict[URIRef, set[str]] = {
    DCTERMS.title: LANGUAGES,
    DCTERMS.description: LANGUAGES,
    DCTERMS.creator: set(),
    DCTERMS.publisher: set(),
    DCTERMS.created: set(),
    DCTERMS.issued: set(),
    DCTERMS.modified: set(),
    DCTERMS.license: set(),
    DCTERMS.bibliographicCitation: {"en"},
    OWL.versionIRI: set(),
    OWL.versionInfo: set(),
    VANN.preferredNamespacePrefix: set(),
    VANN.preferredNamespaceUri: set(),
    BIBO_STATUS: set(),
}
# Parts of OWL, RDF, RDFS and XSD are the language itself, declared by nobody.
LANGUAGE_ITSELF = tuple(PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs", "xsd"))
_TERM = re.compile(r"(?:\bmus:|" + re.escape(NAMESPACE) + r")([A-Za-z]\w*)")


def own_terms(graph: Graph) -> list[URIRef]:
    """Own classes and properties, own concept schemes and their concepts, sorted."""
    declared = {s for kind in KINDS for s in graph.subjects(RDF.type, kind)}
    values = set(graph.subjects(RDF.type, SKOS.ConceptScheme)) | set(graph.subjects(SKOS.inScheme))
    return sorted(s for s in declared | values if isinstance(s, URIRef) and s.startswith(BASE))


def texts(graph: Graph, subject: Node, predicate: URIRef) -> list[Literal]:
    """The literals of one property of one subject."""
    return [o for o in graph.objects(subject, predicate) if isinstance(o, Literal)]


def unequal_languages(graph: Graph) -> list[str]:
    """Terms whose label or definition is not there exactly once in each language; notes in one language only."""
    found = []
    for term in own_terms(graph):
        for predicate, optional in ((RDFS.label, False), (SKOS.definition, False), (SKOS.scopeNote, True)):
            languages = sorted(str(o.language) for o in texts(graph, term, predicate))
            if languages != sorted(LANGUAGES) and not (optional and not languages):
                found.append(f"{term} {predicate.fragment or predicate}: {languages}")
    return found


def without_home(graph: Graph) -> list[str]:
    """Terms that do not say which ontology defines them, or name one that is not declared."""
    homes = set(graph.subjects(RDF.type, OWL.Ontology))
    return [str(t) for t in own_terms(graph) if not homes & set(graph.objects(t, RDFS.isDefinedBy))]


def shared_labels(graph: Graph) -> list[str]:
    """Labels that two terms of the same kind or two concepts of the same list have in common."""
    seen: dict[tuple[Node | None, Literal], URIRef] = {}
    found = []
    for term in own_terms(graph):
        properties = (KINDS - {OWL.Class}) & set(graph.objects(term, RDF.type))
        group = graph.value(term, SKOS.inScheme) or (RDF.Property if properties else graph.value(term, RDF.type))
        for label in texts(graph, term, RDFS.label):
            if (other := seen.setdefault((group, label), term)) != term:
                found.append(f"{label!s}: {other} and {term}")
    return found


def circular_definitions(graph: Graph) -> list[str]:
    """Terms whose definition uses their own label."""
    found = []
    for term in own_terms(graph):
        labels = {o.language: str(o) for o in texts(graph, term, RDFS.label)}
        for definition in texts(graph, term, SKOS.definition):
            label = re.escape(labels.get(definition.language, "\0"))
            if re.search(rf"\b{label}\b" if definition.language == "en" else label, str(definition), re.IGNORECASE):
                found.append(f"{term} in {definition.language}")
    return found


def misnamed(graph: Graph) -> list[str]:
    """Classes that are not UpperCamel, properties that are not lowerCamel."""
    found = []
    for term in (t for t in own_terms(graph) if t.startswith(NAMESPACE)):
        form = r"[A-Z][A-Za-z0-9]*" if (term, RDF.type, OWL.Class) in graph else r"[a-z][A-Za-z0-9]*"
        if not re.fullmatch(form, term.removeprefix(NAMESPACE)):
            found.append(str(term))
    return found


def missing_in_header(graph: Graph) -> list[str]:
    """Header properties of the ontology that are absent, or absent in a language."""
    found = []
    for predicate, languages in HEADER.items():
        values = list(graph.objects(ONTOLOGY, predicate))
        got = {o.language for o in values if isinstance(o, Literal)} - {None}
        if not values or got != languages:
            found.append(str(predicate))
    return found


def imports(graph: Graph) -> list[str]:
    """What is imported; nothing may be."""
    return [str(o) for o in graph.objects(None, OWL.imports)]


def declared_twice(graph: Graph) -> list[str]:
    """Terms declared as more than one kind of thing."""
    subjects = {s for kind in KINDS for s in graph.subjects(RDF.type, kind) if isinstance(s, URIRef)}
    return sorted(str(s) for s in subjects if len(KINDS & set(graph.objects(s, RDF.type))) > 1)


def functional(graph: Graph) -> list[str]:
    """Properties that would merge what two documents name differently."""
    kinds = (OWL.FunctionalProperty, OWL.InverseFunctionalProperty)
    return [str(s) for kind in kinds for s in graph.subjects(RDF.type, kind)]


def undeclared(graph: Graph) -> list[str]:
    """Predicates and classes in use, own or external, that are declared nowhere in the graph."""
    declared = {s for kind in KINDS for s in graph.subjects(RDF.type, kind)}
    used = set(graph.predicates()) | {o for o in graph.objects(None, RDF.type) if not isinstance(o, BNode)}
    used |= {o for p in (RDFS.subClassOf, RDFS.domain, RDFS.subPropertyOf) for o in graph.objects(None, p)}
    named = (t for t in used - declared if isinstance(t, URIRef))
    return sorted(str(t) for t in named if not str(t).startswith(LANGUAGE_ITSELF))


def unknown_names(files: Iterable[Path], graph: Graph) -> list[str]:
    """Own terms that a text (Turtle, query with header, comment) names though the graph does not declare them."""
    declared = {t.removeprefix(NAMESPACE) for t in own_terms(graph)}
    return [f"{file.name}:{line}: {name}" for file, line, name in names(files) if name not in declared]


def names(files: Iterable[Path]) -> Iterator[tuple[Path, int, str]]:
    """Each own term that a text names: file, line, local name."""
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1):
            yield from ((file, number, match[1]) for match in _TERM.finditer(line))
