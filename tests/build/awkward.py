"""A release of things that are hard to write: escapes, lexical forms, languages, blank nodes that graphs share."""

from pathlib import Path

from musubi.build import release
from musubi.build.release import Release
from musubi.vocabulary import BASE, PREFIXES

THING = f"<{BASE}id/mission/x>"
P, XSD = PREFIXES["mus"], PREFIXES["xsd"]
AWKWARD = rf"""
{THING} <{P}p> "001"^^<{XSD}integer> <{BASE}graph/reference> .
{THING} <{P}p> "1"^^<{XSD}integer> <{BASE}graph/reference> .
{THING} <{P}p> "1.0"^^<{XSD}decimal> <{BASE}graph/reference> .
{THING} <{P}p> "1"^^<{XSD}boolean> <{BASE}graph/reference> .
{THING} <{P}p> "true"^^<{XSD}boolean> <{BASE}graph/reference> .
{THING} <{P}p> "2023-01-13T00:00:00"^^<{XSD}dateTime> <{BASE}graph/reference> .
{THING} <{P}p> "tab\t, feed\n, return\r, quote \", slash \\" <{BASE}graph/reference> .
{THING} <{P}p> "  ends with spaces  " <{BASE}graph/reference> .
{THING} <{P}p> "<p> & ]]> <{BASE}" <{BASE}graph/reference> .
{THING} <{P}p> "結び🚀é" <{BASE}graph/reference> .
{THING} <{P}p> "結び"@ja <{BASE}graph/reference> .
{THING} <{P}p> "knot"@en-GB <{BASE}graph/reference> .
{THING} <{P}p> "" <{BASE}graph/reference> .
{THING} <{P}p> <{BASE}id/mission/y> <{BASE}graph/reference> .
{THING} <{P}p> <{BASE}id/mission/y> <{BASE}graph/document/000000000000> .
{THING} <{P}p> <https://example.org/%E7%B5%90?a=b&c='d'#(e)> <{BASE}graph/reference> .
{THING} <{P}p> <https://example.org/結び> <{BASE}graph/reference> .
{THING} <{P}p.q-r> _:a <{BASE}graph/reference> .
_:a <{P}p> _:b <{BASE}graph/reference> .
_:b <{P}p> _:a <{BASE}graph/document/000000000000> .
_:b <{P}p> "b" <{BASE}graph/document/000000000000> .
_:b <{PREFIXES["rdf"]}type> <{P}C> <{BASE}graph/document/000000000000> .
"""


def awkward(folder: Path) -> Release:
    return release.write(folder, AWKWARD.encode(), [], [])
