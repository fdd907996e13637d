"""owlrl is the oracle: on small samples the compiled rules must give exactly its useful triples."""

import logging
from pathlib import Path

import pyoxigraph as ox
import pytest
from oracle import Triples, expected
from rdflib import Graph

import musubi.build.reason as reason
from musubi.build import pipeline
from musubi.build.canonical import from_turtle, graph_sizes
from musubi.build.quads import quads_of
from musubi.build.rule import Rule, rules
from musubi.build.store import Dataset
from musubi.data import folder, ontology_files
from musubi.errors import InvalidGraph
from musubi.vocabulary import PREFIXES, Names

NAMES = Names()
SAMPLES = Path(__file__).parent / "samples"
FORMS = sorted((SAMPLES / "forms").glob("*.ttl"))
DATA = sorted((SAMPLES / "ontology").glob("*.ttl"))
MUS = PREFIXES["mus"]


def program(*tbox: Path) -> list[Rule]:
    return rules(reason.ontology_of(list(tbox), NAMES).axioms(), NAMES)


def reasoned(tbox: list[Path], *data: Path) -> bytes:
    nquads = b"".join(from_turtle(path, NAMES.graph("data")) for path in (*tbox, *data))
    return reason.inferred(nquads, tbox, NAMES)


def triples(nquads: bytes) -> Triples:
    """The triples as texts, each of which stands in one graph alone."""
    found = [(str(q.subject), str(q.predicate), str(q.object)) for q in ox.parse(nquads, ox.RdfFormat.N_QUADS)]
    assert len(found) == len(set(found))
    return set(found)


def wanted(*paths: Path) -> Triples:
    graph = Graph()
    for path in paths:
        graph.parse(path)
    return expected(graph)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_each_form_of_axiom_gives_what_owlrl_gives(path: Path) -> None:
    assert wanted(path)
    assert triples(reasoned([path])) == wanted(path)


def test_the_samples_exercise_every_form() -> None:
    forms = {axiom.form for path in FORMS for axiom in reason.ontology_of([path], NAMES).axioms()}
    assert forms == {
        "chain", "domain", "inverse", "range", "subclass", "subproperty", "symmetric", "transitive", "value",
    }  # fmt: skip
    assert len(FORMS) == 12


@pytest.mark.parametrize(
    ("path", "missing"),
    [(path, rule.id) for path in FORMS for rule in program(path)],
    ids=lambda value: getattr(value, "stem", value),
)
def test_the_comparison_notices_one_missing_rule(path: Path, missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reason, "rules", lambda *_: [rule for rule in program(path) if rule.id != missing])
    assert triples(reasoned([path])) < wanted(path)


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.stem)
def test_the_ontology_gives_what_owlrl_gives(path: Path) -> None:
    found = triples(reasoned(ontology_files(), path))
    assert len(found) >= 20
    assert found == wanted(*ontology_files(), path)


def test_the_real_data_give_what_owlrl_gives(tmp_path: Path) -> None:
    seeds, faults = pipeline.read_seeds(folder("seeds"))
    assert faults == []
    stated = quads_of(pipeline.lifted(seeds, NAMES, pipeline.reference())) + pipeline.files_as_quads()
    path = tmp_path / "stated.nt"
    path.write_bytes(Dataset(stated).ntriples(lambda graph: True))
    found = triples(reason.inferred(stated, ontology_files(), NAMES))
    assert len(found) >= 500
    assert found == wanted(path)


def test_the_ontology_has_a_rule_for_each_chain_and_each_restriction() -> None:
    identifiers = {rule.id for rule in program(*ontology_files())}
    assert {
        "chain-dependsOnInstrument-inverse-entitles-hasNormSource",
        "chain-dependsOnInstrument-isConductedUnder-hasBasisInstrument",
        "chain-dependsOnInstrument-isSubActivityOf-dependsOnInstrument",
        "chain-involvesState-involvesAgent-representsState",
        "transitive-hasBasisInstrument",
        "value-PoliticalDeclaration-hasLegalForce-political-commitment",
        "subclass-Activity-and-dependsOnInstrument-some-FrameworkAgreement-and-BilateralAgreement"
        "-FrameworkDependentActivity",
    } <= identifiers


def test_each_inferred_triple_stands_in_the_graph_of_its_rule() -> None:
    sizes = graph_sizes(reasoned([SAMPLES / "forms" / "transitive.ttl"]))
    assert sizes == {NAMES.graph("inferred/transitive-p"): 5}


def test_what_is_stated_anywhere_is_not_inferred_again(tmp_path: Path) -> None:
    path = SAMPLES / "forms" / "symmetric.ttl"
    stated = from_turtle(path, NAMES.graph("data"))
    again = f"<{NAMES.iri('id:system/b')}> <{MUS}p> <{NAMES.iri('id:system/a')}> <{NAMES.graph('other')}> .\n".encode()
    assert reason.inferred(stated, [path], NAMES)
    assert reason.inferred(stated + again, [path], NAMES) == b""


