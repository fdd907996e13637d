"""All that a page about one thing shows."""

from __future__ import annotations

from dataclasses import dataclass

from musubi.server import lookup
from musubi.server.labels import Labels, labels
from musubi.server.results import Term, selected
from musubi.server.site import site
from musubi.server.stated import Stated, mentions, statements

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_DEFINITIONS = (f"{_SKOS}definition", f"{_SKOS}scopeNote")
# Shown elsewhere on the page, or not meant to be shown (the spellings that the reader looks for).
_APART = frozenset({_TYPE, _LABEL, f"{_SKOS}altLabel", f"{_SKOS}hiddenLabel", *_DEFINITIONS})
_MOST_POINTING = 200


@dataclass(frozen=True, slots=True)
class Fact:
    """A plain triple with the thing on one side. `origin` is a key of the words, `rule` the name of a rule or empty."""

    prop: str
    value: Term
    origin: str
    rule: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A thing with all that the release says of it."""

    iri: str
    classes: tuple[str, ...]
    other_names: tuple[Term, ...]
    definitions: tuple[Term, ...]
    stated: tuple[Stated, ...]
    elsewhere: tuple[Stated, ...]
    facts: tuple[Fact, ...]
    pointing: tuple[Fact, ...]
    labels: Labels

    @property
    def most_pointing(self) -> int:
        """How many of those that point here are shown at most."""
        return _MOST_POINTING


def thing(iri: str, language: str) -> Shown | None:
    """The thing with this IRI, or None where the release says nothing of it."""
    engine, names = site().engine, site().names
    said = [
        _fact(row["property"].value, row["value"], row["graph"].value)
        for row in selected(engine, lookup.query("thing", names, {"thing": iri}))
    ]
    if not said:
        return None
    pointing = [
        _fact(row["property"].value, row["subject"], row["graph"].value)
        for row in selected(engine, lookup.query("pointing", names, {"thing": iri}))
    ]
    of_statements = mentions(iri)
    about = of_statements.get("subject", []) + of_statements.get("span", [])
    stated = statements([*about, iri], language)
    elsewhere = statements(of_statements.get("value", []), language)
    # The parts of a statement are shown as a whole.
    hidden = f"{names.base}ontology#" if any(one.iri == iri for one in stated) else None
    facts = [one for one in said if one.prop not in _APART and not (hidden and one.prop.startswith(hidden))]
    facts, pointing = (_beside_no_statement(each, [*stated, *elsewhere]) for each in (facts, pointing))
    return Shown(
        iri,
        _classes(said),
        tuple(one.value for one in _once(said) if one.prop == f"{_SKOS}altLabel"),
        tuple(one.value for one in _once(said) if one.prop in _DEFINITIONS and one.value.language == language),
        tuple(stated),
        tuple(elsewhere),
        tuple(_once(facts)),
        tuple(_once(pointing)[:_MOST_POINTING]),
        labels(_to_name(iri, said, pointing, [*stated, *elsewhere]), language),
    )


def _fact(prop: str, value: Term, graph: str) -> Fact:
    path = graph.removeprefix(f"{site().names.base}graph/")
    origin, _, rule = path.partition("/")
    known = site().words.known(f"origin.{origin}")
    return Fact(prop, value, f"origin.{origin if known else 'other'}", rule if origin == "inferred" else "")


def _classes(said: list[Fact]) -> tuple[str, ...]:
    """The classes that were given; those that were only inferred where there are no others."""
    given = {one.value.value for one in said if one.prop == _TYPE and not one.rule}
    inferred = {one.value.value for one in said if one.prop == _TYPE}
    return tuple(sorted(given or inferred))


def _beside_no_statement(facts: list[Fact], stated: list[Stated]) -> list[Fact]:
    """The facts without those that only repeat a statement which is shown: its plain triple in the same document."""
    shown = {(one.prop, end) for one in stated for end in (one.value, one.subject)}
    return [one for one in facts if one.origin != "origin.document" or (one.prop, one.value.value) not in shown]


def _once(facts: list[Fact]) -> list[Fact]:
    """The facts without repetition: what several graphs say is said once, by the first of them."""
    return list({(one.prop, one.value): one for one in reversed(facts)}.values())[::-1]


def _to_name(iri: str, said: list[Fact], pointing: list[Fact], stated: list[Stated]) -> set[str]:
    facts = [*said, *pointing]
    values = {one.value.value for one in facts if one.value.kind == "uri"}
    return {iri, *values, *(one.prop for one in facts), *(name for one in stated for name in one.iris)}
