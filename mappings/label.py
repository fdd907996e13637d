"""Labels of things that have no name of their own, composed from what is stated of them.

Source: labels.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

import yaml

from musubi.data import folder
from musubi.mappings.statement import Statement
from musubi.mappings.times import time_label
from musubi.vocabulary import TEMPORAL

LANGUAGES = ("ja", "en")
_JOINTS = {"ja": "・", "en": ", "}
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_OPTIONAL = re.compile(r"\[([^]]*)\]")

Labels = Mapping[str, Mapping[str, str]]
"""CURIE -> language -> label."""


@cache
def templates() -> dict[str, dict[str, str]]:
    """Class (local name) -> language -> template, the most special class first."""
    text = (folder("mappings") / "labels.yaml").read_text(encoding="utf-8")
    table: dict[str, dict[str, str]] = yaml.safe_load(text)
    return table


def composed_labels(statements: Sequence[Statement], known: Labels) -> dict[str, dict[str, str]]:
    """Labels for the subjects that `known` does not label, from their affirmative statements, in order."""
    said: dict[str, dict[str, list[Statement]]] = {}
    for statement in statements:
        if statement.polarity == "affirmative" and statement.subject not in known:
            said.setdefault(statement.subject, {}).setdefault(statement.property, []).append(statement)
    first = {subject: _labels(said[subject], known) for subject in sorted(said)}
    # A label may hold another composed one, as a right holds the seat that it gives.
    second = {subject: _labels(said[subject], {**known, **first}) for subject in first}
    return {subject: labels for subject, labels in second.items() if labels}


def _labels(said: Mapping[str, list[Statement]], known: Labels) -> dict[str, str]:
    classes = {s.value for s in said.get("rdf:type", [])}
    template = next((t for name, t in templates().items() if f"mus:{name}" in classes), None)
    return {language: _filled(template[language], said, known, language) for language in LANGUAGES} if template else {}


def _filled(template: str, said: Mapping[str, list[Statement]], known: Labels, language: str) -> str:
    def value(name: str) -> str:
        return _JOINTS[language].join(
            dict.fromkeys(_value(s, known, language) for s in said.get(f"mus:{name}", [])),
        )

    def part(match: re.Match[str]) -> str:
        return match[1] if all(value(name) for name in _PLACEHOLDER.findall(match[1])) else ""

    filled = _PLACEHOLDER.sub(lambda m: value(m[1]), _OPTIONAL.sub(part, template))
    return filled[:1].upper() + filled[1:]


def _value(statement: Statement, known: Labels, language: str) -> str:
    if statement.property in TEMPORAL:
        return time_label(statement.time, language) if statement.time else ""
    return known.get(statement.value, {}).get(language, statement.value)
