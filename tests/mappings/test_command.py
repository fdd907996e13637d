"""`musubi read` on a seed of our own: what it writes, what it proves, and what it refuses without writing."""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from own_seed import SLUG, TEXT, OwnSeed

from musubi.errors import (
    BadParameter,
    ChangedDocument,
    EmptyDocument,
    InvalidSeed,
    MusubiError,
    NotText,
    UnknownDocument,
)
from musubi.mappings.command import read
from musubi.mappings.read import hash_of
from musubi.mappings.row import COLUMNS, to_row

Run = Callable[..., Result]


@pytest.fixture
def run(own_seed: OwnSeed) -> Run:
    """A function that runs the command with some arguments; its errors are raised."""

    def invoke(*arguments: str | Path, documents: bool = True) -> Result:
        environment = {"MUSUBI_SEEDS": str(own_seed.seeds)}
        environment |= {"MUSUBI_DOCUMENTS": str(own_seed.file.parent)} if documents else {}
        return CliRunner(catch_exceptions=False).invoke(read, [str(a) for a in arguments], env=environment)

    return invoke


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# --- Reading ---


def test_reading_writes_what_the_rules_find(own_seed: OwnSeed, run: Run) -> None:
    before = own_seed.rows.read_bytes()
    own_seed.rows.unlink()
    result = run()
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "own: 8 statements, 0 unresolved\n"
    lines = before.decode().split("\n")
    assert own_seed.rows.read_text("utf-8").split("\n") == [line for line in lines if ",curated," not in line]


def test_curated_rows_survive_reading(own_seed: OwnSeed, run: Run) -> None:
    before = own_seed.rows.read_bytes()
    assert run().stderr == "own: 9 statements, 0 unresolved\n"
    assert own_seed.rows.read_bytes() == before
    assert b",curated," in before


def test_a_row_that_no_rule_reads_any_more_goes_away(own_seed: OwnSeed, run: Run) -> None:
    before = own_seed.rows.read_bytes()
    table = own_seed.table()
    stale = list(table[1])
    stale[COLUMNS.index("subject")], stale[0] = "id:meeting/other-2035-05", "0" * 16
    own_seed.write_table([*table, stale])
    run()
    assert own_seed.rows.read_bytes() == before


def test_a_curated_row_that_a_rule_finds_by_now_stands_once(own_seed: OwnSeed, run: Run) -> None:
    before = own_seed.rows.read_bytes()
    own_seed.set_cell(1, "method", "curated")
    run()
    assert own_seed.rows.read_bytes() == before


def test_reading_twice_gives_the_same_bytes(own_seed: OwnSeed, run: Run) -> None:
    run()
    first = bytes_of(own_seed.seeds)
    run()
    assert bytes_of(own_seed.seeds) == first


def test_a_file_that_is_named_is_read_under_any_name(own_seed: OwnSeed, run: Run) -> None:
    other = own_seed.file.with_name("renamed.txt")
    own_seed.file.rename(other)
    own_seed.rows.unlink()
    assert run(other, documents=False).exit_code == 0
    assert own_seed.rows.exists()
    own_seed.rows.unlink()
    assert run().exit_code == 0
    assert own_seed.rows.exists()


