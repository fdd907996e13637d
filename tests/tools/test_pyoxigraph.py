"""pyoxigraph: what the endpoint and the addresses give, read by media type alone."""

from __future__ import annotations

import urllib.parse
import urllib.request

import pyoxigraph as ox
import pytest

from musubi.vocabulary import BASE

THING = ox.NamedNode(f"{BASE}id/mission/artemis-2")
MISSION = ox.NamedNode(f"{BASE}ontology#Mission")
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
RESULTS = ["application/sparql-results+json", "application/sparql-results+xml", "text/tab-separated-values"]
DATA = ["text/turtle", "application/n-triples", "application/n-quads", "application/trig", "application/rdf+xml"]


def got(address: str, media_type: str) -> tuple[bytes, str]:
    request = urllib.request.Request(address, headers={"Accept": media_type})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read(), answer.headers["Content-Type"]


@pytest.mark.parametrize("media_type", RESULTS)
def test_results_are_read_by_their_media_type(media_type: str, server: str) -> None:
    query = urllib.parse.quote(f"SELECT ?type WHERE {{ <{THING.value}> a ?type }}")
    body, given = got(f"{server}sparql?query={query}", media_type)
    form = ox.QueryResultsFormat.from_media_type(given)
    assert form is not None
    found = ox.parse_query_results(body, format=form)
    assert isinstance(found, ox.QuerySolutions)
    assert MISSION in [row["type"] for row in found]


@pytest.mark.parametrize("media_type", RESULTS[:2])
def test_truth_is_read_by_its_media_type(media_type: str, server: str) -> None:
    body, given = got(f"{server}sparql?query=ASK%20%7B%7D", media_type)
    form = ox.QueryResultsFormat.from_media_type(given)
    assert form is not None
    assert bool(ox.parse_query_results(body, format=form))


@pytest.mark.parametrize("media_type", DATA)
def test_data_of_a_thing_are_read_by_their_media_type(media_type: str, server: str) -> None:
    body, given = got(f"{server}id/mission/artemis-2", media_type)
    form = ox.RdfFormat.from_media_type(given)
    assert form is not None
    assert (THING, TYPE, MISSION) in {(q.subject, q.predicate, q.object) for q in ox.parse(body, format=form)}


def test_all_forms_of_a_thing_hold_the_same(server: str) -> None:
    found = set()
    for media_type in DATA:
        form = ox.RdfFormat.from_media_type(media_type)
        body, _ = got(f"{server}data/mission/artemis-2", media_type)
        found.add(frozenset((q.subject, q.predicate, q.object) for q in ox.parse(body, format=form)))
    assert len(found) == 1
    assert len(next(iter(found))) > 20
