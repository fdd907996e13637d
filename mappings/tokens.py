"""Words of Japanese text, by SudachiPy with the core dictionary in its longest mode.

Versions are pinned exactly: the words found are part of the reading rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sudachipy import Dictionary, SplitMode, Tokenizer


@dataclass(frozen=True, slots=True)
class Token:
    """A word: surface, normalised form, part of speech (first and second level), place in the text."""

    surface: str
    form: str
    category: str
    detail: str
    start: int
    end: int


@cache
def _tokenizer() -> Tokenizer:
    return Dictionary(dict="core").tokenizer(mode=SplitMode.C)


def tokens(text: str) -> list[Token]:
    """The words of `text`, in order; offsets are code points of `text`.

    >>> [t.form for t in tokens("打上げを目指し")]
    ['打ち上げ', 'を', '目指す']
    """
    return [
        Token(m.surface(), m.normalized_form(), m.part_of_speech()[0], m.part_of_speech()[1], m.begin(), m.end())
        for m in _tokenizer().tokenize(text)
    ]
