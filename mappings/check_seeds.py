"""Whether the rows of all seeds hold together: known terms, one row a statement, modality as the wording has it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from musubi.errors import Place
from musubi.mappings.modality import cues
from musubi.mappings.reference import Reference
from musubi.mappings.row import Fault, Row
from musubi.mappings.seeds import Seed
from musubi.mappings.statement import Statement
from musubi.vocabulary import KINDS, TEMPORAL, kind

_LITERAL = re.compile(r'"(-?\d+(?:\.\d+)?)"\^\^xsd:(integer|decimal)\Z')


def check_seeds(seeds: Sequence[Seed], known: Reference) -> list[Fault]:
    """The faults of sense in the rows, by seed and line. Faults of form are found by `read_seeds`."""
    minted = {s.subject for seed in seeds for s in seed.statements if s.property == "rdf:type"}
    things = known.things | minted
    times = Counter(row.id for seed in seeds for row in seed.rows)
    faults = []
    for seed in seeds:
        for row in seed.rows:
            place = Place(f"seeds/{seed.record.slug}/statements.csv", row.line)
            details = [*_identity(row, seed, times), *_terms(row.statement, known, things)]
            details += [*_value(row.statement, known, things), *_mode(row.statement), *_place(row.statement, seed)]
            faults += [Fault(place, detail) for detail in details]
    return faults


def _identity(row: Row, seed: Seed, times: Counter[str]) -> Iterator[str]:
    if times[row.id] > 1:
        yield f"the id {row.id} stands {times[row.id]} times: keep one row and put the other spans into further_spans"
    expected = row.statement.identifier(seed.record.sha256)
    if row.id != expected:
        yield (
            f"the id {row.id} does not belong to what the row says ({expected} would): a cell was changed by hand; "
            "undo it, or write the new id if the change is meant"
        )


def _terms(statement: Statement, known: Reference, things: frozenset[str] | set[str]) -> Iterator[str]:
    if kind(statement.subject) is None:
        yield f"{statement.subject} is no thing: write id:<kind>/<slug>, the kind one of {', '.join(sorted(KINDS))}"
    elif statement.subject not in things:
        yield _unknown("subject", statement.subject, things) + "; a new thing needs a row with rdf:type"
    if statement.property not in known.properties | {"rdf:type"}:
        yield _unknown("property", statement.property, known.properties)
    lists = [("modality", statement.modality), ("polarity", statement.polarity)]
    if statement.time is not None:
        lists += [("time-precision", statement.time.precision), ("time-wording", statement.time.wording)]
    for name, concept in lists:
        if f"scheme:{name}/{concept}" not in known.concepts:
            yield _unknown(name, concept, {c.split("/")[1] for c in known.concepts if c.startswith(f"scheme:{name}/")})


def _value(statement: Statement, known: Reference, things: frozenset[str] | set[str]) -> Iterator[str]:
    property_, value = statement.property, statement.value
    if property_ in TEMPORAL:
        if value or statement.time is None:
            yield f"{property_} has its value in the time columns, which are {'not ' if value else ''}empty"
    elif property_ == "rdf:type":
        if value not in known.classes:
            yield _unknown("class", value, known.classes)
    elif property_ in known.object_properties:
        if value not in things and value not in known.concepts:
            yield _unknown("value", value, things | known.concepts)
    elif not _LITERAL.match(value):
        yield f'the value {value!r} is no literal: write "25"^^xsd:integer'


def _mode(statement: Statement) -> Iterator[str]:
    cue = cues().get(statement.cue)
    if cue is None:
        yield _unknown("cue", statement.cue, set(cues()))
    elif (statement.modality, statement.polarity) != (cue.modality, cue.polarity):
        yield (
            f"says {statement.modality} ({statement.polarity}), but the wording recorded is {cue.name} "
            f"({cue.reading}), which tells {cue.modality} ({cue.polarity}): correct one of the two by the text"
        )


def _place(statement: Statement, seed: Seed) -> Iterator[str]:
    for span in (statement.span, *statement.further, *(role for _, role in statement.roles)):
        if span.last_line > seed.record.lines:
            yield f"the span ends in line {span.last_line}, the document has {seed.record.lines}"


def _unknown(what: str, given: str, allowed: frozenset[str] | set[str]) -> str:
    near = get_close_matches(given, sorted(allowed), n=3)
    return f"unknown {what}: {given}" + (f" (near it: {', '.join(near)})" if near else "")
