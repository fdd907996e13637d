"""One release in memory, and SPARQL over it. Besides the worker the only module that knows the engine.

Three things are done here because pyoxigraph 0.5.13 does them otherwise: its union of named graphs keeps a triple as
often as graphs hold it, which makes counts wrong, so the merge is stored as the default graph; `SELECT *` comes with
its columns in alphabetical order; and XML is written with characters that XML 1.0 forbids.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from pyoxigraph import (
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse,
    serialize,
)

from musubi.errors import BadQuery, NoRelease, Place, TooLarge
from musubi.server.engine import Evaluated
from musubi.server.guard import first_keyword
from musubi.server.lexer import Token, place, tokens
from musubi.vocabulary import BASE, PREFIXES, Names

_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_AT = re.compile(r"\Aerror at (?P<line>\d+):(?P<column>\d+): ")
_PREFIX_LINE = re.compile(rb"@prefix ([^:]*:) <[^>]*> \.\n")
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


class Answers:
    """A release in memory that answers queries. Reads only; has no limit of time or memory of its own."""

    def __init__(self, dataset: Path, base: str = BASE, answer_bytes: int = 100_000_000) -> None:
        self._store, self._nothing = Store(), Store()
        self._answer_bytes = answer_bytes
        self._prefixes = {prefix: Names(base).iri(f"{prefix}:x")[:-1] for prefix in PREFIXES}
        try:
            self._store.bulk_extend(_in_graph_and_merge(dataset))
        except (OSError, SyntaxError, ValueError) as error:
            raise NoRelease(f"{dataset} cannot be loaded: {error}") from None

    def evaluate(
        self,
        query: str,
        media_type: str,
        default_graphs: tuple[str, ...] = (),
        named_graphs: tuple[str, ...] = (),
    ) -> Evaluated:
        """The answer in `media_type`. Raises: BadQuery, TooLarge."""
        try:
            results = self._results(query, default_graphs, named_graphs)
            return self._written(results, media_type, query)
        except SyntaxError as error:
            raise _bad_query(query, str(error)) from None
        except (RuntimeError, ValueError) as error:
            raise BadQuery(f"the query cannot be evaluated: {error}") from None

    def close(self) -> None:
        """Nothing: there is nothing to end."""

    def _results(
        self, query: str, default_graphs: tuple[str, ...], named_graphs: tuple[str, ...]
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        text = self._with_columns(query)
        if not default_graphs and not named_graphs:
            return self._store.query(text)
        # Source: SPARQL 1.1 Protocol, section 2.1.4: these parameters are the whole dataset and go before FROM.
        return self._store.query(
            text,
            default_graph=[NamedNode(iri) for iri in default_graphs],
            named_graphs=[NamedNode(iri) for iri in named_graphs],
        )

    def _with_columns(self, query: str) -> str:
        """The query with the `*` of its outermost SELECT spelled out in the order in which the variables appear."""
        cut = list(tokens(query))
        star = _outermost_star(cut)
        if star is None:
            return query
        results = self._nothing.query(query)
        known = {variable.value for variable in results.variables} if isinstance(results, QuerySolutions) else set()
        seen = dict.fromkeys(token.text[1:] for token in cut if token.kind == "variable" and token.text[1:] in known)
        columns = " ".join(f"?{name}" for name in seen)
        return f"{query[: star.start]} {columns} {query[star.end :]}" if columns else query

    def _written(self, results: QuerySolutions | QueryBoolean | QueryTriples, media_type: str, query: str) -> Evaluated:
        buffer = _Bounded(self._answer_bytes)
        if isinstance(results, QueryTriples):
            return Evaluated("graph", self._graph(results, media_type, query, buffer))
        results_format = QueryResultsFormat.from_media_type(media_type)
        if results_format is None:
            raise ValueError(f"{media_type} holds no query results")
        results.serialize(buffer, results_format)
        body = buffer.getvalue()
        body = _xml(body) if results_format == QueryResultsFormat.XML else body
        return Evaluated("ask" if isinstance(results, QueryBoolean) else "select", body)

    def _graph(self, results: QueryTriples, media_type: str, query: str, buffer: _Bounded) -> bytes:
        rdf_format = RdfFormat.from_media_type(media_type)
        if rdf_format is None:
            raise ValueError(f"{media_type} holds no graph")
        if rdf_format in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS):
            results.serialize(buffer, rdf_format)
        elif rdf_format in (RdfFormat.TURTLE, RdfFormat.TRIG):
            serialize(_by_subject(results), buffer, rdf_format, prefixes=self._prefixes | _declared(query))
            return _without_idle_prefixes(buffer.getvalue())
        else:
            serialize(_by_subject(results), buffer, rdf_format)
        return _xml(buffer.getvalue()) if rdf_format == RdfFormat.RDF_XML else buffer.getvalue()


class _Bounded(io.BytesIO):
    """A buffer that refuses to grow beyond a limit, so that a large answer ends early."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, piece: bytes, /) -> int:  # type: ignore[override]
        if self.tell() + len(piece) > self._most:
            raise TooLarge(f"the answer is larger than {self._most} bytes: ask for less, or with LIMIT and OFFSET")
        return super().write(piece)


