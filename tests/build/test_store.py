from __future__ import annotations

from musubi.build.store import Dataset
from musubi.vocabulary import PREFIXES, Names

NAMES = Names()
LINE = f'<{NAMES.iri("id:span/a")}> <{NAMES.iri("mus:startLine")}> "7"^^<{PREFIXES["xsd"]}positiveInteger>'


def quads(graph: str) -> bytes:
    return f"{LINE} <{NAMES.graph(graph)}> .\n".encode()


def test_numbers_keep_the_datatype_that_they_came_with() -> None:
    assert Dataset(quads("document/a")).ntriples(lambda graph: True) == f"{LINE} .\n".encode()


def test_triples_of_unwanted_graphs_are_left_out() -> None:
    dataset = Dataset(quads("document/a"))
    assert dataset.ntriples(lambda graph: graph != NAMES.graph("document/a")) == b""
