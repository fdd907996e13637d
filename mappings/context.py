"""A document laid out and annotated: what rules look at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from musubi.mappings.annotate import Gazetteer, Mention, annotated
from musubi.mappings.layout import Unit, units
from musubi.mappings.read import Document, Span


@dataclass(frozen=True)
class Context:
    """The units of a document with their mentions, in text order."""

    document: Document
    units: list[Unit]
    mentions: list[list[Mention]]
    gazetteer: Gazetteer
    country_characters: Mapping[str, str]

    def span(self, index: int, start: int, end: int) -> Span:
        """The original span of the working characters [start, end) of a unit."""
        return self.document.span(*self.units[index].text.original(start, end))

    def head(self, index: int) -> int | None:
        """The unit that introduces the list that unit `index` is an item of: the last one before it that is not.

        None, where nothing stands before it on the page.
        """
        item = self.units[index]
        for other in range(index - 1, -1, -1):
            unit = self.units[other]
            if unit.page != item.page:
                return None
            if unit.kind != "furniture" and (unit.kind != item.kind or unit.level < item.level):
                return other
        return None

    def scope(self, index: int, where: str) -> Iterator[int]:
        """The units in which a role that a match lacks may be looked for, nearest first.

        `unit` is the unit itself, `page-heading` the headings of its page (a title may stand after its text),
        `section` the headings before it up to the one that opens its section.
        """
        if where == "unit":
            yield index
            return
        if where == "page-heading":
            page = self.units[index].page
            found = [i for i, u in enumerate(self.units) if u.page == page and u.kind == "heading"]
            yield from sorted(found, key=lambda i: (abs(i - index), i))
            return
        for other in range(index - 1, -1, -1):
            if self.units[other].kind == "heading":
                yield other
                if self.units[other].level == 1:
                    return


def context(
    document: Document,
    gazetteer: Gazetteer,
    country_characters: Mapping[str, str],
    terms: Mapping[str, Mapping[str, str]],
    anchor: datetime | None,
) -> Context:
    """The document, laid out and annotated. `anchor` is the day that it speaks as of, for dates without a year."""
    laid_out = units(document)
    mentions = [annotated(u.text.text, gazetteer, anchor) + _terms(u.text.text, terms) for u in laid_out]
    return Context(document, laid_out, mentions, gazetteer, country_characters)


def _terms(text: str, terms: Mapping[str, Mapping[str, str]]) -> list[Mention]:
    """Mentions of the concepts in the term lists of the rules, longest first within each list."""
    found = []
    for entries in terms.values():
        pattern = "|".join(re.escape(surface) for surface in sorted(entries, key=len, reverse=True))
        found += [Mention(m.start(), m.end(), m[0], entries[m[0]]) for m in re.finditer(pattern, text)]
    return found
