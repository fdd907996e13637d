"""In which mode a clause says what it says, read from its ending. No rule decides this for itself.

Source: rules/modality.yaml.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from musubi.data import folder
from musubi.mappings.tokens import tokens

# Words looked at: the longest ending in the table has five.
_WINDOW = 24
_MARKS = re.compile(r"[。、」』)\s]+\Z")


@dataclass(frozen=True, slots=True)
class Cue:
    """A clause ending: its name, how a person would quote it, and the modality that it tells."""

    name: str
    reading: str
    modality: str
    polarity: str
    pattern: re.Pattern[str]


@cache
def cues() -> dict[str, Cue]:
    """The cues by name, in order of precedence."""
    return {
        row["name"]: Cue(**{"polarity": "affirmative"} | row | {"pattern": re.compile(row["pattern"])})
        for row in _table()["cues"]
    }


def cue_of(clause: str) -> Cue | None:
    """The first cue that the ending of `clause` (normalised text) fits, or None where it fits none or tells nothing.

    >>> cue_of("2021年度の打上げを目指す。").modality
    'planned'
    >>> cue_of("手数料免除の努力義務").modality
    'best-effort-duty'
    """
    ending = "".join(token.form for token in tokens(_MARKS.sub("", clause)[-_WINDOW:]))
    if _untold().search(ending):
        return None
    return next((cue for cue in cues().values() if cue.pattern.search(ending)), None)


def turned(after: str) -> bool:
    """True, if `after`, the normalised text that follows a clause, denies the clause, asks it or leaves it open.

    >>> turned("とは言えない。"), turned("。")
    (True, False)
    """
    return _turned().match(after) is not None


@cache
def _turned() -> re.Pattern[str]:
    return re.compile(_table()["turned"])


@cache
def _untold() -> re.Pattern[str]:
    return re.compile(_table()["untold"])


@cache
def _table() -> dict[str, Any]:
    text = (folder("mappings") / "rules" / "modality.yaml").read_text(encoding="utf-8")
    table: dict[str, Any] = yaml.safe_load(text)
    return table
