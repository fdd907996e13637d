"""Statements to RDF: one named graph a document, with statement nodes, spans and plain triples, and one for labels.

A plain triple stands beside its statement only where the text asserts the relation, or where the subject is itself
a norm or a plan, so that nothing planned is ever a fact. Identifiers depend on content alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rdflib import Dataset, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, XSD

from musubi.mappings.label import LANGUAGES, composed_labels
from musubi.mappings.read import Span
from musubi.mappings.reference import Reference
from musubi.mappings.seeds import Record, Seed
from musubi.mappings.statement import Statement
from musubi.mappings.times import time_label
from musubi.vocabulary import INTENTIONS, TEMPORAL, Names, kind

Term = URIRef | Literal
Triple = tuple[URIRef, URIRef, Term]

ASSERTING = frozenset({"stated", "done"})
"""Modalities under which a text asserts that a relation holds: those with mus:assertsRelation true."""


def lifted(seeds: Sequence[Seed], names: Names, known: Reference) -> Dataset:
    """The graphs of the documents (graph:document/…) and of composed labels (graph:label)."""
    dataset = Dataset()
    for seed in seeds:
        graph = dataset.graph(URIRef(names.graph(f"document/{seed.record.sha256[:12]}")))
        for triple in _document(seed, names):
            graph.add(triple)
    labels = dataset.graph(URIRef(names.graph("label")))
    statements = [s for seed in seeds for s in seed.statements]
    for thing, by_language in composed_labels(statements, known.labels).items():
        for language in LANGUAGES:
            labels.add((URIRef(names.iri(thing)), RDFS.label, Literal(by_language[language], lang=language)))
    return dataset


def asserts(statement: Statement) -> bool:
    """True, if the statement's relation may stand as a plain triple."""
    holds = statement.modality in ASSERTING or kind(statement.subject) in INTENTIONS
    return holds and statement.polarity == "affirmative"


def _document(seed: Seed, names: Names) -> Iterator[Triple]:
    record = seed.record
    yield from _record(record, names)
    for statement in seed.statements:
        node = URIRef(names.statement(statement.identifier(record.sha256)))
        yield from _node(node, statement, record, names)
        for span in (statement.span, *statement.further):
            yield node, _mus(names, "isSupportedBy"), URIRef(names.span(record.sha256, span.start, span.end))
            yield from _span(span, record, names)
        for _, span in statement.roles:
            yield node, _mus(names, "hasContextSpan"), URIRef(names.span(record.sha256, span.start, span.end))
            yield from _span(span, record, names)
        if asserts(statement) and isinstance(value := _value(statement, names), URIRef):
            yield URIRef(names.iri(statement.subject)), URIRef(names.iri(statement.property)), value


def _record(record: Record, names: Names) -> Iterator[Triple]:
    node = URIRef(names.document(record.sha256))
    yield node, RDF.type, _mus(names, "SourceDocument")
    yield node, RDFS.label, Literal(record.title_ja, lang="ja")
    yield node, RDFS.label, Literal(record.title_en, lang="en")
    yield node, DCTERMS.language, Literal(record.language)
    yield node, _mus(names, "documentSha256"), Literal(record.sha256, datatype=XSD.string)
    yield node, _mus(names, "lineCount"), Literal(record.lines, datatype=XSD.positiveInteger)
    yield node, _mus(names, "extractionNote"), Literal(record.as_of_known_by, lang="en")
    yield from _moments(node, names, asOfEarliest=record.as_of.earliest, asOfLatest=record.as_of.latest)
    if record.publisher:
        yield node, DCTERMS.publisher, URIRef(names.iri(record.publisher))
    if record.address:
        yield node, DCTERMS.source, URIRef(record.address)


def _node(node: URIRef, statement: Statement, record: Record, names: Names) -> Iterator[Triple]:
    value = _value(statement, names)
    yield node, RDF.type, _mus(names, _class(statement, value))
    yield node, _mus(names, "isAbout"), URIRef(names.iri(statement.subject))
    yield node, _mus(names, "hasStatedProperty"), URIRef(names.iri(statement.property))
    yield node, _mus(names, "hasModality"), URIRef(names.iri(f"scheme:modality/{statement.modality}"))
    yield node, _mus(names, "hasPolarity"), URIRef(names.iri(f"scheme:polarity/{statement.polarity}"))
    yield node, _mus(names, "cue"), Literal(statement.cue)
    yield node, _mus(names, "foundBy"), Literal(statement.method)
    if value is not None:
        yield node, _mus(names, "hasValueEntity" if isinstance(value, URIRef) else "hasAmount"), value
    if statement.note:
        yield node, _mus(names, "extractionNote"), Literal(statement.note, lang="en")
    as_of = statement.as_of if statement.as_of.earliest or statement.as_of.latest else record.as_of
    yield from _moments(node, names, asOfEarliest=as_of.earliest, asOfLatest=as_of.latest)
    yield from _time(node, statement, names)


def _time(node: URIRef, statement: Statement, names: Names) -> Iterator[Triple]:
    when = statement.time
    if when is None:
        return
    yield from _moments(node, names, hasEarliestTime=when.earliest, hasLatestTime=when.latest)
    yield node, _mus(names, "hasTimePrecision"), URIRef(names.iri(f"scheme:time-precision/{when.precision}"))
    yield node, _mus(names, "hasTimeWording"), URIRef(names.iri(f"scheme:time-wording/{when.wording}"))
    for language in LANGUAGES:
        yield node, _mus(names, "timeLabel"), Literal(time_label(when, language), lang=language)


def _span(span: Span, record: Record, names: Names) -> Iterator[Triple]:
    node = URIRef(names.span(record.sha256, span.start, span.end))
    yield node, RDF.type, _mus(names, "EvidenceSpan")
    yield node, _mus(names, "isSpanOf"), URIRef(names.document(record.sha256))
    yield node, _mus(names, "startLine"), Literal(span.first_line, datatype=XSD.positiveInteger)
    yield node, _mus(names, "endLine"), Literal(span.last_line, datatype=XSD.positiveInteger)
    yield node, _mus(names, "startOffset"), Literal(span.start, datatype=XSD.nonNegativeInteger)
    yield node, _mus(names, "endOffset"), Literal(span.end, datatype=XSD.nonNegativeInteger)
    yield node, _mus(names, "spanSha256"), Literal(span.sha256, datatype=XSD.string)


def _class(statement: Statement, value: Term | None) -> str:
    if statement.property in TEMPORAL:
        return "ScheduleStatement"
    return "RelationStatement" if isinstance(value, URIRef) else "QuantityStatement"


def _value(statement: Statement, names: Names) -> Term | None:
    if not statement.value:
        return None
    if statement.value.startswith('"'):
        text, _, datatype = statement.value.rpartition("^^")
        return Literal(text.strip('"'), datatype=URIRef(names.iri(datatype)))
    return URIRef(names.iri(statement.value))


def _moments(node: URIRef, names: Names, **moments: str | None) -> Iterator[Triple]:
    for name, moment in moments.items():
        if moment is not None:
            yield node, _mus(names, name), Literal(moment, datatype=XSD.dateTime)


def _mus(names: Names, name: str) -> URIRef:
    return URIRef(names.iri(f"mus:{name}"))
