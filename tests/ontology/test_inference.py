"""What follows from the ontology on a small invented world (sample.ttl), by owlrl; and what must not follow."""

from __future__ import annotations

from pathlib import Path

import owlrl
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SKOS

from musubi.data import ontology_files, reference_files
from musubi.vocabulary import Names

IRI = Names().iri
SAMPLE = Path(__file__).parent / "sample.ttl"
# owlrl says what contradicts what in a literal of this property.
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")

Pairs = set[tuple[str, str]]


def closure(data: Graph) -> Graph:
    """What follows, contradictions included. Words about terms are left out: nothing follows from them."""
    graph = Graph().parse(ontology_files()[0], format="turtle")
    for words in (RDFS.label, RDFS.isDefinedBy, SKOS.definition, SKOS.scopeNote):
        graph.remove((None, words, None))
    graph += data
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


def sample(*, without: str = "", also: str = "") -> Graph:
    """The sample, without the triples of one property, and with further triples."""
    graph = Graph().parse(SAMPLE, format="turtle")
    if without:
        graph.remove((None, URIRef(IRI(without)), None))
    prefixes = "".join(f"@prefix {prefix}: <{IRI(prefix + ':x')[:-1]}> .\n" for prefix in ("mus", "rdf"))
    return graph.parse(data=f"@base <{Names().base}> .\n{prefixes}{also}", format="turtle")


def pairs(graph: Graph, predicate: str) -> Pairs:
    """Subject and object of a property among the things, by slug."""
    return {(name(s), name(o)) for s, o in graph.subject_objects(URIRef(IRI(predicate))) if "/id/" in str(s)}


def name(node: object) -> str:
    return str(node).rsplit("/", 1)[-1]


def dependent(graph: Graph) -> set[str]:
    return {name(s) for s in graph.subjects(RDF.type, URIRef(IRI("mus:FrameworkDependentActivity")))}


@pytest.fixture(scope="module")
def closed() -> Graph:
    return closure(sample())


def test_nothing_depends_on_anything_before_reasoning() -> None:
    assert pairs(sample(), "mus:dependsOnInstrument") == set()


def test_dependence_follows_from_legal_basis_from_the_whole_and_from_a_right_and_from_nothing_else(
    closed: Graph,
) -> None:
    assert pairs(closed, "mus:dependsOnInstrument") == {
        ("conducted", "arrangement"),
        ("conducted", "framework"),
        ("part", "arrangement"),
        ("part", "framework"),
        ("seat", "memorandum"),
    }


def test_only_activities_under_the_framework_are_framework_dependent(closed: Graph) -> None:
    assert dependent(closed) == {"conducted", "part"}


@pytest.mark.parametrize(
    ("without", "left"),
    [
        ("mus:isMadeUnder", {("conducted", "arrangement"), ("part", "arrangement"), ("seat", "memorandum")}),
        ("mus:isSubActivityOf", {("conducted", "arrangement"), ("conducted", "framework"), ("seat", "memorandum")}),
        ("mus:isConductedUnder", {("seat", "memorandum")}),
        (
            "mus:entitles",
            {
                ("conducted", "arrangement"),
                ("conducted", "framework"),
                ("part", "arrangement"),
                ("part", "framework"),
            },
        ),
    ],
)
def test_a_dependence_goes_with_the_relation_it_follows_from(without: str, left: Pairs) -> None:
    assert pairs(closure(sample(without=without)), "mus:dependsOnInstrument") == left


def test_a_framework_of_more_than_two_sides_makes_nothing_framework_dependent() -> None:
    data = sample()
    data.remove((URIRef(IRI("id:instrument/framework")), RDF.type, URIRef(IRI("mus:BilateralAgreement"))))
    assert dependent(closure(data)) == set()


def test_agencies_bring_their_states_into_an_agreement(closed: Graph) -> None:
    assert pairs(closed, "mus:involvesState") == {
        ("framework", "left"),
        ("framework", "right"),
        ("arrangement", "left"),
        ("arrangement", "right"),
        ("memorandum", "left"),
    }


def test_a_statement_is_stated_in_the_document_of_its_span(closed: Graph) -> None:
    assert pairs(closed, "mus:isStatedIn") == {(s, "000000000000") for s in ("type", "time", "count")}


def test_a_political_declaration_and_its_norms_have_the_force_of_a_political_commitment(closed: Graph) -> None:
    assert pairs(closed, "mus:hasLegalForce") == {
        ("declaration", "political-commitment"),
        ("principle", "political-commitment"),
    }


def test_the_sample_holds_no_contradiction_and_merges_nothing(closed: Graph) -> None:
    assert list(closed.objects(None, ERROR)) == []
    same = URIRef(IRI("owl:sameAs"))
    assert [(s, o) for s, o in closed.subject_objects(same) if s != o and not isinstance(o, Literal)] == []


def test_reference_data_and_value_lists_hold_no_contradiction() -> None:
    data = Graph()
    for file in (ontology_files()[1], *reference_files()):
        data.parse(file, format="turtle")
    assert list(closure(data).objects(None, ERROR)) == []


# What is wrong with the thing of that name, which stands on both sides of a disjointness.
CONTRADICTIONS = {
    "binding-declaration": "a mus:PoliticalDeclaration ; mus:hasLegalForce <scheme/legal-force/binding>",
    "two-forms": "a mus:FrameworkAgreement , mus:PoliticalDeclaration",
    "two-numbers-of-sides": "a mus:BilateralAgreement , mus:MultilateralAgreement",
    "agreement-issued-by-one": "a mus:Treaty , mus:UnilateralInstrument",
    "agency-as-state": "a mus:SpaceAgency ; mus:hasIso3166Alpha3 'XXX'",
    "agency-conducted-under": "a mus:SpaceAgency ; mus:isConductedUnder <id/instrument/framework>",
    "right-that-is-a-duty": "a mus:Obligation ; mus:entitles <id/assignment/seat>",
    "norm-as-milestone": "a mus:Norm ; mus:isMilestoneOf <id/mission/flight>",
    "committee-vote-also-plenary": "a mus:CommitteeVote , mus:PlenaryVote",
    "mission-as-programme": "a mus:Mission , mus:Programme",
    "relation-with-an-amount": "a mus:RelationStatement ; mus:hasAmount 2.0",
    "event-as-its-target": "a mus:Event , mus:LaunchMilestone",
    "wording-as-modality": "a mus:TimeWording . <id/statement/time> mus:hasModality <wrong/wording-as-modality>",
    "document-as-instrument": "a mus:SourceDocument . <id/norm/seat> mus:hasNormSource <wrong/document-as-instrument>",
}


@pytest.fixture(scope="module")
def contradictory() -> Graph:
    return closure(sample(also="".join(f"<wrong/{thing}> {wrong} .\n" for thing, wrong in CONTRADICTIONS.items())))


@pytest.mark.parametrize("thing", CONTRADICTIONS)
def test_a_contradiction_is_found(contradictory: Graph, thing: str) -> None:
    assert [m for m in contradictory.objects(None, ERROR) if f"{Names().base}wrong/{thing}" in str(m)] != []


def test_every_contradiction_found_is_one_that_was_put_there(contradictory: Graph) -> None:
    assert [m for m in contradictory.objects(None, ERROR) if f"{Names().base}wrong/" not in str(m)] == []
