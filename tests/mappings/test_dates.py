"""Dates: surfaces with the interval, precision and wording that the calendar gives them, worked out by hand."""

from __future__ import annotations

from datetime import datetime

import pytest

from musubi.mappings.dates import DateMention, Interval, dates
from musubi.mappings.normal import normalised

ANCHOR = datetime(2035, 6, 10)
Row = tuple[str | None, str | None, str, str]


def row(first: str | None, last: str | None, precision: str, wording: str = "plain") -> Row:
    """Bounds by their days: from the first second of `first` to the last second of `last`."""
    return first and f"{first}T00:00:00", last and f"{last}T23:59:59", precision, wording


# One surface, one date.
SINGLE = {
    # western years
    "2031年": row("2031-01-01", "2031-12-31", "year"),
    "2034年4月": row("2034-04-01", "2034-04-30", "month"),
    "2034年04月": row("2034-04-01", "2034-04-30", "month"),
    "2033年2月": row("2033-02-01", "2033-02-28", "month"),
    "2032年2月": row("2032-02-01", "2032-02-29", "month"),
    "2032年2月29日": row("2032-02-29", "2032-02-29", "day"),
    "2031年12月31日": row("2031-12-31", "2031-12-31", "day"),
    "2031年12月": row("2031-12-01", "2031-12-31", "month"),
    "２０３１年４月": row("2031-04-01", "2031-04-30", "month"),
    "2031 年 4 月 7 日": row("2031-04-07", "2031-04-07", "day"),
    # eras, with their first year
    "令和元年5月1日": row("2019-05-01", "2019-05-01", "day"),
    "令和元年": row("2019-01-01", "2019-12-31", "year"),
    "令和17年": row("2035-01-01", "2035-12-31", "year"),
    "令和9年2月": row("2027-02-01", "2027-02-28", "month"),
    "平成31年4月30日": row("2019-04-30", "2019-04-30", "day"),
    "平成元年": row("1989-01-01", "1989-12-31", "year"),
    "平成12年2月29日": row("2000-02-29", "2000-02-29", "day"),
    "昭和64年1月7日": row("1989-01-07", "1989-01-07", "day"),
    "昭和39年10月": row("1964-10-01", "1964-10-31", "month"),
    "大正15年12月": row("1926-12-01", "1926-12-31", "month"),
    "明治45年7月": row("1912-07-01", "1912-07-31", "month"),
    # both years at once
    "1985(昭和60)年": row("1985-01-01", "1985-12-31", "year"),
    "1985（昭和60）年8月": row("1985-08-01", "1985-08-31", "month"),
    "2019(令和元)年5月": row("2019-05-01", "2019-05-31", "month"),
    "1985(昭和60)年度": row("1985-04-01", "1986-03-31", "japanese-fiscal-year"),
    # fiscal years: Japan's from April, that of the US from October of the year before
    "2030年度": row("2030-04-01", "2031-03-31", "japanese-fiscal-year"),
    "令和9年度": row("2027-04-01", "2028-03-31", "japanese-fiscal-year"),
    "令和元年度": row("2019-04-01", "2020-03-31", "japanese-fiscal-year"),
    "平成30年度": row("2018-04-01", "2019-03-31", "japanese-fiscal-year"),
    "FY2027": row("2026-10-01", "2027-09-30", "us-fiscal-year"),
    "ＦＹ２０２７": row("2026-10-01", "2027-09-30", "us-fiscal-year"),
    # parts of a year
    "2030年前半": row("2030-01-01", "2030-06-30", "half-year"),
    "2030年後半": row("2030-07-01", "2030-12-31", "half-year"),
    "2030年度前半": row("2030-04-01", "2030-09-30", "half-year"),
    "2030年度後半": row("2030-10-01", "2031-03-31", "half-year"),
    "2029年春": row("2029-03-01", "2029-05-31", "season"),
    "2029年夏": row("2029-06-01", "2029-08-31", "season"),
    "2029年秋": row("2029-09-01", "2029-11-30", "season"),
    "2029年冬": row("2029-01-01", "2029-12-31", "year"),
    "2031年央": row("2031-01-01", "2031-12-31", "year", "mid"),
    "2031年年央": row("2031-01-01", "2031-12-31", "year", "mid"),
    "2031年中頃": row("2031-01-01", "2031-12-31", "year", "mid"),
    "2031年半ば": row("2031-01-01", "2031-12-31", "year", "mid"),
    # ends: what is to be ready at the end of a year is ready by then
    "2029年末": row(None, "2029-12-31", "year", "by"),
    "2029年末頃までに": row(None, "2029-12-31", "year", "by"),
    "2029年度末": row(None, "2030-03-31", "japanese-fiscal-year", "by"),
    "2029年度末頃までを目途に": row(None, "2030-03-31", "japanese-fiscal-year", "by"),
    "2029年度末をめどに": row(None, "2030-03-31", "japanese-fiscal-year", "by"),
    "2031年1月末": row(None, "2031-01-31", "month", "by"),
    # wordings
    "2031年まで": row(None, "2031-12-31", "year", "by"),
    "2031年度までに": row(None, "2032-03-31", "japanese-fiscal-year", "by"),
    "2031年5月12日までに": row(None, "2031-05-12", "day", "by"),
    "2031年以降": row("2031-01-01", None, "year", "from"),
    "2031年度以降": row("2031-04-01", None, "japanese-fiscal-year", "from"),
    "2031年夏以降": row("2031-06-01", None, "season", "from"),
    "2031年5月12日以降": row("2031-05-12", None, "day", "from"),
    "2031年頃": row("2031-01-01", "2031-12-31", "year", "about"),
    "令和13年1月頃": row("2031-01-01", "2031-01-31", "month", "about"),
    "2031年夏頃": row("2031-06-01", "2031-08-31", "season", "about"),
    "2031年中": row("2031-01-01", "2031-12-31", "year", "within"),
    "2031年中に": row("2031-01-01", "2031-12-31", "year", "within"),
    "平成29年度中": row("2017-04-01", "2018-03-31", "japanese-fiscal-year", "within"),
    "2031年10月中": row("2031-10-01", "2031-10-31", "month", "within"),
    "2031年めど": row("2031-01-01", "2031-12-31", "year", "target"),
    "2031年度めどに": row("2031-04-01", "2032-03-31", "japanese-fiscal-year", "target"),
    "2031年をめどに": row("2031-01-01", "2031-12-31", "year", "target"),
    "2031年を目途に": row("2031-01-01", "2031-12-31", "year", "target"),
    "2031年度を目途": row("2031-04-01", "2032-03-31", "japanese-fiscal-year", "target"),
    "2031年を目処に": row("2031-01-01", "2031-12-31", "year", "target"),
    "2031年目途": row("2031-01-01", "2031-12-31", "year", "target"),
    "2031年夏をめどに": row("2031-06-01", "2031-08-31", "season", "target"),
}

