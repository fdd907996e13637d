"""The parts of the check on the smallest data, shape and query that show each; then the real shapes and checks."""

from pathlib import Path

import pytest

from musubi.build.check import findings
from musubi.build.finding import Evidence, Finding, Severity
from musubi.data import shape_files, violation_files
from musubi.errors import InvalidGraph
from musubi.vocabulary import PREFIXES, Names

NAMES = Names()
DATA = """
id/statement/1 a RelationStatement
id/statement/1 isAbout id/mission/x
id/statement/1 isSupportedBy id/span/000000000000-0-9
id/span/000000000000-0-9 isSpanOf id/document/000000000000
id/span/000000000000-0-9 startLine 3
id/span/000000000000-0-9 endLine 4
id/mission/x a Mission
"""
LINES = (Evidence(NAMES.document("0" * 64), 3, 4),)

SHAPE = """
shape:Mission a sh:NodeShape ;
    sh:targetClass mus:Mission ;
    sh:property shape:Mission-label , shape:Mission-type .

shape:Mission-label a sh:PropertyShape ;
    sh:path rdfs:label ;
    sh:minCount 1 ;
    sh:message "名前が要ります。"@ja , "A mission needs a label."@en .

shape:Mission-type a sh:PropertyShape ;
    sh:path rdf:type ;
    sh:in ( mus:Activity ) ;
    sh:severity sh:Warning ;
    sh:message "活動です。"@ja , "It is an activity."@en .
"""
CHECK = """#+ message:
#+   ja: 典拠があります。
#+   en: There is a span.
PREFIX mus: <https://w3id.org/musubi/ontology#>
SELECT ?node ?span
WHERE { ?node mus:isSupportedBy ?span . }
ORDER BY ?node
"""


def nquads(text: str = DATA, graph: str = "document/000000000000") -> bytes:
    """Lines of subject, property and value, in short forms, as N-Quads."""

    def term(word: str, position: int) -> str:
        if word.isdigit():
            return f'"{word}"^^<{PREFIXES["xsd"]}positiveInteger>'
        if word == "a":
            return f"<{PREFIXES['rdf']}type>"
        return f"<{NAMES.base}{word}>" if "/" in word else f"<{NAMES.iri('mus:' + word)}>"

    rows = (line.split() for line in text.split("\n") if line)
    return "".join(" ".join(map(term, row, range(3))) + f" <{NAMES.graph(graph)}> .\n" for row in rows).encode()


@pytest.fixture
def shapes(tmp_path: Path) -> list[Path]:
    path = tmp_path / "Mission.ttl"
    path.write_text("".join(f"@prefix {p}: <{i}> .\n" for p, i in PREFIXES.items()) + SHAPE, encoding="utf-8")
    return [path]


@pytest.fixture
def checks(tmp_path: Path) -> list[Path]:
    path = tmp_path / "has-span-violation.rq"
    path.write_text(CHECK, encoding="utf-8")
    return [path]


def test_a_shape_gives_findings_with_both_messages_and_the_lines_of_the_statements(shapes: list[Path]) -> None:
    found = findings(nquads(), shapes, [])
    assert [(f.severity, f.source, f.details) for f in found] == [
        (Severity.VIOLATION, "shape:Mission-label", (("property", "rdfs:label"),)),
        (
            Severity.WARNING,
            "shape:Mission-type",
            (("property", "rdf:type"), ("value", NAMES.iri("mus:Mission"))),
        ),
    ]
    assert found[0].node == NAMES.iri("id:mission/x")
    assert (found[0].message.ja, found[0].message.en) == ("名前が要ります。", "A mission needs a label.")
    assert found[0].evidence == LINES


def test_a_check_gives_a_finding_a_row_with_its_columns_and_lines(checks: list[Path]) -> None:
    (found,) = findings(nquads(), [], checks)
    assert found == Finding(
        severity=Severity.VIOLATION,
        source="has-span",
        node=NAMES.iri("id:statement/1"),
        message=found.message,
        details=(("span", NAMES.iri("id:span/000000000000-0-9")),),
        evidence=LINES,
    )
    assert (found.message.ja, found.message.en) == ("典拠があります。", "There is a span.")


