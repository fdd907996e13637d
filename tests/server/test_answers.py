"""What the store does otherwise than the engine below it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from invented import BASE, JSON_RESULTS

from musubi.errors import BadQuery, NoRelease, TooLarge
from musubi.server.store import Answers

TWICE = """\
<http://e/a> <http://e/p> "x" <http://e/g1> .
<http://e/a> <http://e/p> "x" <http://e/g2> .
<http://e/a> <http://e/q> _:c14n0 <http://e/g2> .
_:c14n0 <http://e/p> "1" <http://e/g2> .
"""


@pytest.fixture
def answers(tmp_path: Path) -> Answers:
    path = tmp_path / "twice.nq"
    path.write_text(TWICE, encoding="utf-8")
    return Answers(path)


def values(answers: Answers, query: str, *graphs: tuple[str, ...]) -> list[list[str]]:
    answer = json.loads(answers.evaluate(query, JSON_RESULTS, *graphs).body)
    rows = answer["results"]["bindings"]
    return [[row[name]["value"] for name in answer["head"]["vars"] if name in row] for row in rows]


def test_triple_in_two_graphs_counts_once_by_default(answers: Answers) -> None:
    assert values(answers, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == [["3"]]
    assert values(answers, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }") == [["4"]]


def test_dataset_parameters_are_the_whole_dataset(answers: Answers) -> None:
    count = "SELECT (COUNT(*) AS ?n) %s { %s }"
    plain, named = "?s ?p ?o", "GRAPH ?g { ?s ?p ?o }"
    assert values(answers, count % ("", plain), ("http://e/g1",)) == [["1"]]
    assert values(answers, count % ("", named), ("http://e/g1",)) == [["0"]]
    assert values(answers, count % ("", plain), (), ("http://e/g2",)) == [["0"]]
    assert values(answers, count % ("", named), (), ("http://e/g2",)) == [["3"]]
    assert values(answers, count % ("FROM <http://e/g2>", plain), ("http://e/g1",)) == [["1"]]
    assert values(answers, count % ("", plain), ("http://e/nowhere",)) == [["0"]]


def test_from_in_the_query_is_honoured(answers: Answers) -> None:
    assert values(answers, "SELECT (COUNT(*) AS ?n) FROM <http://e/g1> { ?s ?p ?o }") == [["1"]]


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("SELECT * { ?s ?p ?o }", ["s", "p", "o"]),
        ("PREFIX e: <http://e/> SELECT DISTINCT * WHERE { ?z e:p ?a . OPTIONAL { ?a ?m ?b } }", ["z", "a", "m", "b"]),
        ("SELECT * { ?s ?p ?o { SELECT ?x { ?x ?hidden ?y } } }", ["s", "p", "o", "x"]),
        ("SELECT ?o ?s { ?s ?p ?o }", ["o", "s"]),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", ["n"]),
        ("SELECT ?s { ?s ?p ?o { SELECT * { ?b ?a ?c } } }", ["s"]),
        ("SELECT * { }", []),
        ("SELECT * { VALUES (?b ?a) { (1 2) } }", ["b", "a"]),
    ],
)
def test_columns_come_in_the_order_of_the_text(answers: Answers, query: str, columns: list[str]) -> None:
    assert json.loads(answers.evaluate(query, JSON_RESULTS).body)["head"]["vars"] == columns


def test_blank_nodes_keep_their_names_in_every_process(answers: Answers) -> None:
    assert values(answers, "SELECT ?b { ?s <http://e/q> ?b }") == [["c14n0"]]


def test_same_question_has_the_same_bytes_in_another_process(dataset: Path) -> None:
    code = (
        "import sys, hashlib; from pathlib import Path; from musubi.server.store import Answers;"
        "body = Answers(Path(sys.argv[1])).evaluate('CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }', 'text/turtle').body;"
        "print(len(body), hashlib.sha256(body).hexdigest())"
    )
    runs = {
        subprocess.run([sys.executable, "-c", code, str(dataset)], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    }
    assert len(runs) == 1


def test_turtle_has_the_prefixes_it_uses_and_no_others(answers: Answers) -> None:
    query = "PREFIX e: <http://e/> PREFIX f: <http://f/> CONSTRUCT { ?s e:p 'x' } { ?s e:p 'x' }"
    assert answers.evaluate(query, "text/turtle").body.decode() == '@prefix e: <http://e/> .\n\ne:a e:p "x" .\n'


def test_turtle_names_each_subject_once_with_its_class_first(tmp_path: Path) -> None:
    path = tmp_path / "mixed.nq"
    lines = [f"<http://e/{s}> <http://e/{p}> <http://e/o> <http://e/g> ." for p in "pq" for s in "abc"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    construct = (
        "CONSTRUCT { ?s <http://e/p> ?o . ?s a <http://e/C> } { { ?s <http://e/p> ?o } UNION { ?s <http://e/q> ?o } }"
    )
    body = Answers(path).evaluate(construct, "text/turtle").body.decode()
    assert [body.count(f"<http://e/{s}>") for s in "abc"] == [1, 1, 1]
    assert body.startswith("\n<http://e/") or body.startswith("<http://e/")
    assert all(" a <http://e/C>" in block for block in body.split(" .\n") if block.strip())


@pytest.mark.parametrize("media_type", ["application/sparql-results+xml", "application/rdf+xml"])
def test_xml_parses_whatever_characters_a_literal_has(tmp_path: Path, media_type: str) -> None:
    path = tmp_path / "odd.nq"
    path.write_text('<http://e/a> <http://e/p> "a\\u0001b\\uFFFEc\\rd" <http://e/g> .\n', encoding="utf-8")
    form = "SELECT ?o" if "results" in media_type else "CONSTRUCT { ?s ?p ?o }"
    body = Answers(path).evaluate(f"{form} {{ ?s ?p ?o }}", media_type).body
    texts = [text for element in ElementTree.fromstring(body).iter() if (text := element.text or "").strip()]
    assert texts == ["a\ufffdb\ufffdc\rd"]


def test_large_answer_is_an_error_and_never_cut(dataset: Path) -> None:
    query = "SELECT * { ?s ?p ?o }"
    size = len(Answers(dataset).evaluate(query, JSON_RESULTS).body)
    assert len(Answers(dataset, answer_bytes=size).evaluate(query, JSON_RESULTS).body) == size
    with pytest.raises(TooLarge, match=str(size - 1)):
        Answers(dataset, answer_bytes=size - 1).evaluate(query, JSON_RESULTS)
    with pytest.raises(TooLarge):
        Answers(dataset, answer_bytes=1_000).evaluate("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "text/turtle")


@pytest.mark.parametrize(
    ("query", "line"),
    [("SELECT * {\n ?s ?p }", 2), ("SELECT ?s\nWHERE {\n  ?s e:p ?o .\n}", 3), ("SELECT * { ?s ?p ?o", 1)],
)
def test_syntax_error_has_its_line(answers: Answers, query: str, line: int) -> None:
    with pytest.raises(BadQuery) as caught:
        answers.evaluate(query, JSON_RESULTS)
    assert caught.value.place is not None
    assert caught.value.place.line == line


def test_prefix_that_is_not_declared_is_named_as_the_reason(answers: Answers) -> None:
    with pytest.raises(BadQuery, match="prefix e: is not declared") as caught:
        answers.evaluate("PREFIX f: <http://f/>\nSELECT ?s { ?s f:p/e:p ?o }", JSON_RESULTS)
    assert caught.value.place is not None
    assert (caught.value.place.line, caught.value.place.column) == (2, 20)


def test_unknown_function_is_a_bad_query(answers: Answers) -> None:
    with pytest.raises(BadQuery, match="cannot be evaluated"):
        answers.evaluate("SELECT (<http://e/f>(1) AS ?x) { }", JSON_RESULTS)


def test_dataset_that_cannot_be_loaded_is_no_release(tmp_path: Path) -> None:
    path = tmp_path / "broken.nq"
    path.write_text("<http://e/a> <http://e/p>\n", encoding="utf-8")
    with pytest.raises(NoRelease, match="broken"):
        Answers(path)
    with pytest.raises(NoRelease):
        Answers(tmp_path / "missing.nq")


def test_another_base_has_the_usual_prefixes(tmp_path: Path) -> None:
    path = tmp_path / "based.nq"
    path.write_text("<http://b/id/a> <http://b/ontology#p> <http://b/id/c> <http://b/g> .\n", encoding="utf-8")
    body = Answers(path, base="http://b/").evaluate("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "text/turtle").body
    assert b"id:a mus:p id:c" in body
    assert BASE.encode() not in body
