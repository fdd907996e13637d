"""Reading known documents: the seed of a file, and the four source documents read again."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from own_seed import OwnSeed

from musubi.data import folder
from musubi.errors import ChangedDocument, UnknownDocument
from musubi.mappings.command import read as read_command
from musubi.mappings.coverage import coverage
from musubi.mappings.layout import units
from musubi.mappings.normal import normalised
from musubi.mappings.read import document, read
from musubi.mappings.reading import completed, located, proof_faults, reading, seed_of
from musubi.mappings.row import to_row
from musubi.mappings.seeds import read_seeds


def test_a_file_is_known_by_its_bytes_whatever_its_name(own_seed: OwnSeed) -> None:
    seed = own_seed.read()
    assert seed_of(Path("elsewhere/other.txt"), own_seed.document, [seed]) == seed


def test_a_file_is_not_known_by_its_name_alone(own_seed: OwnSeed) -> None:
    other = document("別の話。".encode(), "own.txt")
    with pytest.raises(ChangedDocument):
        seed_of(Path("own.txt"), other, [own_seed.read()])
    with pytest.raises(UnknownDocument):
        seed_of(Path("other.txt"), other, [own_seed.read()])


def test_files_are_located_by_hash_without_folders_and_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a")
    (tmp_path / ".hidden").write_bytes(b"h")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.txt").write_bytes(b"b")
    assert [path.name for path in located(tmp_path).values()] == ["a.txt"]


def test_the_rows_of_a_seed_are_what_the_rules_find_and_what_was_curated(own_seed: OwnSeed) -> None:
    seed = own_seed.read()
    found = reading(own_seed.document, seed.record)
    assert [s.method for s in completed(seed, found)].count("curated") == 1
    assert len(completed(seed, found)) == len(found.statements) + 1
    assert list(proof_faults(seed, found)) == []


# --- The source documents ---

SEEDS = read_seeds(folder("seeds"))[0]
BY_SLUG = {seed.record.slug: seed for seed in SEEDS}


@pytest.mark.documents
def test_the_proof_of_the_four_documents_finds_nothing(documents: Path) -> None:
    runner = CliRunner(catch_exceptions=False)
    result = runner.invoke(read_command, ["--check"], env={"MUSUBI_DOCUMENTS": str(documents)})
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith(f"4 documents, {sum(len(s.rows) for s in SEEDS)} rows, ")
    assert result.stderr.endswith(" spans checked: 0 faults\n")


@pytest.mark.documents
@pytest.mark.parametrize("slug", BY_SLUG)
def test_reading_a_document_twice_gives_the_same(slug: str, documents: Path) -> None:
    seed = BY_SLUG[slug]
    path = located(documents)[seed.record.sha256]
    first, second = (reading(read(path), seed.record) for _ in range(2))
    rows = [to_row(s, seed.record.sha256) for s in completed(seed, first)]
    assert rows == [to_row(s, seed.record.sha256) for s in completed(seed, second)]
    assert first.unresolved == second.unresolved
    assert first.statements


@pytest.mark.documents
@pytest.mark.parametrize("slug", BY_SLUG)
def test_every_character_of_a_document_keeps_its_place(slug: str, documents: Path) -> None:
    sample = read(located(documents)[BY_SLUG[slug].record.sha256])
    tried, owned = 0, set()
    for unit in units(sample):
        for character, (start, end) in zip(unit.text.text, unit.text.spans, strict=True):
            original = sample.text[start:end]
            assert original.isspace() if character == " " else character in normalised(original).text
            owned |= set(range(start, end))
            tried += 1
    assert tried > 1000
    lost = {sample.text[i] for i in set(range(len(sample.text))) - owned if not sample.text[i].isspace()}
    assert lost <= set("\uf06e\uf06c\uf075\uf0d8\uf0fc⚫●○〇■◆◇-・⇒)）1234567890")


@pytest.mark.documents
@pytest.mark.parametrize("slug", BY_SLUG)
def test_every_line_of_a_document_is_of_one_sort(slug: str, documents: Path) -> None:
    seed = BY_SLUG[slug]
    sample = read(located(documents)[seed.record.sha256])
    found = coverage(reading(sample, seed.record), [])
    assert len(found.lines) == seed.record.lines == sum(found.counts.values())
    assert [line.strip() == "" for line in sample.lines] == [sort == "blank" for sort in found.lines]
    assert found.counts["stated"] > 0
