"""Days written in words."""

from __future__ import annotations

import pytest

from musubi.server.times import Interval
from musubi.server.words import Words


@pytest.mark.parametrize(
    ("earliest", "latest", "english", "japanese"),
    [
        ("2023-01-14T00:00:00", "2023-01-14T23:59:59", "2023-01-14", "2023年1月14日"),
        ("2024-02-01T00:00:00", "2024-02-03T23:59:59", "2024-02-01 – 2024-02-03", "2024年2月1日 – 2024年2月3日"),
        ("2023-06-06T00:00:00", "", "from 2023-06-06", "2023年6月6日以降"),
        ("", "2023-06-06T23:59:59", "until 2023-06-06", "2023年6月6日まで"),
        ("", "", "", ""),
    ],
)
def test_days_are_written_with_their_open_ends(earliest: str, latest: str, english: str, japanese: str) -> None:
    words = Words.read()
    assert [Interval(earliest, latest).text(words, language) for language in ("en", "ja")] == [english, japanese]
