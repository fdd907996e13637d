"""What data and endpoint say of themselves, over HTTP; whether it is true is tested in tests/build."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse

from musubi.server.app import create_app
from musubi.server.local import Local
from musubi.server.media import GRAPHS
from musubi.settings import Settings

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"


def triples(body: bytes, media_type: str) -> set[str]:
    form = RdfFormat.from_media_type(media_type)
    assert form is not None
    return {str(quad.triple) for quad in parse(body, form)}


@pytest.mark.parametrize("address", ["/void", "/sparql"])
def test_every_form_says_the_same(client: FlaskClient, address: str) -> None:
    said = {}
    for one in GRAPHS:
        response = client.get(address, headers={"Accept": one.media_type})
        assert response.content_type.partition(";")[0] == one.media_type
        said[one.media_type] = triples(response.data, one.media_type)
    assert len(said) == 6
    assert len({frozenset(one) for one in said.values()}) == 1
    assert len(said["text/turtle"]) > 20


def test_a_suffix_names_the_form(client: FlaskClient) -> None:
    assert client.get("/void.nt").content_type == "application/n-triples"
    assert client.get("/void.pdf").status_code == 404


def test_the_well_known_address_leads_there_and_its_body_is_as_long_as_it_says(client: FlaskClient) -> None:
    response = client.get("/.well-known/void")
    assert (response.status_code, response.headers["Location"]) == (303, "/void")
    assert response.content_length == len(response.data) == 0


def test_the_description_says_what_can_be_downloaded(client: FlaskClient) -> None:
    listed = client.get("/data.json").get_json()
    said = client.get("/void.nt").text
    for one in listed["dumps"]:
        assert f"/data/dumps/{listed['release']}/{one['name']}> <http://www.w3.org/ns/dcat#downloadURL>" in said
    assert said.count("ns/dcat#downloadURL>") == len(listed["dumps"]) >= 30


def test_the_count_of_the_endpoint_is_that_of_a_query(client: FlaskClient) -> None:
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    counted = client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/csv"}).text.split()[1]
    said = client.get("/sparql", headers={"Accept": "application/n-triples"}).text
    assert f'sparql#default> <{VOID}triples> "{counted}"' in said
    assert f"<{SD}defaultGraph>" in said


def test_another_contact_is_another_answer(settings: Settings, engine: Local, own_questions: None) -> None:
    answers = [
        create_app(replace(settings, contact=contact), engine).test_client().get("/void.nt")
        for contact in ("", "data@example.org")
    ]
    assert [b"mailto:data@example.org" in answer.data for answer in answers] == [False, True]
    assert answers[0].headers["ETag"] != answers[1].headers["ETag"]
