"""Each violation query returns rows for its own `fires.trig` and for `clean.trig` none.

The data are invented; the union of the named graphs is the default graph, as on the endpoint.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store
from rdflib.plugins.sparql import prepareQuery

from musubi.data import violation_files
from musubi.mappings.modality import cues
from musubi.vocabulary import BASE, PREFIXES

HERE = Path(__file__).parent
QUERIES = {file.name.removesuffix("-violation.rq"): file.read_text(encoding="utf-8") for file in violation_files()}
CHECKS = sorted(path.parent.name for path in HERE.glob("*/fires.trig"))


def rows(check: str, data: Path) -> list[str]:
    """The offending nodes that a check finds in a file."""
    store = Store()
    store.load(path=data, format=RdfFormat.TRIG)
    solutions = store.query(QUERIES[check], use_default_graph_as_union=True)
    assert isinstance(solutions, QuerySolutions)
    assert solutions.variables[0].value == "node"
    nodes = [solution["node"] for solution in solutions]
    return [node.value.removeprefix(BASE) for node in nodes if isinstance(node, NamedNode)]


def head(check: str) -> dict[str, dict[str, str]]:
    lines = [line.removeprefix("#+ ") for line in QUERIES[check].splitlines() if line.startswith("#+ ")]
    return dict(yaml.safe_load("\n".join(lines)))


def test_every_check_has_data_that_fire_it() -> None:
    assert sorted(QUERIES) == CHECKS


def test_the_number_of_checks_is_known() -> None:
    assert len(CHECKS) == 12


@pytest.mark.parametrize(
    ("check", "nodes"),
    [
        ("accomplished-despite-its-cue", ["id/statement/1"]),
        ("committee-vote-also-plenary", ["id/event/lamp-agreement-vote"]),
        ("inferred-property-asserted", ["id/mission/lighthouse"]),
        ("milestone-said-to-be-done", ["id/statement/1"]),
        (
            "plain-triple-without-asserting-statement",
            ["id/mission/harbour", "id/mission/lighthouse", "id/mission/pharos"],
        ),
        ("planned-relation-as-plain-triple", ["id/mission/lighthouse"]),
        ("same-as-present", ["id/mission/lighthouse"]),
        ("span-outside-its-document", ["id/span/aaaaaaaaaaaa-0-4"]),
        ("statement-outside-its-document", ["id/statement/1"]),
        ("statement-without-span", ["id/statement/1"]),
        ("time-unlike-its-precision", ["id/statement/1", "id/statement/1"]),
        ("thing-without-labels", ["id/mission/lighthouse", "id/system/lamp", "id/system/lamp"]),
    ],
)
def test_a_check_names_the_offending_node(check: str, nodes: list[str]) -> None:
    assert rows(check, HERE / check / "fires.trig") == nodes


@pytest.mark.parametrize("check", CHECKS)
def test_a_check_finds_nothing_in_clean_data(check: str) -> None:
    assert rows(check, HERE / "clean.trig") == []


@pytest.mark.parametrize("check", CHECKS)
def test_a_check_tells_the_curator_in_both_languages_what_to_do(check: str) -> None:
    assert {key: sorted(value) for key, value in head(check).items()} == {
        "title": ["en", "ja"],
        "message": ["en", "ja"],
    }
    assert all(text.strip() for value in head(check).values() for text in value.values())


@pytest.mark.parametrize("check", CHECKS)
def test_a_check_keeps_to_the_form_of_queries(check: str) -> None:
    query = QUERIES[check]
    prefixes = dict(re.findall(r"^PREFIX (\w+): <(.+)>$", query, re.MULTILINE))
    body = query[query.index("SELECT") :]
    assert prefixes == {prefix: PREFIXES[prefix] for prefix in prefixes}
    assert list(prefixes) == sorted(prefixes)
    assert all(f"{prefix}:" in body for prefix in prefixes)
    assert query.endswith("\n")
    assert "\nORDER BY " in query
    assert "SELECT *" not in query
    prepareQuery(query)


def test_cues_that_assert_nothing_are_all_listed() -> None:
    """The check cannot read the table of cues, so its list is compared with it here."""
    told = [(text, cue.modality) for cue in cues().values() for text in (cue.name, cue.reading)]
    asserting = {text for text, modality in told if modality in {"stated", "done"}}
    listed = re.search(r"VALUES \?word \{([^}]*)\}", QUERIES["accomplished-despite-its-cue"])
    assert listed is not None
    assert set(re.findall(r'"([^"]+)"', listed[1])) == {text for text, _ in told} - asserting
