"""What a release says of itself: documents, rules, software and sizes (VoID, DCAT, PROV). No clock, so the same
sources give the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, OWL, PROV, RDF, RDFS, VOID, XSD

from musubi import __version__
from musubi.build.quads import in_graph
from musubi.data import violation_files
from musubi.mappings.seeds import Seed
from musubi.vocabulary import Names

Triple = tuple[URIRef, URIRef, URIRef | Literal]


def provenance(sizes: Mapping[str, int], seeds: Sequence[Seed], names: Names) -> bytes:
    """The description as N-Quads of graph:provenance. `sizes` are the triples of each of the other graphs."""
    graph = Graph()
    for triple in [*_dataset(sizes, names), *_software(names), *_checks(names)]:
        graph.add(triple)
    for seed in seeds:
        for triple in _document(seed, names):
            graph.add(triple)
    return in_graph(graph, names.graph("provenance"))


def _dataset(sizes: Mapping[str, int], names: Names) -> Iterator[Triple]:
    node = _node(names, "dataset")
    yield node, RDF.type, VOID.Dataset
    yield node, RDF.type, DCAT.Dataset
    yield node, DCTERMS.title, Literal("musubi 宇宙協力知識グラフ", lang="ja")
    yield node, DCTERMS.title, Literal("musubi knowledge graph of space cooperation", lang="en")
    yield node, VOID.triples, Literal(sum(sizes.values()), datatype=XSD.integer)
    yield node, VOID.uriSpace, Literal(f"{names.base}id/")
    yield node, VOID.vocabulary, URIRef(names.iri("mus:x")[:-1])
    yield node, VOID.sparqlEndpoint, _node(names, "sparql")
    yield node, PROV.wasAttributedTo, _node(names, "software/musubi")
    yield node, DCTERMS.conformsTo, _node(names, "queries/checks")
    for name, size in sizes.items():
        yield node, VOID.subset, URIRef(name)
        yield URIRef(name), RDF.type, VOID.Dataset
        yield URIRef(name), VOID.triples, Literal(size, datatype=XSD.integer)
        yield from _rule(name, names)


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


def _software(names: Names) -> Iterator[Triple]:
    node = _node(names, "software/musubi")
    yield node, RDF.type, PROV.SoftwareAgent
    yield node, RDFS.label, Literal("musubi")
    yield node, OWL.versionInfo, Literal(__version__)


def _checks(names: Names) -> Iterator[Triple]:
    """The violation queries that the report rests on, so that other checks make another release."""
    node = _node(names, "queries/checks")
    yield node, RDF.type, PROV.Plan
    yield node, DCTERMS.identifier, Literal(f"sha256:{_digest(violation_files())}")


def _digest(files: Sequence[Path]) -> str:
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def _node(names: Names, path: str) -> URIRef:
    return URIRef(names.base + path)
