"""A small world of our own for reading rules: its names, and a reading of a text by rules that a test writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import yaml

from musubi.mappings.annotate import Gazetteer
from musubi.mappings.context import context
from musubi.mappings.read import Document, document
from musubi.mappings.reference import Reference
from musubi.mappings.rule import RuleSet, loaded
from musubi.mappings.state import stated
from musubi.mappings.statement import Statement, Unresolved

THINGS = {
    "state/alp": ["アルプ国"],
    "state/bel": ["ベルク国"],
    "state/cor": ["コルス国"],
    "organization/asa": ["アルプ国宇宙庁", "ASA"],
    "organization/bsa": ["BSA"],
    "instrument/pact": ["測位協定"],
    "instrument/alp-bel-pact": ["アルプ国・ベルク国測位協定"],
    "instrument/alp-act": ["アルプ国測位法"],
    "instrument/three-pact": ["岳谷島三国協定"],
    "system/lumen": ["ルーメン"],
    "system/lumen-2": ["ルーメン2号機"],
    "person/anna": ["アンナ"],
    "person/bert": ["ベルト"],
    "place/north-port": ["北港"],
    "mission/drift": ["漂流観測"],
}
CHARACTERS = {"岳": "id:state/alp", "谷": "id:state/bel", "島": "id:state/cor"}


@dataclass(frozen=True)
class Result:
    """What the rules made of a text."""

    document: Document
    statements: list[Statement]
    unresolved: list[Unresolved]

    @property
    def triples(self) -> list[tuple[str, str, str]]:
        return [(s.subject, s.property, s.value) for s in self.statements]

    @property
    def reasons(self) -> list[tuple[str, str]]:
        return [(u.rule, u.reason) for u in self.unresolved]

    def words(self, statement: Statement) -> str:
        return self.document.text[statement.span.start : statement.span.end]


Reads = Callable[..., Result]


VISIT = """
rules:
  - id: visit
    version: 3
    match: <guest:State>は<host:State>を(?P<act>訪れた)
    cue: act
    emit:
      - {subject: '{guest}', property: mus:visits, value: '{host}'}
    examples: {match: [], reject: []}
"""
"""A file with one rule."""


def known() -> Reference:
    """The reference data of this world."""
    nothing: frozenset[str] = frozenset()
    surfaces = {name: f"id:{thing}" for thing, names in THINGS.items() for name in names}
    things = frozenset(surfaces.values())
    return Reference(nothing, nothing, nothing, nothing, things, surfaces, {}, CHARACTERS)


def rules_of(folder: Path, text: str) -> RuleSet:
    """The rules that a file own.yaml with this text holds."""
    path = folder / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return loaded([path])


def result(text: str, rules: RuleSet, anchor: datetime | None = None) -> Result:
    """The text of a document, read by the rules."""
    sample = document(text.encode(), "own.txt")
    terms: Mapping[str, Mapping[str, str]] = rules.terms
    laid_out = context(sample, Gazetteer(known()), CHARACTERS, terms, anchor)
    return Result(sample, *stated(laid_out, rules))


def ruled(match: str, *emit: str, **more: object) -> str:
    """A file with one rule; each emission is `subject property value` or, with `@slot`, of a time."""
    rows = []
    for row in emit:
        subject, property_, value = row.split()
        rows.append(
            {"subject": subject, "property": property_} | ({"time": value[1:]} if value[0] == "@" else {"value": value})
        )
    rule = {"id": "own", "version": 1, "match": match, "emit": rows, "examples": {"match": [], "reject": []}}
    terms = more.pop("terms", {})
    expectations = more.pop("expectations", [])
    table = {"rules": [rule | more], "terms": terms, "expectations": expectations}
    return yaml.safe_dump(table, allow_unicode=True)
