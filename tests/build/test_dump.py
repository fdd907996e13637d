from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from musubi.build import release
from musubi.build.dump import Syntax, dump
from musubi.build.release import Release
from musubi.errors import BadParameter
from musubi.vocabulary import BASE, PREFIXES, Names

NAMES = Names()
FORMATS: dict[Syntax, RdfFormat] = {"nquads": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG}
THING = f"<{BASE}id/mission/x>"
QUADS = f"""
{THING} <{PREFIXES["mus"]}p> "001"^^<{PREFIXES["xsd"]}integer> <{BASE}graph/reference> .
{THING} <{PREFIXES["mus"]}p> <{BASE}id/mission/y> <{BASE}graph/reference> .
{THING} <{PREFIXES["mus"]}p> <{BASE}id/mission/y> <{BASE}graph/document/000000000000> .
"""


@pytest.fixture
def made(tmp_path: Path) -> Release:
    return release.write(tmp_path, QUADS.encode(), [], [])


@pytest.mark.parametrize("syntax", FORMATS)
def test_a_dump_holds_every_quad_as_it_was_written(syntax: Syntax, made: Release) -> None:
    parsed = set(parse(dump(made, syntax, NAMES), FORMATS[syntax]))
    assert parsed == set(parse(QUADS, RdfFormat.N_QUADS))
    assert len(parsed) == 3


def test_nquads_are_the_canonical_bytes(made: Release) -> None:
    assert dump(made, "nquads", NAMES) == made.dataset.read_bytes()


def test_turtle_is_the_union_with_each_triple_once_and_each_subject_in_one_block(made: Release) -> None:
    text = dump(made, "turtle", NAMES).decode()
    assert len(list(parse(text, RdfFormat.TURTLE))) == 2
    assert text.count(THING) == 1


def test_only_prefixes_that_are_used_are_declared(made: Release) -> None:
    text = dump(made, "turtle", NAMES).decode()
    assert [line.split()[1] for line in text.splitlines() if line.startswith("@prefix")] == ["mus:", "xsd:"]


@pytest.mark.parametrize("graph", ["document/000000000000", f"{BASE}graph/document/000000000000"])
@pytest.mark.parametrize(("syntax", "lines"), [("nquads", 1), ("turtle", 2), ("trig", 4)])
def test_one_graph_is_chosen_by_path_or_iri(graph: str, syntax: Syntax, lines: int, made: Release) -> None:
    assert len(dump(made, syntax, NAMES, graph).decode().splitlines()) == lines


def test_an_unknown_graph_is_refused_with_those_near_it(made: Release) -> None:
    with pytest.raises(BadParameter, match=r"no graph 'refrence' .near it: reference") as caught:
        dump(made, "nquads", NAMES, "refrence")
    assert caught.value.allowed == ("document/000000000000", "reference")
