"""A release in other syntaxes. The N-Quads of a release are canonical; dumps are made from them, never from a store.

Canonical N-Quads are sorted, so the triples of a subject follow each other and each syntax can be written as the lines
are read: what is held in memory does not grow with the release. Source: DESIGN section 7.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from io import BytesIO
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, cast

import pyoxigraph as ox

from musubi.build.release import Release
from musubi.build.syntax import Syntax
from musubi.errors import BadParameter, InvalidGraph
from musubi.vocabulary import PREFIXES, Names

UNION = "union"
"""In place of a graph: all of them as one, each triple once."""

_FORMATS: dict[Syntax, ox.RdfFormat] = {
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "turtle": ox.RdfFormat.TURTLE,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
# Things have a slash in their names, which a prefix would turn into an escape: whole IRIs read better.
_BY_PATH = {"id", "scheme", "graph"}
_BLOCK_LINES = 1_000
_BLOCK_BYTES = 65_536
# XML 1.0, production 2: these cannot be written, not even escaped.
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def write(output: BinaryIO, release: Release, syntax: Syntax, names: Names, graph: str | None = None) -> None:
    """Nothing; `output` gets the release, one of its graphs by IRI or path (`reference`), or the `union` of all.

    Syntaxes without named graphs give the union where no graph is named; N-Quads and TriG keep a graph's name.
    Raises: BadParameter, if there is no such graph or the syntax cannot hold it; InvalidGraph, if RDF/XML cannot.
    """
    if graph is None and syntax not in ("nquads", "trig", "jsonld"):
        graph = UNION
    if graph is None:
        write_dataset(output, release, syntax, names)
    elif graph != UNION:
        name = _graph(release, names, graph)
        keeps_name = syntax in ("nquads", "trig")
        write_triples(output, triples_of(release.dataset, name), syntax, names, name if keeps_name else None)
    elif syntax in ("nquads", "trig"):
        raise BadParameter("the union is in no named graph: Turtle, N-Triples, RDF/XML and JSON-LD can hold it")
    else:
        write_triples(output, union(release.dataset), syntax, names)


def write_dataset(output: BinaryIO, release: Release, syntax: Syntax, names: Names) -> None:
    """Nothing; `output` gets all named graphs of the release, graph by graph where the syntax groups them."""
    if syntax == "nquads":
        with release.dataset.open("rb") as file:
            while block := file.read(_BLOCK_BYTES):
                output.write(block)
        return
    with TemporaryDirectory(prefix="musubi-") as folder:
        parts = split(release, Path(folder))
        quads = (quad for name, part in parts.items() for quad in _parsed(FileLines(part), name))
        _serialize(quads, output, syntax, _used(FileLines(release.dataset), names))


def write_triples(
    output: BinaryIO, lines: Iterable[bytes], syntax: Syntax, names: Names, graph: str | None = None
) -> None:
    """Nothing; `output` gets the triples of N-Triples lines, in the named graph `graph` where one is given.

    The lines are gone through twice where the syntax has prefixes, so they are anything that can be.
    """
    if syntax == "ntriples":
        output.writelines(lines)
    elif syntax == "nquads" and graph is not None:
        output.writelines(b"%s <%s> .\n" % (line[: -len(b" .\n")], graph.encode()) for line in lines)
    else:
        _serialize(_parsed(lines, graph), output, syntax, _used(lines, names))


class Lines:
    """The N-Triples lines of a dataset that stand in one graph, or in any: read anew whenever they are gone through."""

    def __init__(self, dataset: Path, graph: str | None = None) -> None:
        self._dataset = dataset
        self._end = b" .\n" if graph is None else f" <{graph}> .\n".encode()

    def __iter__(self) -> Iterator[bytes]:
        before = b""
        for line in FileLines(self._dataset):
            if line.endswith(self._end):
                # A graph's name holds no space; graphs that hold the same triple follow each other.
                triple = line[: line.rindex(b" <")] + b" .\n"
                if triple != before:
                    yield triple
                before = triple


def union(dataset: Path) -> Lines:
    """The triples of all graphs, each once, as N-Triples lines in canonical order."""
    return Lines(dataset)


def triples_of(dataset: Path, graph: str) -> Lines:
    """The triples of one graph (its IRI) as N-Triples lines in canonical order."""
    return Lines(dataset, graph)


class FileLines:
    """The lines of a file with their ends: read anew each time they are gone through."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __iter__(self) -> Iterator[bytes]:
        with self._path.open("rb") as file:
            yield from file


