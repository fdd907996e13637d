"""What is wrong or doubtful in a dataset: shapes and violation queries, with the lines behind each finding."""

from __future__ import annotations

import logging
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from musubi.build.finding import Evidence, Finding, Severity
from musubi.build.shacl import nonconforming
from musubi.build.store import Dataset
from musubi.build.violation import violations
from musubi.data import shape_files, violation_files
from musubi.vocabulary import Names, prefix_lines

log = logging.getLogger(__name__)

# The lines of a node: those of the span that it is, that supports it, or that supports a statement about it.
_LINES = f"""{prefix_lines()}
SELECT DISTINCT ?node ?document ?first ?last
WHERE {{
  ?span mus:isSpanOf ?document .
  ?span mus:startLine ?first .
  ?span mus:endLine ?last .
  {{
    ?node mus:isSpanOf ?document .
    BIND(?node AS ?span)
  }}
  UNION
  {{ ?node mus:isSupportedBy ?span . }}
  UNION
  {{
    ?statement mus:isSupportedBy ?span .
    ?statement mus:isAbout ?node .
  }}
}}
"""
# Graphs that no shape is about; without them pyshacl has half as much to read.
_UNCHECKED = ("shapes", "ontology", "provenance")


def findings(nquads: bytes, shapes: list[Path] | None = None, checks: list[Path] | None = None) -> list[Finding]:
    """All findings, violations first, in an order that depends on nothing but the data.

    `nquads` holds asserted and inferred triples, in the base that shapes and checks are written in. Shapes and checks
    are the package's own unless given.

    Raises: InvalidGraph, if a shape or a check is wrong.
    """
    dataset = Dataset(nquads)
    names = Names()
    unchecked = {names.graph(path) for path in _UNCHECKED}
    triples = dataset.ntriples(lambda graph: graph not in unchecked)
    found = [
        *nonconforming(triples, shape_files() if shapes is None else shapes, names),
        *violations(dataset, violation_files() if checks is None else checks),
    ]
    lines = _lines(dataset) if found else {}
    located = (replace(finding, evidence=tuple(lines.get(finding.node, ()))) for finding in found)
    ordered = sorted(set(located), key=Finding.order)
    log.info("check: %d violations, %d others", _count(ordered), len(ordered) - _count(ordered))
    return ordered


def _count(found: list[Finding]) -> int:
    return sum(finding.severity is Severity.VIOLATION for finding in found)


def _lines(dataset: Dataset) -> dict[str, list[Evidence]]:
    lines = defaultdict(list)
    for row in dataset.rows(_LINES):
        lines[row["node"]].append(Evidence(row["document"], int(row["first"]), int(row["last"])))
    return {node: sorted(evidence) for node, evidence in lines.items()}
