"""Reference data for the reader: surface forms, terms, country characters, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from musubi.mappings.reference import Reference, loaded, reference

HEAD = """@base <https://w3id.org/musubi/> .
@prefix mus: <https://w3id.org/musubi/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
THINGS = """
<id/state/alp> rdfs:label "アルプ国"@ja , "Alp"@en ; skos:altLabel "ＡＬＰ"@ja ; mus:countryCharacter "岳" .
<id/state/bel> rdfs:label "ベルク国"@ja , "Bel"@en ; skos:hiddenLabel "ﾍﾞﾙｸ"@ja ; skos:prefLabel "ベル"@ja .
"""
TERMS = """
mus:Ship a owl:Class ; rdfs:label "船"@ja , "ship"@en .
mus:sailsTo a owl:ObjectProperty .
mus:hasLength a owl:DatatypeProperty .
mus:cue a owl:AnnotationProperty .
<scheme/colour> a skos:ConceptScheme .
<scheme/colour/red> a mus:Ship ; rdfs:label "赤"@ja .
"""


@pytest.fixture
def write(tmp_path: Path):  # type: ignore[no-untyped-def]
    def written(name: str, text: str) -> Path:
        path = tmp_path / f"{name}.ttl"
        path.write_text(HEAD + text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def known(write) -> Reference:  # type: ignore[no-untyped-def]
    return loaded([write("terms", TERMS)], [write("things", THINGS)])


def test_labels_of_three_sorts_are_surface_forms_in_working_form(known: Reference) -> None:
    assert known.surfaces == {
        "アルプ国": "id:state/alp",
        "Alp": "id:state/alp",
        "ALP": "id:state/alp",
        "ベルク国": "id:state/bel",
        "Bel": "id:state/bel",
        "ベルク": "id:state/bel",
    }


def test_labels_are_kept_as_they_are_written_by_language(known: Reference) -> None:
    assert known.labels["id:state/alp"] == {"ja": "アルプ国", "en": "Alp"}
    assert known.labels["mus:Ship"] == {"ja": "船", "en": "ship"}
    assert known.labels["scheme:colour/red"] == {"ja": "赤"}


def test_terms_are_told_apart(known: Reference) -> None:
    assert known.properties == {"mus:sailsTo", "mus:hasLength", "mus:cue"}
    assert known.object_properties == {"mus:sailsTo"}
    assert known.classes == {"mus:Ship"}
    assert known.concepts == {"scheme:colour/red"}
    assert known.things == {"id:state/alp", "id:state/bel"}


def test_a_country_character_stands_for_its_state(known: Reference) -> None:
    assert known.country_characters == {"岳": "id:state/alp"}


def test_a_surface_form_that_names_two_things_is_refused(write) -> None:  # type: ignore[no-untyped-def]
    other = write("other", '<id/state/gam> rdfs:label "ベルク国"@ja .')
    with pytest.raises(ValueError, match="'ベルク国' names both id:state/bel and id:state/gam"):
        loaded([], [write("things", THINGS), other])


def test_two_surface_forms_that_are_one_in_working_form_are_refused(write) -> None:  # type: ignore[no-untyped-def]
    other = write("other", '<id/state/gam> skos:hiddenLabel "ALP"@ja .')
    with pytest.raises(ValueError, match="'ALP' names both"):
        loaded([], [write("things", THINGS), other])


def test_one_thing_may_carry_a_name_twice(write) -> None:  # type: ignore[no-untyped-def]
    same = write("same", '<id/state/bel> skos:altLabel "ベルク国"@ja .')
    assert loaded([], [write("things", THINGS), same]).surfaces["ベルク国"] == "id:state/bel"


def test_the_data_of_the_package_load_without_a_name_for_two_things() -> None:
    known = reference()
    assert known.country_characters["日"] == "id:state/jpn"
    assert {"mus:hasTime", "mus:isAbout"} <= known.properties
    assert known.object_properties < known.properties
    assert set(known.surfaces.values()) <= known.things
    assert min(len(known.things), len(known.surfaces)) > 100
