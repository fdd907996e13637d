"""rdflib: addresses of things parsed as they are, and our endpoint as a store."""

from __future__ import annotations

import pytest
import rdflib
from rdflib import RDF, RDFS, Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from musubi.build.release import Release
from musubi.vocabulary import BASE

# rdflib's own readers of N3 and of datasets use names that rdflib itself gives up.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]

THING = URIRef(f"{BASE}id/mission/artemis-2")
MISSION = URIRef(f"{BASE}ontology#Mission")
THINGS = ["id/mission/artemis-2", "id/state/jpn", "id/instrument/gateway-mou", "scheme/modality/planned", "ontology"]
# What rdflib calls a format, with the suffix that names it in an address.
FORMATS = {"turtle": "ttl", "nt": "nt", "xml": "rdf", "json-ld": "jsonld", "n3": "ttl"}


@pytest.fixture
def store(server: str) -> Graph:
    return Graph(SPARQLStore(f"{server}sparql"))


@pytest.mark.parametrize("path", THINGS)
def test_an_address_is_parsed_without_saying_a_format(path: str, server: str) -> None:
    graph = Graph().parse(f"{server}{path}")
    assert set(graph.objects(URIRef(f"{BASE}{path}"), RDF.type))


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "json-ld"])
def test_an_address_is_parsed_in_the_format_that_is_said(name: str, server: str) -> None:
    graph = Graph().parse(f"{server}id/mission/artemis-2", format=name)
    assert (THING, RDF.type, MISSION) in graph
    assert graph.isomorphic(Graph().parse(f"{server}data/mission/artemis-2.ttl"))


@pytest.mark.parametrize("suffix", sorted({*FORMATS.values()} - {"jsonld"}))
def test_a_file_is_parsed_by_its_media_type(suffix: str, server: str) -> None:
    assert (THING, RDF.type, MISSION) in Graph().parse(f"{server}data/mission/artemis-2.{suffix}")


@pytest.mark.parametrize("suffix", ["nq", "trig"])
def test_a_whole_dump_is_parsed_as_a_dataset(suffix: str, server: str, release: Release) -> None:
    dataset = rdflib.Dataset().parse(f"{server}data/dumps/{release.id}/dataset.{suffix}")
    assert sum(1 for _ in dataset.quads()) == release.record["quads"]


def test_store_selects_asks_and_constructs(store: Graph, server: str) -> None:
    selected = list(store.query("SELECT ?m WHERE { ?m a <https://w3id.org/musubi/ontology#Mission> } ORDER BY ?m"))
    assert [THING] in [list(row) for row in selected]
    assert store.query(f"ASK {{ <{THING}> ?p ?o }}").askAnswer is True
    assert store.query(f"ASK {{ <{THING}nope> ?p ?o }}").askAnswer is False
    made = store.query(f"CONSTRUCT WHERE {{ <{THING}> a ?type }}").graph
    assert made is not None
    assert (THING, RDF.type, MISSION) in made


def test_store_answers_what_a_graph_is_asked(store: Graph, release: Release) -> None:
    assert (THING, RDF.type, MISSION) in store
    assert {label.language for label in store.objects(THING, RDFS.label) if isinstance(label, Literal)} == {"en", "ja"}
    assert len(list(store.subjects(RDF.type, MISSION))) >= 2


def test_store_finds_text_in_japanese(store: Graph) -> None:
    label = next(one for one in store.objects(THING, RDFS.label) if isinstance(one, Literal) and one.language == "ja")
    assert THING in set(store.subjects(RDFS.label, label))


def test_store_lists_named_graphs(server: str, release: Release) -> None:
    found = {str(graph) for graph in SPARQLStore(f"{server}sparql", context_aware=True).contexts()}
    assert found == set(release.record["graphs"])
