"""Things answer on their IRIs: with a page, or with data."""

from __future__ import annotations

import re

import pyoxigraph
import pytest
from flask.testing import FlaskClient
from invented import BASE, BROWSER, DOC12
from reading import inlined

FORMATS = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "nq": "application/n-quads",
    "trig": "application/trig",
}


def triples(body: bytes, media_type: str) -> set[tuple[str, str, str]]:
    quads = pyoxigraph.parse(body, format=pyoxigraph.RdfFormat.from_media_type(media_type))
    return {(str(one.subject), str(one.predicate), str(one.object)) for one in quads}


@pytest.mark.parametrize(
    ("accept", "location"),
    [
        (BROWSER, "/page/mission/lark"),
        ("text/html", "/page/mission/lark"),
        (None, "/data/mission/lark.ttl"),
        ("*/*", "/data/mission/lark.ttl"),
        *((type_, f"/data/mission/lark.{suffix}") for suffix, type_ in FORMATS.items()),
        ("text/html;q=0.1, application/ld+json", "/data/mission/lark.jsonld"),
    ],
)
def test_thing_leads_to_what_the_client_accepts(client: FlaskClient, accept: str | None, location: str) -> None:
    response = client.get("/id/mission/lark", headers={"Accept": accept} if accept else {})
    assert (response.status_code, response.headers["Location"]) == (303, location)
    assert {"Accept", "Accept-Language"} <= set(response.vary)
    assert client.get(location, headers={"Accept": accept} if accept else {}).status_code == 200


def test_concept_and_value_list_lead_to_their_pages(client: FlaskClient) -> None:
    response = client.get("/scheme/modality/planned", headers={"Accept": "text/html"})
    assert (response.status_code, response.headers["Location"]) == (303, "/page/scheme/modality/planned")
    assert "planned" in client.get(response.headers["Location"]).text
    response = client.get("/scheme/modality/planned")
    assert response.headers["Location"] == "/data/scheme/modality/planned.ttl"
    assert b"Definition of planned." in client.get(response.headers["Location"]).data


def test_document_leads_to_its_page_among_the_documents(client: FlaskClient) -> None:
    response = client.get(f"/id/document/{DOC12}", headers={"Accept": "text/html"})
    assert response.headers["Location"] == f"/documents/{DOC12}"
    assert client.get(f"/page/document/{DOC12}").headers["Location"] == f"/documents/{DOC12}"


def test_language_that_was_chosen_is_kept(client: FlaskClient) -> None:
    response = client.get("/id/mission/lark?language=ja", headers={"Accept": "text/html"})
    assert response.headers["Location"] == "/page/mission/lark?language=ja"


