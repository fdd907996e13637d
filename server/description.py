"""What is said of one thing, as data: what a client gets that follows its IRI."""

from __future__ import annotations

from dataclasses import dataclass

from musubi.errors import NotFound
from musubi.server import lookup, term
from musubi.server.insertion import with_defined
from musubi.server.results import selected
from musubi.server.site import site

MOST_POINTING = 100
"""How many of those that point to a thing are part of one answer; the others are further parts."""


@dataclass(frozen=True, slots=True)
class Description:
    """One part of a description. Parts count from 1: the first is the thing itself, the others what points to it."""

    iri: str
    query: str
    part: int
    has_more: bool


def description(iri: str, part: int = 1) -> Description:
    """The query for one part of what is said of a thing. Raises: NotFound, if there are fewer parts."""
    names = site().names
    rows = selected(site().engine, lookup.query("pointers", names, {"thing": iri}))
    pointing = [row["pointing"].value for row in rows if term.is_iri(row["pointing"].value)]
    start, end = (part - 1) * MOST_POINTING, part * MOST_POINTING
    some = pointing[start:end]
    if part == 1:
        query = with_defined(lookup.query("data", names, {"thing": iri}), "pointing", map(term.iri, some))
    elif some:
        query = lookup.query("incoming", names, {"thing": iri}, {"pointing": some})
    else:
        raise NotFound(f"the description of {iri} has no part {part}")
    return Description(iri, query, part, end < len(pointing))