def split(release: Release, folder: Path) -> dict[str, Path]:
    """One N-Triples file for each graph of the release, in a folder that is there; graphs by IRI, in their order."""
    parts = {name: folder / f"{number}.nt" for number, name in enumerate(release.record["graphs"])}
    waiting: dict[str, bytearray] = {name: bytearray() for name in parts}
    for line in FileLines(release.dataset):
        cut = line.rindex(b" <")
        name = line[cut + 2 : -len(b"> .\n")].decode()
        waiting[name] += line[:cut] + b" .\n"
        if len(waiting[name]) >= _BLOCK_BYTES:
            _append(parts[name], waiting[name])
    for name, rest in waiting.items():
        _append(parts[name], rest)
    return parts


def in_syntax(ntriples: bytes, syntax: Syntax, names: Names) -> bytes:
    """Canonical N-Triples in another syntax."""
    output = BytesIO()
    write_triples(output, ntriples.splitlines(keepends=True), syntax, names)
    return output.getvalue()


def engine() -> str:
    """The name and version of what writes the syntaxes."""
    return f"pyoxigraph {ox.__version__}"


class _Steady:
    """A file between the writer of the engine and the output: it puts into order what the writer leaves to chance.

    The engine declares prefixes in an order that changes from run to run, and writes a carriage return into RDF/XML as
    it is, which a reader of XML takes for a line feed (XML 1.0, section 2.11).
    """

    def __init__(self, output: BinaryIO, syntax: Syntax) -> None:
        self._output, self._syntax = output, syntax
        self._head: bytearray | None = bytearray()

    def write(self, data: bytes) -> int:
        """The number of bytes taken."""
        if self._syntax == "rdfxml" and _NOT_XML.search(data):
            raise InvalidGraph("a text holds a control character, which RDF/XML cannot hold")
        written = data.replace(b"\r", b"&#13;") if self._syntax == "rdfxml" else data
        if self._head is None:
            self._output.write(written)
        else:
            self._head += written
            if len(self._head) >= _BLOCK_BYTES:
                self.finish()
        return len(data)

    def flush(self) -> None:
        """Nothing: the output is whoever's that gave it."""

    def finish(self) -> None:
        """Nothing; afterwards the beginning is written. Called after the last write, if not before."""
        if self._head is not None:
            self._output.write(_ordered(bytes(self._head), self._syntax))
            self._head = None


def _ordered(head: bytes, syntax: Syntax) -> bytes:
    if syntax == "rdfxml":
        return re.sub(rb"(?<=<rdf:RDF)(?: xmlns:\w+=\"[^\"]*\")+", _sorted_names, head, count=1)
    found = re.match(rb"(?:@prefix [^\n]*\n)+", head)
    if syntax not in ("turtle", "trig") or found is None:
        return head
    return b"".join(sorted(found[0].splitlines(keepends=True))) + head[found.end() :]


def _sorted_names(found: re.Match[bytes]) -> bytes:
    return b"".join(b" " + one for one in sorted(found[0].split()))


def _serialize(statements: Iterable[ox.Quad], output: BinaryIO, syntax: Syntax, prefixes: dict[str, str]) -> None:
    steady = _Steady(output, syntax)
    ox.serialize(statements, cast(BinaryIO, steady), format=_FORMATS[syntax], prefixes=prefixes)
    steady.finish()


def _parsed(lines: Iterable[bytes], graph: str | None) -> Iterator[ox.Quad]:
    name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
    read = iter(lines)
    while block := b"".join(islice(read, _BLOCK_LINES)):
        for one in ox.parse(block, ox.RdfFormat.N_TRIPLES):
            yield ox.Quad(one.subject, one.predicate, one.object, name)


def _used(lines: Iterable[bytes], names: Names) -> dict[str, str]:
    """The prefixes that begin an IRI in the lines."""
    wanting = {prefix: names.iri(f"{prefix}:x")[:-1] for prefix in PREFIXES if prefix not in _BY_PATH}
    used: dict[str, str] = {}
    read = iter(lines)
    while block := b"".join(islice(read, _BLOCK_LINES)):
        used |= {prefix: iri for prefix, iri in wanting.items() if f"<{iri}".encode() in block}
    return used


def _append(path: Path, waiting: bytearray) -> None:
    with path.open("ab") as file:
        file.write(waiting)
    waiting.clear()


def _graph(release: Release, names: Names, graph: str) -> str:
    iri = graph if graph in release.record["graphs"] else names.graph(graph)
    if iri not in release.record["graphs"]:
        start = names.graph("")
        known = tuple(name.removeprefix(start) for name in release.record["graphs"])
        near = get_close_matches(graph, known, n=3, cutoff=0.3)
        raise BadParameter(f"there is no graph {graph!r} (near it: {', '.join(near) or 'nothing'})", allowed=known)
    return iri
