"""The guard refuses what must not be evaluated, and nothing else."""

from __future__ import annotations

import contextlib
import time

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musubi.errors import BadQuery, MusubiError, ServiceRefused, UpdateRefused
from musubi.server.guard import screened
from musubi.server.lexer import tokens

ALLOWED = {
    "select": "SELECT ?s WHERE { ?s ?p ?o }",
    "ask": "ASK { }",
    "construct": "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "describe": "DESCRIBE <http://e/a>",
    "lower case": "select * { }",
    "prologue": "BASE <http://e/>\nPREFIX e: <http://e/#>\nPREFIX : <#>\nSELECT * { ?s a e:A }",
    "comment first": "# INSERT DATA\nSELECT * { }",
    "service in a string": "SELECT * { ?s ?p 'SERVICE <http://e/>' }",
    "service in a long string": 'SELECT * { ?s ?p """a "SERVICE" <http://e/> {}""" }',
    "service in an IRI": "SELECT * { ?s <http://e/service#SERVICE> ?o }",
    "service in a comment": "SELECT * { } # SERVICE <http://e/> { }",
    "service in a local name": "PREFIX e: <http://e/> SELECT * { ?s e:SERVICE ?o }",
    "service in a variable": "SELECT ?service { ?service ?p ?o }",
    "service in a language tag": "SELECT * { ?s ?p 'a'@en-service }",
    "quote in a name": "PREFIX e: <http://e/> SELECT * { ?s ?p e:a\\'b }",
    "update word as name": "PREFIX insert: <http://e/> SELECT * { ?insert insert:delete 'DROP' }",
    "comparison": "SELECT * { ?s ?p ?o FILTER(?o<2 && ?o>1) }",
    "comparison without space": "SELECT * { ?s ?p ?a, ?b FILTER(?a<?b&&?b>?a) }",
    "brackets in a string": "SELECT * { ?s ?p '" + "{" * 500 + "' }",
    "relative IRI": "BASE <http://e/> SELECT * { <#a> ?p <b#c> }",
    "empty strings": "SELECT * { VALUES ?x { '' \"\" 'a' } }",
}
CALLS_OUT = {
    "plain": "SELECT * { SERVICE <http://127.0.0.1/> { } }",
    "silent": "SELECT * { SERVICE SILENT <http://127.0.0.1/> { } }",
    "no space": "SELECT * { SERVICE<http://127.0.0.1/>{} }",
    "mixed case": "SELECT * { sErViCe <http://127.0.0.1/> { } }",
    "glued to a prefix": "PREFIX e: <http://127.0.0.1/> SELECT * { SERVICEe:a { } }",
    "glued to silent": "SELECT * { SERVICESILENT<http://127.0.0.1/> { } }",
    "glued to a literal": "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1/> { } }",
    "behind a dotted name": "PREFIX e: <http://e/> SELECT * { ?s ?p e:a.b.SERVICE<http://127.0.0.1/> { } }",
    "behind a number": "SELECT * { ?s ?p 1.SERVICE<http://127.0.0.1/> { } }",
    "hidden behind a comparison": (
        "SELECT * { BIND(1 AS ?a) BIND(2 AS ?b) FILTER(?a<?b)#>'''\nSERVICE <http://127.0.0.1/> { } #'''\n }"
    ),
    "within a comparison": "PREFIX e: <http://e/> SELECT * { FILTER(1<2)SERVICE?s#>\n{} }",
    "in a subselect": "SELECT * { { SELECT * { SERVICE ?x { } } } }",
    "variable": "SELECT * { VALUES ?x { <http://127.0.0.1/> } SERVICE ?x { } }",
}
UPDATES = [
    "INSERT DATA { <http://e/a> <http://e/b> <http://e/c> }",
    "PREFIX e: <http://e/> DELETE WHERE { ?s ?p ?o }",
    "# first\nWITH <http://e/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "LOAD <http://127.0.0.1/>",
    "clear all",
    "CREATE GRAPH <http://e/g>",
    "DROP ALL",
    "COPY DEFAULT TO <http://e/g>",
    "MOVE DEFAULT TO <http://e/g>",
    "ADD DEFAULT TO <http://e/g>",
]


def pass_guard(query: str, characters: int = 100_000, nesting: int = 100) -> str:
    return screened(query, characters, nesting)


