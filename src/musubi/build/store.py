"""A dataset to be asked by the build itself: trusted queries, plain strings as answers."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox

from musubi.errors import InvalidGraph

Row = dict[str, str]


class Dataset:
    """A dataset in memory, the union of its named graphs as default graph."""

    def __init__(self, nquads: bytes) -> None:
        self._store = ox.Store()
        self._store.bulk_load(nquads, ox.RdfFormat.N_QUADS)

    def rows(self, query: str) -> list[Row]:
        """The rows of a SELECT query in its order: IRIs and lexical forms; unbound variables are left out.

        Raises: InvalidGraph, if the query does not parse or is not a SELECT.
        """
        try:
            answer = self._store.query(query, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise InvalidGraph(f"the query does not parse: {error}") from None
        if not isinstance(answer, ox.QuerySolutions):
            raise InvalidGraph("the query is not a SELECT")
        names = [variable.value for variable in answer.variables]
        return [{name: _text(row[name]) for name in names if row[name] is not None} for row in answer]

    def ntriples(self, wanted: Callable[[str], bool]) -> bytes:
        """The triples of the named graphs whose IRI is wanted, without their graphs."""
        graphs = [g for g in self._store.named_graphs() if isinstance(g, ox.NamedNode) and wanted(g.value)]
        answer = self._store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", default_graph=list(graphs))
        assert isinstance(answer, ox.QueryTriples)
        return answer.serialize(format=ox.RdfFormat.N_TRIPLES) or b""


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode) else str(term)
