"""A crawl of the real data: every internal link and every IRI of ours answers, with bytes that are what they say.

Every page is read, and every IRI is followed as a page and as data. With CI=true every form of everything is read. That
is too much for a desk: there one form of each thing is read, which its address decides, all six of every seventeenth.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pyoxigraph
import pytest
from flask import Flask
from flask.testing import FlaskClient
from invented import BASE, BROWSER
from reading import triples
from werkzeug.test import TestResponse

from musubi.build.pipeline import build
from musubi.server.app import create_app
from musubi.server.local import Local
from musubi.server.media import GRAPHS
from musubi.settings import Settings

SUFFIXES = [one.suffix for one in GRAPHS]
# Of these there is no page.
ONLY_DATA = {"/void"}
HOST = "http://localhost"
EVERYTHING = os.environ.get("CI") == "true"


class Links(HTMLParser):
    """The addresses that a page leads to, and the places in it that can be led to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.places: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.addresses.append(value)
            if name == "id" and value:
                self.places.add(value)


@dataclass
class Crawl:
    """What was found on the way."""

    client: FlaskClient
    seen: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)
    read: Counter[str] = field(default_factory=Counter)
    places: dict[str, set[str]] = field(default_factory=dict)
    led_to: set[str] = field(default_factory=set)

    def follow(self, start: str) -> None:
        waiting = deque([start])
        while waiting:
            address = waiting.popleft()
            if address not in self.seen and is_chosen(address):
                self.seen.add(address)
                waiting.extend(self._links(address))

    def _links(self, address: str) -> Iterator[str]:
        with self.client.get(address, headers={"Accept": BROWSER}) as response:
            yield from self._read(address, response)

    def _read(self, address: str, response: TestResponse) -> Iterator[str]:
        if response.status_code in (301, 303, 308):
            yield from self._internal(address, [response.headers["Location"]])
            return
        if response.status_code != 200:
            self.errors.append(f"{response.status_code} {address}")
            return
        media_type = response.content_type.partition(";")[0]
        self.read[media_type] += 1
        if media_type == "text/html":
            page = Links(response.text)
            self.places[address] = page.places
            yield from self._internal(address, page.addresses)
        elif problem := mistaken(self.client, response.data, media_type):
            self.errors.append(f"{address}: {problem}")
        yield from self._internal(address, re.findall(r"<([^>]*)>;", response.headers.get("Link", "")))

    def _internal(self, address: str, targets: list[str]) -> Iterator[str]:
        for target in targets:
            parts = urlsplit(urljoin(HOST + address, target))
            if f"{parts.scheme}://{parts.netloc}" != HOST:
                continue
            found = parts.path + (f"?{parts.query}" if parts.query else "")
            if parts.fragment:
                self.led_to.add(f"{found}#{parts.fragment}")
            yield found


def number(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16)


def is_chosen(address: str) -> bool:
    """Whether an address is among those that are read: of many forms of the same, some."""
    if EVERYTHING:
        return True
    stem, dot, suffix = urlsplit(address).path.rpartition(".")
    if dot and stem.startswith(("/data/", "/graph/")) and suffix in SUFFIXES and number(stem) % 17:
        return suffix == SUFFIXES[number(stem) % len(SUFFIXES)]
    return "language=" not in address or number(address) % 8 == 0


def mistaken(client: FlaskClient, body: bytes, media_type: str) -> str:
    """What keeps bytes from being of the media type they are said to be; nothing, where they are."""
    try:
        if media_type in {one.media_type for one in GRAPHS}:
            return "" if triples(client, body, media_type) or is_context(body, media_type) else "no triples"
        if media_type.endswith("json"):
            json.loads(body)
        return ""
    except (SyntaxError, ValueError) as error:
        return str(error)


def is_context(body: bytes, media_type: str) -> bool:
    return media_type == "application/ld+json" and list(json.loads(body)) == ["@context"]