@pytest.mark.parametrize("name", ALLOWED)
def test_right_query_passes(name: str) -> None:
    assert pass_guard(ALLOWED[name]) in ("select", "ask", "graph")


@pytest.mark.parametrize("name", ALLOWED)
def test_what_passes_is_understood_by_the_engine_too(name: str) -> None:
    pyoxigraph.Store().query(ALLOWED[name], base_iri="http://e/")


@pytest.mark.parametrize("name", CALLS_OUT)
def test_call_to_another_server_is_refused(name: str) -> None:
    with pytest.raises(ServiceRefused) as caught:
        pass_guard(CALLS_OUT[name])
    assert caught.value.place is not None


@pytest.mark.parametrize("update", UPDATES)
def test_update_is_refused(update: str) -> None:
    with pytest.raises(UpdateRefused):
        pass_guard(update)


def test_the_lists_of_cases_are_not_empty() -> None:
    assert (len(ALLOWED), len(CALLS_OUT), len(UPDATES)) == (21, 13, 10)


@pytest.mark.parametrize(
    ("query", "kind"),
    [("SELECT * {}", "select"), ("ASK {}", "ask"), ("CONSTRUCT {} {}", "graph"), ("DESCRIBE ?x {}", "graph")],
)
def test_kind_is_that_of_the_first_keyword(query: str, kind: str) -> None:
    assert pass_guard(query) == kind


@pytest.mark.parametrize("query", ["", "   ", "# only a comment", "PREFIX e: <http://e/>", "EXPLAIN SELECT * {}", "}"])
def test_what_is_no_query_is_bad(query: str) -> None:
    with pytest.raises(BadQuery):
        pass_guard(query)


def test_long_query_is_bad() -> None:
    query = "SELECT * { } #"
    assert pass_guard(query, characters=len(query)) == "select"
    with pytest.raises(BadQuery, match="are allowed"):
        pass_guard(query, characters=len(query) - 1)


@pytest.mark.parametrize("brackets", ["{}", "()", "[]"])
def test_deep_nesting_is_bad_and_one_less_is_not(brackets: str) -> None:
    inside = "SELECT * { %s }"
    assert pass_guard(inside % (brackets[0] * 9 + brackets[1] * 9), nesting=10) == "select"
    with pytest.raises(BadQuery, match="10 deep") as caught:
        pass_guard(inside % (brackets[0] * 10 + brackets[1] * 10), nesting=10)
    assert caught.value.place is not None
    assert (caught.value.place.line, caught.value.place.column) == (1, 21)


def test_half_a_surrogate_pair_is_bad() -> None:
    with pytest.raises(BadQuery, match="surrogate"):
        pass_guard("SELECT * { ?s ?p '\ud800' }")


@pytest.mark.parametrize("quote", ['"', "'", '"""', "'''"])
def test_string_without_end_is_bad_with_its_place(quote: str) -> None:
    with pytest.raises(BadQuery, match="does not end") as caught:
        pass_guard(f"SELECT *\n{{ ?s ?p {quote}abc }}")
    assert caught.value.place is not None
    assert (caught.value.place.line, caught.value.place.column) == (2, 9)


@given(st.text(alphabet="SELECT{}<>#'\"\\?abservic: .\n()@^1", max_size=60))
def test_any_text_passes_or_is_refused_with_a_reason(text: str) -> None:
    def outcome() -> str:
        try:
            return pass_guard(f"SELECT * {{ {text} }}")
        except MusubiError as error:
            return error.code

    assert outcome() in ("select", "bad-query", "service-refused")


@given(st.text(max_size=80))
def test_tokens_are_pieces_of_the_text_in_order(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert token.start >= end
        assert text[token.start : token.end] == token.text
        end = token.end


@pytest.mark.parametrize(
    "piece", ["a.", "é", '"\\"', "<#>", "'''\\'", "<a'>", "_:a.", "#", "((", "@a-", "1.e", "?a<?b#>"]
)
def test_cutting_a_long_text_takes_time_in_proportion(piece: str) -> None:
    # Time that grew with the square of the length would be minutes here.
    begun = time.process_time()
    with contextlib.suppress(MusubiError):
        pass_guard("ASK { " + piece * (99_000 // len(piece)))
    assert time.process_time() - begun < 10
