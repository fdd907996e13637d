"""What a finished release says of itself to other machines: its own description, with what only the finished release
tells (id, files, checksums), and the description of an endpoint that serves it.

Source: VoID; DCAT 3, sections 6.7 and 6.8; SPDX 2.2 (checksums); SPARQL 1.1 Service Description.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS, VOID, XSD

from musubi.build.canonical import canonical
from musubi.build.dump import triples_of
from musubi.build.dumps import Dump, Dumps
from musubi.build.provenance import LICENCE
from musubi.build.release import Record, Release
from musubi.build.syntax import FORMS, OF_DATASET, OF_TRIPLES
from musubi.vocabulary import Names

Triple = tuple[URIRef, URIRef, URIRef | Literal]

# rdflib knows version 2 only, and warns of the terms that version 3 added.
_DCAT = Namespace("http://www.w3.org/ns/dcat#")
_SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_SPDX = Namespace("http://spdx.org/rdf/terms#")
_VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
_FORMATS = "http://www.w3.org/ns/formats/"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")


def description(release: Release, made: Dumps, names: Names, contact: str) -> bytes:
    """VoID, DCAT and PROV of a release as canonical N-Triples. `contact` is an IRI or an address of mail, or empty."""
    graph = Graph()
    for triple in [*_version(release.record, names), *_contact(contact, names)]:
        graph.add(triple)
    for one in made.manifest["dumps"]:
        for triple in _distribution(one, release.id, names):
            graph.add(triple)
    own = b"".join(triples_of(release.dataset, names.graph("provenance")))
    return canonical(own + graph.serialize(format="nt", encoding="utf-8"))


def service(release: Release, names: Names, triples: int) -> bytes:
    """The description of an endpoint as canonical N-Triples. `triples` are those of its default graph."""
    graph = Graph()
    for triple in [*_service(names), *_datasets(release.record, names, triples)]:
        graph.add(triple)
    return canonical(graph.serialize(format="nt", encoding="utf-8"))


def newest(record: Record) -> str:
    """The newest day (YYYY-MM-DD) that a document speaks of itself; empty where none is known."""
    return max((one["as_of_latest"][:10] for one in record["documents"]), default="")


def _version(record: Record, names: Names) -> Iterator[Triple]:
    dataset, version, period = (URIRef(names.base + p) for p in ("dataset", f"release/{record['id']}", "void#period"))
    yield dataset, _DCAT.version, Literal(record["id"])
    yield dataset, _DCAT.hasCurrentVersion, version
    yield dataset, VOID.dataDump, URIRef(f"{names.base}data/dumps/{record['id']}/dataset.nq")
    yield version, RDF.type, _DCAT.Dataset
    yield version, DCTERMS.identifier, Literal(f"sha256:{record['sha256']}")
    yield version, _DCAT.isVersionOf, dataset
    yield version, PROV.wasGeneratedBy, URIRef(f"{names.base}build")
    if newest(record):
        yield dataset, DCTERMS.temporal, period
        yield period, RDF.type, DCTERMS.PeriodOfTime
        yield period, _DCAT.endDate, Literal(newest(record), datatype=XSD.date)


def _contact(contact: str, names: Names) -> Iterator[Triple]:
    if contact:
        card = URIRef(f"{names.base}void#contact")
        is_mail = "@" in contact and ":" not in contact
        yield URIRef(f"{names.base}dataset"), _DCAT.contactPoint, card
        yield card, RDF.type, _VCARD.Kind
        yield (
            card,
            _VCARD.hasEmail if is_mail or contact.startswith("mailto:") else _VCARD.hasURL,
            URIRef(f"mailto:{quote(contact, safe='@')}" if is_mail else quote(contact, safe=":/?#[]@!$&'()*+,;=%~")),
        )


def _distribution(dump: Dump, release: str, names: Names) -> Iterator[Triple]:
    form = FORMS[dump["syntax"]]
    node = URIRef(f"{names.base}data/dumps/{release}/{dump['name']}")
    of = URIRef(dump["graph"] or f"{names.base}dataset")
    yield of, RDF.type, _DCAT.Dataset
    yield of, _DCAT.distribution, node
    yield node, RDF.type, _DCAT.Distribution
    yield node, _DCAT.downloadURL, node
    yield node, _DCAT.mediaType, URIRef(_MEDIA_TYPES + form.media_type)
    yield node, DCTERMS.conformsTo, URIRef(form.specification)
    yield node, _DCAT.byteSize, Literal(dump["bytes"], datatype=XSD.nonNegativeInteger)
    if dump["compression"]:
        yield node, _DCAT.compressFormat, URIRef(_MEDIA_TYPES + dump["compression"])
    yield node, _SPDX.checksum, URIRef(f"{node}#checksum")
    yield URIRef(f"{node}#checksum"), RDF.type, _SPDX.Checksum
    yield URIRef(f"{node}#checksum"), _SPDX.algorithm, _SPDX.checksumAlgorithm_sha256
    yield URIRef(f"{node}#checksum"), _SPDX.checksumValue, Literal(dump["sha256"], datatype=XSD.hexBinary)


def _service(names: Names) -> Iterator[Triple]:
    node = URIRef(f"{names.base}sparql")
    yield node, RDF.type, _SD.Service
    yield node, _SD.endpoint, node
    yield node, RDFS.label, Literal("musubi SPARQL", lang="en")
    yield node, _SD.supportedLanguage, _SD.SPARQL11Query
    yield node, _SD.feature, _SD.UnionDefaultGraph
    yield node, DCTERMS.license, URIRef(LICENCE)
    yield node, _SD.defaultDataset, URIRef(f"{names.base}sparql#dataset")
    yield node, _SD.availableGraphs, URIRef(f"{names.base}sparql#dataset")
    for form in [*_RESULTS, *_names_of_forms()]:
        yield node, _SD.resultFormat, URIRef(_FORMATS + form)


def _names_of_forms() -> Iterable[str]:
    return sorted({FORMS[syntax].iri.removeprefix(_FORMATS) for syntax in (*OF_DATASET, *OF_TRIPLES)})


def _datasets(record: Record, names: Names, triples: int) -> Iterator[Triple]:
    dataset, default = URIRef(f"{names.base}sparql#dataset"), URIRef(f"{names.base}sparql#default")
    yield dataset, RDF.type, _SD.Dataset
    yield dataset, RDF.type, _SD.GraphCollection
    yield dataset, DCTERMS.isVersionOf, URIRef(f"{names.base}dataset")
    yield dataset, _DCAT.version, Literal(record["id"])
    yield dataset, _SD.defaultGraph, default
    yield default, RDF.type, _SD.Graph
    yield default, VOID.triples, Literal(triples, datatype=XSD.integer)
    for name, size in record["graphs"].items():
        named, graph = URIRef(f"{name}#named"), URIRef(name)
        yield dataset, _SD.namedGraph, named
        yield named, RDF.type, _SD.NamedGraph
        yield named, _SD.name, graph
        yield named, _SD.graph, graph
        yield graph, RDF.type, _SD.Graph
        yield graph, VOID.triples, Literal(size, datatype=XSD.integer)
