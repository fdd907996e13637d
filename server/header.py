"""The YAML header of a question, with the line of each entry, so that a mistake can be pointed at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import yaml

from musubi.errors import InvalidGraph, Place

Path = tuple[str, ...]
Language = Literal["ja", "en"]
_MARK = "#+"
_FOLDED = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])")


@dataclass(frozen=True, slots=True)
class Titled:
    """A short text in both languages."""

    ja: str
    en: str

    def text(self, language: str) -> str:
        """The text in one of the two languages."""
        return self.ja if language == "ja" else self.en


@dataclass(frozen=True, slots=True)
class Header:
    """The entries of one header by their path; `lines` counts from 1 in the file."""

    file: str
    entries: dict[Path, object]
    lines: dict[Path, int]

    @classmethod
    def read(cls, query: str, file: str) -> Header:
        """The header of a query text. Raises: InvalidGraph, if there is none or it is no YAML mapping."""
        lines = []
        for line in query.splitlines():
            if not line.startswith(_MARK):
                break
            lines.append(line.removeprefix(_MARK).removeprefix(" "))
        if not lines:
            raise InvalidGraph("a question begins with a header behind `#+ `", Place(file, 1))
        try:
            node = yaml.compose("\n".join(lines), yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            number = error.problem_mark.line + 1 if error.problem_mark else 1
            raise InvalidGraph(f"the header is no YAML: {error.problem}", Place(file, number)) from None
        if not isinstance(node, yaml.MappingNode):
            raise InvalidGraph("the header is no YAML mapping", Place(file, 1))
        header = cls(file, {}, {})
        header._add((), node)
        return header

    def error(self, path: Path, detail: str) -> InvalidGraph:
        """The error to raise about an entry."""
        while path and path not in self.lines:
            path = path[:-1]
        return InvalidGraph(detail, Place(self.file, self.lines.get(path, 1)))

    def value(self, path: Path) -> object:
        """The value of an entry, or None."""
        return self.entries.get(path)

    def text(self, path: Path) -> str:
        """The text of an entry. Raises: InvalidGraph, if it is missing or something else."""
        value = self.entries.get(path)
        if not isinstance(value, str) or not value.strip():
            raise self.error(path, f"`{'.'.join(path)}` is missing or no text")
        return value.strip()

    def texts(self, path: Path) -> tuple[str, ...]:
        """The items of a list of texts; empty, where there is no entry."""
        value = self.entries.get(path)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(path, f"`{'.'.join(path)}` is no list of texts")
        return tuple(value)

    def titled(self, path: Path) -> Titled:
        """The text of an entry in both languages. Raises: InvalidGraph, if one is missing."""
        self.only(path, frozenset({"ja", "en"}))
        # YAML joins folded lines with a space, which Japanese does not have between its characters.
        return Titled(_FOLDED.sub("", self.text((*path, "ja"))), self.text((*path, "en")))

    def keys(self, path: Path) -> list[str]:
        """The keys below an entry, in order; empty, where there are none."""
        return [one[-1] for one in self.lines if one[:-1] == path and one]

    def only(self, path: Path, allowed: frozenset[str]) -> None:
        """Nothing, if an entry has no other keys. Raises: InvalidGraph, naming the first that it should not have."""
        for key in self.keys(path):
            if key not in allowed:
                raise self.error((*path, key), f"`{key}` is not known here: {', '.join(sorted(allowed))}")

    def _add(self, path: Path, node: yaml.MappingNode) -> None:
        for key, value in node.value:
            below = (*path, str(key.value))
            if below in self.lines:
                raise InvalidGraph(f"`{key.value}` stands twice", Place(self.file, key.start_mark.line + 1))
            self.lines[below] = key.start_mark.line + 1
            if isinstance(value, yaml.MappingNode):
                self._add(below, value)
            else:
                self.entries[below] = yaml.SafeLoader("").construct_document(value)
