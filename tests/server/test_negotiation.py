"""Which representation an Accept header gets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import BROWSER

from musubi.errors import NotAcceptable, NotFound
from musubi.server.media import GRAPHS, HTML, RESULTS, Representation
from musubi.server.negotiation import chosen, chosen_by_suffix, language_of

JSON, XML, CSV, TSV = (one.media_type for one in RESULTS)
TURTLE, JSONLD, NT, RDFXML, NQ, TRIG = (one.media_type for one in GRAPHS)

TABLE: list[tuple[str | None, tuple[Representation, ...], str]] = [
    (None, RESULTS, JSON),
    ("", RESULTS, JSON),
    ("*/*", RESULTS, JSON),
    ("*", RESULTS, JSON),
    ("text/csv", RESULTS, CSV),
    ("TEXT/CSV", RESULTS, CSV),
    ("text/csv; charset=utf-8", RESULTS, CSV),
    ("text/csv;q=0.5, text/tab-separated-values", RESULTS, TSV),
    ("text/csv;q=0.5, text/tab-separated-values;q=0.5", RESULTS, CSV),
    ("text/tab-separated-values;q=0.5, text/csv;q=0.5", RESULTS, TSV),
    ("text/*", RESULTS, CSV),
    ("text/*;q=0.3, application/sparql-results+xml;q=0.2", RESULTS, CSV),
    ("text/*, text/csv;q=0", RESULTS, TSV),
    ("*/*, application/sparql-results+json;q=0", RESULTS, XML),
    ("application/json", RESULTS, "application/json"),
    ("application/xml", RESULTS, "application/xml"),
    ("image/png, */*;q=0.1", RESULTS, JSON),
    ("image/png, text/csv;q=0.1", RESULTS, CSV),
    (BROWSER, (*RESULTS, HTML), "text/html"),
    (BROWSER, (*GRAPHS, HTML), "text/html"),
    (None, GRAPHS, TURTLE),
    ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', GRAPHS, JSONLD),
    ("application/ld+json, text/turtle;q=0.9", GRAPHS, JSONLD),
    ("text/turtle;q=0.9, application/ld+json;q=0.9", GRAPHS, TURTLE),
    ("text/plain", GRAPHS, "text/plain"),
    ("text/*", GRAPHS, TURTLE),
    ("application/*", GRAPHS, JSONLD),
    ("application/rdf+xml, text/html;q=0.5", (*GRAPHS, HTML), RDFXML),
    ("text/html;level=1;q=0.3, text/html;q=0.7, text/turtle;q=0.5", (*GRAPHS, HTML), "text/html"),
    ("text/turtle;q=oops", GRAPHS, TURTLE),
]


@pytest.mark.parametrize(("header", "offered", "expected"), TABLE)
def test_header_gets_the_expected_type(header: str | None, offered: tuple[Representation, ...], expected: str) -> None:
    assert chosen(header, offered).media_type == expected


def test_the_table_of_headers_is_as_long_as_it_was() -> None:
    assert len(TABLE) == 30


@pytest.mark.parametrize("header", ["image/png", "text/html", "nonsense", "*/*;q=0", "text/csv;q=0", "text/csvx"])
def test_what_cannot_be_given_is_refused_with_what_can(header: str) -> None:
    with pytest.raises(NotAcceptable) as caught:
        chosen(header, RESULTS)
    assert caught.value.allowed == (JSON, XML, CSV, TSV)
    assert caught.value.status == 406


@pytest.mark.parametrize(
    ("suffix", "offered", "expected"),
    [
        *((suffix, RESULTS, type_) for suffix, type_ in (("csv", CSV), ("tsv", TSV), ("json", JSON), ("xml", XML))),
        ("srx", RESULTS, XML),
        ("ttl", GRAPHS, TURTLE),
        ("jsonld", GRAPHS, JSONLD),
        ("nt", GRAPHS, NT),
        ("nq", GRAPHS, NQ),
        ("trig", GRAPHS, TRIG),
        ("rdf", GRAPHS, RDFXML),
        ("html", (*RESULTS, HTML), "text/html"),
    ],
)
def test_suffix_names_a_type(suffix: str, offered: tuple[Representation, ...], expected: str) -> None:
    assert chosen_by_suffix(suffix, offered).media_type == expected


def test_unknown_suffix_is_not_found_and_the_known_ones_are_named() -> None:
    with pytest.raises(NotFound) as caught:
        chosen_by_suffix("pdf", RESULTS)
    assert caught.value.allowed == (".json", ".xml", ".csv", ".tsv")


def test_text_is_sent_with_its_encoding_and_the_rest_is_not() -> None:
    assert chosen("text/csv", RESULTS).content_type == "text/csv; charset=utf-8"
    assert chosen("application/json", RESULTS).content_type == "application/json"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "en"),
        ("", "en"),
        ("ja", "ja"),
        ("ja-JP,ja;q=0.9,en;q=0.8", "ja"),
        ("en-GB,ja;q=0.5", "en"),
        ("fr", "en"),
        ("fr,ja;q=0.1", "ja"),
        ("*", "en"),
    ],
)
def test_language_is_the_one_liked_best(header: str | None, expected: str) -> None:
    assert language_of(header, ("en", "ja")) == expected


OFFERED = (
    Representation("text/turtle", ("ttl",)),
    Representation("application/ld+json", ("jsonld",)),
    Representation("text/csv", ("csv",)),
)
RANGES = ["text/turtle", "application/ld+json", "text/csv", "text/*", "application/*", "*/*", "image/png"]


def reference(ranges: list[tuple[str, int]]) -> str | None:
    """The rule in its plainest form: each type has the quality of the most exact range that covers it."""

    def quality(type_: str) -> int:
        for pattern in (type_, type_.split("/")[0] + "/*", "*/*"):
            for name, value in ranges:
                if name == pattern:
                    return value
        return 0

    best = max(quality(one.media_type) for one in OFFERED)
    return None if best == 0 else "|".join(one.media_type for one in OFFERED if quality(one.media_type) == best)


@given(st.lists(st.tuples(st.sampled_from(RANGES), st.integers(0, 10)), min_size=1, unique_by=lambda one: one[0]))
def test_choice_is_among_those_that_a_plain_reading_of_the_rule_likes_best(ranges: list[tuple[str, int]]) -> None:
    header = ", ".join(f"{name};q={value / 10:.1f}" for name, value in ranges)
    expected = reference(ranges)
    if expected is None:
        with pytest.raises(NotAcceptable):
            chosen(header, OFFERED)
    else:
        assert chosen(header, OFFERED).media_type in expected.split("|")


@given(st.text(max_size=60))
def test_any_header_gets_an_answer_or_is_not_acceptable(header: str) -> None:
    try:
        found = chosen(header, RESULTS).representation
    except NotAcceptable:
        return
    assert found in RESULTS