def _in_graph_and_merge(dataset: Path) -> Iterator[Quad]:
    # `load` would rename blank nodes at random, and the same question would get another answer from each process.
    for quad in parse(path=dataset, format=RdfFormat.N_QUADS):
        yield quad
        yield Quad(quad.subject, quad.predicate, quad.object)


def _by_subject(results: QueryTriples) -> list[Triple]:
    """The triples with those of a subject together and its classes first: the writers group only neighbours."""
    groups: dict[object, dict[object, list[Triple]]] = {}
    for triple in results:
        groups.setdefault(triple.subject, {_TYPE: []}).setdefault(triple.predicate, []).append(triple)
    return [triple for predicates in groups.values() for triples in predicates.values() for triple in triples]


def _outermost_star(cut: list[Token]) -> Token | None:
    first = first_keyword(cut)
    if first is None or first.keyword != "SELECT":
        return None
    following = [token for token in cut if token.start > first.start][:2]
    found = next((token for token in following if token.keyword not in ("DISTINCT", "REDUCED")), None)
    return found if found and found.text == "*" else None


def _declared(query: str) -> dict[str, str]:
    cut = list(tokens(query))
    return {
        name.text[:-1]: iri.text[1:-1]
        for word, name, iri in zip(cut, cut[1:], cut[2:], strict=False)
        if word.keyword == "PREFIX" and name.text.endswith(":") and iri.kind == "iri" and "://" in iri.text
    }


def _without_idle_prefixes(turtle: bytes) -> bytes:
    """The Turtle without the prefixes that nothing in it uses."""
    end = 0
    while match := _PREFIX_LINE.match(turtle, end):
        end = match.end()
    head, body = turtle[:end], turtle[end:]
    return b"".join(line for line in head.splitlines(keepends=True) if line.split()[1] in body) + b"\n" + body


def _xml(body: bytes) -> bytes:
    """XML that parses: forbidden characters become U+FFFD, and a carriage return survives re-reading."""
    return _NOT_XML.sub("\ufffd".encode(), body).replace(b"\r", b"&#13;")


def _bad_query(query: str, message: str) -> BadQuery:
    """What is wrong, and where. The engine says of an undeclared prefix only what else it expected."""
    cut = list(tokens(query))
    declared = {name.text for word, name in pairwise(cut) if word.keyword == "PREFIX"}
    for token in cut:
        prefix, colon, _ = token.text.partition(":")
        if token.kind == "name" and colon and f"{prefix}:" not in declared:
            return BadQuery(f"the prefix {prefix}: is not declared", place(query, token.start))
    match = _AT.match(message)
    if match is None:
        return BadQuery(message)
    detail = message[match.end() :].replace("\n", " ")
    return BadQuery(detail, Place("query", int(match["line"]), int(match["column"])))