def test_a_span_shows_its_own_lines(checks: list[Path]) -> None:
    checks[0].write_text(CHECK.replace("?node mus:isSupportedBy ?span", "?node mus:startLine ?line"), encoding="utf-8")
    checks[0].write_text(checks[0].read_text(encoding="utf-8").replace("?node ?span", "?node"), encoding="utf-8")
    assert [f.evidence for f in findings(nquads(), [], checks)] == [LINES]


def test_a_node_that_no_line_stands_behind_has_no_evidence(shapes: list[Path]) -> None:
    found = findings(nquads("id/mission/y a Mission\n", "reference"), shapes, [])
    assert found
    assert all(f.evidence == () for f in found)


def test_the_order_does_not_depend_on_the_order_of_the_data(shapes: list[Path], checks: list[Path]) -> None:
    text = nquads() + nquads("id/mission/a a Mission\nid/mission/b a Mission\nid/mission/c a Mission\n")
    backwards = b"".join(reversed(text.splitlines(keepends=True)))
    found = findings(text, shapes, checks)
    assert len(found) == 9
    assert found == findings(backwards, shapes, checks)
    assert [f.severity for f in found] == sorted((f.severity for f in found), key=list(Severity).index)


@pytest.mark.parametrize("graph", ["ontology", "shapes", "provenance"])
def test_graphs_that_no_shape_is_about_are_not_looked_at(graph: str, shapes: list[Path]) -> None:
    assert findings(nquads("id/mission/y a Mission\n", graph), shapes, []) == []


def test_a_finding_becomes_json_with_all_it_says(checks: list[Path]) -> None:
    (found,) = findings(nquads(), [], checks)
    assert found.as_json() == {
        "severity": "violation",
        "source": "has-span",
        "node": NAMES.iri("id:statement/1"),
        "message": {"ja": "典拠があります。", "en": "There is a span."},
        "details": {"span": NAMES.iri("id:span/000000000000-0-9")},
        "evidence": [{"document": NAMES.document("0" * 64), "first_line": 3, "last_line": 4}],
    }


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (CHECK.replace("SELECT", "SELEKT"), "does not parse"),
        (CHECK.replace("#+   en: There is a span.\n", ""), "no message in ja and en"),
        (CHECK.replace("#+ message:", "#+ [message"), "no message in ja and en"),
        (CHECK.replace("?node", "?thing"), "must select [?]node"),
        (CHECK.replace("SELECT ?node ?span\n", "ASK\n").replace("ORDER BY ?node\n", ""), "not a SELECT"),
    ],
)
def test_a_wrong_check_is_named(query: str, words: str, checks: list[Path]) -> None:
    checks[0].write_text(query, encoding="utf-8")
    with pytest.raises(InvalidGraph, match=rf"has-span-violation\.rq: .*{words}"):
        findings(nquads(), [], checks)


def test_a_wrong_shape_file_is_named(shapes: list[Path]) -> None:
    shapes[0].write_text("shape:Mission a .", encoding="utf-8")
    with pytest.raises(InvalidGraph, match=r"Mission\.ttl: not Turtle"):
        findings(nquads(), shapes, [])


def test_a_shape_that_cannot_be_run_is_an_invalid_graph(shapes: list[Path]) -> None:
    text = shapes[0].read_text(encoding="utf-8")
    shapes[0].write_text(text.replace("sh:minCount 1", 'sh:minCount "one"'), encoding="utf-8")
    with pytest.raises(InvalidGraph, match="the shapes cannot be run"):
        findings(nquads(), shapes, [])


def test_the_real_shapes_and_checks_notice_a_statement_whose_span_is_gone() -> None:
    whole = DATA + "id/statement/1 a Statement\nid/span/000000000000-0-9 a EvidenceSpan\n"
    whole += "id/document/000000000000 documentSha256 0\n"
    without = whole.replace("id/statement/1 isSupportedBy id/span/000000000000-0-9\n", "")
    sources = {f.source for f in findings(nquads(without))} - {f.source for f in findings(nquads(whole))}
    assert sources == {"shape:Statement-isSupportedBy", "statement-without-span"}
    assert len(shape_files()) >= 20
    assert len(violation_files()) >= 10
