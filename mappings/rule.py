"""Reading rules: a pattern, where to find what a match lacks, and the statements that it gives.

Source: rules/README.md describes the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from musubi.data import rule_files
from musubi.errors import InvalidRule, Place
from musubi.mappings.annotate import SLOT_TYPES
from musubi.mappings.pattern import Pattern, compiled, lists, plain

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_KEYS = {"id", "version", "unit", "scope", "trigger", "match", "head", "count", "roles", "cue", "emit", "examples"}


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
    tables = [(path, _table(path)) for path in files]
    terms: dict[str, dict[str, str]] = {}
    for path, table in tables:
        for type_, entries in table.get("terms", {}).items():
            if foreign := [concept for concept in entries.values() if not lists(type_, concept)]:
                raise InvalidRule(f"{foreign[0]} is of another value list than {type_}", Place(f"{path.name}, terms"))
            terms.setdefault(type_, {}).update(entries)
    rules: dict[str, Rule] = {}
    for path, table in tables:
        for row in table.get("rules", []):
            rule = _rule(row, path, terms)
            if rules.setdefault(rule.id, rule) is not rule:
                raise InvalidRule("another rule has this id", _rule_place(path, row))
    expectations = [_expectation(row, path) for path, table in tables for row in table.get("expectations", [])]
    return RuleSet(tuple(rules.values()), terms, tuple(expectations))


def _table(path: Path) -> dict[str, Any]:
    try:
        table: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = Place(path.name, mark.line + 1, mark.column + 1) if mark else Place(path.name)
        raise InvalidRule(f"the file is no YAML: {error.problem}", place) from None
    return table


def _rule_place(path: Path, row: dict[str, Any]) -> Place:
    return Place(f"{path.name}, rule {row.get('id', '?')}")


def _rule(row: dict[str, Any], path: Path, terms: Mapping[str, object]) -> Rule:
    place = _rule_place(path, row)
    if unknown := row.keys() - _KEYS:
        raise InvalidRule(f"no such key: {', '.join(sorted(unknown))}", place, tuple(sorted(_KEYS)))
    if missing := {"id", "version", "match", "emit", "examples"} - row.keys():
        raise InvalidRule(f"needs {', '.join(sorted(missing))}", place)
    rule = Rule(
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
    if nameless := _spoken_of(rule) - _named(rule):
        raise InvalidRule(f"no pattern and no role is named {', '.join(sorted(nameless))}", place)
    return rule


def _named(rule: Rule) -> set[str]:
    """The names that the patterns and roles of a rule give."""
    return {*rule.match.names, *(rule.head.names if rule.head else ()), *rule.roles}


def _spoken_of(rule: Rule) -> set[str]:
    """The names that a rule uses: one that nothing has would silently say nothing."""
    texts = [row["subject"] + row.get("value", "") for row in rule.emit]
    texts += [role.get("compose", "") for role in rule.roles.values()]
    names = {rule.cue, rule.count, *(role.get("countries-of", "") for role in rule.roles.values())}
    names |= {row.get(key, "") for row in rule.emit for key in ("time", "as-of", "cue")}
    return {*names, *(name for text in texts for name in PLACEHOLDER.findall(text))} - {""}


def _pattern(source: str, place: Place, terms: Mapping[str, object]) -> Pattern:
    pattern = compiled(source)
    for slot in pattern.slots:
        if slot.type not in SLOT_TYPES and slot.type not in terms and slot.type != "Date":
            raise InvalidRule(f"slot {slot.name} has an unknown type: {slot.type}", place)
    with _sound(place):
        plain(pattern.without_slots)
    return pattern


@contextmanager
def _sound(place: Place) -> Iterator[None]:
    try:
        yield
    except re.error as error:
        raise InvalidRule(f"the pattern is no regular expression: {error}", place) from None


def _expectation(row: dict[str, Any], path: Path) -> Expectation:
    place = Place(f"{path.name}, expectation {row.get('id', '?')}")
    if missing := {"id", "match", "met_by", "reason"} - row.keys():
        raise InvalidRule(f"needs {', '.join(sorted(missing))}", place)
    with _sound(place):
        return Expectation(row["id"], plain(row["match"]), frozenset(row["met_by"]), row["reason"])
