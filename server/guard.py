"""A query is looked at before any engine sees it: what is refused here costs nobody anything.

The guard is for clear answers and against requests to other servers; time and memory are bounded by the process that
evaluates. It cuts the text into tokens as SPARQL does, so that a keyword in a string, an IRI, a comment or a name is
no keyword; where SPARQL's own parser would have to decide between two readings, both are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from musubi.errors import BadQuery, ServiceRefused, UpdateRefused
from musubi.server.engine import Kind
from musubi.server.lexer import Token, place, tokens, tokens_read_otherwise

_FORMS: dict[str, Kind] = {"SELECT": "select", "ASK": "ask", "CONSTRUCT": "graph", "DESCRIBE": "graph"}
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})
# How many tokens a declaration takes: PREFIX name <iri>, BASE <iri>, VERSION "1.2".
_DECLARATIONS = {"PREFIX": 2, "BASE": 1, "VERSION": 1}
_OPENING, _CLOSING = frozenset("{[("), frozenset("}])")
# The engine reads keywords without a space around them: `SERVICEex:a`, `trueSERVICE`, `ex:a.b.SERVICE`.
_CALLS_OUT = re.compile(r"(?i)\A[^:]*service|\.service")


def screened(query: str, characters: int, nesting: int) -> Kind:
    """The kind of answer that the query asks for, after it was found to be one that may be evaluated.

    Raises: BadQuery, if it is too long, too deeply nested, not Unicode, or no query; UpdateRefused; ServiceRefused.
    """
    _fits(query, characters)
    cut = list(_sound(query))
    kind = form(cut, query)
    _not_too_deep(cut, query, nesting)
    _asks_nobody_else(cut, query)
    _asks_nobody_else(tokens_read_otherwise(query), query)
    return kind


def form(cut: list[Token], query: str) -> Kind:
    """The kind of answer, from the first keyword after the declarations.

    Raises: UpdateRefused, if it begins an update; BadQuery, if it begins nothing.
    """
    token = first_keyword(cut)
    if token is None:
        raise BadQuery("the query is empty: it needs SELECT, ASK, CONSTRUCT or DESCRIBE")
    if token.keyword in _UPDATES:
        raise UpdateRefused(f"{token.keyword} changes data: what is served here changes by a new release only")
    if token.keyword not in _FORMS:
        expected = "SELECT, ASK, CONSTRUCT or DESCRIBE"
        raise BadQuery(f"{expected} is expected, not {token.text[:40]!r}", place(query, token.start))
    return _FORMS[token.keyword]


def first_keyword(cut: list[Token]) -> Token | None:
    """The token that follows the declarations, or None where there is none."""
    position = 0
    while position < len(cut) and cut[position].keyword in _DECLARATIONS:
        position += 1 + _DECLARATIONS[cut[position].keyword]
    return cut[position] if position < len(cut) else None


def _fits(query: str, characters: int) -> None:
    if len(query) > characters:
        raise BadQuery(f"the query has {len(query)} characters, {characters} are allowed")
    try:
        query.encode()
    except UnicodeEncodeError as error:
        raise BadQuery("half a surrogate pair is no character", place(query, error.start)) from None


def _sound(query: str) -> Iterator[Token]:
    for token in tokens(query):
        if token.kind == "unclosed":
            raise BadQuery("a string begins here and does not end", place(query, token.start))
        yield token


def _not_too_deep(cut: list[Token], query: str, nesting: int) -> None:
    depth = 0
    for token in cut:
        if token.kind == "mark":
            depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if depth > nesting:
            raise BadQuery(f"brackets are nested more than {nesting} deep", place(query, token.start))


def _asks_nobody_else(cut: Iterator[Token] | list[Token], query: str) -> None:
    for token in cut:
        if token.kind == "unclosed":
            raise BadQuery("this can be read in two ways: put a space before or after <", place(query, token.start))
        if token.kind in ("name", "blank") and _CALLS_OUT.search(token.text):
            raise ServiceRefused(
                "SERVICE would make this server ask another one, which it never does"
                " (a prefix or bare word with `service` in it is refused too)",
                place(query, token.start),
            )
