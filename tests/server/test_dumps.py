"""Dumps over HTTP: what is listed is there, in its media type, size and hash, and comes in pieces."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from invented import BROWSER, DOC12

from musubi.build.release import current, write
from musubi.server import dumps as module

TYPES = {
    "nq": "application/n-quads",
    "trig": "application/trig",
    "nt": "application/n-triples",
    "ttl": "text/turtle; charset=utf-8",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "gz": "application/gzip",
}


@pytest.fixture
def start(releases: Path) -> str:
    return f"/data/dumps/{current(releases).id}"


def test_every_file_of_the_manifest_is_there_as_it_says(client: FlaskClient, start: str) -> None:
    listed = client.get("/data.json").get_json()["dumps"]
    for one in listed:
        response = client.get(f"{start}/{one['name']}")
        assert response.status_code == 200
        assert response.content_type == TYPES[one["name"].rsplit(".", 1)[-1]]
        assert response.content_length == one["bytes"] == len(response.data)
        assert response.headers["ETag"] == f'"{one["sha256"]}"'
        assert hashlib.sha256(response.data).hexdigest() == one["sha256"]
    assert len(listed) >= 2 * (3 + 4 + 4 * 2)
    assert f"graph/document/{DOC12}.ttl" in {one["name"] for one in listed}


@pytest.mark.parametrize(
    ("address", "accept", "type_"),
    [
        ("/data", None, "application/json"),
        ("/data/", "application/json", "application/json"),
        ("/data/", BROWSER, "text/html; charset=utf-8"),
        ("/data.html", "application/json", "text/html; charset=utf-8"),
        ("/data.json", BROWSER, "application/json"),
    ],
)
def test_the_list_is_a_page_or_the_manifest(client: FlaskClient, address: str, accept: str | None, type_: str) -> None:
    response = client.get(address, headers={"Accept": accept} if accept else {})
    assert (response.status_code, response.content_type) == (200, type_)


@pytest.mark.parametrize(("language", "words"), [("en", "All of the data"), ("ja", "データ一式")])
def test_the_page_links_every_file_in_both_languages(
    client: FlaskClient, language: str, words: str, start: str
) -> None:
    page = client.get(f"/data.html?language={language}").text
    names = {one["name"] for one in client.get("/data.json").get_json()["dumps"]}
    assert words in page
    assert set(re.findall(rf'href="{start}/([^"?]+)', page)) == names


def test_what_the_client_has_is_not_sent_again(client: FlaskClient, start: str) -> None:
    first = client.get(f"{start}/union.ttl")
    again = client.get(f"{start}/union.ttl", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(f"{start}/union.nt", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_head_tells_the_size_and_opens_nothing(
    client: FlaskClient, start: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = len(client.get(f"{start}/union.ttl").data)
    monkeypatch.setattr(module, "_PIECE_BYTES", None)
    response = client.head(f"{start}/union.ttl")
    assert (response.status_code, response.content_length, response.data) == (200, size, b"")


def test_a_file_comes_in_pieces(app: Flask, start: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PIECE_BYTES", 100)
    response = app.test_client().get(f"{start}/dataset.nq", buffered=False)
    pieces = [piece for piece in response.iter_encoded() if piece]
    assert {len(piece) for piece in pieces[:-1]} == {100}
    assert sum(map(len, pieces)) == response.content_length


@pytest.mark.parametrize("identifier", ["000000000000", "x", "..", "dumps", "0000000000000"])
def test_an_unknown_release_is_not_found_and_the_current_one_named(
    client: FlaskClient, releases: Path, identifier: str
) -> None:
    response = client.get(f"/data/dumps/{identifier}/union.ttl")
    assert (response.status_code, response.content_type) == (404, "application/problem+json")
    if identifier != "..":
        assert current(releases).id in response.get_json()["detail"]
        assert response.get_json()["allowed"] == [current(releases).id]


def test_an_older_release_that_is_kept_is_still_there(client: FlaskClient, releases: Path) -> None:
    now = (releases / "CURRENT").read_bytes()
    older = write(releases, b"<a:s> <a:p> <a:o> <a:g> .\n", [], [])
    (releases / "CURRENT").write_bytes(now)
    assert client.get(f"/data/dumps/{older.id}/union.nt").data == b"<a:s> <a:p> <a:o> .\n"


@pytest.mark.parametrize("name", ["union.pdf", "manifest.json", "../CURRENT", "%2e%2e/CURRENT", "graph/nope.ttl"])
def test_a_file_that_is_no_dump_is_not_found(client: FlaskClient, start: str, name: str) -> None:
    response = client.get(f"{start}/{name}")
    assert (response.status_code, response.content_type) == (404, "application/problem+json")


def test_the_forms_there_are_of_a_dump_are_told(client: FlaskClient, start: str) -> None:
    allowed = client.get(f"{start}/union.pdf").get_json()["allowed"]
    assert allowed == [f"union.{suffix}{zipped}" for suffix in ("ttl", "nt", "rdf", "jsonld") for zipped in ("", ".gz")]