# No date, and why.
NONE = {
    "2031年2月30日": "no such day",
    "2031年2月29日": "2031 is no leap year",
    "2100年2月29日": "a century is no leap year",
    "2031年4月31日": "April has 30 days",
    "2031年4月0日": "no such day",
    "2031年13月": "no such month",
    "2031年0月": "no such month",
    "令和7年2月29日": "2025 is no leap year",
    "2030年代": "a decade",
    "2030年代前半": "a half of a decade",
    "2000年間": "a duration",
    "10年": "a duration",
    "令和10年代": "years of an era",
    "12031年": "five digits",
    "同年度": "a fiscal year of which nothing was said before",
    "同年3月": "no year was said before",
    "同月": "no month was said before",
    "同年": "no year was said before",
    "6月3日": "no year was said, and the document has no day",
    "2031": "a number",
    "第3回": "a number",
    "7.5トン": "a number",
    "3月": "a month of no year",
}

# A sentence with several dates -> their short forms in order.
SERIES = {
    "令和9年5月に開き、同年7月に閉じる": ["2027-05", "2027-07"],
    "令和9年5月に開き、同月に閉じる": ["2027-05", "2027-05"],
    "令和9年5月に開き、同年に閉じる": ["2027-05", "2027"],
    "2031年5月12日に出て、同月に戻る": ["2031-05-12", "2031-05"],
    "2031年5月12日に出て、6月3日に戻る": ["2031-05-12", "2031-06-03"],
    "2031年に決まり、4月5日に始まる": ["2031", "2031-04-05"],
    "2031年に決まり、同月に始まる": ["2031"],
    "令和9年5月に開き、同年13月に閉じる": ["2027-05"],
    "令和9年5月に開き、2月30日に閉じる": ["2027-05"],
    "2031年5月、同年7月、同月": ["2031-05", "2031-07", "2031-07"],
    "2031年5月、2033年7月、同年8月": ["2031-05", "2033-07", "2033-08"],
    # a fiscal year is no calendar year: nothing in it can be "the same year"
    "2030年度に始め、同年5月に終える": ["fy2030"],
    "2030年度に始め、5月7日に終える": ["fy2030"],
    "FY2030に始め、同年5月に終える": ["us-fy2030"],
    # nor is the year of a date its fiscal year
    "2031年5月に始め、同年度に終える": ["2031-05"],
    # a date that is open at one end is still the date before
    "2031年3月までに組み立て、同年7月に運ぶ": ["2031-03", "2031-07"],
    "2031年3月までに組み立て、7月9日に運ぶ": ["2031-03", "2031-07-09"],
    "2031年3月以降に組み立て、同年7月に運ぶ": ["2031-03", "2031-07"],
    # ranges are not merged: each end that is a date of its own is one
    "2030年4月～2031年3月": ["2030-04", "2031-03"],
    "2030年度～2032年度": ["fy2030", "fy2032"],
    "令和8～10年度": [],
    "2030年から2032年まで": ["2030", "2032"],
    "昭和60年（1985年）": ["1985", "1985"],
    "2030年春と2030年後半と2030年度前半": ["2030-spring", "2030-h2", "fy2030-h1"],
}


