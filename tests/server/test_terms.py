"""The ontology on its own address."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from invented import BROWSER


@pytest.mark.parametrize(
    ("path", "accept", "type_"),
    [
        ("/ontology", None, "text/turtle"),
        ("/ontology", "application/rdf+xml", "application/rdf+xml"),
        ("/ontology", BROWSER, "text/html"),
        ("/ontology.jsonld", BROWSER, "application/ld+json"),
        ("/ontology.html", None, "text/html"),
    ],
)
def test_ontology_is_given_as_it_is_asked_for(client: FlaskClient, path: str, accept: str | None, type_: str) -> None:
    response = client.get(path, headers={"Accept": accept} if accept else {})
    assert (response.status_code, response.content_type.partition(";")[0]) == (200, type_)
    assert b"FrameworkAgreement" in response.data


def test_ontology_as_data_holds_nothing_else(client: FlaskClient) -> None:
    data = client.get("/ontology.nt").text
    assert "ontology#Mission>" in data
    assert "/id/" not in data


def test_page_has_an_anchor_label_and_definition_per_term(client: FlaskClient) -> None:
    page = client.get("/ontology.html?language=ja").text
    assert '<article class="term" id="FrameworkAgreement">' in page
    assert "枠組協定の定義。" in page
    assert "Definition of framework agreement." not in page
    assert '<span class="other" lang="en">framework agreement</span>' in page
    assert page.count('<article class="term"') == 23
