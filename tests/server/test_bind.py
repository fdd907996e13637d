"""Values become exactly one term each, whatever they are, or are refused."""

from __future__ import annotations

from decimal import Decimal

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import BASE, JSON_RESULTS, XSD

from musubi.errors import BadParameter
from musubi.server import term
from musubi.server.ask import answer, rows
from musubi.server.bind import bound
from musubi.server.engine import Engine
from musubi.server.insertion import projected, with_term, with_values
from musubi.server.lexer import tokens
from musubi.server.local import Local
from musubi.server.question import Question

FRAMEWORK = "id:instrument/aland-borea-framework"
HOSTILE = [
    'x" . } #',
    "x' } SERVICE <http://127.0.0.1/> { ",
    "} } DROP ALL #",
    "\\",
    '\\" } #',
    '"""',
    "a\nb\r\nc\td",
    "</script><script>alert(1)</script>",
    "?x } UNION { ?a ?b ?c",
    "$word",
    "\u2028",
    "🛰",
    "https://w3id.org/musubi/id/state/aland> } #",
    "id:state/aland> } #",
    "; DELETE WHERE { ?s ?p ?o }",
]


def values_of(query: str, name: str) -> list[str]:
    """What the engine binds to a variable in a query with the given VALUES and nothing else."""
    found = pyoxigraph.Store().query(query)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    return [str(row[name]) for row in found]


@pytest.mark.parametrize("given", [FRAMEWORK, f"{BASE}id/instrument/aland-borea-framework", "aland-borea-framework"])
def test_entity_is_named_by_curie_iri_or_slug(engine: Engine, question: Question, given: str) -> None:
    query = bound(engine, question, {"instrument": given})
    assert f"VALUES ?instrument {{ <{BASE}id/instrument/aland-borea-framework> }}" in query


def test_values_stand_right_behind_the_first_where(engine: Engine, question: Question) -> None:
    query = bound(engine, question, {"modality": "done"})
    inserted = f' VALUES ?modality {{ <{BASE}scheme/modality/done> }} VALUES ?language {{ "en" }}'
    assert query == question.query.replace("WHERE {", "WHERE {" + inserted, 1)


def test_what_is_not_given_and_has_no_default_restricts_nothing(engine: Engine, question: Question) -> None:
    assert bound(engine, question, {}).count("VALUES") == 1
    assert len(rows(engine, question, {}).rows) == 2


def test_value_restricts_the_rows(engine: Engine, question: Question) -> None:
    assert len(rows(engine, question, {"modality": "done"}).rows) == 2
    assert len(rows(engine, question, {"modality": "planned"}).rows) == 0
    assert len(rows(engine, question, {"instrument": "old-notes"}).rows) == 0


@pytest.mark.parametrize("given", ["scheme:modality/done", "done", f"{BASE}scheme/modality/done"])
def test_choice_is_named_as_it_is_listed_or_by_its_last_part(engine: Engine, question: Question, given: str) -> None:
    assert f"<{BASE}scheme/modality/done>" in bound(engine, question, {"modality": given})


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"instrument": "aland-borea-framwork"}, "near to it: id:instrument/aland-borea-framework"),
        ({"instrument": "id:state/aland"}, "no mus:NormativeInstrument"),
        ({"instrument": "id:instrument/none"}, "no mus:NormativeInstrument"),
        ({"instrument": "nonsense:a/b"}, "no mus:NormativeInstrument"),
        ({"instrument": "https://example.org/x"}, "no mus:NormativeInstrument"),
        ({"modality": "failed"}, "none of scheme:modality/done, scheme:modality/planned"),
        ({"before": "2031-02-29"}, "a day that exists"),
        ({"before": "2031-4-2"}, "YYYY-MM-DD"),
        ({"before": "20310402"}, "YYYY-MM-DD"),
        ({"before": "２０３１-04-02"}, "YYYY-MM-DD"),
        ({"before": "2031-04-02T00:00:00"}, "YYYY-MM-DD"),
        ({"least": "three"}, "a number"),
        ({"least": "1e9"}, "a number"),
        ({"least": "NaN"}, "a number"),
        ({"least": "1_000"}, "a number"),
        ({"language": "fr"}, "one of ja, en"),
        ({"word": "a\ud800"}, "broken characters"),
        ({"word": "a" * 1_001}, "1000 are allowed"),
        ({"lagnuage": "ja"}, "no parameter of parties"),
    ],
)
def test_wrong_value_is_refused_with_what_is_allowed(
    engine: Engine, question: Question, values: dict[str, str], said: str
) -> None:
    with pytest.raises(BadParameter, match=said) as caught:
        bound(engine, question, values)
    name, given = next(iter(values.items()))
    assert name in caught.value.detail
    assert len(given) > 1_000 or repr(given) in caught.value.detail or repr(name) in caught.value.detail


def test_nearest_things_are_given_as_curies(engine: Engine, question: Question) -> None:
    with pytest.raises(BadParameter) as caught:
        bound(engine, question, {"instrument": "old exchange"})
    assert caught.value.allowed == ("id:instrument/old-notes",)


