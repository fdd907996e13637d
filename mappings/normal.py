"""Normalised text in which every character still knows where it came from.

Width, compatibility forms and white space are evened out one cluster at a time, so that the map to the original
survives. Rules are written against this form; evidence is always cut from the original.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# A cluster is a character with the marks that follow it (half-width voicing marks, combining marks).
_CLUSTER = re.compile(r".[ﾞﾟ\u0300-\u036f\u3099\u309a]*", re.DOTALL)
# Numbers in circles are kept apart from digits: NFKC would make 第2① into 第21.
_KEPT = re.compile(r"[①-⑳]")
_DASHES = dict.fromkeys("‐‑‒–—―−", "-") | {"〜": "~", "～": "~"}
# CJK radicals that text extracted from a PDF holds in place of characters; NFKC does not fold these.
_RADICALS = {"⺠": "民", "⻑": "長", "⻄": "西", "⻘": "青", "⻩": "黄"}
_LATIN = re.compile(r"[A-Za-z0-9.,;:!?'\"()&%$/+-]")


@dataclass(frozen=True, slots=True)
class Mapped:
    """A working text; `spans[i]` is the original span [start, end) that character i stands for."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The original span that the working characters [start, end) cover."""
        return self.spans[start][0], self.spans[end - 1][1]

    def __add__(self, other: Mapped) -> Mapped:
        return Mapped(self.text + other.text, self.spans + other.spans)

    def __getitem__(self, key: slice) -> Mapped:
        return Mapped(self.text[key], self.spans[key])


def normalised(text: str, offset: int = 0) -> Mapped:
    """`text` in working form; `offset` is where it starts in its document.

    NFKC by cluster; dashes and tildes as one form each; runs of white space as one space, and none beside a
    character that is not Latin; none at either end.

    >>> normalised(" Ｈ３　ﾛｹｯﾄ ").text
    'H3ロケット'
    """
    characters: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in _CLUSTER.finditer(text):
        for character in _form(match[0]):
            characters.append(character)
            spans.append((offset + match.start(), offset + match.end()))
    kept = list(_without_space(characters))
    return Mapped("".join(characters[i] for i in kept), tuple(spans[i] for i in kept))


def _form(cluster: str) -> str:
    if _KEPT.match(cluster):
        return cluster
    folded = _DASHES.get(cluster) or _RADICALS.get(cluster) or unicodedata.normalize("NFKC", cluster)
    return " " if folded.isspace() else folded


def _without_space(characters: list[str]) -> Iterator[int]:
    """Indexes of the characters to keep."""
    for i, character in enumerate(characters):
        if character != " ":
            yield i
        elif 0 < i < len(characters) - 1 and _LATIN.match(characters[i - 1]):
            follower = next((c for c in characters[i:] if c != " "), "")
            if follower and _LATIN.match(follower):
                yield i
