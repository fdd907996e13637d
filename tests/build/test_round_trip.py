"""Every dump is read back by at least two parsers that share no code, and gives the graph that it was made from.

pyoxigraph and rdflib read all forms; raptor reads all but JSON-LD, which its Debian package does not know.
"""

import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import rdflib
from awkward import awkward
from pyoxigraph import RdfFormat, parse, serialize

from musubi.build import pipeline
from musubi.build.canonical import canonical
from musubi.build.dump import triples_of, union
from musubi.build.dumps import Dump, Dumps, dumps
from musubi.build.quads import quads_of
from musubi.build.release import Release
from musubi.settings import Settings
from musubi.vocabulary import BASE, Names

NAMES = Names()
Reader = Callable[[Path, Dump], bytes]
RDFLIB = {
    "turtle": "turtle",
    "ntriples": "nt",
    "rdfxml": "xml",
    "jsonld": "json-ld",
    "nquads": "nquads",
    "trig": "trig",
}
RAPTOR = {"turtle": "turtle", "ntriples": "ntriples", "rdfxml": "rdfxml", "nquads": "nquads", "trig": "trig"}

# rdflib reads the integer 001, which Turtle leaves unquoted, as 1. The other parsers keep it; no real data have one.
REWRITTEN = {"dataset.trig", "union.ttl", "graph/reference.ttl"}


def by_pyoxigraph(path: Path, dump: Dump) -> bytes:
    form = RdfFormat.from_media_type(dump["media_type"])
    return serialize(parse(path=path, format=form), format=RdfFormat.N_QUADS) or b""


def by_rdflib(path: Path, dump: Dump) -> bytes:
    if dump["of"] == "dataset":
        return quads_of(rdflib.Dataset().parse(data=path.read_bytes(), format=RDFLIB[dump["syntax"]]))
    graph = rdflib.Graph().parse(data=path.read_bytes(), format=RDFLIB[dump["syntax"]])
    return graph.serialize(format="nt", encoding="utf-8")


def by_raptor(path: Path, dump: Dump) -> bytes:
    output = "nquads" if dump["of"] == "dataset" else "ntriples"
    command = ["rapper", "-q", "-i", RAPTOR[dump["syntax"]], "-o", output, str(path), "https://example.org/base"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


def skip_or_fail(tool: str | None, environment: Mapping[str, str]) -> None:
    """Nothing where the tool is there; otherwise the test is skipped, or in CI fails."""
    if tool is None and environment.get("CI") == "true":
        pytest.fail("raptor must read the dumps in CI: install raptor2-utils")
    if tool is None:
        pytest.skip("raptor did not read the dumps: rapper is missing (Debian package raptor2-utils)")


@pytest.fixture(scope="module", params=["awkward", "real"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Release:
    folder = tmp_path_factory.mktemp(request.param)
    return awkward(folder) if request.param == "awkward" else pipeline.build(Settings(releases=folder))


@pytest.fixture(scope="module")
def kept(made: Release) -> Dumps:
    return dumps(made, NAMES)


@pytest.fixture(scope="module")
def expected(made: Release) -> dict[tuple[str, str], bytes]:
    """The canonical form of what each dump is to hold, by what it is of."""
    content = {("graph", name): canonical(b"".join(triples_of(made.dataset, name))) for name in made.record["graphs"]}
    whole = {("dataset", ""): made.dataset.read_bytes(), ("union", ""): canonical(b"".join(union(made.dataset)))}
    return content | whole


def differing(
    kept: Dumps, expected: Mapping[tuple[str, str], bytes], read: Reader, known: Mapping[str, str]
) -> set[str]:
    """The dumps that a parser reads as something else than what they are to hold."""
    plain = [one for one in kept.manifest["dumps"] if not one["compression"] and one["syntax"] in known]
    syntaxes = Counter(one["syntax"] for one in plain)
    assert set(syntaxes) == set(known)
    assert syntaxes["turtle"] == len(expected) - 1
    return {
        one["name"]
        for one in plain
        if canonical(read(kept.folder / one["name"], one)) != expected[one["of"], one["graph"]]
    }


def test_pyoxigraph_reads_every_dump_back(kept: Dumps, expected: dict[tuple[str, str], bytes]) -> None:
    assert differing(kept, expected, by_pyoxigraph, RDFLIB) == set()


# rdflib warns of its own use of what it is going to remove.
@pytest.mark.filterwarnings(
    "ignore:Dataset:DeprecationWarning:rdflib", "ignore:ConjunctiveGraph:DeprecationWarning:rdflib"
)
def test_rdflib_reads_every_dump_back(
    kept: Dumps, expected: dict[tuple[str, str], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    known = REWRITTEN if ("graph", f"{BASE}graph/document/000000000000") in expected else set()
    assert differing(kept, expected, by_rdflib, RDFLIB) == known


def test_raptor_reads_every_dump_back_but_json_ld(kept: Dumps, expected: dict[tuple[str, str], bytes]) -> None:
    skip_or_fail(shutil.which("rapper"), os.environ)
    assert differing(kept, expected, by_raptor, RAPTOR) == set()


def test_a_dump_that_lacks_a_triple_is_seen(kept: Dumps, expected: dict[tuple[str, str], bytes]) -> None:
    def short(path: Path, dump: Dump) -> bytes:
        lines = by_pyoxigraph(path, dump).splitlines(keepends=True)
        return b"".join(lines[:-1] if dump["name"] == "union.ttl" else lines)

    assert differing(kept, expected, short, RDFLIB) == {"union.ttl"}


def test_a_missing_raptor_skips_and_fails_in_ci() -> None:
    with pytest.raises(pytest.skip.Exception, match="raptor2-utils"):
        skip_or_fail(None, {})
    with pytest.raises(pytest.fail.Exception, match="must read the dumps in CI"):
        skip_or_fail(None, {"CI": "true"})
    skip_or_fail("/usr/bin/rapper", {"CI": "true"})
