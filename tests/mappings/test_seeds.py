"""Seeds on disk: every fault of form is told with file and line, and writing is whole or not at all."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from own_seed import SLUG, OwnSeed

from musubi.data import folder
from musubi.mappings.row import COLUMNS, to_row
from musubi.mappings.seeds import read_seeds, write_statements

REAL = folder("seeds")
SPAN_COLUMNS = ("first_line", "last_line", "start", "end", "sha256")


def faults(own: OwnSeed) -> list[str]:
    return [str(fault) for fault in read_seeds(own.seeds)[1]]


def test_a_whole_seed_is_read_without_a_fault(own_seed: OwnSeed) -> None:
    (seed,), found = read_seeds(own_seed.seeds)
    assert found == []
    assert (seed.record.slug, seed.record.title_en, seed.record.language) == (SLUG, "Notes on space cooperation", "ja")
    assert [row.line for row in seed.rows] == list(range(2, 11))
    assert [s.method for s in seed.statements].count("curated") == 1
    assert seed.file == own_seed.rows


def test_the_day_of_a_record_is_the_earliest_that_it_speaks_as_of(own_seed: OwnSeed) -> None:
    anchor = own_seed.read().record.anchor
    assert anchor is not None
    assert anchor.isoformat() == "2036-01-01T00:00:00"


def test_a_seed_without_rows_yet_is_a_seed(own_seed: OwnSeed) -> None:
    own_seed.rows.unlink()
    assert own_seed.read().rows == ()


def test_seeds_are_read_in_the_order_of_their_names(own_seed: OwnSeed) -> None:
    for name in ("zzz", "abc"):
        shutil.copytree(own_seed.seeds / SLUG, own_seed.seeds / name)
    assert [seed.record.slug for seed in read_seeds(own_seed.seeds)[0]] == ["abc", SLUG, "zzz"]


# --- The file as a whole ---


def test_another_header_is_a_fault_of_its_line(own_seed: OwnSeed) -> None:
    own_seed.rows.write_text(own_seed.rows.read_text("utf-8").replace("modality", "mode", 1), "utf-8")
    (fault,) = faults(own_seed)
    assert fault.startswith("seeds/own/statements.csv:1: the columns are not id,subject,property,")


def test_an_empty_file_lacks_its_header(own_seed: OwnSeed) -> None:
    own_seed.rows.write_bytes(b"")
    assert [fault.split(": ")[0] for fault in faults(own_seed)] == ["seeds/own/statements.csv:1"]


@pytest.mark.parametrize("change", [lambda cells: cells[:-1], lambda cells: [*cells, "more"], lambda cells: []])
def test_a_row_with_another_number_of_cells_is_a_fault_of_its_line(
    change: Callable[[list[str]], list[str]], own_seed: OwnSeed
) -> None:
    table = own_seed.table()
    table[2] = change(table[2])
    own_seed.write_table(table)
    (fault,) = faults(own_seed)
    assert fault.startswith("seeds/own/statements.csv:3: the columns are not ")


def test_a_file_that_is_not_utf8_is_a_fault_that_names_the_byte(own_seed: OwnSeed) -> None:
    own_seed.rows.write_bytes(b"id,\xff\n")
    assert faults(own_seed) == ["seeds/own/statements.csv: is not UTF-8 at byte 3"]


def test_a_quotation_mark_that_is_not_closed_hides_no_row(own_seed: OwnSeed) -> None:
    lines = own_seed.rows.read_text("utf-8").split("\n")
    lines[1] += '"note'
    own_seed.rows.write_text("\n".join(lines), "utf-8")
    (fault,) = faults(own_seed)
    assert fault.startswith("seeds/own/statements.csv:2: ")
    assert "quotation mark" in fault


def test_a_row_over_two_lines_does_not_move_the_lines_of_the_rows_after_it(own_seed: OwnSeed) -> None:
    table = own_seed.table()
    table[1][COLUMNS.index("note")] = "two\nlines"
    table[3][COLUMNS.index("subject")] = ""
    own_seed.write_table(table)
    (fault,) = faults(own_seed)
    assert fault.startswith("seeds/own/statements.csv:5: subject is empty")


def test_one_fault_hides_no_other(own_seed: OwnSeed) -> None:
    for row in (1, 4, 6):
        own_seed.set_cell(row, "cue", "")
    assert [fault.split(": ")[0].rsplit(":", 1)[1] for fault in faults(own_seed)] == ["2", "5", "7"]
    assert len(read_seeds(own_seed.seeds)[0][0].rows) == 6


# --- One cell ---

# Column, what stands in it, what the curator is told.
CELLS = [
    ("subject", "", "subject is empty: a statement without it cannot be used"),
    ("property", "", "property is empty"),
    ("modality", "", "modality is empty"),
    ("polarity", "", "polarity is empty"),
    ("cue", "", "cue is empty"),
    ("method", "", "method is empty"),
    ("first_line", "", "the evidence span is incomplete: a statement needs its lines, offsets and hash"),
    ("last_line", "", "the evidence span is incomplete"),
    ("start", "", "the evidence span is incomplete"),
    ("end", "", "the evidence span is incomplete"),
    ("sha256", "", "the evidence span is incomplete"),
    ("start", "-3", "the evidence span is broken: lines and offsets are whole numbers"),
    ("end", "12.5", "the evidence span is broken: lines and offsets are whole numbers"),
    ("first_line", "three", "the evidence span is broken: lines and offsets are whole numbers"),
    ("sha256", "abc", "is broken: write first-last@start-end#sha256"),
    ("sha256", "A" * 64, "is broken: write first-last@start-end#sha256"),
    ("end", "1", "is broken: it ends before it begins"),
    ("last_line", "1", "is broken: it ends before it begins"),
    ("first_line", "0", "is broken: it ends before it begins"),
    ("role_spans", "agreement", "the role span 'agreement' is broken: write role=first-last@start-end#sha256"),
    ("role_spans", "agreement=1-1@2-3#00", "the span '1-1@2-3#00' is broken"),
    ("role_spans", "agreement=2-1@2-3#" + "0" * 64, "is broken: it ends before it begins"),
    ("further_spans", "1-1@2-3", "the span '1-1@2-3' is broken: write first-last@start-end#sha256"),
    ("further_spans", "1-1@3-3#" + "0" * 64, "is broken: it ends before it begins"),
    ("as_of_earliest", "2041", "as_of_earliest is '2041': write a local time such as 2023-01-13T00:00:00"),
    ("as_of_latest", "2041-02-30T00:00:00", "as_of_latest is '2041-02-30T00:00:00': write a local time"),
    ("time_earliest", "2041-04-01", "time_earliest is '2041-04-01': write a local time"),
    ("time_latest", "April 2041", "time_latest is 'April 2041': write a local time"),
    ("time_latest", "2041-04-01T00:00:00+09:00", "time_latest is '2041-04-01T00:00:00+09:00': write a local time"),
    ("time_latest", "2040-01-01T00:00:00", "the time ends before it begins: 2041-04-01T00:00:00 > 2040-01-01T00:00:00"),
    ("time_precision", "", "time_precision is empty"),
    ("time_wording", "", "time_wording is empty"),
]


@pytest.mark.parametrize(("column", "value", "words"), CELLS)
def test_a_cell_of_the_wrong_form_is_told_with_file_and_line(
    column: str, value: str, words: str, own_seed: OwnSeed
) -> None:
    row = next(
        i for i, cells in enumerate(own_seed.table()) if cells[COLUMNS.index("time_earliest")] == "2041-04-01T00:00:00"
    )
    line = own_seed.set_cell(row, column, value)
    (fault,) = faults(own_seed)
    assert fault.startswith(f"seeds/own/statements.csv:{line}: ")
    assert words in fault


def test_a_row_that_speaks_as_of_a_time_that_ends_before_it_begins_is_a_fault(own_seed: OwnSeed) -> None:
    own_seed.set_cell(2, "as_of_earliest", "2041-01-01T00:00:00")
    own_seed.set_cell(2, "as_of_latest", "2040-01-01T00:00:00")
    assert faults(own_seed) == [
        "seeds/own/statements.csv:3: the time ends before it begins: 2041-01-01T00:00:00 > 2040-01-01T00:00:00"
    ]


# --- The record ---


def record_with(own: OwnSeed, pattern: str, new: str) -> list[str]:
    text, count = re.subn(pattern, new, own.record.read_text("utf-8"), flags=re.MULTILINE)
    assert count == 1
    own.record.write_text(text, "utf-8")
    return faults(own)


REQUIRED = ["file_name", "sha256", "lines", "language", "publisher", "licence"]


@pytest.mark.parametrize("key", REQUIRED)
def test_a_record_that_lacks_a_key_is_a_fault(key: str, own_seed: OwnSeed) -> None:
    assert record_with(own_seed, f"^{key} = .*$", "") == [f"seeds/own/document.toml: the record lacks {key}"]


RECORDS = [
    (r"^sha256 = .*$", 'sha256 = "abc"', "sha256 is not 64 lower-case hex digits"),
    (r"^sha256 = .*$", "sha256 = 12", "sha256 is not 64 lower-case hex digits"),
    (r"^lines = .*$", 'lines = "9"', "lines is no whole number from 1 up"),
    (r"^lines = .*$", "lines = 0", "lines is no whole number from 1 up"),
    (r"^ja = .*$", "", "title.ja is not a text in quotation marks"),
    (r"^en = .*$", "", "title.en is not a text in quotation marks"),
    (r"^known_by = .*$", "", "as_of.known_by is not a text in quotation marks"),
    (r"^earliest = .*$", 'earliest = "2036"', "earliest is '2036': write a local time"),
    (r"^earliest = .*$", "earliest = 2036-01-01T00:00:00", "earliest is not a text in quotation marks"),
    (r"^latest = .*$", "latest = 2036", "latest is not a text in quotation marks"),
    (r"^latest = .*$", 'latest = "2035-01-01T00:00:00"', "the time ends before it begins"),
    (r"^\[as_of\]$", "[asof]", "the record lacks as_of"),
    (r"^\[title\]$", "[titles]", "the record lacks title"),
    (r"^language = .*$", "language =", "line 4"),
    (r"^language = .*$", "language = 4", "language is not a text in quotation marks"),
]


@pytest.mark.parametrize(("pattern", "new", "words"), RECORDS)
def test_a_damaged_record_is_a_fault_that_says_what_is_wrong(
    pattern: str, new: str, words: str, own_seed: OwnSeed
) -> None:
    (fault,) = record_with(own_seed, pattern, new)
    assert fault.startswith("seeds/own/document.toml: ")
    assert words in fault


def test_a_record_that_is_not_utf8_is_a_fault(own_seed: OwnSeed) -> None:
    own_seed.record.write_bytes(b'language = "\xff"\n')
    (fault,) = faults(own_seed)
    assert fault.startswith("seeds/own/document.toml: ")


def test_a_damaged_record_does_not_hide_the_other_seeds(own_seed: OwnSeed) -> None:
    shutil.copytree(own_seed.seeds / SLUG, own_seed.seeds / "other")
    own_seed.record.write_text("", "utf-8")
    seeds, found = read_seeds(own_seed.seeds)
    assert [seed.record.slug for seed in seeds] == ["other"]
    assert len(found) == 1


# --- The real seeds ---


@pytest.fixture(scope="module")
def real_tables() -> dict[str, list[list[str]]]:
    return {
        path.parent.name: list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))
        for path in sorted(REAL.glob("*/statements.csv"))
    }


def test_the_real_seeds_have_no_fault_of_form(real_tables: dict[str, list[list[str]]]) -> None:
    seeds, found = read_seeds(REAL)
    assert found == []
    assert {s.record.slug: len(s.rows) for s in seeds} == {slug: len(t) - 1 for slug, t in real_tables.items()}
    assert len(seeds) == 4


def test_deleting_any_evidence_span_of_the_real_seeds_is_reported_at_its_line(
    real_tables: dict[str, list[list[str]]], tmp_path: Path
) -> None:
    tried = 0
    for slug, table in real_tables.items():
        place = tmp_path / slug
        place.mkdir()
        shutil.copy(REAL / slug / "document.toml", place)
        for number, cells in enumerate(table[1:], start=2):
            for column in SPAN_COLUMNS:
                without = ["" if name == column else cell for name, cell in zip(COLUMNS, cells, strict=True)]
                write_rows(place / "statements.csv", [table[0], *table[1 : number - 1], without, *table[number:]])
                assert [str(f) for f in read_seeds(tmp_path)[1]] == [
                    f"seeds/{slug}/statements.csv:{number}: "
                    "the evidence span is incomplete: a statement needs its lines, offsets and hash"
                ]
                tried += 1
        shutil.rmtree(place)
    rows = sum(len(table) - 1 for table in real_tables.values())
    assert tried == 5 * rows
    assert rows >= 200


def write_rows(path: Path, table: list[list[str]]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(table)
    path.write_bytes(buffer.getvalue().encode())


# --- Writing ---


@pytest.mark.parametrize("slug", [path.name for path in sorted(REAL.iterdir()) if path.is_dir()])
def test_the_real_seeds_are_written_back_byte_for_byte(slug: str, tmp_path: Path) -> None:
    shutil.copytree(REAL / slug, tmp_path / slug)
    (seed,), _ = read_seeds(tmp_path)
    write_statements(seed, list(reversed(seed.statements)))
    assert seed.file.read_bytes() == (REAL / slug / "statements.csv").read_bytes()


def test_cells_that_need_quotation_are_read_back_as_they_were(own_seed: OwnSeed) -> None:
    note = 'commas, "marks",\nlines and 漢字'
    own_seed.change(1, note=note)
    seed = own_seed.read()
    assert seed.statements[0].note == note
    before = own_seed.rows.read_bytes()
    write_statements(seed, seed.statements)
    assert own_seed.rows.read_bytes() == before


def test_a_row_is_read_back_as_the_statement_that_it_was_written_from(own_seed: OwnSeed) -> None:
    seed = own_seed.read()
    for row in seed.rows:
        assert to_row(row.statement, seed.record.sha256)[0] == row.id
    roles = [name for s in seed.statements for name, _ in s.roles]
    assert "predicate" in roles


def test_nothing_changes_where_writing_fails_at_the_end(own_seed: OwnSeed, monkeypatch: pytest.MonkeyPatch) -> None:
    seed, before = own_seed.read(), own_seed.rows.read_bytes()

    def broken(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "replace", broken)
    with pytest.raises(OSError, match="no space left"):
        write_statements(seed, seed.statements[:1])
    assert own_seed.rows.read_bytes() == before
    monkeypatch.undo()
    write_statements(seed, seed.statements[:1])
    assert len(own_seed.read().rows) == 1


def test_nothing_changes_where_a_statement_cannot_be_written(own_seed: OwnSeed) -> None:
    seed, before = own_seed.read(), sorted(own_seed.rows.parent.iterdir())
    broken = own_seed.curated
    object.__setattr__(broken, "span", None)
    with pytest.raises(AttributeError):
        write_statements(seed, [*seed.statements, broken])
    assert sorted(own_seed.rows.parent.iterdir()) == before
    assert own_seed.read() == seed
