"""JSON-LD: plain names, one context that is versioned, a tree for those who want no graph, and nothing fetched."""

from __future__ import annotations

import json
import socket

import pytest
from flask import Flask
from flask.testing import FlaskClient
from invented import BASE
from pyld.jsonld import JsonLdError
from reading import inlined, triples

from musubi.server import jsonld
from musubi.server.context import address

LARK = f"{BASE}id/mission/lark"


def data(client: FlaskClient, path: str) -> dict[str, object]:
    response = client.get(path)
    assert (response.status_code, response.content_type) == (200, "application/ld+json")
    found: dict[str, object] = json.loads(response.data)
    return found


def test_context_is_versioned_and_answers_to_everybody(client: FlaskClient) -> None:
    current = client.get("/context.jsonld")
    assert current.headers["Access-Control-Allow-Origin"] == "*"
    (known,) = client.get("/context/99.jsonld").get_json()["allowed"]
    assert client.get(f"/{known}").data == current.data
    assert data(client, "/data/mission/lark.jsonld")["@context"] == f"{BASE}{known}"


def test_context_has_names_for_the_terms_with_their_kinds_of_value(client: FlaskClient) -> None:
    terms = json.loads(client.get("/context.jsonld").data)["@context"]
    assert terms["label"] == {"@id": "rdfs:label", "@container": "@language"}
    assert terms["isConductedUnder"] == {"@id": "mus:isConductedUnder", "@type": "@id"}
    assert terms["@vocab"] == f"{BASE}ontology#"


def test_data_have_plain_names_and_begin_with_the_thing(client: FlaskClient) -> None:
    nodes = data(client, "/data/mission/lark.jsonld")["graph"]
    assert isinstance(nodes, list)
    assert nodes[0]["iri"] == "id:mission/lark"
    assert nodes[0]["isConductedUnder"] == "id:instrument/aland-borea-framework"
    assert set(nodes[0]["label"]) == {"en", "ja"}
    assert {one["iri"].partition("/")[0] for one in nodes} >= {"id:mission", "id:statement", "id:span"}


@pytest.mark.parametrize(
    "path", ["mission/lark", "statement/s3", "scheme/modality/done", "instrument/aland-borea-framework"]
)
def test_compacted_data_are_the_same_graph(client: FlaskClient, path: str) -> None:
    compact = client.get(f"/data/{path}.jsonld").data
    plain = client.get(f"/data/{path}.nt").data
    assert triples(client, compact, "application/ld+json") == triples(client, plain, "application/n-triples")


def test_tree_is_one_object_with_statements_and_their_evidence_inside(client: FlaskClient) -> None:
    tree = data(client, "/data/mission/lark.jsonld?frame=tree")
    assert list(tree)[:4] == ["@context", "iri", "type", "label"]
    assert tree["iri"] == "id:mission/lark"
    assert "Mission" in str(tree["type"])
    framework = tree["isConductedUnder"]
    assert isinstance(framework, dict)
    assert framework["label"]["en"]
    stated = tree["statements"] if isinstance(tree["statements"], list) else [tree["statements"]]
    assert {one["iri"] for one in stated} >= {"id:statement/s5"}
    evidence = stated[0]["isSupportedBy"]
    assert evidence["isSpanOf"]["iri"].startswith("id:document/")
    assert "http" not in json.dumps({key: value for key, value in tree.items() if key != "@context"})


def test_tree_is_json_ld_that_says_nothing_the_graph_does_not(client: FlaskClient) -> None:
    tree = triples(client, client.get("/data/mission/lark.jsonld?frame=tree").data, "application/ld+json")
    graph = triples(client, client.get("/data/mission/lark.nt").data, "application/n-triples")
    assert tree - graph == set()
    assert len(tree) > 20


@pytest.mark.parametrize("path", ["/data/mission/lark.ttl?frame=tree", "/data/mission/lark.jsonld?frame=x"])
def test_frame_that_does_not_exist_is_refused(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 400


def test_nothing_is_fetched_to_write_json_ld(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*args: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    assert client.get("/data/mission/lark.jsonld").status_code == 200
    assert client.get("/data/mission/lark.jsonld?frame=tree").status_code == 200


def test_context_of_somebody_else_is_not_loaded(app: Flask) -> None:
    with app.test_request_context("/"), pytest.raises(JsonLdError, match="expand") as caught:
        jsonld.compacted(b'[{"@context": "http://localhost:1/evil", "http://a.example/p": [{"@value": "x"}]}]')
    assert "http://localhost:1/evil" in str(caught.getrepr(chain=True))


def test_numbers_and_truth_values_are_those_of_json_only_where_they_are_the_literal(app: Flask) -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    values = [("7", "integer"), ("007", "integer"), ("9" * 20, "integer"), ("true", "boolean"), ("1", "boolean")]
    written = [{"@value": value, "@type": xsd + datatype} for value, datatype in values]
    with app.test_request_context("/"):
        body = jsonld.compacted(json.dumps([{"@id": LARK, "http://a.example/p": written}]).encode())
    (node,) = json.loads(body)["graph"]
    assert [one["@value"] for one in node["http://a.example/p"]] == [7, "007", "9" * 20, True, "1"]


def test_reference_to_the_context_stays_below_the_base(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context("/"):
        assert address().startswith(f"{BASE}context/")
    assert b'"@vocab"' in inlined(client, client.get("/data/mission/lark.jsonld").data)
