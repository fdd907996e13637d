"""Terms put into a query at token level: never by pasting into text that could mean something else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from musubi.server.lexer import Token, tokens
from musubi.vocabulary import BASE, Names


def with_values(query: str, values: Mapping[str, Iterable[str]]) -> str:
    """The query with `VALUES ?name { terms }` behind the brace that follows the first WHERE, one per name.

    The terms are RDF terms as text: see musubi.server.term. Line numbers stay as they are.
    Raises ValueError, if the query has no `WHERE {`.
    """
    place = pattern_start(list(tokens(query)))
    inserted = "".join(f" VALUES ?{name} {{ {' '.join(terms)} }}" for name, terms in values.items())
    return query[:place] + inserted + query[place:]


def with_defined(query: str, name: str, terms: Iterable[str]) -> str:
    """The query with RDF terms in place of UNDEF in `VALUES ?name { UNDEF }`.

    Raises ValueError, if that is not there.
    """
    cut = list(tokens(query))
    for word, variable, brace, undefined in zip(cut, cut[1:], cut[2:], cut[3:], strict=False):
        if (word.keyword, variable.text, brace.text, undefined.keyword) == ("VALUES", f"?{name}", "{", "UNDEF"):
            return f"{query[: undefined.start]}{' '.join(terms)}{query[undefined.end :]}"
    raise ValueError(f"the query has no `VALUES ?{name} {{ UNDEF }}`")


def with_term(query: str, name: str, term: str) -> str:
    """The query with a term in every place of the variable `name`, the template of a CONSTRUCT included."""
    pieces, end = [], 0
    for token in tokens(query):
        if token.kind == "variable" and token.text[1:] == name:
            pieces += [query[end : token.start], term]
            end = token.end
    return "".join(pieces) + query[end:]


def over_base(query: str, names: Names) -> str:
    """The query with the IRIs below the usual base moved to the base of `names`."""
    if names.base == BASE:
        return query
    pieces, end = [], 0
    for token in tokens(query):
        if token.kind == "iri" and token.text.startswith(f"<{BASE}"):
            pieces += [query[end : token.start], f"<{names.base}{token.text[1 + len(BASE) :]}"]
            end = token.end
    return "".join(pieces) + query[end:]


def pattern_start(cut: list[Token]) -> int:
    """The position behind the brace that follows the first WHERE. Raises ValueError, if there is none."""
    for word, brace in pairwise(cut):
        if word.keyword == "WHERE":
            if brace.text != "{":
                break
            return brace.end
    raise ValueError("the query has no `WHERE {`")


def projected(cut: list[Token]) -> list[str]:
    """The variables that the outermost SELECT names, in order."""
    names, depth, after_as = [], 0, False
    for token in cut:
        if token.keyword == "WHERE" or token.text == "{":
            break
        depth += (token.text == "(") - (token.text == ")")
        if token.kind == "variable" and (depth == 0 or after_as):
            names.append(token.text[1:])
        after_as = token.keyword == "AS"
    return names
