"""The examples that every reading rule carries, run as tests: what it reads, and what it leaves alone."""

from datetime import datetime
from typing import Any

import pytest

from musubi.mappings.annotate import gazetteer
from musubi.mappings.context import context
from musubi.mappings.read import document
from musubi.mappings.reference import reference
from musubi.mappings.rule import Rule, rule_set
from musubi.mappings.state import stated
from musubi.mappings.statement import Statement

RULES = {rule.id: rule for rule in rule_set().rules}
MATCHES = [(rule.id, i) for rule in RULES.values() for i in range(len(rule.examples["match"]))]
REJECTS = [(rule.id, i) for rule in RULES.values() for i in range(len(rule.examples["reject"]))]


def read_by(rule: Rule, text: str) -> list[Statement]:
    """The statements that the rule reads in `text`."""
    rules = rule_set()
    characters = reference().country_characters
    laid_out = context(document(text.encode(), "example"), gazetteer(), characters, rules.terms, datetime(2031, 12, 31))
    statements, _ = stated(laid_out, rules)
    return [s for s in statements if rule.method in s.method.split()]


@pytest.mark.parametrize(("name", "number"), MATCHES)
def test_a_rule_reads_what_its_example_says(name: str, number: int) -> None:
    example: Any = RULES[name].examples["match"][number]
    found = {(s.subject, s.property, s.value) for s in read_by(RULES[name], example["text"])}
    assert example["says"]
    for row in example["says"]:
        assert tuple(row) in found


@pytest.mark.parametrize(("name", "number"), REJECTS)
def test_a_rule_leaves_alone_what_is_not_its_own(name: str, number: int) -> None:
    example: Any = RULES[name].examples["reject"][number]
    assert read_by(RULES[name], example) == []


def test_every_rule_has_an_example_of_either_sort() -> None:
    assert {name for name, _ in MATCHES} == {name for name, _ in REJECTS} == set(RULES)
    assert len(RULES) == 29
