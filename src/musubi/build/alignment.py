"""How our terms and things stand to those of others: SSSOM files as graph:alignment.

The graph joins a release after reasoning and checking. A mapping tells readers where else to look; it is no axiom and
must not lead to conclusions here.

Source: SSSOM, the RDF form of its data model (slot IRIs), but with a name for each record.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, XSD

from musubi.build.quads import in_graph
from musubi.build.sssom import MappingSet, Row, mapping_set
from musubi.errors import InvalidGraph, Place
from musubi.vocabulary import BASE, Names

log = logging.getLogger(__name__)

SSSOM = Namespace("https://w3id.org/sssom/")
SEMAPV = "https://w3id.org/semapv/vocab/"
MATCHES = frozenset(
    {SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch, RDFS.subClassOf}
)
JUSTIFICATIONS = frozenset(SEMAPV + name for name in ("ManualMappingCuration", "LexicalMatching"))
# An identifier there tells nothing by itself: that it is the same thing must have been looked up somewhere.
OPAQUE = ("http://www.wikidata.org/entity/", "http://publications.europa.eu/resource/authority/")

Triple = tuple[URIRef, URIRef, URIRef | Literal]


@dataclass(frozen=True, slots=True)
class _Mapping:
    record: URIRef
    subject: URIRef
    predicate: URIRef
    object: URIRef
    justification: URIRef
    see_also: tuple[URIRef, ...]


def alignment(files: Sequence[Path], stated: bytes, names: Names) -> bytes:
    """The mappings of the files and a record of each, as N-Quads of graph:alignment, sorted.

    `stated` are ontology, value lists and reference data as N-Quads, each in its graph: what there is to map.

    Raises: InvalidGraph with file, line and column, if a file is wrong: a subject that there is not, a predicate that
    is no match or a subclass axiom that the ontology has not, a justification missing or unknown, a second mapping
    between the same two, an exact match with Wikidata or an EU authority table that names nothing to verify it by.
    """
    known = _Known(stated, names)
    graph = Graph()
    places: dict[tuple[URIRef, URIRef], Place] = {}
    for path in files:
        read = mapping_set(path)
        for triple in _description(read, path):
            graph.add(triple)
        for row in read.rows:
            mapping = _mapping(read, row)
            _check(mapping, row, known)
            _once(mapping, row, places)
            for triple in _triples(read, row, mapping):
                graph.add(triple)
    log.info("alignment: %d mappings in %d sets", len(places), len(files))
    return b"".join(sorted(in_graph(graph, names.graph("alignment")).splitlines(keepends=True)))


class _Known:
    """What can be mapped, and which subclass axioms the ontology has."""

    def __init__(self, stated: bytes, names: Names) -> None:
        ends = tuple(f" <{names.graph(path)}> .".encode() for path in ("ontology", "schemes", "reference"))
        lines = [line for line in stated.splitlines() if line.startswith(f"<{BASE}".encode()) and line.endswith(ends)]
        self.subjects = frozenset(line[1 : line.index(b">")].decode() for line in lines)
        self._lines = frozenset(lines)
        self._end = ends[0]

    def axiom(self, mapping: _Mapping) -> bool:
        line = f"<{mapping.subject}> <{mapping.predicate}> <{mapping.object}>".encode()
        return line + self._end in self._lines


def _mapping(read: MappingSet, row: Row) -> _Mapping:
    subject, predicate, value = (URIRef(read.iri(row, f"{slot}_id")) for slot in ("subject", "predicate", "object"))
    digest = hashlib.sha256(f"{subject} {predicate} {value}".encode()).hexdigest()[:12]
    return _Mapping(
        record=URIRef(f"{read.header['mapping_set_id']}#{digest}"),
        subject=subject,
        predicate=predicate,
        object=value,
        justification=URIRef(read.iri(row, "mapping_justification")),
        see_also=tuple(URIRef(address) for address in read.addresses(row)),
    )


def _check(mapping: _Mapping, row: Row, known: _Known) -> None:
    if str(mapping.subject) not in known.subjects:
        raise InvalidGraph(f"there is no {row['subject_id']}", row.place("subject_id"))
    if mapping.predicate not in MATCHES:
        raise InvalidGraph(f"{row['predicate_id']} is no way to map", row.place("predicate_id"))
    if mapping.predicate == RDFS.subClassOf and not known.axiom(mapping):
        raise InvalidGraph("the ontology does not have this axiom", row.place("predicate_id"))
    if str(mapping.justification) not in JUSTIFICATIONS:
        raise InvalidGraph(f"{row['mapping_justification']} is no justification", row.place("mapping_justification"))
    if mapping.predicate == SKOS.exactMatch and str(mapping.object).startswith(OPAQUE) and not mapping.see_also:
        raise InvalidGraph("an exact match must name where it was verified", row.place("see_also"))


def _once(mapping: _Mapping, row: Row, places: dict[tuple[URIRef, URIRef], Place]) -> None:
    pair = (mapping.subject, mapping.object)
    if pair in places:
        raise InvalidGraph(f"these two are mapped already: {places[pair]}", row.place("subject_id"))
    places[pair] = row.place("subject_id")


def _description(read: MappingSet, path: Path) -> Iterator[Triple]:
    name = f"{BASE}alignment/{path.name.removesuffix('.sssom.tsv')}"
    if read.header["mapping_set_id"] != name:
        raise InvalidGraph(f"mapping_set_id is not {name}", Place(path.name, 1, 1))
    node = URIRef(name)
    yield node, RDF.type, SSSOM.MappingSet
    yield node, DCTERMS.title, Literal(read.header["mapping_set_title"])
    yield node, DCTERMS.description, Literal(read.header["mapping_set_description"])
    yield node, DCTERMS.license, URIRef(read.header["license"])
    yield node, DCTERMS.created, Literal(read.header["mapping_date"], datatype=XSD.date)
    yield node, OWL.versionInfo, Literal(read.header["mapping_set_version"])
    yield node, RDFS.comment, Literal(read.header["comment"])
    yield node, SSSOM.object_source, URIRef(read.header["object_source"])


def _triples(read: MappingSet, row: Row, mapping: _Mapping) -> Iterator[Triple]:
    yield mapping.subject, mapping.predicate, mapping.object
    yield URIRef(read.header["mapping_set_id"]), SSSOM.mappings, mapping.record
    yield mapping.record, RDF.type, SSSOM.Mapping
    yield mapping.record, OWL.annotatedSource, mapping.subject
    yield mapping.record, OWL.annotatedProperty, mapping.predicate
    yield mapping.record, OWL.annotatedTarget, mapping.object
    yield mapping.record, SSSOM.mapping_justification, mapping.justification
    yield mapping.record, SSSOM.subject_label, Literal(row["subject_label"])
    yield mapping.record, SSSOM.object_label, Literal(row["object_label"])
    yield mapping.record, RDFS.comment, Literal(row["comment"])
    for address in mapping.see_also:
        yield mapping.record, RDFS.seeAlso, address
