"""The ontology, its value lists, stubs and reference data together are in OWL 2 DL and in OWL 2 RL, says the OWL API.

Protégé reads through the same library. Needs a Java development kit and Debian's libowlapi-java; without them the tests
are skipped, except in CI (CI=true), where they fail.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from rdflib import Graph

from musubi.data import folder, ontology_files, reference_files
from musubi.mappings.lift import lifted
from musubi.mappings.reference import reference
from musubi.mappings.seeds import read_seeds
from musubi.vocabulary import Names

HERE = Path(__file__).parent
JARS = Path("/usr/share/java")

pytestmark = pytest.mark.java


@dataclass(frozen=True, slots=True)
class Report:
    axioms: int
    dl: list[str]
    rl: list[str]


def missing(jars: Path, path: str | None = None) -> str:
    """What the check lacks on this machine, in words; empty if nothing."""
    lacking = [f"no {tool} on the path" for tool in ("java", "javac") if shutil.which(tool, path=path) is None]
    if not (jars / "owlapi-distribution.jar").exists():
        lacking.append(f"no owlapi-distribution.jar in {jars} (Debian: apt-get install libowlapi-java)")
    return "; ".join(lacking)


def skip_or_fail(lacking: str, environment: Mapping[str, str]) -> None:
    """Nothing, if nothing is lacking; otherwise the test is skipped, or in CI fails."""
    if lacking and environment.get("CI") == "true":
        pytest.fail(f"the OWL 2 profile check must run in CI: {lacking}")
    if lacking:
        pytest.skip(f"OWL 2 profile check not run: {lacking}")


def report(*files: Path) -> Report:
    skip_or_fail(missing(JARS), os.environ)
    command = ["java", "-cp", f"{JARS}/*", str(HERE / "Profiles.java"), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return read(done.stdout)


def read(text: str) -> Report:
    """The report as printed; the printed counts must be those of the lines."""
    head, axioms, dl, rl = re.split(r"^(?:axioms|OWL2_DL|OWL2_RL) ", text, flags=re.MULTILINE)
    assert head == ""
    violations = []
    for part in (dl, rl):
        count, *lines = part.splitlines()
        assert int(count) == len(lines)
        violations.append([line.strip() for line in lines])
    return Report(int(axioms), *violations)


def kinds(violations: list[str]) -> set[str]:
    return {violation.partition(":")[0] for violation in violations}


def test_ontology_and_reference_data_together_are_in_dl_and_rl() -> None:
    assert len(ontology_files()) == 3
    assert len(reference_files()) >= 1
    found = report(*ontology_files(), *reference_files())
    assert (found.dl, found.rl) == ([], [])
    assert found.axioms > 1900


def test_statements_beside_the_ontology_stay_in_dl_and_rl() -> None:
    found = report(*ontology_files(), HERE / "sample.ttl")
    assert (found.dl, found.rl) == ([], [])


def test_everything_the_seeds_give_stays_in_dl_and_rl(tmp_path: Path) -> None:
    seeds, faults = read_seeds(folder("seeds"))
    assert (len(seeds) >= 4, faults) == (True, [])
    merged = Graph()
    for subject, predicate, value, _ in lifted(seeds, Names(), reference()).quads():
        merged.add((subject, predicate, value))
    assert len(merged) > 2000
    merged.serialize(tmp_path / "lifted.ttl", format="turtle", encoding="utf-8")
    found = report(*ontology_files(), *reference_files(), tmp_path / "lifted.ttl")
    assert (found.dl, found.rl) == ([], [])


def test_what_is_outside_dl_is_reported() -> None:
    found = report(HERE / "not-dl.ttl")
    assert kinds(found.dl) >= {
        "UseOfNonSimplePropertyInFunctionalPropertyAxiom",
        "UseOfUndeclaredAnnotationProperty",
        "UseOfUndeclaredDatatype",
    }


def test_what_is_in_dl_but_outside_rl_is_reported() -> None:
    found = report(HERE / "not-rl.ttl")
    assert found.dl == []
    assert kinds(found.rl) == {"UseOfNonSuperClassExpression"}
    assert len(found.rl) == 2


def test_one_wrong_file_among_the_right_ones_is_reported() -> None:
    found = report(*ontology_files(), HERE / "not-dl.ttl")
    assert "UseOfNonSimplePropertyInFunctionalPropertyAxiom" in kinds(found.dl)


def test_a_missing_tool_skips_with_its_name_and_fails_in_ci(tmp_path: Path) -> None:
    lacking = missing(tmp_path, path=str(tmp_path))
    assert [word in lacking for word in ("java", "javac", "libowlapi-java")] == [True] * 3
    with pytest.raises(pytest.skip.Exception, match="libowlapi-java"):
        skip_or_fail(lacking, {})
    with pytest.raises(pytest.fail.Exception, match="must run in CI"):
        skip_or_fail(lacking, {"CI": "true"})
    skip_or_fail("", {"CI": "true"})
