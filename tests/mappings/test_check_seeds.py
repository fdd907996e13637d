"""Seeds as a whole: every fault of sense is told with file, line and what to do about it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from own_seed import CURATED_WORDS, TEXT, OwnSeed

from musubi.data import folder
from musubi.mappings.check_seeds import check_seeds
from musubi.mappings.dates import Interval
from musubi.mappings.modality import cues
from musubi.mappings.read import Span
from musubi.mappings.reference import reference
from musubi.mappings.row import COLUMNS, Row
from musubi.mappings.seeds import Seed, read_seeds

REAL = folder("seeds")


def faults(own: OwnSeed) -> list[str]:
    return [str(fault) for fault in check_seeds([own.read()], reference())]


def row_of(own: OwnSeed, property_: str, subject: str = "") -> int:
    """The number (from 1) of the first row of a property, whose subject holds a word."""
    table = own.table()
    return next(
        i
        for i, cells in enumerate(table)
        if cells[COLUMNS.index("property")] == property_ and subject in cells[COLUMNS.index("subject")]
    )


def test_a_whole_seed_has_no_fault(own_seed: OwnSeed) -> None:
    assert faults(own_seed) == []


WHEN = Interval("2041-04-01T00:00:00", "2042-03-31T23:59:59", "japanese-fiscal-year", "plain", "")
# Property of the row that is changed, the change, what the curator is told. The id is made anew each time, so that
# the sense alone is wrong.
CHANGES: list[tuple[str, dict[str, object], str]] = [
    (
        "mus:isMilestoneOf",
        {"subject": "id:planet/mars"},
        "id:planet/mars is no thing: write id:<kind>/<slug>, the kind",
    ),
    ("mus:isMilestoneOf", {"subject": "mus:Mission"}, "mus:Mission is no thing: write id:<kind>/<slug>"),
    ("mus:isMilestoneOf", {"subject": "id:milestone/Slim"}, "id:milestone/Slim is no thing"),
    (
        "mus:isMilestoneOf",
        {"subject": "id:milestone/slim-lunch"},
        "unknown subject: id:milestone/slim-lunch (near it: id:milestone/slim-launch); a new thing needs a row with",
    ),
    (
        "mus:isMilestoneOf",
        {"property": "mus:isMilestonOf"},
        "unknown property: mus:isMilestonOf (near it: mus:isMileston",
    ),
    ("mus:isMilestoneOf", {"property": "isMilestoneOf"}, "unknown property: isMilestoneOf"),
    ("mus:isMilestoneOf", {"value": "id:system/slimm"}, "unknown value: id:system/slimm (near it: id:system/slim"),
    ("mus:isMilestoneOf", {"value": ""}, "unknown value: "),
    ("mus:isMilestoneOf", {"value": '"25"^^xsd:integer'}, "unknown value: "),
    ("mus:isMilestoneOf", {"modality": "planed"}, "unknown modality: planed (near it: planned"),
    ("mus:isMilestoneOf", {"polarity": "positive"}, "unknown polarity: positive"),
    ("mus:isMilestoneOf", {"cue": "aims"}, "unknown cue: aims (near it: aim"),
    (
        "rdf:type",
        {"value": "mus:LaunchMilestones"},
        "unknown class: mus:LaunchMilestones (near it: mus:LaunchMilestone",
    ),
    ("rdf:type", {"value": "id:system/slim"}, "unknown class: id:system/slim"),
    ("mus:hasTime", {"value": "id:system/slim"}, "mus:hasTime has its value in the time columns, which are not empty"),
    ("mus:hasTime", {"time": None}, "mus:hasTime has its value in the time columns, which are empty"),
    ("mus:hasTime", {"time": replace(WHEN, precision="decade")}, "unknown time-precision: decade"),
    ("mus:hasTime", {"time": replace(WHEN, wording="abuot")}, "unknown time-wording: abuot (near it: about"),
    (
        "mus:hasTime",
        {"modality": "done"},
        "says done (affirmative), but the wording recorded is aim (目指す), which tells",
    ),
    ("mus:hasTime", {"polarity": "negative"}, "says planned (negative), but the wording recorded is aim (目指す)"),
    (
        "mus:hasTime",
        {"cue": "past"},
        "says planned (affirmative), but the wording recorded is past (た), which tells done",
    ),
    (
        "mus:isMemberOf",
        {"property": "mus:hasAmount", "value": "25"},
        "the value '25' is no literal: write \"25\"^^xsd:",
    ),
    ("mus:isMemberOf", {"property": "mus:hasAmount", "value": '"2,5"^^xsd:decimal'}, "is no literal"),
    ("mus:isMemberOf", {"property": "mus:hasAmount", "value": '"25"^^xsd:date'}, "is no literal"),
    ("mus:isMemberOf", {"property": "mus:hasAmount", "value": '"25"'}, "is no literal"),
    ("mus:isMemberOf", {"property": "mus:hasAmount", "value": ""}, "the value '' is no literal"),
    ("mus:isMemberOf", {"span": Span(5, 9, 9, 10, "0" * 64)}, "the span ends in line 10, the document has 8"),
    ("mus:isMemberOf", {"further": (Span(5, 9, 1, 99, "0" * 64),)}, "the span ends in line 99, the document has 8"),
    ("mus:isMemberOf", {"roles": (("x", Span(5, 9, 9, 9, "0" * 64)),)}, "the span ends in line 9, the document has 8"),
]


@pytest.mark.parametrize(("property_", "change", "words"), CHANGES)
def test_a_fault_of_sense_is_told_with_file_and_line(
    property_: str, change: dict[str, object], words: str, own_seed: OwnSeed
) -> None:
    subject = "milestone" if property_ in {"rdf:type", "mus:hasTime"} else ""
    line = own_seed.change(row_of(own_seed, property_, subject), **change)
    found = [fault for fault in faults(own_seed) if fault.startswith(f"seeds/own/statements.csv:{line}: ")]
    assert words in found[0]
    assert found == faults(own_seed)


@pytest.mark.parametrize("value", ['"25"^^xsd:integer', '"-3.5"^^xsd:decimal', '"0"^^xsd:decimal'])
def test_a_typed_literal_is_a_value_of_a_quantity(value: str, own_seed: OwnSeed) -> None:
    own_seed.change(row_of(own_seed, "mus:isMemberOf"), property="mus:hasAmount", value=value)
    assert faults(own_seed) == []


def test_a_concept_is_a_value_of_an_object_property(own_seed: OwnSeed) -> None:
    own_seed.change(row_of(own_seed, "mus:isMemberOf"), value="scheme:crew-role/pilot")
    assert faults(own_seed) == []


def test_a_subject_that_a_row_gives_a_class_is_known(own_seed: OwnSeed) -> None:
    own_seed.change(row_of(own_seed, "rdf:type", "milestone"), subject="id:milestone/other-launch")
    assert all("unknown subject: id:milestone/slim-launch" in fault for fault in faults(own_seed))
    assert len(faults(own_seed)) == 2


def test_an_id_that_does_not_belong_to_what_the_row_says_is_told_with_the_one_that_would(own_seed: OwnSeed) -> None:
    old = own_seed.table()[2][0]
    line = own_seed.set_cell(2, "id", "0" * 16)
    assert faults(own_seed) == [
        f"seeds/own/statements.csv:{line}: the id 0000000000000000 does not belong to what the row says ({old} would): "
        "a cell was changed by hand; undo it, or write the new id if the change is meant"
    ]


@pytest.mark.parametrize(
    ("column", "value"),
    [("subject", "id:state/usa"), ("as_of_earliest", "2041-01-01T00:00:00"), ("value", "id:state/jpn")],
)
def test_a_cell_that_is_changed_by_hand_no_longer_belongs_to_its_id(column: str, value: str, own_seed: OwnSeed) -> None:
    line = own_seed.set_cell(row_of(own_seed, "mus:isMemberOf"), column, value)
    (fault,) = faults(own_seed)
    assert fault.startswith(f"seeds/own/statements.csv:{line}: the id ")


def test_an_id_that_stands_twice_is_told_at_both_lines(own_seed: OwnSeed) -> None:
    table = own_seed.table()
    own_seed.write_table([*table, table[1]])
    found = faults(own_seed)
    assert [fault.split(": ")[0] for fault in found] == [f"seeds/own/statements.csv:{n}" for n in (2, len(table) + 1)]
    assert all("stands 2 times: keep one row and put the other spans into further_spans" in fault for fault in found)


def test_an_id_that_stands_in_two_seeds_is_told_in_both(own_seed: OwnSeed) -> None:
    seed = own_seed.read()
    other = Seed(replace(seed.record, slug="other"), seed.rows[:1], seed.folder)
    found = [str(fault).split(": ")[0] for fault in check_seeds([seed, other], reference())]
    assert found == ["seeds/own/statements.csv:2", "seeds/other/statements.csv:2"]


def test_a_row_with_two_faults_is_told_twice(own_seed: OwnSeed) -> None:
    line = own_seed.change(row_of(own_seed, "mus:isMemberOf"), value="id:organization/esaa", cue="wil")
    assert [fault.split(": ")[:2] for fault in faults(own_seed)] == [
        [f"seeds/own/statements.csv:{line}", "unknown value"],
        [f"seeds/own/statements.csv:{line}", "unknown cue"],
    ]


def test_a_span_up_to_the_last_line_is_inside(own_seed: OwnSeed) -> None:
    last = own_seed.document.text.rindex("保存する。")
    assert CURATED_WORDS in TEXT
    own_seed.change(row_of(own_seed, "mus:isMemberOf"), span=own_seed.document.span(last, len(TEXT)))
    assert faults(own_seed) == []


# --- The real seeds ---


@pytest.fixture(scope="module")
def real() -> list[Seed]:
    return read_seeds(REAL)[0]


def test_the_real_seeds_have_no_fault_of_sense(real: list[Seed]) -> None:
    assert check_seeds(real, reference()) == []


def cells_with(column: str, value: str) -> int:
    """How many rows of the real files hold a value, counted apart from the code under test."""
    tables = (csv.DictReader(io.StringIO(path.read_text("utf-8"))) for path in sorted(REAL.glob("*/statements.csv")))
    return sum(row[column] == value for table in tables for row in table)


@pytest.mark.parametrize("modality", ["done", "stated"])
def test_any_planned_row_that_is_told_as_done_is_reported(modality: str, real: list[Seed]) -> None:
    """Even where the id is made anew: the wording recorded tells it."""
    tried = 0
    for seed in real:
        for row in seed.rows:
            if row.statement.modality == "planned":
                found = check_seeds([*(s for s in real if s is not seed), changed(seed, row, modality)], reference())
                assert [fault.place.line for fault in found] == [row.line]
                assert f"says {modality} (affirmative), but the wording recorded is {row.statement.cue}" in str(
                    found[0]
                )
                tried += 1
    assert tried == cells_with("modality", "planned")
    assert tried >= 30


def test_any_row_that_is_turned_into_another_mode_is_reported(real: list[Seed]) -> None:
    tried = 0
    modalities = {cue.modality for cue in cues().values()}
    for seed in real:
        for row in seed.rows:
            modality = sorted(modalities - {row.statement.modality})[row.line % (len(modalities) - 1)]
            alone = Seed(seed.record, (changed(seed, row, modality).rows[seed.rows.index(row)],), seed.folder)
            assert any(f"says {modality}" in fault.detail for fault in check_seeds([alone], reference()))
            tried += 1
    assert tried == sum(len(seed.rows) for seed in real) >= 200


def changed(seed: Seed, row: Row, modality: str) -> Seed:
    """The seed with one row in another mode and the id that belongs to it."""
    statement = replace(row.statement, modality=modality)
    other = Row(statement.identifier(seed.record.sha256), row.line, statement)
    return Seed(seed.record, tuple(other if r is row else r for r in seed.rows), seed.folder)


def test_a_folder_without_seeds_has_no_fault(tmp_path: Path) -> None:
    assert read_seeds(tmp_path) == ([], [])
    assert check_seeds([], reference()) == []
