"""Reference data hold identity alone: what a thing is, what it is called, its code. Nothing a document has to state."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, RDFS, SKOS

from musubi.data import ontology_files, reference_files
from musubi.vocabulary import KINDS, PREFIXES, Names, kind, slug

MUS = Namespace(PREFIXES["mus"])
NAMES = Names()
FILES = {
    "activities": "activity",
    "instruments": "instrument",
    "missions": "mission",
    "organizations": "organization",
    "people": "person",
    "places": "place",
    "programmes": "programme",
    "series": "series",
    "states": "state",
    "systems": "system",
}
IDENTITY = {
    RDF.type,
    RDFS.label,
    SKOS.altLabel,
    SKOS.hiddenLabel,
    MUS.countryCharacter,
    MUS.hasIso3166Alpha3,
    MUS.representsState,
}


@cache
def parsed(file: Path) -> Graph:
    return Graph().parse(file, format="turtle")


@cache
def reference() -> Graph:
    graph = Graph()
    for file in reference_files():
        graph += parsed(file)
    return graph


@cache
def ontology() -> Graph:
    graph = Graph()
    for file in ontology_files():
        graph.parse(file, format="turtle")
    return graph


def things() -> list[URIRef]:
    return sorted({s for s in reference().subjects() if isinstance(s, URIRef)})


def surfaces(thing: URIRef) -> set[str]:
    labels = (o for p in (RDFS.label, SKOS.altLabel, SKOS.hiddenLabel) for o in reference().objects(thing, p))
    return {unicodedata.normalize("NFKC", str(label)) for label in labels}


def test_names_once_given_stay() -> None:
    """A name that vanishes from the reference data breaks every link to it: retire it with a successor instead."""
    given = (Path(__file__).parent / "given_names.txt").read_text(encoding="utf-8").split()
    assert [NAMES.curie(thing) for thing in things()] == given


def test_a_file_holds_things_of_one_kind() -> None:
    assert [file.stem for file in reference_files()] == sorted(FILES)
    for file in reference_files():
        assert {kind(NAMES.curie(str(s))) for s in parsed(file).subjects()} == {FILES[file.stem]}


@pytest.mark.parametrize("file", reference_files(), ids=lambda file: file.name)
def test_a_file_names_its_sources(file: Path) -> None:
    assert re.search(r"^# Source: \S", file.read_text(encoding="utf-8"), re.MULTILINE)


def test_only_what_belongs_to_identity_is_said() -> None:
    assert set(reference().predicates()) == IDENTITY


def test_every_thing_belongs_to_the_class_of_its_kind() -> None:
    for thing in things():
        expected = NAMES.iri(KINDS[str(kind(NAMES.curie(thing)))])
        classes = list(reference().objects(thing, RDF.type))
        assert classes
        for class_ in classes:
            assert URIRef(expected) in ontology().transitive_objects(class_, RDFS.subClassOf), thing


def test_every_thing_has_one_label_in_each_language() -> None:
    for thing in things():
        languages = [o.language for o in reference().objects(thing, RDFS.label) if isinstance(o, Literal)]
        assert sorted(map(str, languages)) == ["en", "ja"], thing


def test_every_name_has_a_language() -> None:
    for name in (SKOS.altLabel, SKOS.hiddenLabel):
        tags = {o.language for o in reference().objects(None, name) if isinstance(o, Literal)}
        assert tags == {"ja", "en"}


def test_a_surface_form_names_one_thing() -> None:
    named: dict[str, set[URIRef]] = defaultdict(set)
    for thing in things():
        for surface in surfaces(thing):
            named[surface.casefold()].add(thing)
    assert {surface: found for surface, found in named.items() if len(found) > 1} == {}


def test_no_surface_form_is_a_single_character() -> None:
    assert {surface for thing in things() for surface in surfaces(thing) if len(surface) < 2} == set()


def test_a_state_has_the_code_that_its_slug_says() -> None:
    for thing in (t for t in things() if kind(NAMES.curie(t)) == "state"):
        (code,) = reference().objects(thing, MUS.hasIso3166Alpha3)
        assert re.fullmatch("[A-Z]{3}", str(code))
        assert slug(NAMES.curie(thing)) == str(code).lower()


def test_a_country_character_stands_for_one_thing() -> None:
    counts = Counter(str(o) for o in reference().objects(None, MUS.countryCharacter))
    assert counts == dict.fromkeys([*"日米印仏韓英豪加中露独伊", "EU"], 1)


def test_an_organisation_represents_a_state_that_is_named() -> None:
    represented = set(reference().objects(None, MUS.representsState))
    assert len(represented) >= 6
    assert all((state, RDF.type, MUS.State) in reference() for state in represented)