def test_the_same_data_in_another_order_gives_the_same_graphs() -> None:
    path = SAMPLES / "forms" / "together.ttl"
    lines = from_turtle(path, NAMES.graph("data")).splitlines(keepends=True)
    forwards = reason.inferred(b"".join(lines), [path], NAMES)
    backwards = reason.inferred(b"".join(reversed(lines)), [path], NAMES)
    assert sorted(forwards.splitlines()) == sorted(backwards.splitlines())


def test_terms_of_the_ontology_are_left_alone(tmp_path: Path) -> None:
    tbox = turtle(tmp_path, "mus:p a owl:AnnotationProperty ; rdfs:range mus:A . mus:A a owl:Class ; mus:p mus:A .")
    assert triples(reasoned([tbox])) == set()


def test_words_of_others_are_not_inferred(tmp_path: Path) -> None:
    tbox = turtle(tmp_path, "mus:A a owl:Class ; rdfs:subClassOf skos:Concept . mus:x a mus:A .")
    assert triples(reasoned([tbox])) == set()


def test_nothing_is_said_of_what_has_no_name(tmp_path: Path) -> None:
    path = SAMPLES / "forms" / "symmetric.ttl"
    data = f"_:x <{MUS}p> <{NAMES.iri('mus:y')}> <{NAMES.graph('data')}> .\n".encode()
    data += f"<{NAMES.iri('mus:z')}> <{MUS}p> _:x <{NAMES.graph('data')}> .\n".encode()
    assert reason.inferred(data, [path], NAMES) == b""


def test_too_many_triples_stop_the_build() -> None:
    path = SAMPLES / "forms" / "transitive.ttl"
    nquads = from_turtle(path, NAMES.graph("data"))
    assert reason.inferred(nquads, [path], NAMES, ceiling=5)
    with pytest.raises(InvalidGraph, match="too many triples follow, the last rule was transitive-p"):
        reason.inferred(nquads, [path], NAMES, ceiling=4)


def test_ways_to_one_triple_are_counted_once(tmp_path: Path) -> None:
    ways = "".join(f"mus:{s} mus:p mus:{s}{n} . mus:{s}{n} mus:p mus:{s}z . " for s in "ab" for n in range(9))
    tbox = turtle(tmp_path, "mus:q a owl:ObjectProperty ; owl:propertyChainAxiom ( mus:p mus:p ) . " + ways)
    nquads = from_turtle(tbox, NAMES.graph("data"))
    assert len(triples(reason.inferred(nquads, [tbox], NAMES, ceiling=2))) == 2


def turtle(folder: Path, body: str) -> Path:
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    path = folder / "tbox.ttl"
    path.write_text(prefixes + body, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("axiom", "words"),
    [
        ("mus:A owl:equivalentClass mus:B .", "axiom mus:A owl:equivalentClass"),
        ("mus:p a owl:ObjectProperty , owl:FunctionalProperty .", "axiom mus:p owl:FunctionalProperty"),
        ("mus:A owl:hasKey ( mus:p ) .", "axiom mus:A owl:hasKey"),
        ("mus:A rdfs:subClassOf [ owl:onProperty mus:p ; owl:allValuesFrom mus:B ] .", "owl:allValuesFrom"),
        ("mus:A rdfs:subClassOf [ owl:onProperty mus:p ; owl:someValuesFrom mus:B ] .", "mus:A: a superclass must be"),
        ("[ owl:unionOf ( mus:A mus:B ) ] rdfs:subClassOf mus:C .", "owl:unionOf"),
        ("mus:A rdfs:subClassOf [ ] .", "class expression"),
        ("mus:p owl:propertyChainAxiom ( mus:p [ ] ) .", "property expression"),
        ("mus:p owl:propertyChainAxiom [ rdf:first mus:p ] .", "list"),
        ("owl:Thing rdfs:subClassOf mus:A .", "an axiom about everything"),
        (
            "[ owl:onProperty mus:p ; owl:hasValue <https://w3id.org/musubi/id/state/x> ] rdfs:subClassOf mus:A ."
            "[ owl:onProperty mus:p ; owl:hasValue <https://w3id.org/musubi/id/place/x> ] rdfs:subClassOf mus:A .",
            "share the rule name subclass-p-x-A",
        ),
    ],
)
def test_an_axiom_without_a_rule_form_is_named(axiom: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidGraph, match=words):
        reasoned([turtle(tmp_path, axiom)])


@pytest.mark.parametrize(
    "axiom",
    [
        "mus:A owl:disjointWith mus:B .",
        "[] a owl:AllDisjointClasses ; owl:members ( mus:A mus:B ) .",
        "mus:d a owl:DatatypeProperty , owl:FunctionalProperty .",
        "mus:p a owl:AsymmetricProperty , owl:IrreflexiveProperty .",
        "mus:A rdfs:subClassOf owl:Thing , mus:A .",
        "mus:p rdfs:subPropertyOf mus:p .",
        'mus:o a owl:Ontology ; owl:versionInfo "1" .',
    ],
)
def test_what_adds_no_triple_gives_no_rule(axiom: str, tmp_path: Path) -> None:
    assert program(turtle(tmp_path, axiom)) == []


def test_the_stage_logs_one_line_with_its_counts(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        reasoned([SAMPLES / "forms" / "subclass-named.ttl"])
    assert [record.message for record in caplog.records] == ["reasoning: 2 triples follow, 1 are kept"]
