"""Mentions: which names are found in a text, and which are not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from musubi.mappings.annotate import SLOT_TYPES, Gazetteer, Mention, annotated, gazetteer
from musubi.mappings.reference import Reference, loaded
from musubi.vocabulary import KINDS

Names = dict[str, str]

# A small world: names that are parts of other names, Latin names, and one of several kinds.
WORLD = {
    "state/alp": ["アルプ国", "アルプ"],
    "state/alpnia": ["アルプニア国"],
    "state/bel": ["ベルク国"],
    "organization/alpine-agency": ["アルプ国宇宙庁", "ASA"],
    "organization/asap": ["ASAP"],
    "instrument/alp-bel-pact": ["アルプ国・ベルク国測位協定", "ベルク国及びアルプ国測位協定"],
    "mission/lumen": ["Lumen", "Lumen-2", "ルーメン"],
    "system/lumen-bus": ["ルーメン衛星"],
    "person/anna": ["アンナ・キルヒ"],
}


@pytest.fixture
def world(tmp_path: Path) -> Reference:
    lines = ["@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."]
    lines += ["@prefix skos: <http://www.w3.org/2004/02/skos/core#> ."]
    for thing, names in WORLD.items():
        lines.append(f'<https://w3id.org/musubi/id/{thing}> rdfs:label "{names[0]}"@ja .')
        lines += [f'<https://w3id.org/musubi/id/{thing}> skos:hiddenLabel "{name}"@ja .' for name in names[1:]]
    path = tmp_path / "world.ttl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return loaded([], [path])


@pytest.fixture
def found(world: Reference) -> Callable[[str], list[tuple[str, str]]]:
    """Surface and thing of each mention in a text."""
    known = Gazetteer(world)
    return lambda text: [(m.surface, m.thing) for m in known.mentions(text)]


Found = Callable[[str], list[tuple[str, str]]]


def test_the_longest_name_counts(found: Found) -> None:
    assert found("アルプ国宇宙庁はアルプ国にある") == [
        ("アルプ国宇宙庁", "id:organization/alpine-agency"),
        ("アルプ国", "id:state/alp"),
    ]


def test_the_longest_name_counts_where_a_shorter_one_begins_before_it_ends(found: Found) -> None:
    assert found("ルーメン衛星とルーメン") == [
        ("ルーメン衛星", "id:system/lumen-bus"),
        ("ルーメン", "id:mission/lumen"),
    ]


def test_mentions_do_not_overlap_and_stand_in_order(world: Reference) -> None:
    mentions = Gazetteer(world).mentions("アルプ国・ベルク国測位協定をアンナ・キルヒとASAが読む")
    places = [(m.start, m.end) for m in mentions]
    assert len(places) == 3
    assert all(end <= start for (_, end), (start, _) in pairwise(places))


@pytest.mark.parametrize("text", ["CASA", "ASAT", "1ASA", "ASA3", "nASAl", "ASAA"])
def test_a_latin_name_is_not_found_inside_a_word_or_number(text: str, found: Found) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["ASA", "ASAが", "米ASA", "(ASA)", "ASA-Lumen計画", "ASA, Lumen", "「ASA」"])
def test_a_latin_name_is_found_beside_other_characters(text: str, found: Found) -> None:
    assert ("ASA", "id:organization/alpine-agency") in found(text)


def test_a_longer_latin_name_is_not_taken_for_its_beginning(found: Found) -> None:
    assert found("ASAP") == [("ASAP", "id:organization/asap")]
    assert found("Lumen-2とLumen-3") == [("Lumen-2", "id:mission/lumen"), ("Lumen", "id:mission/lumen")]


def test_a_japanese_name_is_found_inside_a_compound(found: Found) -> None:
    assert found("対アルプ国政策") == [("アルプ国", "id:state/alp")]


def test_the_place_of_a_mention_is_in_characters(world: Reference) -> None:
    text = "🚀𠮷ベルク国"
    (mention,) = Gazetteer(world).mentions(text)
    assert (mention.start, mention.end, text[mention.start : mention.end]) == (2, 6, "ベルク国")


def test_inside_looks_into_longer_names_in_their_order(world: Reference) -> None:
    known = Gazetteer(world)
    assert known.inside("アルプ国・ベルク国測位協定", "state") == ["id:state/alp", "id:state/bel"]
    assert known.inside("ベルク国及びアルプ国測位協定", "state") == ["id:state/bel", "id:state/alp"]
    assert known.inside("アルプ国・ベルク国測位協定", "person") == []


def test_inside_takes_the_longer_of_two_names_that_begin_alike(world: Reference) -> None:
    known = Gazetteer(world)
    assert known.inside("アルプニア国とアルプ", "state") == ["id:state/alpnia", "id:state/alp"]
    assert known.inside("アルプニア国対話", "state") == ["id:state/alpnia"]


def test_inside_does_not_look_into_latin_words(world: Reference) -> None:
    assert Gazetteer(world).inside("ASAT試験", "organization") == []
    assert Gazetteer(world).inside("米ASA", "organization") == ["id:organization/alpine-agency"]


def test_a_mention_fills_slots_of_its_kind_only() -> None:
    mention = Mention(0, 1, "x", thing="id:mission/lumen")
    assert [name for name in SLOT_TYPES if mention.fills(name)] == ["Launchable", "Mission"]
    assert not mention.fills("Date")


def test_slot_types_speak_of_known_kinds() -> None:
    assert set().union(*SLOT_TYPES.values()) <= set(KINDS)


def test_dates_are_mentions_that_fill_date_slots(world: Reference) -> None:
    mentions = annotated("アルプ国は2041年4月に、8月9日に", Gazetteer(world), None)
    assert [(m.surface, m.thing) for m in mentions] == [("アルプ国", "id:state/alp"), ("2041年4月", ""), ("8月9日", "")]
    assert [m.interval.key for m in mentions if m.interval] == ["2041-04", "2041-08-09"]
    assert [m.fills("Date") for m in mentions] == [False, True, True]


def test_a_day_without_a_year_is_read_by_the_day_of_the_document(world: Reference) -> None:
    assert annotated("8月9日に", Gazetteer(world), None) == []
    (mention,) = annotated("8月9日に", Gazetteer(world), datetime(2041, 9, 1))
    assert mention.interval is not None
    assert (mention.interval.key, mention.interval.inferred) == ("2041-08-09", True)


def test_the_reference_data_of_the_package_name_what_they_should() -> None:
    assert [m.thing for m in gazetteer().mentions("JAXAとNASA(米国航空宇宙局)がカナダで")] == [
        "id:organization/jaxa",
        "id:organization/nasa",
        "id:state/can",
    ]
