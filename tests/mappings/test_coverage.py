"""The reading map: what became of each line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from musubi.mappings.coverage import coverage
from musubi.mappings.read import Document, Span
from musubi.mappings.reading import Reading, reading
from musubi.mappings.seeds import Record
from musubi.mappings.statement import Bounds

LINES = [
    ("宇宙協力に関する覚え", "heading"),
    ("", "blank"),
    ("17", "furniture"),
    ("　", "blank"),
    ("- 月を調べるSLIMは、試験ののち2041年度の打上げを目指し、", "stated"),
    ("港で試験を続ける。", "not covered"),
    ("", "blank"),
    ("- 名のない機体について、2042年度の打上げを目指す。", "unresolved"),
    ("", "blank"),
    ("港の近くで魚がよく釣れるという話を聞いた人がいる。", "not covered"),
]


@pytest.fixture
def found(text_document: Callable[[str], Document]) -> Reading:
    sample = text_document("\n".join(line for line, _ in LINES))
    record = Record(
        slug="own",
        file_name="own.txt",
        sha256=sample.sha256,
        lines=len(LINES),
        language="ja",
        title_ja="覚え",
        title_en="Notes",
        publisher="",
        as_of=Bounds(),
        as_of_known_by="",
        address="",
        licence="",
    )
    return reading(sample, record)


def test_each_line_is_of_one_sort(found: Reading) -> None:
    assert coverage(found, []).lines == tuple(sort for _, sort in LINES)


def test_the_sorts_are_counted_most_first(found: Reading) -> None:
    counts = coverage(found, []).counts
    assert counts == {"blank": 4, "not covered": 2, "heading": 1, "furniture": 1, "stated": 1, "unresolved": 1}
    assert list(counts.values()) == sorted(counts.values(), reverse=True)
    assert sum(counts.values()) == len(LINES)


def test_a_line_that_a_curated_row_was_read_from_is_stated(found: Reading) -> None:
    lines = coverage(found, [Span(0, 3, 8, 10, "0" * 64)]).lines
    assert lines[7:] == ("stated", "blank", "stated")


def test_a_line_that_a_role_was_taken_from_is_stated(text_document: Callable[[str], Document], found: Reading) -> None:
    title = found.context.document.span(0, 5)
    statement = found.statements[0]
    object.__setattr__(statement, "roles", (("title", title),))
    assert coverage(found, []).lines[0] == "stated"
