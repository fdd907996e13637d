"""Statements to RDF: what stands in which graph, and that nothing is a fact which the text does not assert."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, XSD, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS

from musubi.data import folder
from musubi.mappings.dates import Interval
from musubi.mappings.lift import ASSERTING, asserts, lifted
from musubi.mappings.modality import cues
from musubi.mappings.read import Span
from musubi.mappings.reference import reference
from musubi.mappings.row import Row
from musubi.mappings.seeds import Record, Seed, read_seeds
from musubi.mappings.statement import Bounds, Statement
from musubi.vocabulary import INTENTIONS, PREFIXES, Names, kind

NAMES = Names()
MUS = Namespace(PREFIXES["mus"])
SHA = "5a" * 32
RECORD = Record(
    slug="own",
    file_name="own.txt",
    sha256=SHA,
    lines=40,
    language="ja",
    title_ja="覚え",
    title_en="Notes",
    publisher="id:organization/jaxa",
    as_of=Bounds("2040-01-01T00:00:00", "2040-12-31T23:59:59"),
    as_of_known_by="Chosen for the tests.",
    address="https://example.org/notes",
    licence="Written for the tests.",
)


def span(start: int, end: int, first: int = 3, last: int = 4) -> Span:
    return Span(start, end, first, last, f"{start:064x}")


SAID = Statement(
    subject="id:mission/artemis-2",
    property="mus:usesSystem",
    value="id:system/orion",
    modality="done",
    cue="past",
    span=span(10, 20),
    method="own/1",
)
APRIL = Interval("2041-04-01T00:00:00", "2041-04-30T23:59:59", "month", "about", "")


def seed(*statements: Statement, record: Record = RECORD) -> Seed:
    rows = [Row(s.identifier(record.sha256), i, s) for i, s in enumerate(statements, start=2)]
    return Seed(record, tuple(rows), Path("own"))


def iri(curie: str) -> URIRef:
    return URIRef(NAMES.iri(curie))


def graph_of(*statements: Statement, record: Record = RECORD) -> Graph:
    """The graph of the document."""
    dataset = lifted([seed(*statements, record=record)], NAMES, reference())
    return dataset.graph(URIRef(NAMES.graph(f"document/{record.sha256[:12]}")))


def node_of(statement: Statement) -> URIRef:
    return URIRef(NAMES.statement(statement.identifier(SHA)))


def plain(statement: Statement) -> tuple[URIRef, URIRef, URIRef]:
    return iri(statement.subject), iri(statement.property), iri(statement.value)


# --- Plain triples ---

MODALITIES = sorted(c.split("/")[1] for c in reference().concepts if c.startswith("scheme:modality/"))
MODES = [(modality, polarity) for modality in MODALITIES for polarity in ("affirmative", "negative")]


@pytest.mark.parametrize(("modality", "polarity"), MODES)
def test_a_relation_is_a_plain_triple_only_where_the_text_asserts_it(modality: str, polarity: str) -> None:
    statement = replace(SAID, modality=modality, polarity=polarity)
    graph = graph_of(statement)
    asserted = (modality, polarity) in {("stated", "affirmative"), ("done", "affirmative")}
    assert (plain(statement) in graph) == asserted == asserts(statement)
    assert (node_of(statement), MUS.isAbout, iri(statement.subject)) in graph


def test_modes_of_every_sort_were_tried() -> None:
    assert len(MODES) == 28
    assert {(cue.modality, cue.polarity) for cue in cues().values()} <= set(MODES)


@pytest.mark.parametrize("subject", ["id:norm/gateway-mou-seat", "id:milestone/slim-launch"])
@pytest.mark.parametrize("modality", ["planned", "binding-duty", "permitted", "open-question", "done"])
def test_a_relation_of_a_norm_or_plan_is_a_plain_triple_in_any_mode(subject: str, modality: str) -> None:
    statement = replace(SAID, subject=subject, property="mus:isMilestoneOf", modality=modality)
    assert plain(statement) in graph_of(statement)


@pytest.mark.parametrize("subject", ["id:norm/gateway-mou-seat", "id:milestone/slim-launch", "id:mission/mmx"])
def test_what_is_denied_is_no_plain_triple(subject: str) -> None:
    statement = replace(SAID, subject=subject, modality="stated", polarity="negative")
    assert plain(statement) not in graph_of(statement)


def test_the_classes_of_a_planned_thing_are_no_plain_triple() -> None:
    statement = replace(
        SAID, subject="id:event/x-signing", property="rdf:type", value="mus:Signing", modality="planned"
    )
    assert (iri("id:event/x-signing"), RDF.type, MUS.Signing) not in graph_of(statement)
    assert (iri("id:event/x-signing"), RDF.type, MUS.Signing) in graph_of(replace(statement, modality="done"))


def test_a_planned_statement_beside_a_done_one_takes_nothing_from_it() -> None:
    planned = replace(SAID, value="id:system/sls", modality="planned")
    graph = graph_of(SAID, planned)
    assert plain(SAID) in graph
    assert plain(planned) not in graph


# --- Statement nodes ---


def test_a_relation_has_its_node_with_everything_that_is_said_of_it() -> None:
    statement = replace(SAID, note="why", time=APRIL, modality="planned", cue="aim")
    graph, node = graph_of(statement), node_of(statement)
    said = {(str(p).rsplit("#", 1)[-1], o) for p, o in graph.predicate_objects(node)}
    assert said == {
        ("type", MUS.RelationStatement),
        ("isAbout", iri("id:mission/artemis-2")),
        ("hasStatedProperty", MUS.usesSystem),
        ("hasValueEntity", iri("id:system/orion")),
        ("hasModality", iri("scheme:modality/planned")),
        ("hasPolarity", iri("scheme:polarity/affirmative")),
        ("cue", Literal("aim")),
        ("foundBy", Literal("own/1")),
        ("extractionNote", Literal("why", lang="en")),
        ("hasEarliestTime", Literal("2041-04-01T00:00:00", datatype=XSD.dateTime)),
        ("hasLatestTime", Literal("2041-04-30T23:59:59", datatype=XSD.dateTime)),
        ("hasTimePrecision", iri("scheme:time-precision/month")),
        ("hasTimeWording", iri("scheme:time-wording/about")),
        ("timeLabel", Literal("2041年4月頃", lang="ja")),
        ("timeLabel", Literal("about April 2041", lang="en")),
        ("asOfEarliest", Literal("2040-01-01T00:00:00", datatype=XSD.dateTime)),
        ("asOfLatest", Literal("2040-12-31T23:59:59", datatype=XSD.dateTime)),
        ("isSupportedBy", URIRef(NAMES.span(SHA, 10, 20))),
    }


def test_a_time_makes_a_schedule_without_a_value_or_a_plain_triple() -> None:
    statement = replace(SAID, property="mus:hasTime", value="", time=APRIL)
    graph, node = graph_of(statement), node_of(statement)
    assert (node, RDF.type, MUS.ScheduleStatement) in graph
    assert (node, MUS.hasStatedProperty, MUS.hasTime) in graph
    assert (node, MUS.hasValueEntity, None) not in graph
    assert (iri(statement.subject), None, None) not in graph


def test_an_open_end_of_a_time_is_not_there() -> None:
    statement = replace(SAID, property="mus:hasTime", value="", time=replace(APRIL, earliest=None, wording="by"))
    graph = graph_of(statement)
    assert (node_of(statement), MUS.hasEarliestTime, None) not in graph
    assert (node_of(statement), MUS.hasLatestTime, None) in graph


@pytest.mark.parametrize(
    ("value", "literal"),
    [
        ('"25"^^xsd:integer', Literal("25", datatype=XSD.integer)),
        ('"-3.50"^^xsd:decimal', Literal("-3.50", datatype=XSD.decimal)),
    ],
)
def test_a_number_makes_a_quantity_with_its_datatype_and_no_plain_triple(value: str, literal: Literal) -> None:
    statement = replace(SAID, property="mus:hasSignatoryCount", value=value)
    graph, node = graph_of(statement), node_of(statement)
    assert (node, RDF.type, MUS.QuantityStatement) in graph
    assert list(graph.objects(node, MUS.hasAmount)) == [literal]
    assert (iri(statement.subject), None, None) not in graph


def test_a_time_has_no_zone() -> None:
    graph = graph_of(replace(SAID, time=APRIL))
    times = [o for o in graph.objects() if isinstance(o, Literal) and o.datatype == XSD.dateTime]
    assert len(times) == 6
    assert all(len(str(time)) == len("2041-04-01T00:00:00") for time in times)


def test_a_statement_speaks_as_of_its_own_time_before_that_of_its_document() -> None:
    own = replace(SAID, as_of=Bounds("2039-05-05T00:00:00", "2039-05-05T23:59:59"))
    graph = graph_of(own)
    assert str(graph.value(node_of(own), MUS.asOfEarliest)) == "2039-05-05T00:00:00"
    assert str(graph.value(node_of(own), MUS.asOfLatest)) == "2039-05-05T23:59:59"
    assert str(graph_of(SAID).value(node_of(SAID), MUS.asOfEarliest)) == "2040-01-01T00:00:00"


def test_a_statement_that_is_open_at_one_end_takes_nothing_from_its_document() -> None:
    own = replace(SAID, as_of=Bounds(None, "2039-05-05T23:59:59"))
    assert graph_of(own).value(node_of(own), MUS.asOfEarliest) is None


def test_where_neither_says_as_of_when_nothing_is_said() -> None:
    graph = graph_of(SAID, record=replace(RECORD, as_of=Bounds()))
    assert (None, MUS.asOfEarliest, None) not in graph
    assert (None, MUS.asOfLatest, None) not in graph


# --- Spans and documents ---


def test_statements_of_one_place_share_its_span() -> None:
    other = replace(SAID, value="id:system/sls")
    graph = graph_of(SAID, other)
    assert list(graph.subjects(RDF.type, MUS.EvidenceSpan)) == [URIRef(NAMES.span(SHA, 10, 20))]
    assert len(list(graph.subjects(MUS.isSupportedBy, URIRef(NAMES.span(SHA, 10, 20))))) == 2


def test_a_span_has_its_lines_offsets_and_hash() -> None:
    graph, node = graph_of(SAID), URIRef(NAMES.span(SHA, 10, 20))
    assert {(str(p).rsplit("#", 1)[-1], o) for p, o in graph.predicate_objects(node)} == {
        ("type", MUS.EvidenceSpan),
        ("isSpanOf", URIRef(NAMES.document(SHA))),
        ("startLine", Literal("3", datatype=XSD.positiveInteger)),
        ("endLine", Literal("4", datatype=XSD.positiveInteger)),
        ("startOffset", Literal("10", datatype=XSD.nonNegativeInteger)),
        ("endOffset", Literal("20", datatype=XSD.nonNegativeInteger)),
        ("spanSha256", Literal(f"{10:064x}", datatype=XSD.string)),
    }


def test_every_place_that_says_it_supports_it_and_a_role_is_context() -> None:
    statement = replace(SAID, further=(span(30, 40), span(50, 60)), roles=(("mission", span(1, 5, 1, 1)),))
    graph, node = graph_of(statement), node_of(statement)
    assert {str(o).rsplit("-", 2)[-2] for o in graph.objects(node, MUS.isSupportedBy)} == {"10", "30", "50"}
    assert list(graph.objects(node, MUS.hasContextSpan)) == [URIRef(NAMES.span(SHA, 1, 5))]
    assert len(list(graph.subjects(RDF.type, MUS.EvidenceSpan))) == 4


def test_a_document_has_its_titles_hash_publisher_and_address() -> None:
    graph, node = graph_of(SAID), URIRef(NAMES.document(SHA))
    assert set(graph.objects(node, RDFS.label)) == {Literal("覚え", lang="ja"), Literal("Notes", lang="en")}
    assert graph.value(node, MUS.documentSha256) == Literal(SHA, datatype=XSD.string)
    assert graph.value(node, MUS.lineCount) == Literal("40", datatype=XSD.positiveInteger)
    assert graph.value(node, DCTERMS.publisher) == iri("id:organization/jaxa")
    assert graph.value(node, DCTERMS.source) == URIRef("https://example.org/notes")
    assert graph.value(node, DCTERMS.language) == Literal("ja")


def test_of_a_document_whose_publisher_and_address_are_not_known_none_is_said() -> None:
    graph = graph_of(SAID, record=replace(RECORD, publisher="", address=""))
    assert (None, DCTERMS.publisher, None) not in graph
    assert (None, DCTERMS.source, None) not in graph


def test_each_document_has_its_graph_and_composed_labels_have_one() -> None:
    rows = [
        replace(SAID, subject="id:milestone/slim-launch", property="rdf:type", value="mus:LaunchMilestone"),
        replace(SAID, subject="id:milestone/slim-launch", property="mus:isMilestoneOf", value="id:system/slim"),
    ]
    other = replace(RECORD, slug="other", sha256="6b" * 32)
    dataset = lifted([seed(*rows), seed(SAID, record=other)], NAMES, reference())
    graphs = {str(g.identifier) for g in dataset.graphs() if len(g)}
    assert graphs == {NAMES.graph(path) for path in (f"document/{SHA[:12]}", f"document/{'6b' * 6}", "label")}
    labels = dataset.graph(URIRef(NAMES.graph("label")))
    assert {str(o) for o in labels.objects(iri("id:milestone/slim-launch"))} == {
        "小型月着陸実証機の打上げ",
        "Launch of Smart Lander for Investigating Moon",
    }


def test_another_base_moves_every_name_of_our_own() -> None:
    names = Names("https://graph.example/")
    dataset = lifted([seed(replace(SAID, time=APRIL))], names, reference())
    words = {str(part) for graph in dataset.graphs() for triple in graph for part in (*triple, graph.identifier)}
    assert "https://graph.example/id/mission/artemis-2" in words
    assert not [word for word in words if "w3id.org" in word]


# --- The real seeds ---


@pytest.fixture(scope="module")
def real() -> list[Seed]:
    return read_seeds(folder("seeds"))[0]


@pytest.fixture(scope="module")
def dataset(real: list[Seed]) -> Dataset:
    return lifted(real, NAMES, reference())


def test_every_plain_triple_of_the_real_seeds_has_a_statement_that_asserts_it(dataset: Dataset) -> None:
    tried = 0
    for graph in dataset.graphs():
        if "/graph/document/" not in str(graph.identifier):
            continue
        for subject, property_, value in graph:
            if kind(NAMES.curie(str(subject))) in {"statement", "span", "document"}:
                continue
            behind = [n for n in graph.subjects(MUS.isAbout, subject) if (n, MUS.hasStatedProperty, property_) in graph]
            behind = [n for n in behind if (n, MUS.hasValueEntity, value) in graph]
            modes = {str(graph.value(n, MUS.hasModality)).rsplit("/", 1)[-1] for n in behind}
            polarities = {graph.value(n, MUS.hasPolarity) for n in behind}
            assert iri("scheme:polarity/affirmative") in polarities
            assert modes & ASSERTING or kind(NAMES.curie(str(subject))) in INTENTIONS
            tried += 1
    assert tried >= 100


def test_no_relation_that_the_real_seeds_only_plan_is_a_plain_triple(real: list[Seed], dataset: Dataset) -> None:
    tried = 0
    for one in real:
        asserted = {(s.subject, s.property, s.value) for s in one.statements if asserts(s)}
        graph = dataset.graph(URIRef(NAMES.graph(f"document/{one.record.sha256[:12]}")))
        for s in one.statements:
            relation = s.value.startswith(("id:", "mus:", "scheme:"))
            if s.modality not in ASSERTING and relation and (s.subject, s.property, s.value) not in asserted:
                assert plain(s) not in graph
                tried += 1
    assert tried >= 3


SCRIPT = """
from musubi.data import folder
from musubi.mappings.lift import lifted
from musubi.mappings.reference import reference
from musubi.mappings.seeds import read_seeds
from musubi.vocabulary import Names
text = lifted(read_seeds(folder("seeds"))[0], Names(), reference()).serialize(format="nquads")
print("\\n".join(sorted(line for line in text.split("\\n") if line)), end="")
"""


def test_lifting_gives_the_same_quads_in_any_process() -> None:
    runs = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env=os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert len(runs[0].split(b"\n")) > 3000
