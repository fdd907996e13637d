"""Clients as they are, over a port: what the test client of the framework forgives, they do not."""

from __future__ import annotations

import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import Graph, URIRef

from musubi.vocabulary import BASE

PROGRAM = """
import sys
from pathlib import Path
from musubi.server.serving import serve
from musubi.settings import Settings
settings = Settings(releases=Path(sys.argv[1]), port=0, workers=1, proxies=int(sys.argv[2]))
serve(settings, lambda address: print(address, flush=True))
"""
FORWARDED = {"X-Forwarded-Prefix": "/kg", "X-Forwarded-Host": "space.example", "X-Forwarded-Proto": "https"}


def started(releases: Path, proxies: int) -> Iterator[str]:
    command = [sys.executable, "-c", PROGRAM, str(releases), str(proxies)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        yield process.stdout.readline().decode().strip()
        process.terminate()


@pytest.fixture(scope="module")
def address(releases: Path) -> Iterator[str]:
    yield from started(releases, 0)


@pytest.fixture(scope="module")
def proxied(releases: Path) -> Iterator[str]:
    yield from started(releases, 1)


def link_of(address: str, headers: dict[str, str]) -> str:
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=10) as response:
        return str(response.headers["Link"])


@pytest.mark.parametrize("path", ["id/mission/lark", "id/mission/lark.rdf", "scheme/modality/done", "id/mission/lark/"])
def test_rdflib_follows_an_iri_to_its_data(address: str, path: str) -> None:
    graph = Graph().parse(address + path)
    iri = BASE + path.rstrip("/").partition(".")[0]
    assert len(list(graph.predicate_objects(URIRef(iri)))) >= 3


def test_address_that_a_trusted_proxy_names_is_used_in_links(proxied: str) -> None:
    link = link_of(f"{proxied}graph/reference", FORWARDED)
    assert "<https://space.example/kg/graph/reference.ttl>" in link


def test_address_that_anybody_else_names_is_not(address: str) -> None:
    link = link_of(f"{address}graph/reference", FORWARDED)
    assert f"<{address}graph/reference.ttl>" in link
    assert "space.example" not in link
