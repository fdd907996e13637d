"""Mentions: which things and dates a unit of text names, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from musubi.mappings.dates import Interval, dates
from musubi.mappings.reference import Reference, reference
from musubi.vocabulary import kind

# Name of a slot type in a reading rule -> kinds of thing that fill it.
SLOT_TYPES = {
    "Activity": {"activity"},
    "Instrument": {"instrument"},
    "Launchable": {"system", "mission"},
    "Mission": {"mission"},
    "Organization": {"organization"},
    "Person": {"person"},
    "Place": {"place"},
    "Programme": {"programme"},
    "Series": {"series"},
    "State": {"state"},
    "System": {"system"},
}


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters [start, end) of a working text that name `thing`, or say `interval`."""

    start: int
    end: int
    surface: str
    thing: str = ""
    interval: Interval | None = None

    def fills(self, slot_type: str) -> bool:
        """True, if the mention may fill a slot of this type."""
        if slot_type == "Date":
            return self.interval is not None
        return kind(self.thing) in SLOT_TYPES[slot_type]


class Gazetteer:
    """Finds the surface forms of the reference data: longest first, never inside a Latin word."""

    def __init__(self, known: Reference) -> None:
        self._things = list(known.surfaces.items())
        surfaces = [surface for surface, _ in self._things]
        self._automaton = AhoCorasick(surfaces, matchkind=MatchKind.LeftmostLongest)

    def mentions(self, text: str) -> list[Mention]:
        """The things that `text` names, in order, without overlaps."""
        found = []
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            if _cuts_word(text, start, end):
                continue
            found.append(Mention(start, end, text[start:end], self._things[index][1]))
        return found

    def inside(self, text: str, wanted: str) -> list[str]:
        """The things of one kind whose surface forms stand anywhere in `text`, in order of place.

        Unlike `mentions`, it looks into longer names: a title that names two states is itself one mention.
        """
        surfaces = {surface: thing for surface, thing in self._things if kind(thing) == wanted}
        longest_first = sorted(surfaces, key=len, reverse=True)
        matches = re.finditer("|".join(map(re.escape, longest_first)) or "(?!)", text)
        return [surfaces[m[0]] for m in matches if not _cuts_word(text, *m.span())]


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of the reference data that the package carries."""
    return Gazetteer(reference())


def annotated(text: str, known: Gazetteer, anchor: datetime | None) -> list[Mention]:
    """All mentions in normalised `text`: things first, then dates, each in text order."""
    found = known.mentions(text)
    when = [Mention(d.start, d.end, text[d.start : d.end], interval=d.interval) for d in dates(text, anchor)]
    return found + when


def _cuts_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return _same_word(before, text[start]) or _same_word(text[end - 1], after)


def _same_word(left: str, right: str) -> bool:
    """True, if two neighbouring characters belong to one Latin word or number."""
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()
