"""The SPARQL endpoint keeps to the protocol. Source: SPARQL 1.1 Protocol, section 2.1, and its test suite."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from invented import BASE, BROWSER, DOC12

ALL = "SELECT * { ?s ?p ?o }"
ASK = "ASK { ?s ?p ?o }"
GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
REFERENCE = f"{BASE}graph/reference"


def asked(client: FlaskClient, query: str, accept: str | None = None, **fields: str):  # type: ignore[no-untyped-def]
    headers = {"Accept": accept} if accept else {}
    return client.get("/sparql?" + urlencode({"query": query} | fields), headers=headers)


def number(body: bytes) -> int:
    return int(json.loads(body)["results"]["bindings"][0]["n"]["value"])


def test_query_in_the_address_is_answered_as_json_by_default(client: FlaskClient) -> None:
    response = asked(client, ASK)
    assert (response.status_code, response.content_type) == (200, "application/sparql-results+json")
    assert response.get_json()["boolean"] is True


def test_query_in_a_form_is_answered(client: FlaskClient) -> None:
    response = client.post("/sparql", data={"query": ASK})
    assert (response.status_code, response.get_json()["boolean"]) == (200, True)


def test_query_as_the_body_is_answered(client: FlaskClient) -> None:
    response = client.post("/sparql", data=ASK, content_type=DIRECT)
    assert (response.status_code, response.get_json()["boolean"]) == (200, True)


def test_query_as_the_body_with_utf_8_named_is_answered(client: FlaskClient) -> None:
    query = "ASK { ?s ?p '国'@ja }".encode()
    response = client.post("/sparql", data=query, content_type=f"{DIRECT}; charset=UTF-8")
    assert response.get_json()["boolean"] is True


@pytest.mark.parametrize(
    ("accept", "begins"),
    [
        ("application/sparql-results+json", b'{"head"'),
        ("application/sparql-results+xml", b"<?xml"),
        ("text/csv", b"s,p,o\r\n"),
        ("text/tab-separated-values", b"?s\t?p\t?o\n"),
    ],
)
def test_rows_come_in_each_standard_format(client: FlaskClient, accept: str, begins: bytes) -> None:
    response = asked(client, ALL, accept)
    assert response.content_type.partition(";")[0] == accept
    assert response.data.startswith(begins)


@pytest.mark.parametrize("query", [GRAPH, f"DESCRIBE <{BASE}id/mission/lark>"])
@pytest.mark.parametrize(
    "accept",
    [
        "text/turtle",
        "application/ld+json",
        "application/n-triples",
        "application/rdf+xml",
        "application/n-quads",
        "application/trig",
    ],
)
def test_graphs_come_in_each_standard_format(client: FlaskClient, query: str, accept: str) -> None:
    response = asked(client, query, accept)
    assert response.status_code == 200
    assert response.content_type.partition(";")[0] == accept
    assert b"lark" in response.data


@pytest.mark.parametrize(("query", "accept"), [(ALL, "text/turtle"), (GRAPH, "text/csv"), (ASK, "image/png")])
def test_type_that_does_not_fit_the_query_is_not_acceptable(client: FlaskClient, query: str, accept: str) -> None:
    response = asked(client, query, accept)
    assert response.status_code == 406
    assert response.get_json()["allowed"]


@pytest.mark.parametrize(
    "address",
    ["/sparql?query=", "/sparql?query=%20", f"/sparql?query={quote(ASK)}&query={quote(ASK)}", "/sparql?query=&query="],
)
def test_no_query_or_two_queries_are_a_bad_request(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.get_json()["type"].rsplit("/", 1)[-1]) == (400, "bad-query")


def test_two_queries_in_a_form_are_a_bad_request(client: FlaskClient) -> None:
    body = f"query={quote(ASK)}&query={quote(ASK)}"
    assert client.post("/sparql", data=body, content_type=FORM).status_code == 400


def test_form_without_a_query_is_a_bad_request(client: FlaskClient) -> None:
    assert client.post("/sparql", data="", content_type=FORM).status_code == 400


def test_query_in_address_and_body_is_a_bad_request(client: FlaskClient) -> None:
    assert client.post(f"/sparql?query={quote(ASK)}", data=ASK, content_type=DIRECT).status_code == 400


@pytest.mark.parametrize("content_type", ["text/plain", "application/json", None, f"{DIRECT}; charset=utf-16"])
def test_body_of_another_type_is_unsupported(client: FlaskClient, content_type: str | None) -> None:
    assert client.post("/sparql", data=ASK, content_type=content_type).status_code == 415


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_not_allowed_and_the_allowed_ones_named(client: FlaskClient, method: str) -> None:
    response = client.open("/sparql", method=method)
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


def test_bytes_that_are_no_utf_8_are_a_bad_request_and_not_another_query(client: FlaskClient) -> None:
    query = quote("ASK { ?s ?p '") + "%FF" + quote("' }")
    assert client.get(f"/sparql?query={query}").status_code == 400
    assert client.post("/sparql", data=f"query={query}", content_type=FORM).status_code == 400
    assert client.post("/sparql", data=b"ASK { ?s ?p '\xff' }", content_type=DIRECT).status_code == 400


def test_form_is_decoded_once(client: FlaskClient) -> None:
    query = "SELECT ('100%2F5' AS ?x) { }"
    response = client.post("/sparql", data={"query": query})
    assert response.get_json()["results"]["bindings"][0]["x"]["value"] == "100%2F5"


def test_syntax_error_is_a_bad_request_with_its_place(client: FlaskClient) -> None:
    response = asked(client, "SELECT *\n{ ?s ?p }")
    assert (response.status_code, response.content_type) == (400, "application/problem+json")
    assert response.get_json()["line"] == 2


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "application/sparql-update"),
        ("update=CLEAR%20ALL", FORM),
        ("query=CLEAR%20ALL", FORM),
    ],
)
def test_updates_are_refused(client: FlaskClient, data: str, content_type: str) -> None:
    assert client.post("/sparql", data=data, content_type=content_type).status_code == 403


def test_update_in_the_address_is_refused(client: FlaskClient) -> None:
    assert client.get("/sparql?update=CLEAR%20ALL").status_code == 403


def test_call_to_another_server_is_refused(client: FlaskClient) -> None:
    assert asked(client, "SELECT * { SERVICE <http://127.0.0.1:9/> { } }").status_code == 403


def test_default_graph_of_the_request_is_the_whole_dataset(client: FlaskClient) -> None:
    everything = number(asked(client, COUNT).data)
    reference = number(asked(client, COUNT, **{"default-graph-uri": REFERENCE}).data)
    assert 0 < reference < everything
    assert number(asked(client, COUNT, **{"default-graph-uri": "http://e/nowhere"}).data) == 0
    assert number(asked(client, COUNT, **{"named-graph-uri": REFERENCE}).data) == 0


def test_named_graph_of_the_request_is_the_only_one(client: FlaskClient) -> None:
    graphs = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert number(asked(client, graphs).data) == 5
    assert number(asked(client, graphs, **{"named-graph-uri": REFERENCE}).data) == 1


def test_dataset_of_a_body_query_stands_in_the_address(client: FlaskClient) -> None:
    address = "/sparql?" + urlencode({"default-graph-uri": "http://e/nowhere"})
    assert number(client.post(address, data=COUNT, content_type=DIRECT).data) == 0


def test_dataset_of_a_form_query_stands_in_the_form(client: FlaskClient) -> None:
    form = {"query": COUNT, "default-graph-uri": "http://e/nowhere"}
    assert number(client.post("/sparql", data=form).data) == 0


@pytest.mark.parametrize("graph", ["nowhere", "http://e/a b", "<http://e/a>", ""])
def test_graph_that_is_no_absolute_iri_is_a_bad_request(client: FlaskClient, graph: str) -> None:
    assert asked(client, COUNT, **{"default-graph-uri": graph}).status_code == 400


def test_head_is_get_without_the_body(client: FlaskClient) -> None:
    address = "/sparql?" + urlencode({"query": ALL})
    head, get = client.head(address), client.get(address)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == str(len(get.data))
    assert head.headers["ETag"] == get.headers["ETag"]


def test_options_tell_other_sites_what_they_may_do(client: FlaskClient) -> None:
    response = client.options(
        "/sparql", headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    )
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]


def test_answer_is_not_sent_again_to_who_has_it(client: FlaskClient) -> None:
    first = asked(client, ALL, "text/csv")
    address, tag = "/sparql?" + urlencode({"query": ALL}), first.headers["ETag"]
    again = client.get(address, headers={"Accept": "text/csv", "If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert "Accept" in again.headers["Vary"]
    assert (
        client.get(address, headers={"Accept": "text/turtle, text/csv;q=0.1", "If-None-Match": tag}).status_code == 304
    )
    assert client.get(address, headers={"Accept": "application/json", "If-None-Match": tag}).status_code == 200
    assert client.get("/sparql?" + urlencode({"query": ASK}), headers={"If-None-Match": tag}).status_code == 200


def test_browser_without_a_query_gets_a_form(client: FlaskClient) -> None:
    response = client.get("/sparql", headers={"Accept": BROWSER})
    assert response.content_type == "text/html; charset=utf-8"
    assert "<textarea" in response.text
    assert "<script" not in response.text


def test_browser_with_a_query_gets_a_table_with_the_query_kept(client: FlaskClient) -> None:
    response = asked(client, "SELECT ?s { ?s a <https://w3id.org/musubi/ontology#Mission> } ORDER BY ?s", BROWSER)
    assert 'href="/page/mission/lark"' in response.text
    assert "SELECT ?s { ?s a &lt;https" in response.text


@pytest.mark.parametrize(("query", "shown"), [(ASK, "Yes."), ("ASK { ?s ?s ?s }", "No."), (GRAPH, "@prefix")])
def test_browser_gets_truth_and_graphs_in_the_page(client: FlaskClient, query: str, shown: str) -> None:
    assert shown in asked(client, query, BROWSER).text


@pytest.mark.parametrize(
    ("form", "type_"), [("csv", "text/csv"), ("html", "text/html"), ("srx", "application/sparql-results+xml")]
)
def test_format_of_a_form_goes_before_the_header(client: FlaskClient, form: str, type_: str) -> None:
    assert asked(client, ALL, BROWSER, format=form).content_type.partition(";")[0] == type_


@pytest.mark.parametrize("name", ["turtle", "n3", "ttl", "text/turtle"])
def test_format_of_a_graph_has_the_names_that_clients_give_it(client: FlaskClient, name: str) -> None:
    graph = "CONSTRUCT WHERE { ?s ?p ?o }"
    assert asked(client, graph, BROWSER, format=name).content_type == "text/turtle; charset=utf-8"


def test_of_several_formats_the_first_that_is_known_counts(client: FlaskClient) -> None:
    answer = client.get("/sparql", query_string={"query": ALL, "format": ["pdf", "text/csv", "tsv"]})
    assert answer.content_type == "text/csv; charset=utf-8"
    assert client.get("/sparql", query_string={"query": ALL, "format": ["pdf", "doc"]}).status_code == 404


def test_unknown_format_is_not_found(client: FlaskClient) -> None:
    assert asked(client, ALL, format="pdf").status_code == 404


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "application/rdf+xml", "*/*"])
def test_program_without_a_query_gets_the_description(client: FlaskClient, accept: str) -> None:
    response = client.get("/sparql", headers={"Accept": accept})
    assert response.status_code == 200
    assert b"sparql-service-description#" in response.data
    assert f"graph/document/{DOC12}".encode() in response.data.replace(b"\\", b"") or DOC12.encode() in response.data


def test_program_that_expects_rows_without_a_query_is_told(client: FlaskClient) -> None:
    response = client.get("/sparql", headers={"Accept": "text/csv"})
    assert (response.status_code, response.content_type) == (400, "application/problem+json")


def test_body_over_a_megabyte_is_too_large(client: FlaskClient) -> None:
    response = client.post("/sparql", data=b"#" * 1_000_001, content_type=DIRECT)
    assert response.status_code == 413
    assert response.content_type == "application/problem+json"
