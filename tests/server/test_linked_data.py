"""What a linked-data client relies on: addresses, headers, parts, encodings, errors that help."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pyoxigraph
import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from invented import BASE, BROWSER, DOC12
from reading import Triple, triples

from musubi.server import description
from musubi.server.app import create_app
from musubi.server.encoding import takes_gzip
from musubi.server.insertion import with_defined
from musubi.server.local import Local
from musubi.server.media import GRAPHS
from musubi.settings import Settings

LARK = f"{BASE}id/mission/lark"


def links(header: str) -> dict[str, list[str]]:
    """The targets of a Link header by relation."""
    found: dict[str, list[str]] = {}
    for target, relation in re.findall(r'<([^>]*)>; rel="([^"]*)"', header):
        found.setdefault(relation, []).append(target)
    return found


# --- Links ---


@pytest.mark.parametrize("path", ["/id/mission/lark", "/page/mission/lark", "/data/mission/lark.ttl"])
def test_answer_about_a_thing_points_to_all_there_is_of_it(client: FlaskClient, path: str) -> None:
    found = links(client.get(path, headers={"Accept": "text/html, text/turtle"}).headers["Link"])
    assert found["cite-as"] == [LARK]
    assert found["license"] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert f"{BASE}ontology#Mission" in found["type"]
    assert found["describedby"] == ["http://localhost/data/mission/lark.ttl"]
    forms = [f"http://localhost/data/mission/lark.{one.suffix}" for one in GRAPHS]
    assert found["alternate"] == [*forms, "http://localhost/page/mission/lark"]
    assert all(client.get(one).status_code == 200 for one in found["alternate"])


def test_refusal_names_what_exists_in_links_and_in_words(client: FlaskClient) -> None:
    for path in ("/id/mission/lark", "/ontology", "/graph/reference", "/data/mission/lark"):
        response = client.get(path, headers={"Accept": "image/png"})
        assert response.status_code == 406
        assert "text/turtle" in response.get_json()["allowed"]
        assert len(links(response.headers["Link"])["alternate"]) == len(GRAPHS) + 1


# --- Addresses ---


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/id/mission/lark/", "/id/mission/lark"),
        ("/id/mission/lark/?language=ja", "/id/mission/lark?language=ja"),
        ("/page/mission/lark/", "/page/mission/lark"),
        ("/data/mission/lark/", "/data/mission/lark"),
        ("/graph/reference/", "/graph/reference"),
        ("/id/%E3%81%B2/", "/id/%E3%81%B2"),
    ],
)
def test_slash_too_many_leads_to_the_address_without(client: FlaskClient, path: str, location: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["Location"]) == (308, location)


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/id/mission/lark.ttl", "/data/mission/lark.ttl"),
        ("/data/mission/lark.html", "/page/mission/lark"),
        ("/id/mission/lark?frame=tree", "/data/mission/lark.jsonld?frame=tree"),
        ("/id/mission%2Flark", "/data/mission/lark.jsonld"),
    ],
)
def test_suffix_and_frame_are_kept_on_the_way(client: FlaskClient, path: str, location: str) -> None:
    response = client.get(path, headers={"Accept": "application/ld+json"})
    assert (response.status_code, response.headers["Location"]) == (303, location)


@pytest.mark.parametrize("start", ["/id/", "/id/mission/", "/page/", "/data/"])
@pytest.mark.parametrize("name", ["ひばり", "%E3%81%B2%E3%81%B0%E3%82%8A", "ヒバリ号", "LARK%20Mission"])
def test_thing_is_found_by_its_name_in_either_language(client: FlaskClient, start: str, name: str) -> None:
    response = client.get(start + name)
    assert response.status_code == 404
    assert response.get_json()["allowed"][0] == "id:mission/lark"


def test_name_that_nothing_is_like_finds_nothing(client: FlaskClient) -> None:
    assert client.get("/id/qqqqqq").get_json()["allowed"][0] == "id:activity/…"


# --- Documents of data ---


@pytest.mark.parametrize("one", GRAPHS, ids=lambda one: one.suffix)
def test_graph_answers_directly_in_each_form(client: FlaskClient, one: object) -> None:
    suffix, media_type = one.suffix, one.media_type  # type: ignore[attr-defined]
    expected = triples(client, client.get("/graph/reference.nt").data, "application/n-triples")
    assert len(expected) > 10
    for path, accept in (("/graph/reference", media_type), (f"/graph/reference.{suffix}", "*/*")):
        response = client.get(path, headers={"Accept": accept})
        assert response.status_code == 200
        assert triples(client, response.data, response.content_type) == expected


@pytest.mark.parametrize("suffix", ["trig", "nq"])
def test_forms_for_datasets_name_the_graph(client: FlaskClient, suffix: str) -> None:
    response = client.get(f"/graph/document/{DOC12}.{suffix}")
    quads = list(pyoxigraph.parse(response.data, format=pyoxigraph.RdfFormat.from_extension(suffix)))
    assert {str(one.graph_name) for one in quads} == {f"<{BASE}graph/document/{DOC12}>"}
    assert len(quads) > 50


def test_unknown_graph_and_unknown_release_name_those_there_are(client: FlaskClient) -> None:
    assert "graph/reference" in client.get("/graph/nope").get_json()["allowed"]
    assert client.get("/graph/document/nope").get_json()["allowed"] == [f"graph/document/{DOC12}"]
    (known,) = client.get("/release/0123456789ab").get_json()["allowed"]
    assert client.get(f"/{known}").get_json()["id"] == known.removeprefix("release/")
    page = client.get("/release/0123456789ab", headers={"Accept": BROWSER})
    assert f'href="/{known}"' in page.text


@pytest.mark.parametrize("one", GRAPHS, ids=lambda one: one.suffix)
def test_release_is_described_in_each_form(client: FlaskClient, one: object) -> None:
    (known,) = client.get("/release/x").get_json()["allowed"]
    response = client.get(f"/{known}.{one.suffix}")  # type: ignore[attr-defined]
    found = triples(client, response.data, response.content_type)
    part = "<http://purl.org/dc/terms/hasPart>"
    assert (f"<{BASE}{known}>", part, f"<{BASE}graph/reference>") in found


def test_unknown_version_of_the_ontology_names_the_current_one(client: FlaskClient) -> None:
    (known,) = client.get("/ontology/9.9.9").get_json()["allowed"]
    assert client.get(f"/{known}").data == client.get("/ontology").data
    assert client.get(f"/{known}.html").content_type == "text/html; charset=utf-8"


# --- What points to a thing ---


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(description, "MOST_POINTING", 2)


def test_what_points_to_a_thing_comes_in_parts_that_lead_on(client: FlaskClient, short: None) -> None:
    path: str | None = "/data/scheme/modality/done.nt"
    found: set[Triple] = set()
    parts = 0
    while path:
        response = client.get(path)
        found |= triples(client, response.data, response.content_type)
        following = links(response.headers["Link"]).get("next", [])
        path, parts = (following[0] if following else None), parts + 1
    done = f"<{BASE}scheme/modality/done>"
    pointing = {one[0] for one in found if one[2] == done}
    query = f"SELECT DISTINCT ?s WHERE {{ ?s ?p {done} }} ORDER BY ?s"
    rows = client.get("/sparql", query_string={"query": query}).get_json()["results"]["bindings"]
    assert pointing == {f"<{row['s']['value']}>" for row in rows}
    assert parts == -(-len(pointing) // 2) >= 2


@pytest.mark.parametrize("part", ["0", "-1", "x", "1.5", "99999999", "٣"])
def test_what_is_no_part_is_refused(client: FlaskClient, part: str) -> None:
    assert client.get("/data/mission/lark", query_string={"incoming": part}).status_code == 400


def test_part_that_does_not_exist_is_not_found(client: FlaskClient) -> None:
    assert client.get("/data/mission/lark?incoming=7").status_code == 404


def test_values_go_only_where_they_are_asked_for() -> None:
    query = "SELECT ?x WHERE { VALUES ?x { UNDEF } }"
    assert with_defined(query, "x", ["<a:b>", "<a:c>"]) == "SELECT ?x WHERE { VALUES ?x { <a:b> <a:c> } }"
    with pytest.raises(ValueError, match="VALUES"):
        with_defined(query, "y", [])


# --- Validators, methods, encodings ---

ANSWERS = ["/data/mission/lark.ttl", "/graph/reference.nq", "/ontology", "/context.jsonld", "/page/mission/lark"]


@pytest.mark.parametrize("path", ANSWERS)
def test_what_the_client_has_already_is_not_sent_again(client: FlaskClient, path: str) -> None:
    tag = client.get(path).headers["ETag"]
    strong = tag.removeprefix("W/")
    for header in (tag, strong, f'"other", {tag}', f'W/"x",{strong}', "*"):
        response = client.get(path, headers={"If-None-Match": header})
        assert (response.status_code, response.data, response.headers["ETag"]) == (304, b"", tag)
        assert "Accept-Encoding" in response.vary
        assert "Link" in response.headers or path == "/context.jsonld"
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", [*ANSWERS, "/id/mission/lark", "/id/nope", "/release/x"])
def test_head_says_what_get_would_and_options_what_may_be_asked(client: FlaskClient, path: str) -> None:
    full, head = client.get(path), client.head(path)
    assert (head.status_code, head.data) == (full.status_code, b"")
    assert {k: v for k, v in head.headers.items() if k != "Content-Length"} == {
        k: v for k, v in full.headers.items() if k != "Content-Length"
    }
    options = client.options(path, headers={"Origin": "https://example.org", "Access-Control-Request-Method": "GET"})
    assert options.status_code == 200
    assert {"GET", "HEAD", "OPTIONS"} <= set(re.findall(r"\w+", options.headers["Access-Control-Allow-Methods"]))
    assert options.headers["Access-Control-Allow-Origin"] == full.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ANSWERS)
def test_answer_is_compressed_for_those_who_take_it_so(client: FlaskClient, path: str) -> None:
    plain, packed = client.get(path), client.get(path, headers={"Accept-Encoding": "br, gzip;q=0.8"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) == int(packed.headers["Content-Length"]) < len(plain.data)
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.vary
    assert packed.headers["ETag"] == plain.headers["ETag"]
    assert plain.headers["ETag"].startswith("W/")


def test_stream_is_neither_compressed_nor_read_at_once(settings: Settings, engine: Local, own_questions: None) -> None:
    app = create_app(settings, engine)
    taken: list[int] = []

    def pieces() -> Iterator[bytes]:
        for number in range(9):
            taken.append(number)
            yield b"x" * 1_000

    app.add_url_rule("/stream", view_func=lambda: Response(pieces(), content_type="text/plain"))
    response = app.test_client().get("/stream", headers={"Accept-Encoding": "gzip"}, buffered=False)
    assert len(taken) <= 1
    assert "Content-Encoding" not in response.headers
    assert len(response.data) == 9_000


def test_small_answer_is_not_compressed(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/health", headers={"Accept-Encoding": "gzip"}).headers


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        (None, False),
        ("", False),
        ("gzip", True),
        ("GZIP", True),
        ("x-gzip", True),
        ("*", True),
        ("br", False),
        ("gzip;q=0", False),
        ("*;q=0", False),
        ("*, gzip;q=0", False),
        ("identity, gzip;q=0.5", False),
        ("identity;q=0.5, gzip", True),
        ("deflate, gzip;q=0.1", True),
    ],
)
def test_gzip_is_taken_where_the_client_says_so(header: str | None, taken: bool) -> None:
    assert takes_gzip(header) is taken


# --- Behind a proxy ---


@pytest.fixture(scope="module")
def proxied(settings: Settings, engine: Local, own_questions: None) -> Flask:
    return create_app(replace(settings, proxies=1), engine)


FORWARDED = {"X-Forwarded-Prefix": "/kg", "X-Forwarded-Host": "space.example", "X-Forwarded-Proto": "https"}


def test_links_stay_right_behind_a_proxy_that_is_trusted(proxied: Flask) -> None:
    client = proxied.test_client()
    response = client.get("/id/mission/lark", headers=FORWARDED)
    assert response.headers["Location"] == "/kg/data/mission/lark.ttl"
    assert links(response.headers["Link"])["describedby"] == ["https://space.example/kg/data/mission/lark.ttl"]
    assert links(response.headers["Link"])["cite-as"] == [LARK]
    assert client.get("/id/mission/lark/", headers=FORWARDED).headers["Location"] == "/kg/id/mission/lark"
    page = client.get("/page/mission/lark", headers=FORWARDED | {"Accept": BROWSER}).text
    inner = re.findall(r'(?:href|src)="(/[^"]*)"', page)
    assert [one for one in inner if not one.startswith("/kg/")] == []
    assert len(inner) > 20


def test_nobody_can_change_links_where_no_proxy_is_trusted(client: FlaskClient) -> None:
    response = client.get("/id/mission/lark", headers=FORWARDED)
    assert response.headers["Location"] == "/data/mission/lark.ttl"
    assert "space.example" not in response.headers["Link"]


def test_links_stay_right_below_a_path_that_the_server_itself_is_mounted_at(client: FlaskClient) -> None:
    response = client.get("/page/mission/lark", environ_overrides={"SCRIPT_NAME": "/kg"}, headers={"Accept": BROWSER})
    inner = re.findall(r'(?:href|src)="(/[^"]*)"', response.text)
    assert [one for one in inner if not one.startswith("/kg/")] == []
    other = client.get("/page/mission/lark", headers={"Accept": BROWSER})
    assert other.headers["ETag"] != response.headers["ETag"]


# --- For search engines ---


@pytest.mark.parametrize("path", ["/page/mission/lark", f"/documents/{DOC12}", "/page/statement/s5"])
def test_page_says_in_schema_org_what_it_is_about(client: FlaskClient, path: str) -> None:
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', client.get(path).text, re.S)
    about = json.loads(block)
    assert about["@context"] == "https://schema.org"
    assert about["@id"].startswith(BASE)
    assert about["@type"] in ("Project", "DigitalDocument", "Claim")
    assert about["subjectOf"]["license"].startswith("https://creativecommons.org/")
    assert about["subjectOf"]["citation"]
    if about["@type"] != "Claim":
        assert {one["@language"] for one in about["name"]} == {"en", "ja"}


def test_query_in_japanese_is_understood(client: FlaskClient) -> None:
    query = 'SELECT ?thing WHERE { ?thing ?p "ひばり"@ja } ORDER BY ?thing'
    rows = client.get("/sparql", query_string={"query": query}).get_json()["results"]["bindings"]
    assert [row["thing"]["value"] for row in rows] == [LARK]
