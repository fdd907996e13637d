"""A thousand Accept headers, each answered as a slow and plain reading of the rule says.

The rule stands in RFC 9110, section 12.5.1, and at the top of server/negotiation.py. The reading here shares no code
with that module: it walks the characters of the header and then tries every pair of a range and an offered name.
"""

from __future__ import annotations

import random
import re

import pytest
from flask.testing import FlaskClient

from musubi.server.media import GRAPHS, HTML, JSON, RESULTS, Representation
from musubi.server.negotiation import preferred

HEADERS = 1_000
SETS = [(*GRAPHS, HTML), GRAPHS, (*RESULTS, HTML), (HTML,), (HTML, JSON)]
NAMES = [
    *(one.media_type for one in (*GRAPHS, *RESULTS, HTML, JSON)),
    *(name for one in (*GRAPHS, *RESULTS) for name in one.also),
    *("*/*", "*", "text/*", "application/*", "image/*", "image/png", "application/xhtml+xml", "*/turtle", "text"),
]
PARAMETERS = [
    *("", "", "", ";charset=utf-8", "; charset=UTF-8", ";level=1"),
    ';profile="http://www.w3.org/ns/json-ld#compacted"',
    ' ; profile="a,b;q=0.1"',
]
QUALITIES = ["", "", "", *(f";q=0.{n}" for n in range(10)), ";q=1", ";q=1.000", "; q=0.333", ";Q=0.5", ";q=0", ";q=0.0"]
# What is no quality: the range is passed over.
BROKEN = [";q=oops", ";q=2", ";q=-1", ";q=.5"]


def header(chance: random.Random) -> str:
    ranges = []
    for _ in range(chance.randint(0, 6)):
        name = chance.choice(NAMES)
        name = name.upper() if chance.random() < 0.1 else name
        quality = chance.choice(BROKEN) if chance.random() < 0.05 else chance.choice(QUALITIES)
        ranges.append(name + chance.choice(PARAMETERS) + quality)
    return chance.choice([",", ", ", " , "]).join(ranges)


def pieces(text: str, mark: str) -> list[str]:
    """A text cut at a mark that does not stand between quotation marks."""
    found, is_quoted = [""], False
    for character in text:
        is_quoted ^= character == '"'
        if character == mark and not is_quoted:
            found.append("")
        else:
            found[-1] += character
    return [one.strip() for one in found]


def ranges_of(text: str) -> list[tuple[str, float]]:
    found = []
    for one in pieces(text, ","):
        name, *parameters = pieces(one, ";")
        quality = "1"
        for parameter in parameters:
            if parameter.lower().startswith("q="):
                quality = parameter[2:]
        if name and re.fullmatch(r"[0-9]+(\.[0-9]+)?", quality) and float(quality) <= 1:
            found.append(("*/*" if name == "*" else name.lower(), float(quality)))
    return found


def expected(text: str, offered: tuple[Representation, ...]) -> str | None:
    """The media type that is to be given, or None for 406."""
    ranges = ranges_of(text)
    if not ranges:
        return offered[0].media_type
    best: tuple[float, int, int, int] | None = None
    answer = None
    for order, one in enumerate(offered):
        for name in (one.media_type, *one.also):
            decides = None
            for pattern, exactness in ((name, 2), (name.split("/")[0] + "/*", 1), ("*/*", 0)):
                # Other names stand for the same bytes, but only for those who know them.
                if exactness < 2 and name != one.media_type and not any(each == name for each, _ in ranges):
                    continue
                of_pattern = [(q, -place) for place, (each, q) in enumerate(ranges) if each == pattern]
                if of_pattern and decides is None:
                    quality, place = max(of_pattern)
                    decides = (quality, exactness, place, -order)
            if decides and decides[0] > 0 and (best is None or decides > best):
                best, answer = decides, name
    return answer


def headers() -> list[str]:
    chance = random.Random(6)
    return [header(chance) for _ in range(HEADERS)]


@pytest.mark.parametrize("offered", SETS, ids=lambda offered: offered[0].suffix + str(len(offered)))
def test_a_thousand_headers_get_what_a_plain_reading_of_the_rule_gives(offered: tuple[Representation, ...]) -> None:
    differing, given = [], set()
    for text in headers():
        choice = preferred(text, offered)
        found = choice.media_type if choice else None
        given.add(found)
        if found != expected(text, offered):
            differing.append((text, found, expected(text, offered)))
    assert differing == []
    # The headers reach every form, and some can have none.
    assert given >= {None, *(one.media_type for one in offered)}


def test_a_thousand_headers_lead_from_a_thing_to_what_the_rule_gives(client: FlaskClient) -> None:
    suffixes = {name: one.suffix for one in GRAPHS for name in (one.media_type, *one.also)}
    places = {None: None, "text/html": "/page/mission/lark"}
    places |= {name: f"/data/mission/lark.{suffix}" for name, suffix in suffixes.items()}
    asked, differing = 0, []
    for text in headers():
        response = client.get("/id/mission/lark", headers={"Accept": text})
        asked += 1
        if response.headers.get("Location") != places[expected(text, (*GRAPHS, HTML))]:
            differing.append(text)
        assert response.status_code in (303, 406)
    assert (asked, differing) == (HEADERS, [])


def test_the_headers_are_of_many_kinds() -> None:
    every = headers()
    assert len(set(every)) > 800
    assert any('"a,b;q=0.1"' in text for text in every)
    assert "" in every
    assert any(broken in text for text in every for broken in BROKEN)
