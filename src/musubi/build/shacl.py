"""Checks as shapes: what pyshacl reports for the shapes/ folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.term import Node

from musubi.build.finding import Finding, Message, Severity
from musubi.errors import InvalidGraph, Place
from musubi.vocabulary import Names

_SEVERITIES = {SH.Violation: Severity.VIOLATION, SH.Warning: Severity.WARNING, SH.Info: Severity.INFO}


def nonconforming(ntriples: bytes, files: list[Path], names: Names) -> Iterator[Finding]:
    """One finding for each validation result; the value that is wrong is a detail.

    Types must be there: nothing is inferred. Raises: InvalidGraph, if a shape file is wrong.
    """
    # A quarter of a second to import, and only a build needs it.
    from pyshacl import validate
    from pyshacl.errors import ReportableRuntimeError, ShapeLoadError

    data = Graph().parse(data=ntriples, format="nt")
    try:
        _, report, text = validate(data, shacl_graph=_shapes(files), inference="none")
    except (ShapeLoadError, ReportableRuntimeError) as error:
        raise InvalidGraph(f"the shapes cannot be run: {error}") from None
    if not isinstance(report, Graph):
        raise InvalidGraph(f"the shapes cannot be run: {text}")
    for result in report.subjects(RDF.type, SH.ValidationResult):
        yield _finding(report, result, names)


def _shapes(files: list[Path]) -> Graph:
    shapes = Graph()
    for path in files:
        try:
            shapes.parse(path, format="turtle")
        except SyntaxError as error:
            raise InvalidGraph(f"not Turtle: {error}", Place(path.name)) from None
    return shapes


def _finding(report: Graph, result: Node, names: Names) -> Finding:
    source = report.value(result, SH.sourceShape)
    value = report.value(result, SH.value)
    path = report.value(result, SH.resultPath)
    details = [("property", names.curie(str(path)))] if isinstance(path, URIRef) else []
    return Finding(
        severity=_SEVERITIES.get(URIRef(str(report.value(result, SH.resultSeverity))), Severity.VIOLATION),
        source=names.curie(str(source)),
        node=str(report.value(result, SH.focusNode)),
        message=_message(report, result),
        details=tuple(details + ([] if value is None else [("value", str(value))])),
    )


def _message(report: Graph, result: Node) -> Message:
    texts = {m.language: str(m) for m in report.objects(result, SH.resultMessage) if isinstance(m, Literal)}
    some = next(iter(sorted(texts.values())), "")
    return Message(texts.get("ja", some), texts.get("en", some))
