"""The ontology files are complete and clean, and each check that says so fires on a small wrong graph."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from functools import cache
from pathlib import Path

import hygiene
import pytest
from expected_terms import (
    ANNOTATION_PROPERTIES,
    CLASSES,
    CONCEPTS,
    CONFUSABLE,
    CONFUSABLE_CONCEPTS,
    DATA_PROPERTIES,
    OBJECT_PROPERTIES,
    VALUE_CLASSES,
)
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from musubi.data import folder, ontology_files, reference_files
from musubi.vocabulary import BASE, KINDS, PREFIXES, TEMPORAL, prefix_lines

MUS = PREFIXES["mus"]
SCHEME = PREFIXES["scheme"]
# What documents and things carry beside the ontology's own use: lift writes these.
DATA_TERMS = {PREFIXES["dcterms"] + "language", PREFIXES["dcterms"] + "source"}


CONFUSABLE_IRIS = [MUS + name for name in CONFUSABLE.split()] + [SCHEME + name for name in CONFUSABLE_CONCEPTS.split()]


@cache
def graph(*files: Path) -> Graph:
    merged = Graph()
    for file in files or (*ontology_files(), *reference_files()):
        merged.parse(file, format="turtle")
    return merged


def turtle(text: str) -> Graph:
    return Graph().parse(data=prefix_lines() + text, format="turtle")


@pytest.mark.parametrize(
    ("kind", "expected", "count"),
    [
        (OWL.Class, CLASSES, 61),
        (OWL.ObjectProperty, OBJECT_PROPERTIES, 54),
        (OWL.DatatypeProperty, DATA_PROPERTIES, 15),
        (OWL.AnnotationProperty, ANNOTATION_PROPERTIES, 8),
    ],
)
def test_every_promised_term_is_declared_as_its_kind(kind: URIRef, expected: str, count: int) -> None:
    assert len(set(expected.split())) == len(expected.split()) == count
    declared = {str(s).removeprefix(MUS) for s in graph().subjects(RDF.type, kind) if str(s).startswith(MUS)}
    assert [name for name in expected.split() if name not in declared] == []


@pytest.mark.parametrize("scheme", sorted(CONCEPTS))
def test_every_value_list_holds_exactly_its_concepts(scheme: str) -> None:
    node = URIRef(SCHEME + scheme)
    assert (node, RDF.type, SKOS.ConceptScheme) in graph()
    found = {str(s).removeprefix(f"{node}/") for s in graph().subjects(SKOS.inScheme, node)}
    typed = {str(s).removeprefix(f"{node}/") for s in graph().subjects(RDF.type, URIRef(MUS + VALUE_CLASSES[scheme]))}
    assert found == typed == set(CONCEPTS[scheme].split())


def test_there_are_no_further_value_lists() -> None:
    schemes = {str(s).removeprefix(SCHEME) for s in graph().subjects(RDF.type, SKOS.ConceptScheme)}
    assert schemes == set(CONCEPTS) == set(VALUE_CLASSES)
    assert sum(len(names.split()) for names in CONCEPTS.values()) == 55


def test_only_what_is_stated_or_done_asserts_its_relation() -> None:
    asserts = URIRef(MUS + "assertsRelation")
    found = {str(s).rsplit("/", 1)[-1]: o for s, o in graph().subject_objects(asserts)}
    assert set(found) == set(CONCEPTS["modality"].split())
    assert {name for name, value in found.items() if value == Literal(True)} == {"stated", "done"}


@pytest.mark.parametrize("name", CONFUSABLE_IRIS)
def test_a_term_that_readers_mix_up_has_a_scope_note(name: str) -> None:
    assert {o.language for o in hygiene.texts(graph(), URIRef(name), SKOS.scopeNote)} == {"ja", "en"}


def test_the_vocabulary_of_the_package_is_declared() -> None:
    for curie in KINDS.values():
        assert (URIRef(MUS + curie.removeprefix("mus:")), RDF.type, OWL.Class) in graph()
    for curie in TEMPORAL:
        assert (URIRef(MUS + curie.removeprefix("mus:")), RDF.type, OWL.AnnotationProperty) in graph()


CHECKS: list[tuple[Callable[[Graph], list[str]], str]] = [
    (hygiene.unequal_languages, 'mus:A a owl:Class ; rdfs:label "a"@en ; skos:definition "b"@en , "c"@ja .'),
    (hygiene.unequal_languages, 'mus:A a owl:Class ; rdfs:label "a"@en , "b"@ja ; skos:definition "c"@en .'),
    (
        hygiene.unequal_languages,
        'mus:A a owl:Class ; rdfs:label "a"@en , "b"@ja ; skos:definition "c"@en , "d"@ja , "e"@ja .',
    ),
    (
        hygiene.unequal_languages,
        '<urn:x> a mus:V ; skos:inScheme scheme:s .\nscheme:s a skos:ConceptScheme ; rdfs:label "s"@en .',
    ),
    (
        hygiene.unequal_languages,
        'mus:p a owl:ObjectProperty ; rdfs:label "a"@en , "b"@ja ; skos:definition "c"@en , "d"@ja ;'
        ' skos:scopeNote "e"@en .',
    ),
    (hygiene.without_home, "mus:A a owl:Class ."),
    (hygiene.without_home, "mus:A a owl:Class ; rdfs:isDefinedBy <urn:elsewhere> ."),
    (hygiene.shared_labels, 'mus:A a owl:Class ; rdfs:label "a"@en .\nmus:B a owl:Class ; rdfs:label "a"@en .'),
    (hygiene.circular_definitions, 'mus:A a owl:Class ; rdfs:label "pact"@en ; skos:definition "A pact at sea."@en .'),
    (hygiene.circular_definitions, 'mus:A a owl:Class ; rdfs:label "協定"@ja ; skos:definition "海の協定。"@ja .'),
    (hygiene.misnamed, "mus:thing a owl:Class ."),
    (hygiene.misnamed, "mus:HasThing a owl:ObjectProperty ."),
    (hygiene.missing_in_header, '<https://w3id.org/musubi/ontology> a owl:Ontology ; owl:versionInfo "1" .'),
    (hygiene.imports, "<https://w3id.org/musubi/ontology> owl:imports <http://www.w3.org/ns/org#> ."),
    (hygiene.declared_twice, "mus:p a owl:ObjectProperty , owl:DatatypeProperty ."),
    (hygiene.functional, "mus:p a owl:ObjectProperty , owl:FunctionalProperty ."),
    (hygiene.undeclared, 'mus:A a owl:Class ; skos:example "a" .'),
    (hygiene.undeclared, "<urn:x> a mus:Unheard ."),
    (hygiene.undeclared, "mus:A a owl:Class ; rdfs:subClassOf org:Organization ."),
]


@pytest.mark.parametrize(("check", "wrong"), CHECKS, ids=[f"{c.__name__}-{n}" for n, (c, _) in enumerate(CHECKS)])
def test_a_check_is_silent_on_the_ontology_and_fires_on_a_wrong_graph(
    check: Callable[[Graph], list[str]], wrong: str
) -> None:
    assert check(turtle(wrong)) != []
    assert check(graph()) == []


def test_every_check_has_a_case_that_fires_it() -> None:
    assert {check.__name__ for check, _ in CHECKS} == {
        *("unequal_languages", "without_home", "shared_labels", "circular_definitions", "misnamed"),
        *("missing_in_header", "imports", "declared_twice", "functional", "undeclared"),
    }


@pytest.mark.parametrize("left_out", list(hygiene.HEADER), ids=str)
def test_a_header_without_one_of_its_properties_is_reported(left_out: URIRef) -> None:
    header = Graph()
    header += (t for t in graph().triples((hygiene.ONTOLOGY, None, None)) if t[1] != left_out)
    assert hygiene.missing_in_header(header) == [str(left_out)]


def test_every_own_name_in_ontology_shapes_and_queries_is_declared() -> None:
    files = [f for name in ("ontology", "shapes", "queries") for f in sorted(folder(name).rglob("*.*"))]
    texts = [f for f in files if f.suffix in {".ttl", ".rq"}]
    assert len(list(hygiene.names(texts))) > 500
    assert hygiene.unknown_names(texts, graph()) == []


def test_an_unknown_name_is_reported_with_its_file_and_line(tmp_path: Path) -> None:
    query = tmp_path / "wrong.rq"
    query.write_text("#+ params: {x: {class: mus:Misson}}\nSELECT ?a\nWHERE {\n    ?a mus:hasParti ?b\n}\n", "utf-8")
    assert hygiene.unknown_names([query], graph()) == ["wrong.rq:1: Misson", "wrong.rq:4: hasParti"]


def test_stubs_declare_what_is_in_use_and_nothing_else() -> None:
    stubs = graph(folder("ontology") / "stubs.ttl")
    declared = {s for kind in hygiene.KINDS for s in stubs.subjects(RDF.type, kind)}
    rest = Graph()
    rest += (t for t in graph() if t[0] not in declared)
    used = {str(term) for triple in rest for term in triple} | DATA_TERMS
    assert {str(s) for s in declared} - used == set()
    assert [s for s in declared if str(s).startswith(BASE)] == []
    assert [s for s in declared if len(list(stubs.objects(s, RDFS.isDefinedBy))) != 1] == []


def test_the_catalog_leads_every_ontology_and_version_to_its_file() -> None:
    path = folder("ontology") / "catalog-v001.xml"
    entries = {e.attrib["name"]: e.attrib["uri"] for e in ET.parse(path).getroot() if e.tag.endswith("}uri")}
    expected = {}
    for file in (*ontology_files(), *reference_files()):
        for header in graph(file).subjects(RDF.type, OWL.Ontology):
            for iri in (header, *graph(file).objects(header, OWL.versionIRI)):
                expected[str(iri)] = file.relative_to(folder("ontology")).as_posix()
    assert entries == expected
    assert len(entries) >= 5
