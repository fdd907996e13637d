"""A dataset to be asked by the build itself: trusted queries, plain strings as answers."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox

from musubi.errors import InvalidGraph

Row = dict[str, str]


class Dataset:
    """A dataset in memory; its default graph is the union of its named graphs, each triple once."""

    def __init__(self, nquads: bytes) -> None:
        self._nquads = nquads
        self._store = ox.Store()
        self._store.bulk_load(nquads, ox.RdfFormat.N_QUADS)
        # The engine's own union keeps a triple as often as graphs hold it, which makes counts wrong.
        self._store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")

    def rows(self, query: str) -> list[Row]:
        """The rows of a SELECT query in its order: IRIs and lexical forms; unbound variables are left out.

        Raises: InvalidGraph, if the query does not parse or is not a SELECT.
        """
        try:
            answer = self._store.query(query)
        except SyntaxError as error:
            raise InvalidGraph(f"the query does not parse: {error}") from None
        if not isinstance(answer, ox.QuerySolutions):
            raise InvalidGraph("the query is not a SELECT")
        names = [variable.value for variable in answer.variables]
        return [{name: _text(row[name]) for name in names if row[name] is not None} for row in answer]

    def ntriples(self, wanted: Callable[[str], bool]) -> bytes:
        """The triples of the named graphs whose IRI is wanted, without their graphs.

        Read from the bytes, because the store gives numbers back in another datatype than they came with.
        """
        quads = ox.parse(self._nquads, ox.RdfFormat.N_QUADS)
        triples = (q.triple for q in quads if isinstance(q.graph_name, ox.NamedNode) and wanted(q.graph_name.value))
        return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode) else str(term)
