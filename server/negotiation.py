"""Which representation a client gets, from what it accepts. One rule for all addresses.

Source: RFC 9110, sections 12.4.2 and 12.5.1. Where that leaves the choice to the server: a client that asks for
nothing, or for anything, gets the first that is offered; among equals the more exactly named one wins, then the one
the client names earlier. Parameters such as `charset` or `profile` do not keep a range from fitting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import Accept, LanguageAccept
from werkzeug.http import parse_accept_header, parse_options_header

from musubi.errors import NotAcceptable, NotFound
from musubi.server.media import Representation, by_name, by_suffix


@dataclass(frozen=True, slots=True)
class Choice:
    """What is given, and the name under which the client asked for it."""

    representation: Representation
    media_type: str

    @property
    def content_type(self) -> str:
        """The value of the header Content-Type."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


@dataclass(frozen=True, slots=True)
class _Range:
    """One entry of an Accept header, without parameters. `position` counts from 0 in the order of the header."""

    pattern: str
    quality: float
    position: int

    @property
    def exactness(self) -> int:
        """2 for a type, 1 for `text/*`, 0 for anything."""
        return 0 if self.pattern == "*/*" else 1 if self.pattern.endswith("/*") else 2

    def covers(self, media_type: str) -> bool:
        """Whether the range fits a media type."""
        return (
            self.exactness == 0
            or media_type == self.pattern
            or (self.exactness == 1 and media_type.startswith(self.pattern[:-1]))
        )


def chosen(header: str | None, offered: Sequence[Representation]) -> Choice:
    """The representation that fits an Accept header best.

    Raises: NotAcceptable, naming what is offered, if none fits.
    """
    best = preferred(header, offered)
    if best is None:
        types = tuple(one.media_type for one in offered)
        raise NotAcceptable(f"this is available as {', '.join(types)}", allowed=types)
    return best


def preferred(header: str | None, offered: Sequence[Representation]) -> Choice | None:
    """The representation that fits an Accept header best, or None where none fits."""
    ranges = _ranges(header)
    if not ranges:
        return Choice(offered[0], offered[0].media_type)
    rated = [
        ((fit.quality, fit.exactness, -fit.position, -order), Choice(one, name))
        for order, one in enumerate(offered)
        for name in (one.media_type, *one.also)
        if (fit := _best_fit(name, ranges)) and fit.quality > 0 and (fit.exactness == 2 or name == one.media_type)
    ]
    return max(rated, key=lambda pair: pair[0])[1] if rated else None


def chosen_by_suffix(suffix: str, offered: Sequence[Representation]) -> Choice:
    """The representation that an address names by its suffix. Raises: NotFound, naming the suffixes there are."""
    found = by_suffix(suffix, offered)
    if found is None:
        suffixes = tuple(f".{one.suffix}" for one in offered)
        raise NotFound(f"there is no .{suffix} of this, but {', '.join(suffixes)}", allowed=suffixes)
    return Choice(found, found.media_type)


def chosen_by_name(names: Sequence[str], offered: Sequence[Representation]) -> Choice:
    """The representation that a field names: by suffix, by media type, or as clients call it.

    Clients that do not know what a server understands name the same in several ways; the first that is known counts.
    Raises: NotFound, naming the suffixes there are.
    """
    found = next((one for name in names if (one := by_name(name, offered))), None)
    return Choice(found, found.media_type) if found else chosen_by_suffix(names[0], offered)


def language_of(header: str | None, offered: Sequence[str]) -> str:
    """The language that fits an Accept-Language header best; the first that is offered where none does."""
    # Not `best_match`: it takes `ja;q=0.1` before `en-GB`, because only the former is written as it is offered.
    accepted = sorted(parse_accept_header(header, LanguageAccept), key=lambda pair: -pair[1])
    liked = (value.lower().partition("-")[0] for value, quality in accepted if quality > 0)
    return next((one for one in liked if one in offered), offered[0])


def _ranges(header: str | None) -> list[_Range]:
    """The ranges of a header; empty, where it is missing or empty."""
    # Not MIMEAccept, which puts ranges with parameters before those that the client names earlier.
    entries = parse_accept_header(header or "", Accept)
    plain = [(parse_options_header(value)[0].lower(), quality) for value, quality in entries]
    return [_Range("*/*" if value == "*" else value, quality, place) for place, (value, quality) in enumerate(plain)]


def _best_fit(media_type: str, ranges: Sequence[_Range]) -> _Range | None:
    """The range that decides about a media type: the most exact one, and of those the one that likes it best."""
    fitting = [one for one in ranges if one.covers(media_type)]
    return max(fitting, key=lambda one: (one.exactness, one.quality, -one.position), default=None)
