"""Canned questions over HTTP."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from invented import BASE, BROWSER, DOC12, XSD

from musubi.server.results import Table, Term
from musubi.server.sheet import sheet


def test_list_is_a_page_or_json(client: FlaskClient) -> None:
    page = client.get("/queries", headers={"Accept": BROWSER})
    assert 'href="/queries/parties"' in page.text
    listed = client.get("/queries", headers={"Accept": "application/json"}).get_json()
    assert [one["name"] for one in listed] == ["parties"]
    assert listed[0]["parameters"]["instrument"] == "entity"


def test_rows_come_as_csv_with_document_and_lines(client: FlaskClient) -> None:
    response = client.get("/queries/parties", headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert [row["partyLabel"] for row in rows] == ["Aland", "Borea"]
    assert {(row["documentLabel"], row["firstLine"], row["lastLine"]) for row in rows} == {
        ("An invented document", "3", "3")
    }
    assert response.headers["Content-Language"] == "en"


@pytest.mark.parametrize(
    ("suffix", "type_"),
    [
        ("csv", "text/csv"),
        ("tsv", "text/tab-separated-values"),
        ("json", "application/sparql-results+json"),
        ("xml", "application/sparql-results+xml"),
        ("html", "text/html"),
    ],
)
def test_suffix_names_the_form(client: FlaskClient, suffix: str, type_: str) -> None:
    response = client.get(f"/queries/parties.{suffix}", headers={"Accept": "image/png"})
    assert (response.status_code, response.content_type.partition(";")[0]) == (200, type_)
    assert ("attachment" in response.headers.get("Content-Disposition", "")) == (suffix in ("csv", "tsv"))


@pytest.mark.parametrize(
    ("address", "headers"),
    [("/queries/parties.csv?language=ja", {}), ("/queries/parties.csv", {"Accept-Language": "ja"})],
)
def test_labels_come_in_the_language_that_is_asked_for(
    client: FlaskClient, address: str, headers: dict[str, str]
) -> None:
    response = client.get(address, headers=headers)
    assert "アランド・ボレア宇宙協力枠組協定" in response.text
    assert response.headers["Content-Language"] == "ja"


def test_value_in_the_address_restricts_the_answer(client: FlaskClient) -> None:
    assert client.get("/queries/parties.csv?instrument=old-notes").text.count("\n") == 1
    assert client.get("/queries/parties.csv?instrument=aland-borea-framework&modality=&before=").text.count("\n") == 3


@pytest.mark.parametrize(
    "address",
    ["?instrument=nope", "?who=me", "?language=fr", "?modality=done&modality=planned", "?before=%FF", "?least=x"],
)
def test_wrong_value_is_a_bad_request(client: FlaskClient, address: str) -> None:
    response = client.get(f"/queries/parties.json{address}")
    assert (response.status_code, response.content_type) == (400, "application/problem+json")


def test_wrong_value_leaves_a_reader_on_the_form_with_what_was_given(client: FlaskClient) -> None:
    response = client.get("/queries/parties?least=three", headers={"Accept": BROWSER})
    assert response.status_code == 400
    assert 'role="alert"' in response.text
    assert 'value="three"' in response.text


def test_page_has_a_form_a_table_and_downloads_with_the_same_values(client: FlaskClient) -> None:
    text = client.get("/queries/parties?modality=done", headers={"Accept": BROWSER}).text
    assert '<option value="scheme:modality/done" selected>done</option>' in text
    assert '<option value="id:instrument/aland-borea-framework">' in text
    assert "2 rows" in text
    assert f'href="/documents/{DOC12}#L3"' in text
    assert 'href="/queries/parties.csv?modality=done&amp;language=en"' in text
    assert '<span class="chip chip-done">done</span>' in text


def test_answer_without_rows_says_what_that_means(client: FlaskClient) -> None:
    text = client.get("/queries/parties?modality=planned", headers={"Accept": BROWSER}).text
    assert "No row fits." in text


def test_unknown_question_is_not_found_and_the_known_are_named(client: FlaskClient) -> None:
    response = client.get("/queries/partys")
    assert (response.status_code, response.get_json()["allowed"]) == (404, ["parties"])
    assert client.get("/queries/parties.pdf").status_code == 404
    assert client.get("/queries/parties", headers={"Accept": "image/png"}).status_code == 406


def test_column_is_shown_by_its_label_with_the_title_of_the_label(app: Flask) -> None:
    row = {
        "kind": Term("literal", "code"),
        "kindLabel": Term("literal", "a kind", "en"),
        "modalityLabel": Term("literal", "planned", "en"),
        "from": Term("literal", "2033-04-01T00:00:00", "", f"{XSD}dateTime"),
        "at": Term("literal", "2033-04-01T12:00:00", "", f"{XSD}dateTime"),
        "n": Term("literal", "7", "", f"{XSD}integer"),
        "thing": Term("uri", f"{BASE}id/mission/lark"),
    }
    with app.test_request_context("/"):
        shown = sheet(Table(tuple(row), [row, {}]), {"kind": "Code", "kindLabel": "Kind"})
    assert shown.columns == ("kind", "modalityLabel", "from", "at", "n", "thing")
    assert shown.titles[0] == "Kind"
    kind, modality, earliest, at, number, thing = shown.rows[0]
    assert (kind.text, kind.language) == ("a kind", "en")
    assert modality.modality == "planned"
    assert (earliest.text, earliest.is_date, at.text) == ("2033-04-01", True, "2033-04-01T12:00:00")
    assert number.is_number
    assert (thing.text, thing.address, thing.is_name) == ("id:mission/lark", "/page/mission/lark", True)
    assert [cell.text for cell in shown.rows[1]] == [""] * 6
    assert shown.total == 2


def test_long_answer_is_shown_in_part_and_says_so(client: FlaskClient) -> None:
    query = "SELECT ?a { ?a ?b ?c . ?d ?e ?f } LIMIT 1001"
    page = client.get("/sparql", query_string={"query": query, "format": "html"}).text
    assert "Only the first 1000 of 1001 rows are shown here." in page
    assert page.count("<tr>") == 1001
