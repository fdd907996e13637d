"""Dates as written in Japanese policy texts: intervals with a precision and a class of wording.

Times are local calendar times without a zone, first to last second of the interval. A Japanese fiscal year (年度)
runs from April to March, a US fiscal year (FY) from October of the year before to September: they are never mixed.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

# First Gregorian year of the era, less one: the eras of the reigns that the texts speak of.
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
_ERA_YEAR = rf"(?P<era>{'|'.join(_ERAS)})(?P<era_year>\d{{1,2}}|元)"
_YEAR = rf"(?:{_ERA_YEAR}|(?P<year>\d{{4}})(?:\([^()]{{2,6}}\d*\))?)年(?![代間])"
_ABSOLUTE = rf"(?P<full>{_YEAR}(?:(?P<fiscal>度)|(?:(?P<month>\d{{1,2}})月(?:(?P<day>\d{{1,2}})日)?)?))"
_RELATIVE = r"(?P<same>同(?:年(?P<same_month>\d{1,2})月|月|年(?!度)))|(?P<bare_month>\d{1,2})月(?P<bare_day>\d{1,2})日"
_US = r"(?P<us>FY(?P<us_year>\d{4}))"
_PART = r"(?P<part>前半|後半|年?央|中頃|半ば|末頃|末|春|夏|秋|冬)?"
_WORDING = r"(?P<wording>以降|まで|頃|中に?|を?(?:めど|目途|目処)に?)?"
_DATE = re.compile(rf"(?<!\d)(?:{_ABSOLUTE}|{_RELATIVE}|{_US}){_PART}{_WORDING}")

_WORDINGS = {
    "以降": "from",
    "まで": "by",
    "頃": "about",
    "中": "within",
    "めど": "target",
    "目途": "target",
    "目処": "target",
}
# Months (first, last) of a part of a calendar year. Seasons as the Japan Meteorological Agency counts them; winter,
# which lies in two calendar years, is left as the year.
_PARTS = {"前半": (1, 6), "後半": (7, 12), "春": (3, 5), "夏": (6, 8), "秋": (9, 11)}
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Interval:
    """A time: bounds (ISO, no zone; None is open), precision, wording (concepts of the value lists), slug form.

    `inferred` is true where the year was taken from elsewhere in the text.
    """

    earliest: str | None
    latest: str | None
    precision: str
    wording: str
    key: str
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text: characters [start, end) and the interval that they say."""

    start: int
    end: int
    interval: Interval


def dates(text: str, anchor: datetime | None = None) -> Iterator[DateMention]:
    """The dates in normalised `text`, in order.

    同年, 同月 and a month and day without a year are resolved by the date before them in the same text. Failing
    that, a month and day is the last such day not after `anchor` (the day the document speaks as of), marked as
    inferred; 同年 and 同月 without a date before them are not dates.

    >>> [d.interval.key for d in dates("令和5年1月に、同年3月に")]
    ['2023-01', '2023-03']
    """
    previous: Interval | None = None
    for match in _DATE.finditer(text):
        interval = _resolved(match, previous, anchor)
        if interval is not None:
            yield DateMention(match.start(), match.end(), _worded(interval, match))
            previous = interval


def _resolved(match: re.Match[str], previous: Interval | None, anchor: datetime | None) -> Interval | None:
    if match["us"]:
        return us_fiscal_year(int(match["us_year"]))
    if match["full"]:
        return _absolute(match)
    if match["same"]:
        return _same(match, previous)
    month, day = int(match["bare_month"]), int(match["bare_day"])
    if previous is not None and previous.earliest and "fiscal" not in previous.precision:
        return _valid_day(int(previous.earliest[:4]), month, day)
    if anchor is None:
        return None
    year = anchor.year if (month, day) <= (anchor.month, anchor.day) else anchor.year - 1
    found = _valid_day(year, month, day)
    return replace(found, inferred=True) if found else None


def _absolute(match: re.Match[str]) -> Interval | None:
    era = match["era"]
    in_era = 1 if match["era_year"] == "元" else int(match["era_year"] or 0)
    year = _ERAS[era] + in_era if era else int(match["year"])
    if match["fiscal"]:
        return fiscal_year(year)
    if match["day"]:
        return _valid_day(year, int(match["month"]), int(match["day"]))
    return _valid_month(year, int(match["month"])) if match["month"] else _year(year)


def _same(match: re.Match[str], previous: Interval | None) -> Interval | None:
    if previous is None or previous.earliest is None or "fiscal" in previous.precision:
        return None
    year, month = int(previous.earliest[:4]), int(previous.earliest[5:7])
    if match["same_month"]:
        return _valid_month(year, int(match["same_month"]))
    if match["same"] == "同年":
        return _year(year)
    return _valid_month(year, month) if previous.precision in {"month", "day"} else None


def _worded(interval: Interval, match: re.Match[str]) -> Interval:
    """The interval, narrowed by the part of the year and opened by the wording that follow it."""
    part, wording = match["part"], _WORDINGS.get((match["wording"] or "").strip("をに"), "plain")
    if part in _PARTS and interval.precision in {"year", "japanese-fiscal-year"}:
        interval = _part_of(interval, part)
    elif part in {"年央", "央", "中頃", "半ば"}:
        wording = "mid"
    elif part in {"末頃", "末"}:
        wording = "by" if wording in {"plain", "by", "target"} else wording
    if wording == "from":
        return replace(interval, latest=None, wording=wording)
    if wording == "by":
        return replace(interval, earliest=None, wording=wording)
    return replace(interval, wording=wording)


def _part_of(interval: Interval, part: str) -> Interval:
    first, last = _PARTS[part]
    year = int((interval.earliest or "")[:4])
    precision = "half-year" if part in {"前半", "後半"} else "season"
    shift = 3 if interval.precision == "japanese-fiscal-year" and precision == "half-year" else 0
    begin, end = _first_of(year, first + shift), _first_of(year, last + shift + 1) - _SECOND
    return Interval(begin.isoformat(), end.isoformat(), precision, "plain", f"{interval.key}-{_PART_KEYS[part]}")


_PART_KEYS = {"前半": "h1", "後半": "h2", "春": "spring", "夏": "summer", "秋": "autumn"}


def _first_of(year: int, month: int) -> datetime:
    return datetime(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _between(begin: datetime, end: datetime, precision: str, key: str) -> Interval:
    return Interval(begin.isoformat(), (end - _SECOND).isoformat(), precision, "plain", key)


def _year(year: int) -> Interval:
    return _between(_first_of(year, 1), _first_of(year + 1, 1), "year", f"{year}")


def fiscal_year(year: int) -> Interval:
    """The Japanese fiscal year: 1 April of `year` to 31 March of the next."""
    return _between(_first_of(year, 4), _first_of(year + 1, 4), "japanese-fiscal-year", f"fy{year}")


def us_fiscal_year(year: int) -> Interval:
    """The US fiscal year: 1 October of the year before to 30 September of `year`."""
    return _between(_first_of(year - 1, 10), _first_of(year, 10), "us-fiscal-year", f"us-fy{year}")


def _valid_month(year: int, month: int) -> Interval | None:
    if not 1 <= month <= 12:
        return None
    return _between(_first_of(year, month), _first_of(year, month + 1), "month", f"{year}-{month:02}")


def _valid_day(year: int, month: int, day: int) -> Interval | None:
    if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    begin = datetime(year, month, day)
    return _between(begin, begin + timedelta(days=1), "day", f"{year}-{month:02}-{day:02}")
