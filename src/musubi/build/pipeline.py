"""The build: seeds -> lift -> add -> reason -> check -> describe -> release.

Source: DESIGN section 3, stages 5 to 8.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from musubi.build import release
from musubi.build.alignment import alignment
from musubi.build.canonical import from_turtle, graph_sizes, triples_in
from musubi.build.check import findings
from musubi.build.finding import Finding, Severity
from musubi.build.inputs import fingerprint, seeds_folder
from musubi.build.provenance import provenance
from musubi.build.quads import quads_of
from musubi.build.reason import inferred
from musubi.build.statistics import statistics
from musubi.data import alignment_files, ontology_files, reference_files, shape_files
from musubi.errors import InvalidSeed, NoRelease
from musubi.mappings.check_seeds import check_seeds
from musubi.mappings.lift import lifted
from musubi.mappings.reference import reference
from musubi.mappings.row import Fault
from musubi.mappings.seeds import Seed, read_seeds
from musubi.settings import Settings
from musubi.vocabulary import BASE, Names

log = logging.getLogger(__name__)

# Files, shapes and queries are written in the permanent base; another base is put in at the very end.
NAMES = Names()
Told = Callable[[str], None]
"""Called with the name of each stage as it begins."""

_INPUTS = "INPUTS"


@dataclass(frozen=True, slots=True)
class Examined:
    """Seeds with what is wrong with them; where nothing is, also the dataset they give and what the check found."""

    seeds: tuple[Seed, ...]
    faults: tuple[Fault, ...]
    nquads: bytes
    findings: tuple[Finding, ...]

    @property
    def violations(self) -> int:
        """The number of findings that are violations."""
        return sum(finding.severity is Severity.VIOLATION for finding in self.findings)


def build(settings: Settings, strict: bool = False, told: Told = log.debug) -> release.Release:
    """The new current release. Its report holds the findings of the check.

    Raises: InvalidSeed with all faults, if seeds have any; InvalidGraph, if a file of the package is wrong or, where
    `strict`, if the check finds a violation. Nothing is written then.
    """
    inputs = fingerprint(settings)
    found = examined(settings, told)
    if found.faults:
        raise InvalidSeed("\n".join(map(str, found.faults)))
    if strict and found.violations:
        raise InvalidSeed(f"the check finds {found.violations} violations: run `musubi check`")
    told("release")
    nquads = _described(_rebased(found.nquads, settings.base), found.seeds, Names(settings.base))
    documents = [_document(seed, Names(settings.base)) for seed in found.seeds]
    report = json.loads(json.dumps(_report(found)).replace(BASE, settings.base))
    made = release.write(settings.releases, nquads, documents, report)
    release.replace(settings.releases / _INPUTS, f"{inputs} {made.id}\n".encode())
    return made


def up_to_date(settings: Settings) -> release.Release | None:
    """The current release, if a build would make it again; None, if it would make another or there is none."""
    try:
        made = release.current(settings.releases)
        known = (settings.releases / _INPUTS).read_text(encoding="ascii").split()
    except (NoRelease, OSError, UnicodeDecodeError):
        return None
    return made if known == [fingerprint(settings), made.id] else None


def examined(settings: Settings, told: Told = log.debug) -> Examined:
    """The seeds of the settings, read, lifted, reasoned over and checked; only read, if they have faults.

    Raises: InvalidGraph, if a file of the package is wrong.
    """
    told("read")
    seeds, faults = read_seeds(seeds_folder(settings))
    faults += check_seeds(seeds, reference())
    log.info("seeds: %d documents, %d statements, %d faults", len(seeds), sum(len(s.rows) for s in seeds), len(faults))
    if faults:
        return Examined(tuple(seeds), tuple(faults), b"", ())
    told("lift")
    files = files_as_quads()
    stated = quads_of(lifted(seeds, NAMES, reference())) + files
    log.info("lift: %d triples stated", stated.count(b"\n"))
    told("reason")
    nquads = stated + inferred(stated, ontology_files(), NAMES)
    told("check")
    found = tuple(findings(nquads))
    # Mappings join last: nothing may follow from them, and no shape is about them.
    return Examined(tuple(seeds), (), nquads + alignment(alignment_files(), files, NAMES), found)


def files_as_quads() -> bytes:
    """Ontology, value lists, reference data and shapes, each in its named graph."""
    ontology, schemes, stubs = ontology_files()
    placed = [(ontology, "ontology"), (stubs, "ontology"), (schemes, "schemes")]
    placed += [(path, "reference") for path in reference_files()] + [(path, "shapes") for path in shape_files()]
    return b"".join(from_turtle(path, NAMES.graph(graph)) for path, graph in placed)


def _described(nquads: bytes, seeds: Sequence[Seed], names: Names) -> bytes:
    """The dataset with the graph that describes it."""
    counts = statistics(triples_in(nquads), triples_in(nquads, names.graph("alignment")), names)
    return nquads + provenance(graph_sizes(nquads), counts, seeds, names)


def _rebased(nquads: bytes, base: str) -> bytes:
    return nquads.replace(f"<{BASE}".encode(), f"<{base}".encode())


def _document(seed: Seed, names: Names) -> release.DocumentRecord:
    record = seed.record
    return {
        "iri": names.document(record.sha256),
        "sha256": record.sha256,
        "slug": record.slug,
        "title": {"ja": record.title_ja, "en": record.title_en},
        "statements": len(seed.rows),
        "lines": record.lines,
        "as_of_earliest": record.as_of.earliest or "",
        "as_of_latest": record.as_of.latest or "",
    }


def _report(found: Examined) -> dict[str, object]:
    return {
        "violations": found.violations,
        "others": len(found.findings) - found.violations,
        "findings": [finding.as_json() for finding in found.findings],
    }
