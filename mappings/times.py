"""How an interval is written for people, in Japanese and English."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from musubi.mappings.dates import Interval

# fmt: off
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)
# fmt: on
_SEASONS = {3: ("春", "spring"), 6: ("夏", "summer"), 9: ("秋", "autumn")}
_WORDINGS = {
    "about": ("{}頃", "about {}"),
    "by": ("{}まで", "by the end of {}"),
    "from": ("{}以降", "from {}"),
    "mid": ("{}半ば", "mid-{}"),
    "target": ("{}目途", "{} (target)"),
    "within": ("{}中", "within {}"),
}


def time_label(interval: Interval, language: str) -> str:
    """The interval in words of `language` (ja or en), with its precision and wording.

    >>> from musubi.mappings.dates import fiscal_year
    >>> time_label(fiscal_year(2021), "ja"), time_label(fiscal_year(2021), "en")
    ('2021年度', 'Japanese fiscal year 2021')
    """
    which = 0 if language == "ja" else 1
    bound = interval.earliest or interval.latest
    if bound is None:
        return ""
    plain = _PRECISIONS[interval.precision](datetime.fromisoformat(bound))[which]
    if interval.precision == "several-years" and interval.earliest and interval.latest:
        last = _year(datetime.fromisoformat(interval.latest))[which]
        plain = f"{plain}～{last}" if which == 0 else f"{plain} to {last}"
    return _WORDINGS.get(interval.wording, ("{}", "{}"))[which].format(plain)


def _day(at: datetime) -> tuple[str, str]:
    return f"{at.year}年{at.month}月{at.day}日", f"{at.day} {_MONTHS[at.month - 1]} {at.year}"


def _month(at: datetime) -> tuple[str, str]:
    return f"{at.year}年{at.month}月", f"{_MONTHS[at.month - 1]} {at.year}"


def _season(at: datetime) -> tuple[str, str]:
    ja, en = _SEASONS[at.month - at.month % 3]
    return f"{at.year}年{ja}", f"{en} {at.year}"


def _half(at: datetime) -> tuple[str, str]:
    """By its first or last day: January, June, July, December; April, September, October, March of a fiscal year."""
    fiscal, first = at.month in {3, 4, 9, 10}, at.month in {1, 4, 6, 9}
    year = at.year - (at.month == 3)
    ja = f"{year}年{'度' if fiscal else ''}{'前半' if first else '後半'}"
    return ja, f"{'first' if first else 'second'} half of {'Japanese fiscal year ' if fiscal else ''}{year}"


def _year(at: datetime) -> tuple[str, str]:
    return f"{at.year}年", f"{at.year}"


def _fiscal(at: datetime) -> tuple[str, str]:
    year = at.year - (at.month < 4)
    return f"{year}年度", f"Japanese fiscal year {year}"


def _us_fiscal(at: datetime) -> tuple[str, str]:
    year = at.year + (at.month >= 10)
    return f"米国{year}会計年度", f"US fiscal year {year}"


_PRECISIONS: dict[str, Callable[[datetime], tuple[str, str]]] = {
    "day": _day,
    "month": _month,
    "season": _season,
    "half-year": _half,
    "year": _year,
    "several-years": _year,
    "japanese-fiscal-year": _fiscal,
    "us-fiscal-year": _us_fiscal,
}
