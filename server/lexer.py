"""SPARQL text cut into tokens: enough to tell keywords from strings, IRIs, names and comments. It is no parser.

Source: SPARQL 1.1 Query Language, section 19.8 (terminals). Tokens are cut a little longer than there (a name keeps
its trailing dots, a number is only its digits), which changes nothing for those who look for keywords and brackets
and keeps the time linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Literal, cast

from musubi.errors import BadQuery, Place

Kind = Literal["string", "unclosed", "iri", "variable", "blank", "language", "name", "number", "mark"]

_LETTER = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_FURTHER = "0-9\u00b7\u0300-\u036f\u203f\u2040"
_LOCAL = rf"(?:[{_LETTER}_{_FURTHER}\-.:]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?#@%])*+"
_TOKEN = re.compile(
    rf"""(?sx)
      (?P<space>   [\s\ufeff]++ )
    | (?P<comment> \#[^\r\n]*+ )
    | (?P<string>  \"\"\"(?:[^"\\]++|\\.|"(?!""))*+\"\"\" | '''(?:[^'\\]++|\\.|'(?!''))*+'''
                 | "(?!"")(?:[^"\\\r\n]++|\\.)*+" | '(?!'')(?:[^'\\\r\n]++|\\.)*+' )
    | (?P<unclosed> ["'] )
    | (?P<iri>     <[^<>"{{}}|^`\\\x00-\x20]*+> )
    | (?P<variable> [?$][{_LETTER}_0-9][{_LETTER}_{_FURTHER}]*+ )
    | (?P<blank>   _:{_LOCAL} )
    | (?P<language> @[A-Za-z]++(?:-[A-Za-z0-9]++)*+ )
    | (?P<name>    [{_LETTER}_][{_LETTER}_{_FURTHER}\-.]*+(?::{_LOCAL})? | :{_LOCAL} )
    | (?P<number>  [0-9]++ )
    | (?P<mark>    . )
    """
)
# An absolute IRI with an authority cannot be anything else; any other `<…>` with these inside may be a comparison.
_CERTAIN = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_DOUBTFUL = re.compile(r"(?i)[#']|service")


# Each other reading may run to the end of the text, so that many of them would cost the square of its length.
_MOST_DOUBTS = 1_000


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query. `start` counts code points from 0."""

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """The position behind the last character."""
        return self.start + len(self.text)

    @property
    def keyword(self) -> str:
        """The word in capitals, where the token is a bare word; else empty."""
        return self.text.upper() if self.kind == "name" and ":" not in self.text else ""


def tokens(query: str) -> Iterator[Token]:
    """The tokens in order, without white space and comments."""
    for match in _TOKEN.finditer(query):
        if match.lastgroup not in ("space", "comment"):
            yield _token(match)


def tokens_read_otherwise(query: str) -> Iterator[Token]:
    """Tokens of every other way to cut the text: `?a<?b#>` is an IRI, or a comparison and a comment.

    The engine decides from the context, which only a parser knows. Each position is looked at once.
    Raises: BadQuery, if there are too many such places.
    """
    waiting = [token.start + 1 for token in tokens(query) if _doubtful(token)]
    seen: set[int] = set()
    for doubts in count():
        if doubts > _MOST_DOUBTS:
            raise BadQuery("too many relative IRIs with # or ' in them: write them as absolute IRIs")
        if not waiting:
            return
        start = waiting.pop()
        while start not in seen and (match := _TOKEN.match(query, start)):
            seen.add(start)
            start = match.end()
            if match.lastgroup in ("space", "comment"):
                continue
            token = _token(match)
            yield token
            if _doubtful(token):
                waiting.append(token.start + 1)


def place(query: str, position: int) -> Place:
    """Line and column of a position, both from 1."""
    before = query[:position]
    return Place("query", before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1)


def _token(match: re.Match[str]) -> Token:
    return Token(cast(Kind, match.lastgroup), match[0], match.start())


def _doubtful(token: Token) -> bool:
    return token.kind == "iri" and not _CERTAIN.match(token.text) and bool(_DOUBTFUL.search(token.text))
