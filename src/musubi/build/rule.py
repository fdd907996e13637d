"""Axioms as rules: what to look for, what follows, and a name that a reader understands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count

from musubi.build.axioms import THING, TYPE, Axiom, ClassAxiom, Every, Expression, Named, Some, Step, Term, Value
from musubi.errors import InvalidGraph
from musubi.vocabulary import Names, slug


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    `ends` are the variables of the head; `reads` and `writes` the properties (for types: the classes) of both sides.
    """

    id: str
    body: str
    head: str
    ends: str
    reads: frozenset[Term]
    writes: Term

    def query(self, limit: int) -> str:
        """A CONSTRUCT query for at most `limit` triples that follow and are not there yet."""
        new = f"SELECT DISTINCT {self.ends} WHERE {{ {self.body} FILTER NOT EXISTS {{ {self.head} }} }} LIMIT {limit}"
        return f"CONSTRUCT {{ {self.head} }} WHERE {{ {new} }}"


def rules(axioms: Iterable[Axiom], names: Names) -> list[Rule]:
    """The rules of the axioms, sorted by id; axioms that say the same give one rule.

    Raises: InvalidGraph, if two different axioms would share an id.
    """
    found: dict[str, Rule] = {}
    for axiom in axioms:
        if _is_idle(axiom):
            continue
        rule = _rule(axiom, names)
        if found.setdefault(rule.id, rule) != rule:
            raise InvalidGraph(f"two different axioms share the rule name {rule.id}")
    return [found[identifier] for identifier in sorted(found)]


def _rule(axiom: Axiom, names: Names) -> Rule:
    identifier = _slug("-".join([axiom.form, *_words(axiom, names)]))
    body, head = _Patterns(), _Patterns()
    if isinstance(axiom, ClassAxiom):
        ends = "?a"
        body.add(axiom.left, ends)
        head.add(axiom.right, ends)
    else:
        ends = f"?v0 ?v{len(axiom.path)}"
        for place, step in enumerate(axiom.path):
            body.walk(step, f"?v{place}", f"?v{place + 1}")
        head.walk(axiom.head, *ends.split())
    if not body.keys:
        raise InvalidGraph(f"{identifier}: an axiom about everything has no rule form")
    (writes,) = head.keys
    return Rule(identifier, body.text(), head.text(), ends, frozenset(body.keys), writes)


class _Patterns:
    """Triple patterns, collected."""

    def __init__(self) -> None:
        self.keys: set[Term] = set()
        self._lines: list[str] = []
        self._fresh = count(1)

    def text(self) -> str:
        return " ".join(self._lines)

    def walk(self, step: Step, start: Term, end: Term) -> None:
        self.keys.add(step.term)
        self._lines.append(f"{end} {step.term} {start} ." if step.backwards else f"{start} {step.term} {end} .")

    def add(self, expression: Expression, subject: Term) -> None:
        if isinstance(expression, Every):
            for part in expression.parts:
                self.add(part, subject)
        elif isinstance(expression, Value):
            self.walk(expression.step, subject, expression.value)
        elif isinstance(expression, Some):
            target = f"?w{next(self._fresh)}"
            self.walk(expression.step, subject, target)
            self.add(expression.filler, target)
        elif expression.term != THING:
            self.keys.add(expression.term)
            self._lines.append(f"{subject} {TYPE} {expression.term} .")


def _is_idle(axiom: Axiom) -> bool:
    """Whether nothing new can follow: everything is a Thing, and all are what they are."""
    if isinstance(axiom, ClassAxiom):
        return axiom.right == Named(THING) or axiom.left == axiom.right
    return axiom.path == (axiom.head,)


def _words(axiom: Axiom, names: Names) -> list[str]:
    if isinstance(axiom, ClassAxiom):
        if axiom.form in {"domain", "range"} and isinstance(axiom.left, Some):
            step = axiom.left.step
            told = step if axiom.form == "domain" else Step(step.term, not step.backwards)
            return [_property(told, names), _class(axiom.right, names)]
        return [_class(axiom.left, names), _class(axiom.right, names)]
    if axiom.form in {"transitive", "symmetric"}:
        return [_property(axiom.head, names)]
    if axiom.form == "inverse":
        return [_local(axiom.path[0].term, names), _property(axiom.head, names)]
    path = [_property(step, names) for step in axiom.path]
    return (
        [*path, _property(axiom.head, names)] if axiom.form == "subproperty" else [_property(axiom.head, names), *path]
    )


def _class(expression: Expression, names: Names) -> str:
    if isinstance(expression, Named):
        return _local(expression.term, names)
    if isinstance(expression, Every):
        return "-and-".join(_class(part, names) for part in expression.parts)
    step = _property(expression.step, names)
    if isinstance(expression, Value):
        return f"{step}-{_local(expression.value, names)}"
    return f"{step}-some-{_class(expression.filler, names)}"


def _property(step: Step, names: Names) -> str:
    return ("inverse-" if step.backwards else "") + _local(step.term, names)


def _local(term: Term, names: Names) -> str:
    """The last part of a name, after its prefix where it is neither a term nor a thing of our own."""
    if not term.startswith("<"):
        return term
    curie = names.curie(term[1:-1])
    prefix = curie.partition(":")[0]
    return slug(curie).removeprefix("mus:") if prefix in {"mus", "id", "scheme"} else curie


def _slug(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9.]+", "-", text).strip("-")
