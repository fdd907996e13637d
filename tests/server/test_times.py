"""Times written in words."""

from __future__ import annotations

import pytest

from musubi.server.times import Interval
from musubi.server.words import Words

WORDS = Words.read()

CASES = [
    (Interval("2023-01-14T00:00:00", "2023-01-14T23:59:59", "day", "plain"), "2023-01-14", "2023年1月14日"),
    (Interval("2023-05-01T00:00:00", "2023-05-31T23:59:59", "month", "plain"), "2023-05", "2023年5月"),
    (Interval("2024-01-01T00:00:00", "2024-12-31T23:59:59", "year", "about"), "about 2024", "2024年頃"),
    (
        Interval("2021-04-01T00:00:00", "2022-03-31T23:59:59", "japanese-fiscal-year", "plain"),
        "Japanese fiscal year 2021",
        "2021年度",
    ),
    (
        Interval("2023-10-01T00:00:00", "2024-09-30T23:59:59", "us-fiscal-year", "plain"),
        "US fiscal year 2024",
        "米国2024会計年度",
    ),
    (Interval("", "2025-03-31T23:59:59", "japanese-fiscal-year", "by"), "by Japanese fiscal year 2024", "2024年度まで"),
    (
        Interval("2025-01-01T00:00:00", "2029-12-31T23:59:59", "several-years", "plain"),
        "2025 – 2029",
        "2025年 – 2029年",
    ),
    (
        Interval("2023-03-01T00:00:00", "2023-05-31T23:59:59", "season", "plain"),
        "2023-03 – 2023-05",
        "2023年3月 – 2023年5月",
    ),
    (Interval("2023-06-06T00:00:00", "", "day", ""), "from 2023-06-06", "2023年6月6日 以降"),
    (Interval("", "2023-06-06T00:00:00", "day", "plain"), "until 2023-06-06", "2023年6月6日 まで"),
    (Interval("2024-02-01T00:00:00", "2024-02-03T00:00:00"), "2024-02-01 – 2024-02-03", "2024年2月1日 – 2024年2月3日"),
    (Interval("2024-01-01T00:00:00", "2024-12-31T00:00:00", "year", "target"), "target: 2024", "2024年目標"),
]


@pytest.mark.parametrize(("interval", "english", "japanese"), CASES)
def test_time_is_written_as_precisely_as_it_is_known(interval: Interval, english: str, japanese: str) -> None:
    assert (interval.text(WORDS, "en"), interval.text(WORDS, "ja")) == (english, japanese)


def test_every_time_of_the_list_was_written() -> None:
    assert len(CASES) == 12
