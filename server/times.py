"""Days between which something holds, written in words. The times that statements give carry labels of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from musubi.server.words import Words


@dataclass(frozen=True, slots=True)
class Interval:
    """A time. The ends are local calendar times (ISO 8601 without zone), empty where open; `latest` is included."""

    earliest: str
    latest: str

    def text(self, words: Words, language: str) -> str:
        """The days in words; empty, where both ends are open."""
        earliest, latest = (_day(end, words, language) for end in (self.earliest, self.latest))
        if earliest == latest:
            return earliest
        if earliest and latest:
            return words.text("time.between", language, earliest=earliest, latest=latest)
        if earliest:
            return words.text("time.from", language, earliest=earliest)
        return words.text("time.until", language, latest=latest)


def _day(end: str, words: Words, language: str) -> str:
    if not end:
        return ""
    moment = datetime.fromisoformat(end)
    iso = f"{moment:%Y-%m-%d}"
    return words.text("time.day", language, iso=iso, year=moment.year, month=moment.month, day=moment.day)
