"""The static twin of the invented release, on a host below a path."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from invented import BASE, DATA, DOC12
from static_crawl import crawl, hosted

from musubi.server.media import GRAPHS
from musubi.server.static_files import canonical, file, led
from musubi.server.static_site import write
from musubi.settings import Settings

THING = "id/instrument/aland-borea-framework"


@pytest.fixture(scope="module")
def twin(settings: Settings, own_questions: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("twin") / "some where"
    written = write(replace(settings, documents=DATA / "texts"), folder)
    assert written.lost == ()
    assert written.files == len(files(folder))
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_no_link_is_broken_on_a_host_under_a_path(twin: Path, tmp_path: Path) -> None:
    (tmp_path / "deep").symlink_to(twin)
    with hosted(tmp_path / "deep") as address:
        found = crawl(address)
    assert found.errors == []
    assert found.missing_places() == []
    assert len(found.pages) > 50
    assert found.links > 1_000
    assert len(found.read) > 150


def test_crawl_notices_a_file_that_is_missing_and_a_link_that_leaves(twin: Path, tmp_path: Path) -> None:
    index = (twin / "index.html").read_text(encoding="utf-8")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text(index + '<a href="/above">', encoding="utf-8")
    with hosted(tmp_path / "site") as address:
        errors = crawl(address).errors
    assert f"{address} leads to {address.removesuffix('site/')}above" in errors
    assert f"404 {address}documents.html" in errors


def test_same_release_gives_the_same_bytes(twin: Path, settings: Settings, own_questions: None, tmp_path: Path) -> None:
    write(settings, tmp_path / "again")
    assert files(tmp_path / "again") == files(twin)


def test_each_thing_has_pages_and_data_beside_its_iri(twin: Path) -> None:
    for path in (THING, f"id/document/{DOC12}", "id/statement/s1", "scheme/modality/done", "ontology"):
        assert 'lang="en"' in (twin / f"{path}.html").read_text(encoding="utf-8")[:40]
        assert 'lang="ja"' in (twin / f"{path}.ja.html").read_text(encoding="utf-8")[:40]
        for one in GRAPHS:
            assert (twin / f"{path}.{one.suffix}").stat().st_size > 100, (path, one.suffix)


def test_data_are_those_of_the_server(twin: Path) -> None:
    turtle = list(pyoxigraph.parse(path=twin / f"{THING}.ttl"))
    assert {str(one.subject) for one in turtle} >= {f"<{BASE}{THING}>"}
    context = json.loads((twin / "context.jsonld").read_bytes())["@context"]
    assert context["hasParty"] == {"@id": "mus:hasParty", "@type": "@id"}
    address = json.loads((twin / f"{THING}.jsonld").read_bytes())["@context"]
    assert (twin / address.removeprefix(BASE)).read_bytes() == (twin / "context.jsonld").read_bytes()


def test_answers_are_there_in_both_languages(twin: Path) -> None:
    for language in ("", ".ja"):
        rows = json.loads((twin / f"queries/parties{language}.json").read_bytes())["results"]["bindings"]
        assert rows
        assert len((twin / f"queries/parties{language}.csv").read_text(encoding="utf-8").splitlines()) == len(rows) + 1
        assert "<form" not in (twin / f"queries/parties{language}.html").read_text(encoding="utf-8")
    assert (twin / "queries/parties.csv").read_bytes() != (twin / "queries/parties.ja.csv").read_bytes()


def test_dumps_are_where_the_description_says_and_as_the_manifest_says(twin: Path) -> None:
    named = set(re.findall(rf"{BASE}(data/dumps/[^>#]+)", (twin / "void.nt").read_text(encoding="utf-8")))
    manifest = json.loads((twin / "data.json").read_bytes())
    assert json.loads((twin / f"release/{manifest['release']}.json").read_bytes())["id"] == manifest["release"]
    assert len(named) > 50
    for name in named:
        assert (twin / name).is_file(), name
    for one in manifest["dumps"]:
        assert (twin / "data/dumps" / manifest["release"] / one["name"]).stat().st_size == one["bytes"]


def test_no_line_of_a_document_is_quoted_though_its_text_is_here(twin: Path) -> None:
    lines = [line for text in (DATA / "texts").iterdir() for line in text.read_text(encoding="utf-8").splitlines()]
    quoted = [line.encode() for line in lines if len(line) > 12]
    assert quoted
    assert [name for name, body in files(twin).items() for line in quoted if line in body] == []


def test_no_page_asks_a_server(twin: Path) -> None:
    pages = [body.decode() for name, body in files(twin).items() if name.endswith(".html")]
    assert [page for page in pages if "<form" in page or 'href="/' in page or "localhost" in page] == []
    assert len(pages) > 80


def test_hosts_are_told_every_media_type(twin: Path) -> None:
    suffixes = {name.rpartition(".")[2] for name in files(twin)} - {"htaccess", "json", "_headers"}
    headers = (twin / "_headers").read_text(encoding="utf-8")
    rules = (twin / ".htaccess").read_text(encoding="utf-8")
    for suffix in suffixes:
        assert f"/*.{suffix}\n  Content-Type: " in headers, suffix
        assert re.search(rf'^AddType ".+" \.{suffix}$', rules, re.MULTILINE), suffix
    assert "/queries/*.json\n  Content-Type: application/sparql-results+json" in headers
    assert len(suffixes) >= 12


def test_folder_that_holds_anything_is_left_as_it_is(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("kept", encoding="utf-8")
    with pytest.raises(OSError, match="not empty"):
        write(settings, tmp_path)
    assert files(tmp_path) == {"mine": b"kept"}


def test_progress_is_told_until_all_is_done(settings: Settings, own_questions: None, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    write(settings, tmp_path / "site", lambda done, known: told.append((done, known)))
    assert [done for done, _ in told] == list(range(1, len(told) + 1))
    assert told[-1][0] == told[-1][1]


@pytest.mark.parametrize(
    ("address", "suffix", "name"),
    [
        ("/", "html", "index.html"),
        ("/?language=ja", "html", "index.ja.html"),
        ("/?language=en", "html", "index.html"),
        ("/page/state/aland", "html", "id/state/aland.html"),
        ("/page/state", "html", "id/state.html"),
        ("/page/software/rdflib-7.6.0?language=ja", "html", "software/rdflib-7.6.0.ja.html"),
        ("/documents/abc", "html", "id/document/abc.html"),
        ("/documents", "html", "documents.html"),
        ("/data/state/aland.ttl?language=ja", "ttl", "id/state/aland.ttl"),
        ("/data/scheme/modality/done.nt", "nt", "scheme/modality/done.nt"),
        ("/data/dumps/0/graph/reference.nt.gz", "gz", "data/dumps/0/graph/reference.nt.gz"),
        ("/data?language=ja", "html", "data.ja.html"),
        ("/queries/parties.csv?language=ja", "csv", "queries/parties.ja.csv"),
        ("/ontology.ttl?language=ja", "ttl", "ontology.ttl"),
        ("/page/state/%E3%81%82", "html", "id/state/あ.html"),
    ],
)
def test_an_address_has_its_file(address: str, suffix: str, name: str) -> None:
    known = canonical(address)
    assert known is not None
    assert file(known, suffix) == name


@pytest.mark.parametrize("address", ["/sparql", "/sparql?query=x", "/queries/parties?state=aland", "/?language=fr"])
def test_what_only_a_server_answers_has_no_file(address: str) -> None:
    assert canonical(address) is None


def test_a_link_becomes_relative_or_its_text_alone() -> None:
    known = {"/a/b?language=ja": "id/a/b.ja.html", "/c": "c d.html"}
    page = '<a href="/a/b?language=ja#L3">x</a> <a href="/c">y</a> <a href="/no">z</a> <a href="https://e.org/">w</a>'
    text, lost = led(page, "id/a/page.html", known.get)
    assert (
        text == '<a href="b.ja.html#L3">x</a> <a href="../../c%20d.html">y</a> <a>z</a> <a href="https://e.org/">w</a>'
    )
    assert lost == ("/no",)
