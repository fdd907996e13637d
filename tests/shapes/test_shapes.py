"""Each named property shape fires on its own `invalid*.ttl`, and nothing fires on its `valid*.ttl`.

The data are invented and the smallest that show the point; the ontology is not loaded, so a test names the class that
the shape targets.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SH

from musubi.data import ontology_files, shape_files
from musubi.vocabulary import BASE, KINDS, PREFIXES

HERE = Path(__file__).parent
SHAPE = PREFIXES["shape"]
FOLDERS = sorted(folder.name for folder in HERE.iterdir() if folder.is_dir() and folder.name != "__pycache__")
VALID = sorted(f"{file.parent.name}/{file.name}" for file in HERE.glob("*/valid*.ttl"))
INVALID = sorted(f"{file.parent.name}/{file.name}" for file in HERE.glob("*/invalid*.ttl"))
WARNINGS = {"BilateralAgreement-hasSide", "Norm-hasLegalForce", "ParliamentaryVote-isPerformedBy"}


@cache
def shapes() -> Graph:
    graph = Graph()
    for file in shape_files():
        graph.parse(file, format="turtle")
    return graph


def named_property_shapes() -> list[str]:
    found = (s for s in shapes().subjects(RDF.type, SH.PropertyShape) if isinstance(s, URIRef))
    return sorted(str(s).removeprefix(SHAPE) for s in found)


def results(file: Path) -> list[tuple[str, str]]:
    """Shape and severity of each result, by local name."""
    _, report, _ = validate(Graph().parse(file, format="turtle"), shacl_graph=shapes(), inference="none")
    assert isinstance(report, Graph)
    return sorted(
        (
            str(report.value(r, SH.sourceShape)).removeprefix(SHAPE),
            str(report.value(r, SH.resultSeverity)).removeprefix(PREFIXES["sh"]),
        )
        for r in report.subjects(RDF.type, SH.ValidationResult)
    )


def test_every_named_property_shape_has_valid_and_invalid_data() -> None:
    assert named_property_shapes() == FOLDERS
    for cases, name in ((VALID, "valid.ttl"), (INVALID, "invalid.ttl")):
        assert {f"{folder}/{name}" for folder in FOLDERS} <= set(cases)


def test_the_number_of_shapes_and_cases_is_known() -> None:
    assert (len(FOLDERS), len(VALID), len(INVALID)) == (43, 45, 64)


@pytest.mark.parametrize("case", VALID)
def test_nothing_fires_on_valid_data(case: str) -> None:
    assert results(HERE / case) == []


@pytest.mark.parametrize("case", INVALID)
def test_invalid_data_fire_their_shape_alone(case: str) -> None:
    expected = case.partition("/")[0]
    assert set(results(HERE / case)) == {(expected, "Warning" if expected in WARNINGS else "Violation")}


@pytest.mark.parametrize("name", FOLDERS)
def test_a_shape_says_in_both_languages_what_to_do(name: str) -> None:
    messages = [m for m in shapes().objects(URIRef(SHAPE + name), SH.message) if isinstance(m, Literal)]
    assert sorted(str(m.language) for m in messages) == ["en", "ja"]


@pytest.mark.parametrize("file", shape_files(), ids=lambda file: file.name)
def test_a_file_holds_one_node_shape_of_its_name(file: Path) -> None:
    graph = Graph().parse(file, format="turtle")
    assert list(graph.subjects(RDF.type, SH.NodeShape)) == [URIRef(SHAPE + file.stem)]
    assert all(str(s).startswith(f"{SHAPE}{file.stem}-") for s in graph.subjects(RDF.type, SH.PropertyShape))


def test_every_named_property_shape_is_reached_from_its_node_shape() -> None:
    for name in FOLDERS:
        node = URIRef(SHAPE + name.partition("-")[0])
        assert (node, SH.property, URIRef(SHAPE + name)) in shapes()
        assert (node, SH.targetClass, None) in shapes()


def test_labels_are_asked_of_every_kind_but_statements_spans_and_documents() -> None:
    asked = {str(o) for o in shapes().objects(URIRef(SHAPE + "Thing"), SH.targetClass)}
    kinds = {PREFIXES["mus"] + KINDS[k].removeprefix("mus:") for k in KINDS.keys() - {"statement", "span", "document"}}
    assert asked == kinds | {PREFIXES["mus"] + "ValueConcept"}


def test_shapes_name_no_term_that_the_ontology_lacks() -> None:
    ontology = Graph()
    for file in ontology_files():
        ontology.parse(file, format="turtle")
    declared = set(ontology.subjects(RDF.type, None))
    used = {o for o in shapes().objects() if isinstance(o, URIRef)}
    own = {o for o in used if str(o).startswith((PREFIXES["mus"], BASE + "scheme/"))}
    assert len(own) >= len(KINDS)
    assert own - declared == set()
