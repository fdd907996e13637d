"""rdflib graphs as N-Quads."""

from __future__ import annotations

from rdflib import Dataset, Graph, URIRef


def quads_of(dataset: Dataset) -> bytes:
    """The named graphs of a dataset as N-Quads, in no particular order."""
    named = [graph for graph in dataset.graphs() if isinstance(graph.identifier, URIRef)]
    return b"".join(in_graph(graph, str(graph.identifier)) for graph in named if len(graph))


def in_graph(graph: Graph, name: str) -> bytes:
    """The triples of a graph as N-Quads of the graph `name`."""
    # rdflib's own N-Quads writer warns about a name it is about to lose, and warnings are errors in the tests.
    end = f" <{name}> .\n".encode()
    lines = graph.serialize(format="nt", encoding="utf-8").split(b"\n")
    return b"".join(line[: -len(b" .")] + end for line in lines if line)
