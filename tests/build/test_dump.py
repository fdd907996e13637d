import gzip
import io
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import get_args

import pytest
from awkward import AWKWARD, THING, awkward
from pyoxigraph import RdfFormat, parse

from musubi.build import release
from musubi.build.dump import UNION, in_syntax, write
from musubi.build.dumps import compressed_to
from musubi.build.release import Release
from musubi.build.syntax import Syntax
from musubi.errors import BadParameter, InvalidGraph
from musubi.vocabulary import BASE, Names

NAMES = Names()
SYNTAXES: tuple[Syntax, ...] = get_args(Syntax)


@pytest.fixture
def made(tmp_path: Path) -> Release:
    return awkward(tmp_path)


def dump(release: Release, syntax: Syntax, graph: str | None = None) -> bytes:
    output = io.BytesIO()
    write(output, release, syntax, NAMES, graph)
    return output.getvalue()


def test_nquads_are_the_canonical_bytes(made: Release) -> None:
    assert dump(made, "nquads") == made.dataset.read_bytes()


def test_the_union_has_each_triple_once_and_each_subject_in_one_block(made: Release) -> None:
    text = dump(made, "turtle").decode()
    assert len(list(parse(text, RdfFormat.TURTLE))) == made.record["quads"] - 1
    assert [line.startswith(THING) for line in text.splitlines()].count(True) == 1
    lines = dump(made, "ntriples").splitlines()
    assert lines == sorted(set(lines))


def test_without_a_graph_json_ld_is_the_dataset_and_the_union_if_asked(made: Release) -> None:
    assert {q.graph_name for q in parse(dump(made, "jsonld"), RdfFormat.JSON_LD)} == {
        q.graph_name for q in parse(AWKWARD, RdfFormat.N_QUADS)
    }
    assert len(list(parse(dump(made, "jsonld", UNION), RdfFormat.JSON_LD))) == made.record["quads"] - 1


@pytest.mark.parametrize("syntax", ["nquads", "trig"])
def test_the_union_is_in_no_named_graph(syntax: Syntax, made: Release) -> None:
    with pytest.raises(BadParameter, match="in no named graph"):
        dump(made, syntax, UNION)


@pytest.mark.parametrize("syntax", ["turtle", "trig"])
def test_only_prefixes_that_are_used_are_declared_and_in_order(syntax: Syntax, made: Release) -> None:
    text = dump(made, syntax).decode()
    declared = [line.split()[1] for line in text.splitlines() if line.startswith("@prefix")]
    assert declared == ["mus:", "rdf:", "xsd:"]


@pytest.mark.parametrize("graph", ["document/000000000000", f"{BASE}graph/document/000000000000"])
@pytest.mark.parametrize("syntax", SYNTAXES)
def test_one_graph_is_chosen_by_path_or_iri(graph: str, syntax: Syntax, made: Release) -> None:
    forms = {s: RdfFormat.from_media_type(m) for s, m in MEDIA_TYPES.items()}
    form = forms[syntax]
    assert form is not None
    names = {str(quad.graph_name) for quad in parse(dump(made, syntax, graph), form)}
    assert len(list(parse(dump(made, syntax, graph), form))) == 4
    keeps = syntax in ("nquads", "trig")
    assert names == {f"<{BASE}graph/document/000000000000>" if keeps else "DEFAULT"}


MEDIA_TYPES: dict[Syntax, str] = {
    "nquads": "application/n-quads",
    "trig": "application/trig",
    "ntriples": "application/n-triples",
    "turtle": "text/turtle",
    "rdfxml": "application/rdf+xml",
    "jsonld": "application/ld+json",
}


def test_an_unknown_graph_is_refused_with_those_near_it(made: Release) -> None:
    with pytest.raises(BadParameter, match=r"no graph 'refrence' .near it: reference") as caught:
        dump(made, "nquads", "refrence")
    assert caught.value.allowed == ("document/000000000000", "reference")


def test_a_character_that_xml_has_not_is_refused_in_xml_alone(tmp_path: Path) -> None:
    made = release.write(tmp_path, rb'<a:s> <a:p> "\u0001" <a:g> .', [], [])
    with pytest.raises(InvalidGraph, match="control character"):
        dump(made, "rdfxml")
    assert b"\\u0001" in dump(made, "turtle") or b"\x01" in dump(made, "turtle")


def test_triples_of_a_description_are_written_like_a_dump(made: Release) -> None:
    assert in_syntax(dump(made, "ntriples"), "turtle", NAMES) == dump(made, "turtle")


def test_compressed_bytes_hold_no_time_and_no_name() -> None:
    output = io.BytesIO()
    with compressed_to(output) as file:
        file.write(b"musubi")
    assert gzip.decompress(output.getvalue()) == b"musubi"
    assert output.getvalue()[3] == 0, "no name"
    assert output.getvalue()[4:8] == bytes(4), "no time"


DIGESTS = """
import sys
from pathlib import Path
from musubi.build.dumps import dumps
from musubi.build.release import current
from musubi.vocabulary import Names
made = dumps(current(Path(sys.argv[1])), Names())
print([(one["name"], one["sha256"]) for one in made.manifest["dumps"]])
"""


def test_the_same_release_gives_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    outputs = []
    for seed in ("0", "1", "2"):
        awkward(tmp_path / seed)
        command = [sys.executable, "-c", DIGESTS, str(tmp_path / seed)]
        outputs.append(subprocess.run(command, capture_output=True, check=True, env={"PYTHONHASHSEED": seed}).stdout)
    assert outputs[0].count(b"graph/") >= 16
    assert len(set(outputs)) == 1


class Nowhere(io.RawIOBase):
    def write(self, data: object) -> int:
        return len(bytes(data))  # type: ignore[call-overload, no-any-return]


def test_what_is_held_does_not_grow_with_the_release(tmp_path: Path) -> None:
    peaks: dict[int, dict[str, int]] = {}
    for size in (3_000, 9_000):
        lines = [f'<a:s{n:06}> <a:p> "{n}{"x" * 100}" <a:g{n % 3}> .\n' for n in range(size)]
        made = release.write(tmp_path, "".join(lines).encode(), [], [])
        del lines
        peaks[size] = {syntax: _peak(made, syntax) for syntax in SYNTAXES}
    # The six thousand lines more are 0.9 megabytes, and some 3 as objects.
    assert {s for s in SYNTAXES if peaks[9_000][s] > peaks[3_000][s] + 300_000} == set(), peaks


def _peak(made: Release, syntax: Syntax) -> int:
    tracemalloc.start()
    write(Nowhere(), made, syntax, NAMES)  # type: ignore[arg-type]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak
