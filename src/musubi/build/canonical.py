"""N-Quads that are the same bytes for the same content, and Turtle files brought into them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from musubi.errors import InvalidGraph, Place


def canonical(nquads: bytes) -> bytes:
    """The canonical form of a dataset: blank nodes named by RDFC-1.0, each quad once, lines sorted by code point.

    Lexical forms stay as written, so `"001"^^xsd:integer` is not `1`; language tags are lower case.

    Raises: InvalidGraph, if the bytes are not N-Quads.
    Source: RDF Dataset Canonicalization, section 4 (W3C Recommendation).
    """
    try:
        # A Dataset, never a Store: the store rewrites literals.
        dataset = ox.Dataset(ox.parse(nquads, ox.RdfFormat.N_QUADS))
    except SyntaxError as error:
        raise InvalidGraph(f"not N-Quads: {error}") from None
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = (ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    return b"".join(sorted(lines))


def from_turtle(path: Path, graph: str) -> bytes:
    """The triples of a Turtle file as N-Quads of the named graph; blank nodes get names that no other file has.

    Raises: InvalidGraph with the line, if the file is missing or not Turtle.
    """
    name = ox.NamedNode(graph)
    try:
        parsed = ox.parse(path=path, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
        quads = [ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in parsed]
    except SyntaxError as error:
        raise InvalidGraph(f"not Turtle: {error.msg}", Place(path.name, error.lineno or 0)) from None
    except OSError as error:
        raise InvalidGraph(f"cannot be read: {error.strerror or error}", Place(str(path))) from None
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def graph_sizes(nquads: bytes) -> dict[str, int]:
    """The number of quads of each named graph, sorted by graph.

    Raises: InvalidGraph, if a triple stands in no named graph.
    """
    counts: Counter[str] = Counter()
    for quad in ox.parse(nquads, ox.RdfFormat.N_QUADS):
        if not isinstance(quad.graph_name, ox.NamedNode):
            raise InvalidGraph(f"a triple about {quad.subject} stands in no named graph")
        counts[quad.graph_name.value] += 1
    return dict(sorted(counts.items()))


def triples_in(nquads: bytes, graph: str | None = None) -> Iterator[tuple[str, str, str]]:
    """The triples of all named graphs, or of one, with their terms as in N-Triples: as often as graphs hold them."""
    for quad in ox.parse(nquads, ox.RdfFormat.N_QUADS):
        if graph is None or quad.graph_name == ox.NamedNode(graph):
            yield str(quad.subject), str(quad.predicate), str(quad.object)
