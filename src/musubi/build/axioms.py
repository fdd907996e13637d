"""The axioms of an ontology that yield new triples, read from its triples.

Two forms carry everything: if something is in one class it is in another, and if a path of properties leads from one
thing to another then so does a property. Domains, ranges, inverses, symmetry and transitivity are cases of these.
Terms are strings in N-Triples form, so nothing here knows an RDF library.
Source: OWL 2 Mapping to RDF Graphs, section 3; OWL 2 Profiles, section 4 (RL).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from musubi.errors import InvalidGraph
from musubi.vocabulary import PREFIXES, Names

Term = str
Triple = tuple[Term, Term, Term]


def _term(prefix: str, local: str) -> Term:
    return f"<{PREFIXES[prefix]}{local}>"


TYPE = _term("rdf", "type")
THING = _term("owl", "Thing")
_INVERSE = _term("owl", "inverseOf")
_CHAIN = _term("owl", "propertyChainAxiom")
_DATATYPE_STARTS = (f"<{PREFIXES['xsd']}", _term("rdf", "langString"), _term("rdfs", "Literal"))

_DECLARED = ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "Ontology")
# What says nothing new about things: declarations, notes, and constraints, which SHACL and a DL reasoner check.
_SILENT_TYPES = {
    *_DECLARED, "NamedIndividual", "Restriction", "Axiom", "AsymmetricProperty", "IrreflexiveProperty",
    "AllDisjointClasses", "AllDisjointProperties", "AllDifferent",
}  # fmt: skip
_SILENT_PREDICATES = {
    "versionIRI", "versionInfo", "priorVersion", "deprecated", "disjointWith", "propertyDisjointWith", "differentFrom",
    "members", "distinctMembers", "annotatedSource", "annotatedProperty", "annotatedTarget",
}  # fmt: skip
_COMPILED_TYPES = {"TransitiveProperty", "SymmetricProperty"}
_COMPILED_PREDICATES = {
    "inverseOf", "propertyChainAxiom", "intersectionOf", "onProperty", "someValuesFrom", "hasValue",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """A property, walked forwards or backwards."""

    term: Term
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """The members of a class."""

    term: Term


@dataclass(frozen=True, slots=True)
class Every:
    """What is in all of the classes."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """What has a step to a member of the class."""

    step: Step
    filler: Expression


@dataclass(frozen=True, slots=True)
class Value:
    """What has a step to this one thing."""

    step: Step
    value: Term


Expression = Named | Every | Some | Value


@dataclass(frozen=True, slots=True)
class ClassAxiom:
    """Everything in `left` is in `right`."""

    form: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class PropertyAxiom:
    """Where `path` leads from one thing to another, `head` does."""

    form: str
    path: tuple[Step, ...]
    head: Step


Axiom = ClassAxiom | PropertyAxiom


class Ontology:
    """The triples of an ontology, to be asked for its axioms and its own terms."""

    def __init__(self, triples: Iterable[Triple], names: Names) -> None:
        self._names = names
        self._triples = sorted(set(triples))
        self._values: dict[tuple[Term, Term], list[Term]] = defaultdict(list)
        for subject, predicate, value in self._triples:
            self._values[subject, predicate].append(value)

    def terms(self) -> frozenset[Term]:
        """The classes, properties and ontologies it declares."""
        kinds = {_term("owl", name) for name in _DECLARED} | {_term("rdfs", "Datatype")}
        return frozenset(s for s, p, o in self._triples if p == TYPE and o in kinds and s.startswith("<"))

    def axioms(self) -> Iterator[Axiom]:
        """The axioms that yield triples, in the order of their terms.

        Raises: InvalidGraph, naming the axiom, if one would yield triples but has no rule form here.
        """
        for triple in self._triples:
            self._refuse_unknown(triple)
            yield from self._axioms_of(*triple)

    def _axioms_of(self, subject: Term, predicate: Term, value: Term) -> Iterator[Axiom]:
        if predicate == _term("rdfs", "subClassOf"):
            yield from self._subclass(subject, value)
        elif predicate == _term("rdfs", "subPropertyOf"):
            yield PropertyAxiom("subproperty", (self._step(subject),), self._step(value))
        elif predicate == _term("rdfs", "domain"):
            yield ClassAxiom("domain", Some(self._step(subject), Named(THING)), self._expression(value))
        elif predicate == _term("rdfs", "range") and not self._is_datatype(value):
            yield ClassAxiom("range", Some(_turned(self._step(subject)), Named(THING)), self._expression(value))
        elif predicate == _INVERSE and subject.startswith("<"):
            yield PropertyAxiom("inverse", (_turned(self._step(subject)),), self._step(value))
            yield PropertyAxiom("inverse", (_turned(self._step(value)),), self._step(subject))
        elif predicate == _CHAIN:
            yield PropertyAxiom("chain", tuple(map(self._step, self._list(value))), self._step(subject))
        elif (predicate, value) == (TYPE, _term("owl", "TransitiveProperty")):
            yield PropertyAxiom("transitive", (self._step(subject),) * 2, self._step(subject))
        elif (predicate, value) == (TYPE, _term("owl", "SymmetricProperty")):
            yield PropertyAxiom("symmetric", (_turned(self._step(subject)),), self._step(subject))

    def _subclass(self, left: Term, right: Term) -> Iterator[ClassAxiom]:
        goal = self._expression(right)
        for part in goal.parts if isinstance(goal, Every) else (goal,):
            if isinstance(part, Some | Every):
                raise InvalidGraph(f"{self._name(left)}: a superclass must be a class or a hasValue restriction")
            yield ClassAxiom("subclass" if isinstance(part, Named) else "value", self._expression(left), part)

    def _expression(self, term: Term) -> Expression:
        if term.startswith("<"):
            return Named(term)
        if parts := self._values.get((term, _term("owl", "intersectionOf"))):
            return Every(tuple(map(self._expression, self._list(parts[0]))))
        steps = self._values.get((term, _term("owl", "onProperty")), [])
        if steps and (values := self._values.get((term, _term("owl", "hasValue")))):
            return Value(self._step(steps[0]), values[0])
        if steps and (values := self._values.get((term, _term("owl", "someValuesFrom")))):
            return Some(self._step(steps[0]), self._expression(values[0]))
        raise InvalidGraph(f"no rule form for the class expression {self._described(term)}")

    def _step(self, term: Term) -> Step:
        if term.startswith("<"):
            return Step(term)
        for value in self._values.get((term, _INVERSE), []):
            return _turned(self._step(value))
        raise InvalidGraph(f"no rule form for the property expression {self._described(term)}")

    def _list(self, node: Term) -> list[Term]:
        items = []
        while node != _term("rdf", "nil"):
            first = self._values.get((node, _term("rdf", "first")), [])
            rest = self._values.get((node, _term("rdf", "rest")), [])
            if len(first) != 1 or len(rest) != 1:
                raise InvalidGraph("a list in the ontology is broken")
            items.append(first[0])
            node = rest[0]
        return items

    def _is_datatype(self, term: Term) -> bool:
        return term.startswith(_DATATYPE_STARTS) or _term("rdfs", "Datatype") in self._values.get((term, TYPE), [])

    def _refuse_unknown(self, triple: Triple) -> None:
        subject, predicate, value = triple
        start = f"<{PREFIXES['owl']}"
        if predicate.startswith(start):
            known, word = _COMPILED_PREDICATES | _SILENT_PREDICATES, predicate
        elif predicate == TYPE and value.startswith(start):
            known, word = _COMPILED_TYPES | _SILENT_TYPES, value
        else:
            return
        if word[len(start) : -1] not in known and not self._is_plain_data(subject, word):
            raise InvalidGraph(f"no rule form for the axiom {self._name(subject)} {self._name(word)}")

    def _is_plain_data(self, subject: Term, word: Term) -> bool:
        """Whether it is a functional data property: a constraint, because literals are never merged."""
        kinds = self._values.get((subject, TYPE), [])
        return word == _term("owl", "FunctionalProperty") and _term("owl", "DatatypeProperty") in kinds

    def _described(self, node: Term) -> str:
        return " ".join(f"{self._name(p)} {self._name(o)}" for s, p, o in self._triples if s == node) or "(empty)"

    def _name(self, term: Term) -> str:
        return self._names.curie(term[1:-1]) if term.startswith("<") else term


def _turned(step: Step) -> Step:
    return Step(step.term, not step.backwards)
