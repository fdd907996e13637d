"""Times in words: each precision and each wording, in both languages."""

from __future__ import annotations

import pytest
from rdflib import RDF, Graph, Namespace

from musubi.data import folder
from musubi.mappings.dates import Interval, dates
from musubi.mappings.times import time_label
from musubi.vocabulary import PREFIXES

MUS = Namespace(PREFIXES["mus"])


def interval(first: str | None, last: str | None, precision: str, wording: str = "plain") -> Interval:
    return Interval(first and f"{first}T00:00:00", last and f"{last}T23:59:59", precision, wording, "")


# Interval, in Japanese, in English.
LABELS = [
    (interval("2041-04-07", "2041-04-07", "day"), "2041年4月7日", "7 April 2041"),
    (interval("2041-12-31", "2041-12-31", "day"), "2041年12月31日", "31 December 2041"),
    (interval("2041-01-01", "2041-01-31", "month"), "2041年1月", "January 2041"),
    (interval("2041-03-01", "2041-05-31", "season"), "2041年春", "spring 2041"),
    (interval("2041-06-01", "2041-08-31", "season"), "2041年夏", "summer 2041"),
    (interval("2041-09-01", "2041-11-30", "season"), "2041年秋", "autumn 2041"),
    (interval("2041-01-01", "2041-06-30", "half-year"), "2041年前半", "first half of 2041"),
    (interval("2041-07-01", "2041-12-31", "half-year"), "2041年後半", "second half of 2041"),
    (interval("2041-04-01", "2041-09-30", "half-year"), "2041年度前半", "first half of Japanese fiscal year 2041"),
    (interval("2041-10-01", "2042-03-31", "half-year"), "2041年度後半", "second half of Japanese fiscal year 2041"),
    (interval("2041-01-01", "2041-12-31", "year"), "2041年", "2041"),
    (interval("2041-04-01", "2042-03-31", "japanese-fiscal-year"), "2041年度", "Japanese fiscal year 2041"),
    (interval("2040-10-01", "2041-09-30", "us-fiscal-year"), "米国2041会計年度", "US fiscal year 2041"),
    (interval("2041-01-01", "2043-12-31", "several-years"), "2041年～2043年", "2041 to 2043"),
    # open at one end: the other end tells the same unit
    (interval(None, "2041-04-07", "day", "by"), "2041年4月7日まで", "by the end of 7 April 2041"),
    (interval(None, "2041-04-30", "month", "by"), "2041年4月まで", "by the end of April 2041"),
    (interval(None, "2041-05-31", "season", "by"), "2041年春まで", "by the end of spring 2041"),
    (interval(None, "2041-08-31", "season", "by"), "2041年夏まで", "by the end of summer 2041"),
    (interval(None, "2041-06-30", "half-year", "by"), "2041年前半まで", "by the end of first half of 2041"),
    (interval(None, "2041-12-31", "half-year", "by"), "2041年後半まで", "by the end of second half of 2041"),
    (
        interval(None, "2041-09-30", "half-year", "by"),
        "2041年度前半まで",
        "by the end of first half of Japanese fiscal year 2041",
    ),
    (
        interval(None, "2042-03-31", "half-year", "by"),
        "2041年度後半まで",
        "by the end of second half of Japanese fiscal year 2041",
    ),
    (interval(None, "2041-12-31", "year", "by"), "2041年まで", "by the end of 2041"),
    (
        interval(None, "2042-03-31", "japanese-fiscal-year", "by"),
        "2041年度まで",
        "by the end of Japanese fiscal year 2041",
    ),
    (interval(None, "2041-09-30", "us-fiscal-year", "by"), "米国2041会計年度まで", "by the end of US fiscal year 2041"),
    (interval("2041-01-01", None, "year", "from"), "2041年以降", "from 2041"),
    (interval("2041-06-01", None, "season", "from"), "2041年夏以降", "from summer 2041"),
    (interval("2040-10-01", None, "us-fiscal-year", "from"), "米国2041会計年度以降", "from US fiscal year 2041"),
    # the other wordings
    (interval("2041-01-01", "2041-12-31", "year", "about"), "2041年頃", "about 2041"),
    (interval("2041-01-01", "2041-12-31", "year", "mid"), "2041年半ば", "mid-2041"),
    (interval("2041-01-01", "2041-12-31", "year", "target"), "2041年目途", "2041 (target)"),
    (interval("2041-01-01", "2041-12-31", "year", "within"), "2041年中", "within 2041"),
    (interval("2041-01-01", "2043-12-31", "several-years", "between"), "2041年～2043年", "2041 to 2043"),
]


@pytest.mark.parametrize(("when", "ja", "en"), LABELS)
def test_a_time_is_written_in_both_languages(when: Interval, ja: str, en: str) -> None:
    assert (time_label(when, "ja"), time_label(when, "en")) == (ja, en)


def test_every_precision_and_wording_of_the_value_lists_was_tried() -> None:
    schemes = Graph().parse(folder("ontology") / "schemes.ttl")
    for class_, tried in (
        ("TimePrecision", {when.precision for when, _, _ in LABELS}),
        ("TimeWording", {when.wording for when, _, _ in LABELS}),
    ):
        assert {str(s).rsplit("/", 1)[-1] for s in schemes.subjects(RDF.type, MUS[class_])} == tried


def test_a_time_without_any_bound_has_no_words() -> None:
    assert time_label(interval(None, None, "year"), "en") == ""


# A label in Japanese is read again as the interval that it was written from.
AGAIN = ["2041年4月7日", "2041年1月", "2041年春", "2041年前半", "2041年度後半", "2041年", "2041年度", "2041年夏以降"]
AGAIN += ["2041年まで", "2041年度まで", "2041年頃", "2041年半ば", "2041年目途", "2041年中"]


@pytest.mark.parametrize("label", AGAIN)
def test_a_japanese_label_is_read_as_the_time_that_it_was_written_from(label: str) -> None:
    (mention,) = dates(label)
    assert time_label(mention.interval, "ja") == label
