"""What follows from the data by the ontology: its axioms as rules, run until nothing new appears.

Each rule writes to a named graph of its own, so the graph of an inferred triple says why it holds. A triple is
inferred once, by the first rule that gives it, and never where it is stated already.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from musubi.build.axioms import TYPE, Ontology, Term
from musubi.build.canonical import from_turtle
from musubi.build.rule import Rule, rules
from musubi.errors import InvalidGraph
from musubi.vocabulary import Names

log = logging.getLogger(__name__)

CEILING = 5_000_000


def inferred(nquads: bytes, tbox: list[Path], names: Names, ceiling: int = CEILING) -> bytes:
    """The triples that follow, as N-Quads of graph:inferred/<rule>; those that are stated somewhere are left out.

    Kept are triples whose subject is an IRI that the ontology does not declare, and whose predicate is an own
    property, or rdf:type with an own class; a literal value only of an own data property.

    Raises: InvalidGraph, if an axiom has no rule form or more than `ceiling` triples follow.
    """
    ontology = ontology_of(tbox, names)
    store = _store(nquads)
    own = _Own(ontology.terms(), f"<{names.iri('mus:x')[:-1]}")
    kept: list[ox.Quad] = []
    count = 0
    for rule, found in _fixed_point(store, rules(ontology.axioms(), names), ceiling):
        graph = ox.NamedNode(names.graph(f"inferred/{rule.id}"))
        kept += [ox.Quad(t.subject, t.predicate, t.object, graph) for t in found if own.holds(t)]
        count += len(found)
    log.info("reasoning: %d triples follow, %d are kept", count, len(kept))
    return ox.serialize(kept, format=ox.RdfFormat.N_QUADS) or b""


def ontology_of(tbox: list[Path], names: Names) -> Ontology:
    """The ontology in these Turtle files. Raises: InvalidGraph, if one cannot be read."""
    quads = (
        quad for path in tbox for quad in ox.parse(from_turtle(path, names.graph("ontology")), ox.RdfFormat.N_QUADS)
    )
    return Ontology(((str(q.subject), str(q.predicate), str(q.object)) for q in quads), names)


class _Own:
    """Which inferred triples are about our things in our words."""

    def __init__(self, terms: frozenset[Term], start: str) -> None:
        self._terms = terms
        self._start = start

    def holds(self, triple: ox.Triple) -> bool:
        subject, predicate, value = str(triple.subject), str(triple.predicate), str(triple.object)
        if (
            not isinstance(triple.subject, ox.NamedNode)
            or subject in self._terms
            or isinstance(triple.object, ox.BlankNode)
        ):
            return False
        return (value if predicate == TYPE else predicate).startswith(self._start)


def _store(nquads: bytes) -> ox.Store:
    """A store with all triples in the default graph, whatever graph they stand in."""
    store = ox.Store()
    store.bulk_load(nquads, ox.RdfFormat.N_QUADS)
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    return store


def _fixed_point(store: ox.Store, program: list[Rule], ceiling: int) -> Iterator[tuple[Rule, list[ox.Triple]]]:
    """Each rule with what it newly gave, round by round; a rule rests while nothing it reads has changed."""
    changed: set[Term] | None = None
    while changed is None or changed:
        before, changed = changed, set()
        for rule in program:
            if before is not None and rule.reads.isdisjoint(before | changed):
                continue
            found = list(_triples(store, rule, ceiling))
            if not found:
                continue
            if len(found) > ceiling:
                raise InvalidGraph(f"reasoning was stopped: too many triples follow, the last rule was {rule.id}")
            ceiling -= len(found)
            changed.add(rule.writes)
            store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in found)
            yield rule, found


def _triples(store: ox.Store, rule: Rule, ceiling: int) -> Iterator[ox.Triple]:
    answer = store.query(rule.query(ceiling + 1))
    assert isinstance(answer, ox.QueryTriples)
    return answer
