"""Statements: what makes two of them the same, their order, and how repeats become one."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from musubi.mappings.dates import Interval
from musubi.mappings.read import Span
from musubi.mappings.statement import Bounds, Statement, merged

DOCUMENT, OTHER = "a" * 64, "b" * 64


def span(start: int, end: int = 0, line: int = 1) -> Span:
    return Span(start, end or start + 3, line, line, f"{start:064x}")


BASE = Statement(
    subject="id:event/x-signing",
    property="mus:hasTime",
    value="",
    modality="done",
    cue="past",
    span=span(10),
    method="visit/1",
    as_of=Bounds("2040-01-01T00:00:00", "2040-12-31T23:59:59"),
    time=Interval("2041-04-07T00:00:00", "2041-04-07T23:59:59", "day", "plain", "2041-04-07"),
)
WHEN = BASE.time
assert WHEN is not None


def test_an_identifier_is_sixteen_hex_digits() -> None:
    assert re.fullmatch("[0-9a-f]{16}", BASE.identifier(DOCUMENT))


def test_identifiers_do_not_change_between_versions() -> None:
    """Statement IRIs are permanent names: this one must never change."""
    plain = Statement(
        subject="id:state/jpn",
        property="mus:isMemberOf",
        value="id:organization/esa",
        modality="stated",
        cue="copula",
        span=span(0),
        method="curated",
    )
    assert plain.identifier(DOCUMENT) == "70e721606ddc20dc"


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "id:event/y-signing"},
        {"property": "mus:hasBeginning"},
        {"value": "id:state/jpn"},
        {"modality": "planned"},
        {"polarity": "negative"},
        {"cue": "completed"},
        {"time": None},
        {"time": replace(WHEN, earliest=None)},
        {"time": replace(WHEN, latest=None)},
        {"time": replace(WHEN, precision="month")},
        {"time": replace(WHEN, wording="about")},
        {"as_of": Bounds()},
        {"as_of": Bounds("2040-01-01T00:00:00", None)},
    ],
)
def test_what_is_said_makes_the_identifier(change: dict[str, object]) -> None:
    assert replace(BASE, **change).identifier(DOCUMENT) != BASE.identifier(DOCUMENT)  # type: ignore[arg-type]


def test_the_document_makes_the_identifier() -> None:
    assert BASE.identifier(OTHER) != BASE.identifier(DOCUMENT)


@pytest.mark.parametrize(
    "change",
    [
        {"span": span(99, line=7)},
        {"further": (span(99),)},
        {"roles": (("place", span(99)),)},
        {"method": "curated"},
        {"note": "why"},
        {"time": replace(WHEN, key="", inferred=True)},
    ],
)
def test_where_and_how_it_was_found_do_not_make_the_identifier(change: dict[str, object]) -> None:
    assert replace(BASE, **change).identifier(DOCUMENT) == BASE.identifier(DOCUMENT)  # type: ignore[arg-type]


def test_no_two_cells_can_be_shifted_into_each_other() -> None:
    first, second = replace(BASE, value="x", modality="yz"), replace(BASE, value="xy", modality="z")
    assert first.identifier(DOCUMENT) != second.identifier(DOCUMENT)


def test_rows_are_sorted_by_place_and_then_by_what_is_said() -> None:
    rows = [
        replace(BASE, span=span(10, 20), subject="id:event/a"),
        replace(BASE, span=span(10, 15), value="id:state/usa", property="mus:p"),
        replace(BASE, span=span(10, 15), value="id:state/jpn", property="mus:p"),
        replace(BASE, span=span(10, 15), subject="id:event/b"),
        replace(BASE, span=span(2)),
    ]
    assert merged(rows, DOCUMENT) == [rows[4], rows[3], rows[2], rows[1], rows[0]]


def test_a_repeat_gives_a_further_place() -> None:
    rows = [replace(BASE, span=span(start)) for start in (30, 10, 20)]
    (found,) = merged(rows, DOCUMENT)
    assert (found.span, found.further) == (span(10), (span(20), span(30)))


def test_a_repeat_in_the_same_place_gives_no_further_place() -> None:
    (found,) = merged([BASE, BASE, replace(BASE, span=span(20)), replace(BASE, span=span(20))], DOCUMENT)
    assert found.further == (span(20),)


def test_a_second_rule_gives_a_second_method() -> None:
    (found,) = merged([BASE, replace(BASE, method="call/2"), replace(BASE, method="call/2")], DOCUMENT)
    assert found.method == "visit/1 call/2"


def test_merging_does_not_depend_on_the_order_of_different_places() -> None:
    rows = [replace(BASE, span=span(start), subject=f"id:event/{start % 2}") for start in range(1, 9)]
    assert merged(rows, DOCUMENT) == merged(rows[::-1], DOCUMENT)
    assert len(merged(rows, DOCUMENT)) == 2
