"""A document of our own with its seed on disk: the start of every test that breaks one thing in a seed."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from pathlib import Path

from musubi.mappings.read import Document, document
from musubi.mappings.reading import reading
from musubi.mappings.row import COLUMNS, to_row
from musubi.mappings.seeds import Seed, read_seeds, write_statements
from musubi.mappings.statement import Statement

SLUG = "own"
TEXT = """宇宙協力に関する覚え

⚫ 日印宇宙対話（令和17年5月）を実施し、意見を交わした。

- 月を調べるSLIMは、試験ののち2041年度の打上げを目指す。

- カナダは観測データを保存する。
"""
CURATED_WORDS = "カナダは観測データを保存する"
RECORD = """file_name = "own.txt"
sha256 = "{sha256}"
lines = {lines}
language = "ja"
publisher = ""
address = ""
licence = "Written for the tests."

[title]
ja = "宇宙協力に関する覚え"
en = "Notes on space cooperation"

[as_of]
earliest = "2036-01-01T00:00:00"
latest = "2036-12-31T23:59:59"
known_by = "Chosen for the tests."
"""


@dataclass(frozen=True)
class OwnSeed:
    """The folder of seeds `seeds` and the text `file` that its only seed was read from."""

    seeds: Path
    file: Path
    document: Document

    @classmethod
    def written(cls, folder: Path) -> OwnSeed:
        """The seed of TEXT, below `folder`: what the rules read, and one curated row."""
        file, seeds = folder / "texts" / "own.txt", folder / "seeds"
        for path in (file.parent, seeds / SLUG):
            path.mkdir(parents=True)
        file.write_bytes(TEXT.encode())
        own = cls(seeds, file, document(TEXT.encode(), "own.txt"))
        own.record.write_text(RECORD.format(sha256=own.document.sha256, lines=len(own.document.lines)), "utf-8")
        seed = own.read()
        write_statements(seed, [*reading(own.document, seed.record).statements, own.curated])
        return own

    @property
    def record(self) -> Path:
        return self.seeds / SLUG / "document.toml"

    @property
    def rows(self) -> Path:
        return self.seeds / SLUG / "statements.csv"

    @property
    def curated(self) -> Statement:
        """A row that no rule reads."""
        start = TEXT.index(CURATED_WORDS)
        return Statement(
            subject="id:state/can",
            property="mus:isMemberOf",
            value="id:organization/esa",
            modality="political-commitment",
            cue="will",
            span=self.document.span(start, start + len(CURATED_WORDS)),
            method="curated",
        )

    def read(self) -> Seed:
        """The seed as it stands on disk; it has no fault of form."""
        seeds, faults = read_seeds(self.seeds)
        assert faults == []
        (seed,) = seeds
        return seed

    def table(self) -> list[list[str]]:
        """The cells on disk, header first."""
        return list(csv.reader(io.StringIO(self.rows.read_text(encoding="utf-8"), newline="")))

    def write_table(self, table: list[list[str]]) -> None:
        """Puts the cells on disk."""
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerows(table)
        self.rows.write_bytes(buffer.getvalue().encode())

    def set_cell(self, row: int, column: str, value: str) -> int:
        """Writes one cell (`row` from 1) and gives the line that the row stands on."""
        table = self.table()
        table[row][COLUMNS.index(column)] = value
        self.write_table(table)
        return row + 1

    def change(self, row: int, **changes: object) -> int:
        """Changes a statement together with its id, so that only the sense is wrong; gives its line."""
        statement = replace(self.read().rows[row - 1].statement, **changes)  # type: ignore[arg-type]
        table = self.table()
        table[row] = to_row(statement, self.document.sha256)
        self.write_table(table)
        return row + 1
