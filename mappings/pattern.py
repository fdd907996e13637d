"""Patterns with typed slots: verbose regular expressions over normalised text.

<name:Type> stands for a mention of that type (annotate.SLOT_TYPES, Date, or a term list of the rules) and <name:Type+>
for one or more of them joined by 、 or a conjunction. Source: rules/README.md describes the language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from musubi.mappings.annotate import SLOT_TYPES, Mention

_SLOT = re.compile(r"<(?P<name>[a-z_]+):(?P<type>[A-Z][A-Za-z]*)(?P<many>\+?)>")
_JOINED = r"(?:、|,|・|-|と|や|及び|および|並びに)"
_NEVER = "(?!)"


@dataclass(frozen=True, slots=True)
class Slot:
    """A typed place in a pattern."""

    name: str
    type: str
    many: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern with typed slots."""

    source: str
    slots: tuple[Slot, ...]

    @property
    def without_slots(self) -> str:
        """The regular expression in which every slot is a group that never matches."""
        return _SLOT.sub(lambda s: f"(?P<{s['name']}>{_NEVER})", self.source)

    @property
    def names(self) -> frozenset[str]:
        """The names of its slots and groups."""
        return frozenset(plain(self.without_slots).groupindex)

    def search(self, text: str, start: int, end: int, mentions: Sequence[Mention]) -> list[re.Match[str]]:
        """The matches in text[start:end], every slot filled by whole mentions of its type."""
        inside = [m for m in mentions if start <= m.start and m.end <= end]
        compiled = plain(_SLOT.sub(lambda s: _alternatives(s, inside), self.source))
        return [m for m in compiled.finditer(text, start, end) if all(self._filled(s, m, inside) for s in self.slots)]

    def fillers(self, slot: Slot, match: re.Match[str], mentions: Sequence[Mention]) -> list[Mention]:
        """The mentions that fill `slot` in `match`, in order."""
        start, end = match.span(slot.name)
        return [m for m in mentions if fits(m, slot.type) and start <= m.start and m.end <= end]

    def _filled(self, slot: Slot, match: re.Match[str], mentions: Sequence[Mention]) -> bool:
        if match[slot.name] is None:
            return True
        found = self.fillers(slot, match, mentions)
        return bool(found) and found[0].start == match.start(slot.name) and found[-1].end == match.end(slot.name)


def compiled(source: str) -> Pattern:
    """The pattern that `source` writes; its slots are taken as they stand."""
    return Pattern(source, tuple(Slot(m["name"], m["type"], bool(m["many"])) for m in _SLOT.finditer(source)))


def lists(type_: str, concept: str) -> bool:
    """True, if the term list called `type_` is of the value list of `concept`: CrewRole of scheme:crew-role/pilot."""
    return type_.lower() == concept.removeprefix("scheme:").split("/")[0].replace("-", "")


def fits(mention: Mention, type_: str) -> bool:
    """True, if the mention may fill a slot of this type, a slot type or a term list."""
    if mention.interval is None and mention.thing.startswith("scheme:"):
        return lists(type_, mention.thing)
    return (type_ in SLOT_TYPES or type_ == "Date") and mention.fills(type_)


@cache
def plain(source: str) -> re.Pattern[str]:
    """The verbose regular expression without slots that `source` writes. Raises re.error."""
    return re.compile(source, re.VERBOSE)


def _alternatives(slot: re.Match[str], mentions: Sequence[Mention]) -> str:
    surfaces = sorted({m.surface for m in mentions if fits(m, slot["type"])}, key=lambda s: (-len(s), s))
    one = "|".join(re.escape(s) for s in surfaces) or _NEVER
    many = f"(?:{_JOINED}(?:{one}))*" if slot["many"] else ""
    return f"(?P<{slot['name']}>(?:{one}){many})"
