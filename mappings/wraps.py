"""Whether a line goes on in the next one: the hard wraps of PDF text, undone.

Cues, strongest first: the end of a sentence, a word that crosses the break, an ending that cannot end a sentence,
a beginning that cannot begin one, an unfinished sentence in a bullet, and last the width of the line.
"""

from __future__ import annotations

from dataclasses import dataclass

from musubi.mappings.tokens import Token, tokens

# How much of either side is looked at: enough for the longest word.
_WINDOW = 20
# A wrapped line is about as wide as its block; a shorter one ended on purpose.
_WIDE = 0.72
_OPEN_CATEGORIES = {"助詞", "接頭辞", "接続詞", "連体詞"}
_OPENING, _CLOSING = "(「『【〈《[", ")」』】〉》]"


@dataclass(frozen=True, slots=True)
class Break:
    """A line end between two pieces of working text, and what is known of its surroundings."""

    before: str
    after: str
    blank_between: bool
    in_bullet: bool
    block_width: int


def joins(line_break: Break) -> bool:
    """True, if the text after the break continues the text before it.

    Never after a full stop. Across a blank line the width says nothing, so only the other cues count.
    """
    before, after = line_break.before, line_break.after
    if before.endswith("。") or not before or not after:
        return False
    if unclosed(before) or before[-1] in "、・,-" or _crossed(before, after):
        return True
    if _ends_open(before) or _begins_bound(after):
        return True
    if line_break.in_bullet and "、" in before:
        return True
    return not line_break.blank_between and len(before) >= _WIDE * line_break.block_width


def unclosed(text: str) -> bool:
    """True, if a bracket of the text is still open at its end."""
    return sum(text.count(c) for c in _OPENING) > sum(text.count(c) for c in _CLOSING)


def _crossed(before: str, after: str) -> bool:
    """True, if a word of the joined text lies across the break."""
    left = before[-_WINDOW:]
    return any(t.start < len(left) < t.end for t in tokens(left + after[:_WINDOW]))


def _last(text: str) -> Token | None:
    found = tokens(text[-_WINDOW:])
    return found[-1] if found else None


def _ends_open(text: str) -> bool:
    """True, if the last word asks for another: a particle (but not か。ね。) or a prefix or conjunction."""
    token = _last(text)
    return token is not None and token.category in _OPEN_CATEGORIES and token.detail != "終助詞"


def _begins_bound(text: str) -> bool:
    """True, if the first word cannot begin a sentence: a particle, a suffix or an auxiliary."""
    found = tokens(text[:_WINDOW])
    return bool(found) and found[0].category in {"助詞", "助動詞", "接尾辞"}