def is_about(client: FlaskClient, body: bytes, media_type: str, iri: str) -> bool:
    """Whether data say something with an IRI."""
    return any(f"<{iri}>" in triple for triple in triples(client, body, media_type))


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, Path]:
    settings = Settings(releases=tmp_path_factory.mktemp("real"))
    dataset = build(settings).dataset
    return create_app(settings, Local(dataset, settings)), dataset


def iris(dataset: Path) -> set[str]:
    """Every IRI of ours in the released data: subjects, properties, values, graphs."""
    found = set()
    for quad in pyoxigraph.parse(path=dataset, format=pyoxigraph.RdfFormat.N_QUADS):
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            if isinstance(term, pyoxigraph.NamedNode) and term.value.startswith(BASE):
                found.add(term.value)
    return found


def forms(iri: str) -> list[str]:
    """The media types in which an IRI is asked for."""
    every = [one.media_type for one in GRAPHS]
    return every if EVERYTHING else [every[number(iri) % len(every)]]


def wrong_data(client: FlaskClient, address: str, form: str, iri: str) -> list[str]:
    """What is wrong with the data at an address."""
    data = client.get(address, headers={"Accept": form}, follow_redirects=True)
    if data.status_code != 200 or data.content_type.partition(";")[0] != form:
        return [f"{data.status_code} {address} as {form}"]
    if problem := mistaken(client, data.data, form):
        return [f"{address}: {problem}"]
    if not address.startswith("/graph/") and not is_about(client, data.data, form, iri):
        return [f"{address} as {form} says nothing of {iri}"]
    return []


def test_every_link_from_the_home_page_leads_somewhere(real: tuple[Flask, Path]) -> None:
    crawl = Crawl(real[0].test_client())
    crawl.follow("/")
    assert crawl.errors == []
    assert crawl.read["text/html"] > 500
    assert {one.media_type for one in GRAPHS} <= set(crawl.read)
    assert sum(crawl.read.values()) > 1_000
    led_to = [one.partition("#") for one in sorted(crawl.led_to)]
    assert [f"{page}#{place}" for page, _, place in led_to if place not in crawl.places.get(page, {place})] == []


def test_every_iri_in_the_data_answers_as_page_and_as_data(real: tuple[Flask, Path]) -> None:
    client, found = real[0].test_client(), iris(real[1])
    errors, read, asked = [], Counter[str](), set()
    for iri in sorted(found):
        address = "/" + iri.removeprefix(BASE).partition("#")[0]
        if address in asked:
            continue
        asked.add(address)
        as_page = client.get(address, headers={"Accept": BROWSER}, follow_redirects=True)
        if as_page.status_code != 200 or (as_page.mimetype != "text/html" and address not in ONLY_DATA):
            errors.append(f"{as_page.status_code} {address} as a page")
        if address == "/":
            continue
        for form in forms(iri):
            read[form] += 1
            errors += wrong_data(client, address, form, iri)
    assert errors == []
    assert len(found) > 800
    assert sum(read.values()) > 700
    assert len(read) == len(GRAPHS)


def test_every_term_that_the_data_use_has_its_place_on_the_page_of_the_ontology(real: tuple[Flask, Path]) -> None:
    places = Links(real[0].test_client().get("/ontology.html").text).places
    terms = {iri.partition("#")[2] for iri in iris(real[1]) if iri.startswith(f"{BASE}ontology#")} - {""}
    assert terms - places == set()
    assert len(terms) > 100


def test_crawl_notices_what_does_not_answer_and_what_is_not_what_it_says(client: FlaskClient) -> None:
    crawl = Crawl(client)
    crawl.follow("/nope")
    assert crawl.errors == ["404 /nope"]
    assert mistaken(client, b"<a> <b>", "text/turtle")
    assert mistaken(client, b"{", "application/ld+json")
    assert mistaken(client, b"", "application/n-triples") == "no triples"
