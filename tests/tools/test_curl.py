"""curl: what anyone tries first."""

from __future__ import annotations

import json

import pytest
from tools import program, run

from musubi.vocabulary import BASE

TELLING = "\n%{http_code} %{content_type} %{num_redirects} %{url_effective}"
FORMS = {
    "text/turtle": ("text/turtle; charset=utf-8", "data/mission/artemis-2.ttl"),
    "application/ld+json": ("application/ld+json", "data/mission/artemis-2.jsonld"),
    "application/rdf+xml": ("application/rdf+xml", "data/mission/artemis-2.rdf"),
    "application/n-triples": ("application/n-triples", "data/mission/artemis-2.nt"),
    "text/html": ("text/html; charset=utf-8", "page/mission/artemis-2"),
    "*/*": ("text/turtle; charset=utf-8", "data/mission/artemis-2.ttl"),
}


def curl(*arguments: str) -> tuple[str, list[str]]:
    """Body and words about the answer: status, media type, redirects, address."""
    out = run(program("curl"), "-sS", "-w", TELLING, *arguments).stdout.decode()
    body, _, told = out.rpartition("\n")
    status, *media_type, redirects, address = told.split(" ")
    return body, [status, " ".join(media_type), redirects, address]


@pytest.mark.parametrize("accept", FORMS)
def test_one_redirect_leads_to_the_form_that_is_asked_for(accept: str, server: str) -> None:
    body, told = curl("-L", "-H", f"Accept: {accept}", f"{server}id/mission/artemis-2")
    assert told == ["200", FORMS[accept][0], "1", server + FORMS[accept][1]]
    assert "artemis-2" in body


def test_a_thing_itself_is_not_a_document(server: str) -> None:
    assert curl(f"{server}id/mission/artemis-2")[1][0] == "303"


def test_a_form_that_there_is_not_is_refused_with_those_there_are(server: str) -> None:
    body, told = curl("-L", "-H", "Accept: image/png", f"{server}id/mission/artemis-2")
    assert told[:2] == ["406", "application/problem+json"]
    assert "text/turtle" in json.loads(body)["allowed"]


@pytest.mark.parametrize(
    "how",
    [
        ["-G", "--data-urlencode", "query=ASK {}"],
        ["--data-urlencode", "query=ASK {}"],
        ["-H", "Content-Type: application/sparql-query", "--data-binary", "ASK {}"],
    ],
)
def test_query_is_answered_however_it_is_sent(how: list[str], server: str) -> None:
    body, told = curl(*how, f"{server}sparql")
    assert told[:2] == ["200", "application/sparql-results+json"]
    assert json.loads(body)["boolean"] is True


def test_compressed_answer_is_the_same_answer(server: str) -> None:
    address = f"{server}data/mission/artemis-2.ttl"
    assert curl("--compressed", address)[0] == curl(address)[0]
    head, _ = curl("-I", "--compressed", address)
    assert "content-encoding: gzip" in head.lower()


def test_head_and_validator_save_the_body(server: str) -> None:
    address = f"{server}data/mission/artemis-2.ttl"
    head, told = curl("-I", address)
    tag = next(line.split(": ", 1)[1].strip() for line in head.splitlines() if line.lower().startswith("etag"))
    assert told[0] == "200"
    assert curl("-H", f"If-None-Match: {tag}", address) == ("", ["304", "", "0", address])


def test_canned_answer_is_a_table(server: str) -> None:
    body, told = curl("-H", "Accept: text/csv", f"{server}queries/missions-by-framework")
    assert told[:2] == ["200", "text/csv; charset=utf-8"]
    assert len(body.splitlines()) > 5
    assert BASE in body
