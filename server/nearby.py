"""What somebody may have meant by an address at which there is nothing: things with a like name, in any language."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

from musubi.server import lookup
from musubi.server.engine import Engine
from musubi.server.results import selected
from musubi.vocabulary import KINDS, Names, kind

_MOST = 5
_MOST_CHARACTERS = 100
# Below this share of common characters a suggestion is noise.
_LEAST_LIKENESS = 0.6


def nearby(engine: Engine, names: Names, path: str) -> tuple[str, ...]:
    """CURIEs of things whose name is, contains, or is like the last part of a path; best first, at most five.

    Where the path begins with a kind, its things come first among equals.
    """
    wanted_kind, _, rest = path.strip("/").partition("/")
    text = _plain((rest if wanted_kind in KINDS else path).rsplit("/", 1)[-1])[:_MOST_CHARACTERS]
    if not text:
        return ()
    spellings: dict[str, set[str]] = {}
    for row in selected(engine, lookup.query("names", names)):
        curie = names.curie(row["thing"].value)
        if kind(curie):
            last = curie.rsplit("/", 1)[-1]
            spellings.setdefault(curie, {_plain(last)}).add(_plain(row["label"].value))
    rated = ((_likeness(text, each), kind(curie) == wanted_kind, curie) for curie, each in spellings.items())
    fitting = [one for one in rated if one[0] >= _LEAST_LIKENESS]
    return tuple(curie for *_, curie in sorted(fitting, key=lambda one: (-one[0], not one[1], one[2])))[:_MOST]


def _likeness(text: str, spellings: Iterable[str]) -> float:
    """3 for the same name, 2 and less for one that contains the other, else the share of common characters."""
    return max(_pair(text, spelling) for spelling in spellings)


def _pair(text: str, spelling: str) -> float:
    if text == spelling:
        return 3.0
    short, long = sorted((text, spelling), key=len)
    if len(short) > 1 and short in long:
        return 1.0 + len(short) / len(long)
    matcher = SequenceMatcher(None, text, spelling, autojunk=False)
    # The quick bound spares most of the pairs.
    return matcher.ratio() if matcher.quick_ratio() >= _LEAST_LIKENESS else 0.0


def _plain(text: str) -> str:
    """A spelling without what does not tell names apart: width, capitals, and how words are joined."""
    return unicodedata.normalize("NFKC", text).casefold().replace("-", " ").replace("_", " ").strip()
