"""SPARQLWrapper: each form of query, in each format it knows, by GET and by POST."""

from __future__ import annotations

import json
from typing import Any
from xml.dom.minidom import Document

import pytest
from rdflib import RDF, Dataset, Graph, URIRef
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper import RDF as RDF_FORMAT
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from musubi.vocabulary import BASE

# It reads RDF into a class that rdflib gives up, and knows the format "rdf" only half.
pytestmark = [
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:Sending Accept header:RuntimeWarning"),
    pytest.mark.filterwarnings("ignore:Format requested was RDF:RuntimeWarning"),
]

THING, MISSION = f"{BASE}id/mission/artemis-2", f"{BASE}ontology#Mission"
SELECT = f"SELECT ?type WHERE {{ <{THING}> a ?type }} ORDER BY ?type"
ASK = f"ASK {{ <{THING}> a <{MISSION}> }}"
GRAPHS = {
    "CONSTRUCT": f"CONSTRUCT WHERE {{ <{THING}> a ?type }}",
    "DESCRIBE": f"DESCRIBE <{THING}>",
}
WAYS = [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]
each_way = pytest.mark.parametrize(("method", "how"), WAYS, ids=lambda one: str(one))


def asked(server: str, query: str, form: str, method: str, how: str, only_headers: bool = False) -> Any:
    wrapper = SPARQLWrapper(f"{server}sparql", returnFormat=form)
    wrapper.setOnlyConneg(only_headers)
    wrapper.setMethod(method)
    wrapper.setRequestMethod(how)
    wrapper.setQuery(query)
    return wrapper.query()


@each_way
@pytest.mark.parametrize("only_headers", [False, True])
@pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
def test_select_and_ask_are_answered(form: str, only_headers: bool, method: str, how: str, server: str) -> None:
    answer = asked(server, SELECT, form, method, how, only_headers).convert()
    truth = asked(server, ASK, form, method, how, only_headers).convert()
    if form == JSON:
        assert MISSION in [row["type"]["value"] for row in answer["results"]["bindings"]]
        assert truth["boolean"] is True
    elif form == XML:
        assert isinstance(answer, Document)
        assert MISSION in answer.toxml()
        assert ">true<" in truth.toxml()
    else:
        assert MISSION in answer.decode()
        assert b"true" in truth


@each_way
@pytest.mark.parametrize("only_headers", [False, True])
@pytest.mark.parametrize("form", [TURTLE, N3, RDFXML, RDF_FORMAT, XML, JSONLD])
@pytest.mark.parametrize("kind", GRAPHS)
def test_construct_and_describe_are_answered(
    kind: str, form: str, only_headers: bool, method: str, how: str, server: str
) -> None:
    result = asked(server, GRAPHS[kind], form, method, how, only_headers)
    media_type = result.info()["content-type"].partition(";")[0]
    answer = result.convert()
    graph = answer if isinstance(answer, Graph) else Graph().parse(data=answer, format=media_type)
    assert (URIRef(THING), RDF.type, URIRef(MISSION)) in (
        {(s, p, o) for s, p, o, _ in graph.quads()} if isinstance(graph, Dataset) else graph
    )


@pytest.mark.parametrize(("method", "how"), WAYS)
def test_a_wrong_query_is_told_as_one(method: str, how: str, server: str) -> None:
    with pytest.raises(QueryBadFormed, match="bad-query"):
        asked(server, "SELECT WHERE", JSON, method, how)


def test_a_default_graph_narrows_the_answer(server: str) -> None:
    wrapper = SPARQLWrapper(f"{server}sparql", returnFormat=JSON, defaultGraph=f"{BASE}graph/schemes")
    wrapper.setQuery("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    narrow = int(wrapper.query().convert()["results"]["bindings"][0]["n"]["value"])
    whole = asked(server, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", JSON, GET, URLENCODED).convert()
    assert 0 < narrow < int(whole["results"]["bindings"][0]["n"]["value"])
    assert json.dumps(whole)
