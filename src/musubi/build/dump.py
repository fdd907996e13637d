"""A release in other syntaxes. The N-Quads of a release are canonical; dumps are made from them, never from a store."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Literal

import pyoxigraph as ox

from musubi.build.release import Release
from musubi.errors import BadParameter
from musubi.vocabulary import PREFIXES, Names

Syntax = Literal["nquads", "trig", "turtle"]

_BY_PATH = {"id", "scheme", "graph"}


def dump(release: Release, syntax: Syntax, names: Names, graph: str | None = None) -> bytes:
    """The release, or one of its graphs by IRI or path (`reference`), in a syntax. Turtle drops the graphs' names.

    Raises: BadParameter, if there is no such graph.
    """
    content = release.dataset.read_bytes()
    if graph is not None:
        end = f" <{_graph(release, names, graph)}> .\n".encode()
        content = b"".join(line for line in content.splitlines(keepends=True) if line.endswith(end))
    return content if syntax == "nquads" else _written(content, syntax, names)


def _written(content: bytes, syntax: Syntax, names: Names) -> bytes:
    # Things have a slash in their names, which a prefix would turn into an escape: whole IRIs read better.
    known = {prefix: names.iri(f"{prefix}:x")[:-1] for prefix in PREFIXES if prefix not in _BY_PATH}
    used = {prefix: iri for prefix, iri in known.items() if f"<{iri}".encode() in content}
    quads = list(ox.parse(content, ox.RdfFormat.N_QUADS))
    if syntax == "trig":
        quads.sort(key=lambda quad: str(quad.graph_name))
        return ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=used) or b""
    # Canonical N-Quads are sorted by subject, so each gets one block; two graphs may hold the same triple.
    triples = dict.fromkeys(quad.triple for quad in quads)
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=used) or b""


def _graph(release: Release, names: Names, graph: str) -> str:
    iri = graph if graph in release.record["graphs"] else names.graph(graph)
    if iri not in release.record["graphs"]:
        start = names.graph("")
        known = tuple(name.removeprefix(start) for name in release.record["graphs"])
        near = get_close_matches(graph, known, n=3, cutoff=0.3)
        raise BadParameter(f"there is no graph {graph!r} (near it: {', '.join(near) or 'nothing'})", allowed=known)
    return iri