def found(text: str, anchor: datetime | None = None) -> list[DateMention]:
    return list(dates(normalised(text).text, anchor))


def as_row(interval: Interval) -> Row:
    return interval.earliest, interval.latest, interval.precision, interval.wording


@pytest.mark.parametrize("surface", SINGLE)
def test_a_date_has_the_bounds_precision_and_wording_of_its_surface(surface: str) -> None:
    (mention,) = found(f"打上げは{surface}")
    assert as_row(mention.interval) == SINGLE[surface]
    assert not mention.interval.inferred


@pytest.mark.parametrize("surface", NONE)
def test_what_is_no_date_is_not_read_as_one(surface: str) -> None:
    assert found(f"打上げは{surface}である") == [], NONE[surface]


@pytest.mark.parametrize("text", SERIES)
def test_dates_of_one_text_are_read_by_the_date_before_them(text: str) -> None:
    assert [mention.interval.key for mention in found(text)] == SERIES[text]


def test_all_surfaces_were_tried() -> None:
    assert (len(SINGLE), len(NONE), len(SERIES)) == (71, 23, 24)


def test_a_mention_covers_its_surface_with_the_words_that_belong_to_it() -> None:
    text = "試験は2031年度末頃までに終え、打上げは2032年を目途に行う"
    covered = [text[m.start : m.end] for m in dates(text)]
    assert covered == ["2031年度末頃まで", "2032年を目途に"]


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("6月3日", "2035-06-03"),
        ("6月10日", "2035-06-10"),
        ("6月11日", "2034-06-11"),
        ("12月31日", "2034-12-31"),
        ("1月1日", "2035-01-01"),
    ],
)
def test_a_day_without_a_year_is_the_last_such_day_up_to_the_day_of_the_document(surface: str, expected: str) -> None:
    (mention,) = found(f"{surface}に署名した", ANCHOR)
    assert as_row(mention.interval) == row(expected, expected, "day")
    assert mention.interval.key == expected
    assert mention.interval.inferred


def test_a_day_that_the_year_of_the_document_lacks_is_no_date() -> None:
    assert found("2月29日に署名した", ANCHOR) == []
    assert [m.interval.key for m in found("2月29日に署名した", datetime(2036, 6, 10))] == ["2036-02-29"]


def test_a_day_without_a_year_takes_the_year_of_the_date_before_it_and_is_not_inferred() -> None:
    first, second = found("2031年4月に着き、8月9日に発つ", ANCHOR)
    assert (first.interval.key, second.interval.key) == ("2031-04", "2031-08-09")
    assert not second.interval.inferred


def test_the_day_of_the_document_does_not_resolve_the_same_year_or_month() -> None:
    assert found("同年3月に、また同月に", ANCHOR) == []
