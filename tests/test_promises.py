"""What the project promises of its real seeds, tried on every row of them."""

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from musubi.build.check import findings
from musubi.build.pipeline import NAMES, Examined, examined
from musubi.data import folder
from musubi.mappings.check_seeds import check_seeds
from musubi.mappings.reference import reference
from musubi.mappings.row import COLUMNS
from musubi.mappings.seeds import read_seeds
from musubi.settings import Settings
from musubi.vocabulary import PREFIXES

COLUMNS_OF_A_SPAN = ("first_line", "last_line", "start", "end", "sha256")


@pytest.fixture(scope="module")
def real() -> Examined:
    return examined(Settings())


def test_the_real_seeds_have_no_faults_and_no_violations(real: Examined) -> None:
    assert real.faults == ()
    assert real.violations == 0
    assert len(real.seeds) >= 4


def test_no_statement_of_the_graph_can_lose_its_span_unnoticed(real: Examined) -> None:
    link = f"<{PREFIXES['mus']}isSupportedBy>".encode()
    without = b"".join(line for line in real.nquads.splitlines(keepends=True) if link not in line)
    statements = {
        NAMES.statement(row.statement.identifier(seed.record.sha256)) for seed in real.seeds for row in seed.rows
    }
    noticed = {finding.node for finding in findings(without) if finding.source == "statement-without-span"}
    assert len(statements) >= 200
    assert noticed == statements


@pytest.mark.parametrize("column", COLUMNS_OF_A_SPAN)
def test_no_row_can_lose_its_span_unnoticed(column: str, tmp_path: Path) -> None:
    seeds = Path(shutil.copytree(folder("seeds"), tmp_path / "seeds"))
    emptied = 0
    for path in seeds.glob("*/statements.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = [row | {column: ""} for row in csv.DictReader(file)]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        emptied += len(rows)
    left, faults = read_seeds(seeds)
    assert emptied >= 200
    assert [seed.rows for seed in left] == [()] * len(left)
    assert len(faults) == emptied
    assert all(fault.place.line > 1 and "span is incomplete" in fault.detail for fault in faults)


def test_no_planned_row_can_become_a_done_one_unnoticed(real: Examined) -> None:
    planned = [(seed, row) for seed in real.seeds for row in seed.rows if row.statement.modality == "planned"]
    assert len(planned) >= 20
    for seed, row in planned:
        done = replace(row, statement=replace(row.statement, modality="done"))
        changed = replace(seed, rows=tuple(done if one is row else one for one in seed.rows))
        faults = check_seeds([changed if one is seed else one for one in real.seeds], reference())
        assert any(fault.place.line == row.line and "says done" in fault.detail for fault in faults), row