@pytest.mark.parametrize(
    ("name", "given", "term_text"),
    [
        ("before", "2031-04-02", f'"2031-04-02T00:00:00"^^<{XSD}dateTime>'),
        ("least", "3", f'"3"^^<{XSD}decimal>'),
        ("least", "-0.50", f'"-0.50"^^<{XSD}decimal>'),
        ("language", "ja", '"ja"'),
        ("word", 'a "b" \\', '"a \\"b\\" \\\\"'),
    ],
)
def test_value_becomes_a_term_of_its_type(
    engine: Engine, question: Question, name: str, given: str, term_text: str
) -> None:
    assert f"VALUES ?{name} {{ {term_text} }}" in bound(engine, question, {name: given})


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("name", ["instrument", "modality", "before", "least", "word", "language"])
def test_hostile_value_is_refused_or_is_just_a_text(engine: Local, question: Question, name: str, hostile: str) -> None:
    try:
        query = bound(engine, question, {name: hostile})
    except BadParameter:
        assert name != "word"
        return
    assert name == "word"
    before, after = list(tokens(question.query)), list(tokens(query))
    assert len(after) - len(before) == 5 * 2
    answer = engine.evaluate(query, JSON_RESULTS)
    assert b'"bindings"' in answer.body


@given(st.text(max_size=200))
def test_any_text_comes_out_of_the_engine_as_it_went_in(text: str) -> None:
    try:
        written = term.string(text)
    except ValueError:
        assert "\0" in text or any("\ud800" <= character <= "\udfff" for character in text)
        return
    query = with_values("SELECT ?word WHERE { }", {"word": [written]})
    solutions = pyoxigraph.Store().query(query)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    (row,) = list(solutions)
    value = row["word"]
    assert isinstance(value, pyoxigraph.Literal)
    assert value.value == text


IRI_STARTS = st.sampled_from(
    ["http://e/", "http://", "urn:", "a:", "http:", "http://e:1", "http://e?", "http://e/#", ""]
)
IRI_REST = st.text(max_size=60) | st.text(alphabet="ab:/?#@%41[]é\ufffd\ufff0\ue000<> ", max_size=20)


@given(IRI_STARTS, IRI_REST)
def test_any_iri_is_one_term_that_the_engine_reads_or_is_refused(start: str, rest: str) -> None:
    written = start + rest
    if not term.is_iri(written):
        with pytest.raises(ValueError, match="not an absolute IRI"):
            term.iri(written)
        return
    cut = list(tokens(f"SELECT ?x WHERE {{ VALUES ?x {{ {term.iri(written)} }} }}"))
    assert [token.kind for token in cut].count("iri") == 1
    assert len(cut) == 10
    assert pyoxigraph.NamedNode(written).value == written
    assert values_of(with_values("SELECT ?x WHERE { }", {"x": [term.iri(written)]}), "x") == [f"<{written}>"]


@pytest.mark.parametrize(
    "text", ["https://w3id.org/musubi/id/state/jpn", "http://e/国?a=b#c", "urn:x:y", "http://a@e:80/%E5"]
)
def test_usual_iri_is_one(text: str) -> None:
    assert term.iri(text) == f"<{text}>"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_any_number_is_one_term(number: Decimal) -> None:
    assert values_of(with_values("SELECT ?n WHERE { }", {"n": [term.number(number)]}), "n")


def test_variable_is_replaced_as_a_token_only() -> None:
    query = "CONSTRUCT { ?x ?p '?x' } # ?x\nWHERE { ?x ?p ?xy . $x <http://e/?x> ?o }"
    replaced = "CONSTRUCT { <http://a> ?p '?x' } # ?x\nWHERE { <http://a> ?p ?xy . <http://a> <http://e/?x> ?o }"
    assert with_term(query, "x", "<http://a>") == replaced


def test_query_without_where_takes_no_values() -> None:
    with pytest.raises(ValueError, match="WHERE"):
        with_values("SELECT ?x { }", {"x": ["1"]})


def test_columns_are_those_that_the_outermost_select_names() -> None:
    query = "SELECT ?a (COUNT(?x) AS ?b) (GROUP_CONCAT(DISTINCT ?y; separator=' AS ?z') AS ?c) WHERE { ?d ?e ?f }"
    assert projected(list(tokens(query))) == ["a", "b", "c"]


def test_answer_is_given_in_the_type_that_is_asked_for(engine: Engine, question: Question) -> None:
    values = {"instrument": FRAMEWORK, "language": "ja"}
    csv = answer(engine, question, values, "text/csv").decode()
    assert csv.splitlines()[0].startswith("instrument,instrumentLabel,party")
    assert "アランド・ボレア宇宙協力枠組協定" in csv
    table = rows(engine, question, values)
    assert table.columns[:3] == ("instrument", "instrumentLabel", "party")
    assert [str(row["partyLabel"]) for row in table.rows] == ["アランド", "ボレア"]
    assert (table.rows[0]["partyLabel"].language, table.rows[0]["party"].kind) == ("ja", "uri")
