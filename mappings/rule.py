"""Reading rules: patterns over normalised text with typed slots, and the statements that a match gives.

A pattern is a verbose regular expression in which <name:Type> stands for a mention of that type (annotate.SLOT_TYPES,
Date, or a term list of the file) and <name:Type+> for one or more of them joined by 、 or a conjunction.
Source: rules/README.md describes the language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from musubi.data import rule_files
from musubi.errors import InvalidRule, Place
from musubi.mappings.annotate import SLOT_TYPES, Mention

_SLOT = re.compile(r"<(?P<name>[a-z_]+):(?P<type>[A-Z][A-Za-z]*)(?P<many>\+?)>")
_JOINED = r"(?:、|,|・|-|と|や|及び|および|並びに)"
_NEVER = "(?!)"
_KEYS = {"id", "version", "unit", "scope", "trigger", "match", "head", "count", "roles", "cue", "emit", "examples"}


@dataclass(frozen=True, slots=True)
class Slot:
    """A typed place in a pattern."""

    name: str
    type: str
    many: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern with typed slots."""

    source: str
    slots: tuple[Slot, ...]

    def search(self, text: str, start: int, end: int, mentions: Sequence[Mention]) -> list[re.Match[str]]:
        """The matches in text[start:end], every slot filled by whole mentions of its type."""
        inside = [m for m in mentions if start <= m.start and m.end <= end]
        compiled = _compiled(_SLOT.sub(lambda s: _alternatives(s, inside), self.source))
        return [m for m in compiled.finditer(text, start, end) if all(self._filled(s, m, inside) for s in self.slots)]

    def fillers(self, slot: Slot, match: re.Match[str], mentions: Sequence[Mention]) -> list[Mention]:
        """The mentions that fill `slot` in `match`, in order."""
        start, end = match.span(slot.name)
        return [m for m in mentions if fits(m, slot.type) and start <= m.start and m.end <= end]

    def _filled(self, slot: Slot, match: re.Match[str], mentions: Sequence[Mention]) -> bool:
        if match[slot.name] is None:
            return True
        found = self.fillers(slot, match, mentions)
        return bool(found) and found[0].start == match.start(slot.name) and found[-1].end == match.end(slot.name)


@dataclass(frozen=True, slots=True)
class Rule:
    """One reading rule."""

    id: str
    version: int
    match: Pattern
    emit: tuple[Mapping[str, str], ...]
    units: frozenset[str] = frozenset({"bullet", "paragraph"})
    scope: str = "sentence"
    trigger: str = ""
    head: Pattern | None = None
    count: str = ""
    roles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    cue: str = ""
    examples: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)

    @property
    def method(self) -> str:
        """The rule as a statement's method names it: id/version."""
        return f"{self.id}/{self.version}"


@dataclass(frozen=True, slots=True)
class Expectation:
    """A shape of sentence that some rule should read; where none does, the place is unresolved."""

    id: str
    match: re.Pattern[str]
    met_by: frozenset[str]
    reason: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules, term lists (surface form -> concept, by slot type) and expectations."""

    rules: tuple[Rule, ...]
    terms: Mapping[str, Mapping[str, str]]
    expectations: tuple[Expectation, ...]


@cache
def rule_set() -> RuleSet:
    """The rules that the package carries."""
    return loaded([path for path in rule_files() if path.stem != "modality"])


def loaded(files: Sequence[Path]) -> RuleSet:
    """The rules of these files. Raises InvalidRule, with file and rule, if one is malformed or an id stands twice."""
    tables = [(path, yaml.safe_load(path.read_text(encoding="utf-8"))) for path in files]
    terms: dict[str, dict[str, str]] = {}
    for _, table in tables:
        for type_, entries in table.get("terms", {}).items():
            terms.setdefault(type_, {}).update(entries)
    rules: dict[str, Rule] = {}
    for path, table in tables:
        for row in table.get("rules", []):
            rule = _rule(row, path, terms)
            if rules.setdefault(rule.id, rule) is not rule:
                raise InvalidRule("another rule has this id", _rule_place(path, row))
    expectations = [_expectation(row, path) for path, table in tables for row in table.get("expectations", [])]
    return RuleSet(tuple(rules.values()), terms, tuple(expectations))


def fits(mention: Mention, type_: str) -> bool:
    """True, if the mention may fill a slot of this type, a slot type or a term list."""
    if mention.interval is None and mention.thing.startswith("scheme:"):
        return type_.lower() == mention.thing.removeprefix("scheme:").split("/")[0].replace("-", "")
    return (type_ in SLOT_TYPES or type_ == "Date") and mention.fills(type_)


def _rule_place(path: Path, row: dict[str, Any]) -> Place:
    return Place(f"{path.name}, rule {row.get('id', '?')}")


def _rule(row: dict[str, Any], path: Path, terms: Mapping[str, object]) -> Rule:
    place = _rule_place(path, row)
    if unknown := row.keys() - _KEYS:
        raise InvalidRule(f"no such key: {', '.join(sorted(unknown))}", place, tuple(sorted(_KEYS)))
    if missing := {"id", "version", "match", "emit", "examples"} - row.keys():
        raise InvalidRule(f"needs {', '.join(sorted(missing))}", place)
    return Rule(
        id=row["id"],
        version=row["version"],
        match=_pattern(row["match"], place, terms),
        emit=tuple(row["emit"]),
        units=frozenset(row.get("unit", ["bullet", "paragraph"])),
        scope=row.get("scope", "sentence"),
        trigger=row.get("trigger", ""),
        head=_pattern(row["head"], place, terms) if "head" in row else None,
        count=row.get("count", ""),
        roles=row.get("roles", {}),
        cue=row.get("cue", ""),
        examples=row["examples"],
    )


def _pattern(source: str, place: Place, terms: Mapping[str, object]) -> Pattern:
    pattern = compiled(source)
    for slot in pattern.slots:
        if slot.type not in SLOT_TYPES and slot.type not in terms and slot.type != "Date":
            raise InvalidRule(f"slot {slot.name} has an unknown type: {slot.type}", place)
    _checked(_SLOT.sub(lambda s: f"(?P<{s['name']}>{_NEVER})", source), place)
    return pattern


def _checked(source: str, place: Place) -> re.Pattern[str]:
    try:
        return _compiled(source)
    except re.error as error:
        raise InvalidRule(f"the pattern is no regular expression: {error}", place) from None


def compiled(source: str) -> Pattern:
    """The pattern that `source` writes; its slots are taken as they stand."""
    return Pattern(source, tuple(Slot(m["name"], m["type"], bool(m["many"])) for m in _SLOT.finditer(source)))


def _expectation(row: dict[str, Any], path: Path) -> Expectation:
    place = Place(f"{path.name}, expectation {row.get('id', '?')}")
    if missing := {"id", "match", "met_by", "reason"} - row.keys():
        raise InvalidRule(f"needs {', '.join(sorted(missing))}", place)
    return Expectation(row["id"], _checked(row["match"], place), frozenset(row["met_by"]), row["reason"])


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source, re.VERBOSE)


def _alternatives(slot: re.Match[str], mentions: Sequence[Mention]) -> str:
    surfaces = sorted({m.surface for m in mentions if fits(m, slot["type"])}, key=lambda s: (-len(s), s))
    one = "|".join(re.escape(s) for s in surfaces) or _NEVER
    many = f"(?:{_JOINED}(?:{one}))*" if slot["many"] else ""
    return f"(?P<{slot['name']}>(?:{one}){many})"