def test_type_that_does_not_exist_is_not_acceptable(client: FlaskClient) -> None:
    assert client.get("/id/mission/lark", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/data/mission/lark", headers={"Accept": "text/html"}).status_code == 406


@pytest.mark.parametrize("start", ["/id/", "/page/", "/data/"])
def test_unknown_thing_is_not_found_and_the_nearest_is_named(client: FlaskClient, start: str) -> None:
    response = client.get(f"{start}mission/larks")
    assert (response.status_code, response.get_json()["allowed"]) == (404, ["id:mission/lark"])


def test_unknown_thing_leads_a_reader_to_the_nearest(client: FlaskClient) -> None:
    response = client.get("/id/mission/larks", headers={"Accept": BROWSER})
    assert response.status_code == 404
    assert '<a href="/page/mission/lark">' in response.text


@pytest.mark.parametrize(
    "path",
    [
        "/id/nothing/x",
        "/id/mission",
        "/id/mission/a%20b",
        "/id/mission/a%3E%20%7D",
        "/id/..%2f..%2fetc",
        "/page/%F0%9F%9B%B0/x",
        "/id/%FF/x",
    ],
)
def test_path_that_names_nothing_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("suffix", FORMATS)
def test_data_are_the_same_in_each_format(client: FlaskClient, suffix: str) -> None:
    response = client.get(f"/data/mission/lark.{suffix}")
    assert response.content_type.partition(";")[0] == FORMATS[suffix]
    expected = triples(client.get("/data/mission/lark.nt").data, FORMATS["nt"])
    body = inlined(client, response.data) if suffix == "jsonld" else response.data
    assert triples(body, FORMATS[suffix]) == expected
    assert len(expected) > 20


def test_data_hold_own_triples_statements_spans_and_labels(client: FlaskClient) -> None:
    found = triples(client.get("/data/mission/lark").data, "text/turtle")
    lark, framework = f"<{BASE}id/mission/lark>", f"<{BASE}id/instrument/aland-borea-framework>"
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    assert (lark, f"<{BASE}ontology#isConductedUnder>", framework) in found
    assert (lark, f"<{BASE}ontology#dependsOnInstrument>", framework) in found
    assert (framework, label, '"アランド・ボレア宇宙協力枠組協定"@ja') in found
    statement = f"<{BASE}id/statement/s5>"
    assert (statement, f"<{BASE}ontology#hasModality>", f"<{BASE}scheme/modality/stated>") in found
    assert (f"<{BASE}scheme/modality/stated>", label, '"stated"@en') in found
    assert any(one[1] == f"<{BASE}ontology#spanSha256>" for one in found)


def test_unknown_suffix_of_data_is_not_found(client: FlaskClient) -> None:
    assert client.get("/data/mission/lark.pdf").status_code == 404


def test_page_shows_statements_with_how_they_are_said_and_where(client: FlaskClient) -> None:
    text = client.get("/page/instrument/aland-borea-framework").text
    assert re.findall(r'<a class="chip chip-([\w-]+)" href="/page/statement/(\w+)"[^>]*>([^<]+)</a>', text) == [
        ("done", "s1", "done"),
        ("done", "s2", "done"),
        ("under-study", "s6", "under study"),
        ("stated", "s7", "stated"),
        ("stated", "s5", "stated"),
    ]
    assert '<strong class="denied">denied</strong>' in text
    assert f'href="/documents/{DOC12}#L3"' in text
    assert "2031-04-02" in text
    assert "両国の代表が枠組協定に署名した。" in text


def test_page_tells_inferred_facts_apart_and_what_points_here(client: FlaskClient) -> None:
    lark = client.get("/page/mission/lark").text
    assert "inferred <code>depends-on-instrument</code>" in lark
    framework = client.get("/page/instrument/aland-borea-framework").text
    pointing = framework[framework.index("What points here") :]
    assert 'href="/page/mission/lark"' in pointing
    assert "depends on instrument" in pointing


def test_page_repeats_no_statement_as_a_plain_fact(client: FlaskClient) -> None:
    text = client.get("/page/instrument/aland-borea-framework").text
    assert "Further facts" not in text


def test_planned_time_is_written_as_the_fiscal_year_it_is(client: FlaskClient) -> None:
    english = client.get("/page/milestone/lark-launch").text
    japanese = client.get("/page/milestone/lark-launch?language=ja").text
    assert "Japanese fiscal year 2033" in english
    assert "chip-planned" in english
    assert "2033年度" in japanese


def test_page_of_a_statement_says_how_it_was_found(client: FlaskClient) -> None:
    text = client.get("/page/statement/s3").text
    assert "署名した" in text
    assert "<code>curated</code>" in text
    assert "7c957d55480bc5921d4a5e345fbe28aed88dac74ee2bcd5e89f5ee4d8c649e2a" in text
    assert "context" in text


def test_spellings_for_the_reader_of_documents_are_not_shown(client: FlaskClient) -> None:
    assert "ヒバリ号" not in client.get("/page/mission/lark").text
    assert "ヒバリ号" in client.get("/data/mission/lark").text


def test_kind_lists_its_things(client: FlaskClient) -> None:
    text = client.get("/page/mission").text
    assert text.index("Finch Mission") < text.index("Lark Mission")
    assert "2 of this kind" in text


def test_label_that_is_missing_in_a_language_falls_back_visibly(client: FlaskClient) -> None:
    text = client.get("/page/mission/lark").text
    assert '<span class="also" lang="ja">ひばり</span>' in text
