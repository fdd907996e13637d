"""What a release says of itself: documents, rules, software, sizes and what is in it (VoID, DCAT, PROV). No clock, so
the same sources give the same bytes.

Counts leave out the graph that holds them. What depends on the finished release, its id and its files, is not here
but in musubi.build.description.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, OWL, PROV, RDF, RDFS, VOID, XSD

from musubi import __version__
from musubi.build.quads import in_graph
from musubi.build.statistics import Statistics
from musubi.data import violation_files
from musubi.mappings.seeds import Seed
from musubi.vocabulary import Names

Triple = tuple[URIRef, URIRef, URIRef | Literal]

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
# Those that decide what is read and how it is written, which is why they are pinned exactly: DECISIONS.md.
_PINNED = ("pyoxigraph", "sudachipy", "sudachidict_core")
_SOURCES = ("ontology", "reference", "schemes", "shapes")


def provenance(sizes: Mapping[str, int], counts: Statistics, seeds: Sequence[Seed], names: Names) -> bytes:
    """The description as N-Quads of graph:provenance. `sizes` are the triples of each of the other graphs."""
    graph = Graph()
    for triple in [*_dataset(sizes, counts, names), *_software(names), *_checks(names), *_build(sizes, seeds, names)]:
        graph.add(triple)
    for triple in [*_partitions(counts, names), *_linksets(counts, names)]:
        graph.add(triple)
    for seed in seeds:
        for triple in _document(seed, names):
            graph.add(triple)
    return in_graph(graph, names.graph("provenance"))


def _dataset(sizes: Mapping[str, int], counts: Statistics, names: Names) -> Iterator[Triple]:
    node = _node(names, "dataset")
    yield node, RDF.type, VOID.Dataset
    yield node, RDF.type, DCAT.Dataset
    yield node, DCTERMS.title, Literal("musubi 宇宙協力知識グラフ", lang="ja")
    yield node, DCTERMS.title, Literal("musubi knowledge graph of space cooperation", lang="en")
    yield node, DCTERMS.license, URIRef(LICENCE)
    yield node, DCTERMS.publisher, _node(names, "")
    yield node, VOID.triples, _number(counts.triples)
    yield node, VOID.distinctSubjects, _number(counts.subjects)
    yield node, VOID.distinctObjects, _number(counts.objects)
    yield node, VOID.classes, _number(len(counts.classes))
    yield node, VOID.properties, _number(len(counts.properties))
    yield node, VOID.uriSpace, Literal(f"{names.base}id/")
    yield node, VOID.vocabulary, URIRef(names.iri("mus:x")[:-1])
    yield node, VOID.sparqlEndpoint, _node(names, "sparql")
    yield node, PROV.wasAttributedTo, _node(names, "software/musubi")
    yield node, PROV.wasGeneratedBy, _node(names, "build")
    yield node, DCTERMS.conformsTo, _node(names, "queries/checks")
    yield node, DCTERMS.conformsTo, _node(names, "ontology")
    for name, size in sizes.items():
        yield node, VOID.subset, URIRef(name)
        yield URIRef(name), RDF.type, VOID.Dataset
        yield URIRef(name), VOID.triples, _number(size)
        yield from _rule(name, names)


def _partitions(counts: Statistics, names: Names) -> Iterator[Triple]:
    node = _node(names, "dataset")
    for class_, entities in counts.classes.items():
        part = partition("class", class_, names)
        yield node, VOID.classPartition, part
        yield part, VOID["class"], URIRef(class_)
        yield part, VOID.entities, _number(entities)
    for property_, triples in counts.properties.items():
        part = partition("property", property_, names)
        yield node, VOID.propertyPartition, part
        yield part, VOID.property, URIRef(property_)
        yield part, VOID.triples, _number(triples)


def _linksets(counts: Statistics, names: Names) -> Iterator[Triple]:
    node = _node(names, "dataset")
    for (property_, site), triples in counts.links.items():
        links, target = partition("links", f"{property_} {site}", names), partition("site", site, names)
        yield node, VOID.subset, links
        yield links, RDF.type, VOID.Linkset
        yield links, VOID.linkPredicate, URIRef(property_)
        yield links, VOID.subjectsTarget, node
        yield links, VOID.objectsTarget, target
        yield links, VOID.triples, _number(triples)
        yield target, RDF.type, VOID.Dataset
        yield target, VOID.uriSpace, Literal(site)


def partition(kind: str, iri: str, names: Names) -> URIRef:
    """The name of a part of the dataset: by CURIE where there is one, else by hash."""
    curie = names.curie(iri)
    short = curie.replace(":", "-") if curie != iri else hashlib.sha256(iri.encode()).hexdigest()[:12]
    return _node(names, f"void#{kind}-{short}")


def _build(sizes: Mapping[str, int], seeds: Sequence[Seed], names: Names) -> Iterator[Triple]:
    """The activity that made the release. When it ran is not said: the same sources would give another release."""
    node = _node(names, "build")
    yield node, RDF.type, PROV.Activity
    for name in ("musubi", *_PINNED):
        yield node, PROV.wasAssociatedWith, _node(names, f"software/{name}")
    for seed in seeds:
        yield node, PROV.used, URIRef(names.document(seed.record.sha256))
    for source in _SOURCES:
        if names.graph(source) in sizes:
            yield node, PROV.used, URIRef(names.graph(source))


def _number(value: int) -> Literal:
    return Literal(value, datatype=XSD.integer)


def _rule(name: str, names: Names) -> Iterator[Triple]:
    start = names.graph("inferred/")
    if name.startswith(start):
        yield URIRef(name), RDFS.label, Literal(name[len(start) :])
        yield URIRef(name), PROV.wasDerivedFrom, URIRef(names.graph("ontology"))


def _document(seed: Seed, names: Names) -> Iterator[Triple]:
    graph = URIRef(names.graph(f"document/{seed.record.sha256[:12]}"))
    yield graph, PROV.wasDerivedFrom, URIRef(names.document(seed.record.sha256))
    for method in sorted({word for statement in seed.statements for word in statement.method.split()}):
        rule = _node(names, f"method/{method}")
        yield graph, PROV.wasInfluencedBy, rule
        yield rule, RDF.type, PROV.Plan
        yield rule, RDFS.label, Literal(method)
        identifier, _, number = method.rpartition("/")
        if identifier:
            yield rule, DCTERMS.identifier, Literal(identifier)
            yield rule, OWL.versionInfo, Literal(number)


def _software(names: Names) -> Iterator[Triple]:
    for name, number in [("musubi", __version__), *((name, version(name)) for name in _PINNED)]:
        node = _node(names, f"software/{name}")
        yield node, RDF.type, PROV.SoftwareAgent
        yield node, RDFS.label, Literal(name)
        yield node, OWL.versionInfo, Literal(number)


def _checks(names: Names) -> Iterator[Triple]:
    """The violation queries that the report rests on, so that other checks make another release."""
    node = _node(names, "queries/checks")
    yield node, RDF.type, PROV.Plan
    yield node, DCTERMS.identifier, Literal(f"sha256:{_digest(violation_files())}")


def _digest(files: Sequence[Path]) -> str:
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def _node(names: Names, path: str) -> URIRef:
    return URIRef(names.base + path)
