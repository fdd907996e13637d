"""Mapping sets as SSSOM writes them: a table with tabs under a header in YAML, each line of which begins with `#`.

Source: Simple Standard for Sharing Ontological Mappings (SSSOM), https://mapping-commons.github.io/sssom/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from musubi.errors import InvalidGraph, Place
from musubi.vocabulary import PREFIXES

COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "comment",
    "see_also",
)
# What a cell holds that names something.
NAMING = ("subject_id", "predicate_id", "object_id", "mapping_justification")
# The header may say more; this it must say.
HEADER = (
    "mapping_set_id",
    "mapping_set_title",
    "mapping_set_description",
    "mapping_set_version",
    "license",
    "mapping_date",
    "object_source",
    "comment",
)

_CURIE = re.compile(r"(?P<prefix>[a-z]+):(?P<local>[A-Za-z0-9][A-Za-z0-9._/-]*)\Z")
_ADDRESS = re.compile(r'https?://[^\s<>"{}|\\^`]+\Z')


@dataclass(frozen=True, slots=True)
class Row:
    """One mapping: its cells in the order of COLUMNS, and where it stands."""

    source: str
    line: int
    cells: tuple[str, ...]

    def __getitem__(self, column: str) -> str:
        return self.cells[COLUMNS.index(column)]

    def place(self, column: str) -> Place:
        """Where the cell begins, in characters of its line."""
        before = self.cells[: COLUMNS.index(column)]
        return Place(self.source, self.line, sum(len(cell) + 1 for cell in before) + 1)


@dataclass(frozen=True, slots=True)
class MappingSet:
    """One file: what its header says, the prefixes it declares, its rows as they stand."""

    source: str
    header: Mapping[str, str]
    prefixes: Mapping[str, str]
    rows: tuple[Row, ...]

    def iri(self, row: Row, column: str) -> str:
        """The IRI that a cell of NAMING stands for.

        Raises: InvalidGraph with the place of the cell, if it is no CURIE or its prefix is not declared.
        """
        match = _CURIE.match(row[column])
        if match is None:
            raise InvalidGraph(f"{column} is no CURIE: {row[column]!r}", row.place(column))
        if match["prefix"] not in self.prefixes:
            raise InvalidGraph(f"the header declares no prefix {match['prefix']!r}", row.place(column))
        return self.prefixes[match["prefix"]] + match["local"]

    def addresses(self, row: Row) -> list[str]:
        """The addresses in see_also, where `|` stands between two. Raises: InvalidGraph, if one is none."""
        found = row["see_also"].split("|") if row["see_also"] else []
        if wrong := [address for address in found if not _ADDRESS.match(address)]:
            raise InvalidGraph(f"see_also is no address: {wrong[0]!r}", row.place("see_also"))
        return found


def mapping_set(path: Path) -> MappingSet:
    """The mapping set in a file.

    Raises: InvalidGraph with line and column, if the file cannot be read, its header says too little or differs from
    the prefixes of the project, or a row has too few or too many cells or one that is empty; only see_also may be.
    """
    try:
        lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidGraph(f"cannot be read: {error}", Place(path.name)) from None
    above = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    said = _said(path.name, lines[:above])
    prefixes = _prefixes(path.name, said.pop("curie_map", None))
    return MappingSet(path.name, _header(path.name, said), prefixes, tuple(_rows(path.name, lines, above)))


def _said(source: str, lines: list[str]) -> dict[str, object]:
    try:
        said = yaml.safe_load("\n".join(line[1:] for line in lines))
    except yaml.YAMLError as error:
        mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
        place = Place(source, mark.line + 1, mark.column + 2) if mark else Place(source, 1, 1)
        raise InvalidGraph("the header is not YAML", place) from None
    if not isinstance(said, dict):
        raise InvalidGraph("there is no header: lines that begin with # and hold YAML", Place(source, 1, 1))
    return {str(name): value for name, value in said.items()}


def _header(source: str, said: dict[str, object]) -> dict[str, str]:
    if missing := [name for name in HEADER if not said.get(name)]:
        raise InvalidGraph(f"the header does not say {missing[0]}", Place(source, 1, 1))
    if not isinstance(said["mapping_date"], date):
        raise InvalidGraph(f"mapping_date is no day: {said['mapping_date']!r}", Place(source, 1, 1))
    for name in ("mapping_set_id", "license", "object_source"):
        if not _ADDRESS.match(str(said[name])):
            raise InvalidGraph(f"{name} is no address: {said[name]!r}", Place(source, 1, 1))
    return {name: str(said[name]) for name in HEADER}


def _prefixes(source: str, said: object) -> dict[str, str]:
    declared = {str(name): str(iri) for name, iri in said.items()} if isinstance(said, dict) else {}
    if not declared:
        raise InvalidGraph("the header does not say curie_map", Place(source, 1, 1))
    for name, iri in declared.items():
        if PREFIXES.get(name, iri) != iri or not _ADDRESS.match(iri):
            raise InvalidGraph(f"the prefix {name} is not {iri!r}", Place(source, 1, 1), (PREFIXES.get(name, ""),))
    return declared


def _rows(source: str, lines: list[str], above: int) -> Iterator[Row]:
    if lines[above : above + 1] != ["\t".join(COLUMNS)]:
        raise InvalidGraph(f"the columns are not {', '.join(COLUMNS)}", Place(source, above + 1, 1))
    for number, line in enumerate(lines[above + 1 :], start=above + 2):
        row = Row(source, number, tuple(line.split("\t")))
        if len(row.cells) != len(COLUMNS):
            raise InvalidGraph(f"{len(row.cells)} cells instead of {len(COLUMNS)}", Place(source, number, 1))
        for column in COLUMNS[:-1]:
            if not row[column].strip():
                raise InvalidGraph(f"{column} is missing", row.place(column))
        yield row
