"""The data files that the package carries: ontology, shapes, queries, seeds, reading rules."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def folder(name: str) -> Path:
    """The folder `name` of the package, as a path: one of ontology, seeds, shapes, queries, mappings, server."""
    return Path(str(files("musubi").joinpath(name)))


def ontology_files() -> list[Path]:
    """Ontology, value lists and stubs, in this order. No reference data."""
    return [folder("ontology") / name for name in ("musubi.ttl", "schemes.ttl", "stubs.ttl")]


def reference_files() -> list[Path]:
    """Reference data (identity, labels, surface forms, codes), sorted by name."""
    return sorted((folder("ontology") / "reference").glob("*.ttl"))


def alignment_files() -> list[Path]:
    """Mapping sets (SSSOM), sorted by name."""
    return sorted((folder("ontology") / "align").glob("*.sssom.tsv"))


def shape_files() -> list[Path]:
    """SHACL shapes, sorted by name."""
    return sorted(folder("shapes").glob("*.ttl"))


def question_files() -> list[Path]:
    """Canned queries, sorted by name."""
    return sorted(folder("queries").glob("*.rq"))


def violation_files() -> list[Path]:
    """Queries that must return nothing, sorted by name."""
    return sorted((folder("queries") / "checks").glob("*-violation.rq"))


def rule_files() -> list[Path]:
    """Reading rules, sorted by name."""
    return sorted((folder("mappings") / "rules").glob("*.yaml"))