def test_a_document_whose_text_is_not_there_is_told_and_left(
    own_seed: OwnSeed, run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    before = bytes_of(own_seed.seeds)
    own_seed.file.unlink()
    with caplog.at_level(logging.WARNING):
        assert run().exit_code == 0
    assert caplog.messages == ["own: its text is not in MUSUBI_DOCUMENTS, so it was not read"]
    assert bytes_of(own_seed.seeds) == before


# --- Refusals ---


def refused(own: OwnSeed, run: Run, error: type[MusubiError], *arguments: Path) -> str:
    """The words of the error that a run ends with, which leaves the seeds as they are."""
    before = bytes_of(own.seeds)
    with pytest.raises(error) as raised:
        run(*arguments)
    assert bytes_of(own.seeds) == before
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_an_unknown_file_is_refused(own_seed: OwnSeed, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "stranger.txt"
    path.write_bytes("港の話。".encode())
    words = refused(own_seed, run, UnknownDocument, path)
    assert words.startswith(f"{path}: no seeds/*/document.toml has its SHA-256, ")
    assert words.endswith(": write one first")


def test_a_file_with_the_name_of_a_known_one_and_other_bytes_is_refused(own_seed: OwnSeed, run: Run) -> None:
    sha256 = own_seed.document.sha256
    own_seed.file.write_bytes(TEXT.replace("令和17年", "令和18年").encode())
    for arguments in ([own_seed.file], []):
        words = refused(own_seed, run, ChangedDocument, *arguments)
        assert words.startswith(f"{own_seed.file}: has other bytes than seeds/own was read from (SHA-256 ")
        assert words.endswith(f"instead of {sha256[:12]}…)")


def test_a_file_that_is_not_utf8_is_refused_with_its_line(own_seed: OwnSeed, run: Run) -> None:
    own_seed.file.write_bytes(b"one\ntwo\n\x8f\xa0\n")
    for arguments in ([own_seed.file], []):
        assert refused(own_seed, run, NotText, *arguments).startswith(f"{own_seed.file}:3: byte 8 is not UTF-8")


@pytest.mark.parametrize("data", [b"", b" \n\n"])
def test_an_empty_file_is_refused(data: bytes, own_seed: OwnSeed, run: Run) -> None:
    own_seed.file.write_bytes(data)
    for arguments in ([own_seed.file], []):
        assert refused(own_seed, run, EmptyDocument, *arguments) == f"{own_seed.file}: holds nothing but white space"


def test_one_bad_file_among_good_ones_keeps_all_from_being_written(own_seed: OwnSeed, run: Run, tmp_path: Path) -> None:
    own_seed.rows.unlink()
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    refused(own_seed, run, EmptyDocument, own_seed.file, empty)
    assert not own_seed.rows.exists()


def test_seeds_with_a_fault_are_refused_with_file_and_line(own_seed: OwnSeed, run: Run) -> None:
    own_seed.set_cell(2, "sha256", "")
    words = refused(own_seed, run, InvalidSeed, own_seed.file)
    assert words.startswith("seeds/own/statements.csv:3: the evidence span is incomplete")


def test_without_a_file_or_a_folder_the_command_says_what_it_needs(own_seed: OwnSeed, run: Run) -> None:
    with pytest.raises(BadParameter, match="name the files to read, or set MUSUBI_DOCUMENTS"):
        run(documents=False)


def test_a_file_that_is_not_there_is_wrong_use(run: Run) -> None:
    result = run("nowhere.txt")
    assert result.exit_code == 2
    assert "nowhere.txt" in result.stderr


# --- The proof ---


def test_the_proof_of_a_whole_seed_finds_nothing_and_writes_nothing(own_seed: OwnSeed, run: Run) -> None:
    before = bytes_of(own_seed.seeds)
    result = run("--check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert re.fullmatch(r"1 documents, 9 rows, \d+ spans checked: 0 faults\n", result.stderr)
    assert bytes_of(own_seed.seeds) == before


def proof(run: Run) -> list[str]:
    """The faults that the proof prints; it ends with 1."""
    result = run("--check")
    assert result.exit_code == 1
    assert f": {len(result.stdout.splitlines())} faults\n" in result.stderr
    return result.stdout.splitlines()


def test_a_cell_that_was_edited_is_told_with_file_and_line(own_seed: OwnSeed, run: Run) -> None:
    row = next(i for i, cells in enumerate(own_seed.table()) if cells[COLUMNS.index("modality")] == "planned")
    line = own_seed.set_cell(row, "modality", "done")
    found = proof(run)
    assert all(fault.startswith(f"seeds/own/statements.csv:{line}: ") for fault in found)
    assert any("says done (affirmative), but the wording recorded is aim" in fault for fault in found)


def test_a_planned_row_that_is_told_as_done_throughout_is_found_by_reading_again(own_seed: OwnSeed, run: Run) -> None:
    """Modality, cue and id agree with each other; the text does not agree with them."""
    row = next(i for i, cells in enumerate(own_seed.table()) if cells[COLUMNS.index("modality")] == "planned")
    old = own_seed.table()[row][0]
    line = own_seed.change(row, modality="done", cue="past")
    new = own_seed.table()[row][0]
    assert proof(run) == [
        f"seeds/own/statements.csv:{line}: no rule reads row {new} any more: run `musubi read`",
        f"seeds/own/statements.csv: the rules read a statement that has no row ({old}): run `musubi read`",
    ]


def test_a_note_that_was_edited_is_told(own_seed: OwnSeed, run: Run) -> None:
    line = own_seed.set_cell(1, "note", "nothing of this is in the rules")
    (fault,) = proof(run)
    assert re.fullmatch(rf"seeds/own/statements\.csv:{line}: row \w+ differs from what the rules read: .*", fault)


def test_a_row_that_is_missing_is_told(own_seed: OwnSeed, run: Run) -> None:
    table = own_seed.table()
    gone = table.pop(3)
    own_seed.write_table(table)
    assert proof(run) == [
        f"seeds/own/statements.csv: the rules read a statement that has no row ({gone[0]}): run `musubi read`"
    ]


@pytest.mark.parametrize(
    ("column", "value"),
    [("start", "1"), ("end", "9999"), ("first_line", "2"), ("last_line", "8"), ("sha256", "0" * 64)],
)
def test_a_span_that_is_not_what_the_text_has_there_is_told(
    column: str, value: str, own_seed: OwnSeed, run: Run
) -> None:
    row = next(i for i, cells in enumerate(own_seed.table()) if cells[COLUMNS.index("method")] == "curated")
    line = own_seed.set_cell(row, column, value)
    (fault,) = proof(run)
    assert re.fullmatch(rf"seeds/own/statements\.csv:{line}: the span \d+-\d+ is not what the text has there", fault)


@pytest.mark.parametrize("where", ["further", "roles"])
def test_every_other_span_of_a_row_is_proven_too(where: str, own_seed: OwnSeed, run: Run) -> None:
    wrong = own_seed.document.span(2, 5)
    object.__setattr__(wrong, "sha256", "0" * 64)
    row = next(i for i, cells in enumerate(own_seed.table()) if cells[COLUMNS.index("method")] == "curated")
    line = own_seed.change(row, **{where: (wrong,) if where == "further" else (("x", wrong),)})
    assert proof(run) == [f"seeds/own/statements.csv:{line}: the span 2-5 is not what the text has there"]


def test_a_curated_row_of_something_new_is_no_fault(own_seed: OwnSeed, run: Run) -> None:
    (curated,) = (s for s in own_seed.read().statements if s.method == "curated")
    other = to_row(curated, own_seed.document.sha256)
    other[COLUMNS.index("value")] = "id:organization/nasa"
    table = own_seed.table()
    table.append(other)
    own_seed.write_table(table)
    row = len(table) - 1
    own_seed.change(row)
    assert run("--check").exit_code == 0


def test_a_record_with_another_number_of_lines_is_told(own_seed: OwnSeed, run: Run) -> None:
    text = own_seed.record.read_text("utf-8")
    own_seed.record.write_text(text.replace("lines = 8", "lines = 9"), "utf-8")
    assert proof(run) == ["seeds/own/document.toml: says 9 lines, the text has 8"]


def test_faults_of_form_are_told_by_the_proof_too(own_seed: OwnSeed, run: Run) -> None:
    line = own_seed.set_cell(2, "end", "")
    assert proof(run)[0].startswith(f"seeds/own/statements.csv:{line}: the evidence span is incomplete")


def test_the_proof_looks_at_seeds_whose_text_is_not_there(own_seed: OwnSeed, run: Run) -> None:
    shutil.copytree(own_seed.seeds / SLUG, own_seed.seeds / "absent")
    record = own_seed.seeds / "absent" / "document.toml"
    record.write_text(record.read_text("utf-8").replace(own_seed.document.sha256, "0" * 64), "utf-8")
    record.write_text(record.read_text("utf-8").replace('"own.txt"', '"absent.txt"'), "utf-8")
    found = proof(run)
    assert len(found) >= 9
    assert all("the id " in fault for fault in found)
    assert any(fault.startswith("seeds/absent/statements.csv:2: ") for fault in found)


# --- The report ---


def test_the_report_counts_the_lines_and_writes_nothing(own_seed: OwnSeed, run: Run) -> None:
    before = bytes_of(own_seed.seeds)
    result = run("--report")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "own: 8 lines",
        "      4  blank",
        "      3  stated",
        "      1  heading",
    ]
    assert bytes_of(own_seed.seeds) == before


def test_the_report_names_what_is_unresolved_with_its_line(own_seed: OwnSeed, run: Run) -> None:
    text = TEXT.replace("SLIM", "名のない機体")
    own_seed.file.write_bytes(text.encode())
    record = own_seed.record.read_text("utf-8").replace(own_seed.document.sha256, hash_of(text))
    own_seed.record.write_text(record, "utf-8")
    assert (
        "  line 5: unresolved: a launch target whose item no rule could name (launch-target-without-item)"
        in run("--report").stdout.splitlines()
    )
