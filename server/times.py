"""Times as documents give them: intervals with a precision and a wording, written in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from musubi.server.words import Words

_APRIL, _OCTOBER = 4, 10
# Coarser and finer precisions that are written by the years or months in which they begin and end.
_WRITTEN_AS = {"several-years": "year", "season": "month", "half-year": "month"}


@dataclass(frozen=True, slots=True)
class Interval:
    """A time. The ends are local calendar times (ISO 8601 without zone), empty where open; `latest` is included."""

    earliest: str
    latest: str
    precision: str = ""
    wording: str = ""

    def text(self, words: Words, language: str) -> str:
        """The time in words."""
        earliest, latest = (self._end(end, words, language) for end in (self.earliest, self.latest))
        if earliest and latest:
            between = words.text("time.between", language, earliest=earliest, latest=latest)
            return self._worded(earliest if earliest == latest else between, words, language)
        if self.wording in ("by", "within") and latest:
            return self._worded(latest, words, language)
        if earliest:
            return words.text("time.from", language, earliest=earliest)
        return words.text("time.until", language, latest=latest)

    def _worded(self, time: str, words: Words, language: str) -> str:
        key = f"time.wording-{self.wording}"
        return words.text(key, language, time=time) if words.known(key) else time

    def _end(self, end: str, words: Words, language: str) -> str:
        if not end:
            return ""
        moment = datetime.fromisoformat(end)
        precision = _WRITTEN_AS.get(self.precision, self.precision)
        key = f"time.{precision}" if words.known(f"time.{precision}") else "time.day"
        return words.text(
            key,
            language,
            iso=f"{moment:%Y-%m-%d}",
            year=_year(moment, precision),
            month=moment.month,
            month2=f"{moment:%m}",
            day=moment.day,
        )


def _year(moment: datetime, precision: str) -> int:
    """The year that a precision counts: fiscal years by their usual name.

    Source: Japan's Public Finance Act, article 11 (April to March, named by its beginning); 31 U.S.C. 1102 (October to
    September, named by its end).
    """
    if precision == "japanese-fiscal-year":
        return moment.year - (moment.month < _APRIL)
    return moment.year + (precision == "us-fiscal-year" and moment.month >= _OCTOBER)
