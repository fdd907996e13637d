"""Source documents: what each states, line by line, with the quoted lines where the text is here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request

from musubi.errors import NotFound
from musubi.server import asked, links, lookup, signposts
from musubi.server.labels import labels
from musubi.server.media import GRAPHS, HTML
from musubi.server.negotiation import chosen
from musubi.server.page import html
from musubi.server.reply import replied
from musubi.server.results import selected
from musubi.server.schema import document_schema
from musubi.server.site import site
from musubi.server.stated import Source, Stated, mentions, statements
from musubi.server.times import Interval

if TYPE_CHECKING:
    from musubi.build.release import DocumentRecord

blueprint = Blueprint("documents", __name__)

# Slides hold their bullets as characters of the Wingdings font, which no other font shows. One for one, so that
# offsets stay.
_BULLETS = str.maketrans({"\uf06e": "■", "\uf06c": "●", "\uf075": "◆", "\uf0d8": "➢", "\uf0fc": "✔"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters of a line, and whether a statement rests on it."""

    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document; without pieces, where the text is not here."""

    number: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines that follow each other, with the statements that rest on them."""

    lines: tuple[Line, ...]
    statements: tuple[Stated, ...]


@blueprint.get("/documents")
def listing() -> Response:
    """All documents of the release."""
    choice, language = chosen(request.headers.get("Accept"), (HTML,)), asked.language()
    return replied(choice, language, lambda: html("documents.html", language, documents=records(language)))


@blueprint.get("/documents/<doc12>")
def document(doc12: str) -> Response:
    """What one document states."""
    iri = f"{site().names.base}id/document/{doc12}"
    record = site().document(iri)
    if record is None:
        known = tuple(one["iri"].rsplit("/", 1)[-1] for one in site().release.record["documents"])
        raise NotFound(f"this release has no document {doc12}", allowed=known)
    signposts.point_to_thing(iri, [site().names.iri("mus:SourceDocument")], is_page=True)
    data = f"/data/document/{doc12}"
    signposts.point(links.at(f"{data}.{GRAPHS[0].suffix}"), "describedby", type=GRAPHS[0].media_type)
    signposts.point_to_forms(data, GRAPHS)
    choice, language = chosen(request.headers.get("Accept"), (HTML,)), asked.language()
    return replied(choice, language, lambda: _page(record, language))


def records(language: str) -> list[tuple[DocumentRecord, str]]:
    """The documents of the release with their times in words, in the order of the release."""
    return [(one, _as_of(one, language)) for one in site().release.record["documents"]]


def passages(stated: Sequence[Stated], document: str, text: str | None) -> list[Passage]:
    """The statements of a document by the lines they rest on; lines that overlap are one passage."""
    sources = sorted({source for one in stated for source in one.sources if source.document == document}, key=_first)
    lines = text.split("\n") if text is not None else []
    found = []
    for group in _touching(sources):
        numbers = range(group[0].first, max(one.last for one in group) + 1)
        shown = [Line(number, _pieces(lines, number, group)) for number in numbers]
        resting = [one for one in stated if not _leading(one, document).isdisjoint(group)]
        found.append(Passage(tuple(shown), tuple(resting)))
    return found


def _page(record: DocumentRecord, language: str) -> str:
    iri = record["iri"]
    stated = statements(mentions(iri).get("document", []), language)
    said = selected(site().engine, lookup.query("thing", site().names, {"thing": iri}))
    values = {row["property"].value.rsplit("/", 1)[-1]: row["value"].value for row in said}
    text = site().texts.text(record["sha256"])
    named = {name for one in stated for name in one.iris} | {iri, values.get("publisher", "")}
    shown = labels(named, language)
    return html(
        "document.html",
        language,
        record=record,
        as_of_document=_as_of(record, language),
        publisher=values.get("publisher"),
        official=values.get("source"),
        passages=passages(stated, iri, text),
        is_quoted=text is not None,
        labels=shown,
        graphs=GRAPHS,
        schema=document_schema(iri, shown),
    )


def _as_of(record: DocumentRecord, language: str) -> str:
    words = site().words
    days = Interval(record["as_of_earliest"], record["as_of_latest"]).text(words, language)
    return days or words.text("documents.unknown", language)


def _first(source: Source) -> tuple[int, int, int]:
    return source.first, source.start, source.end


def _leading(stated: Stated, document: str) -> set[Source]:
    """The passages that a statement is listed with: its evidence, not what that was read together with."""
    return {one for one in stated.sources if one.document == document and not one.is_context}


def _touching(sources: Sequence[Source]) -> list[list[Source]]:
    """The sources in groups that share lines."""
    groups: list[list[Source]] = []
    last = 0
    for source in sources:
        if groups and source.first <= last:
            groups[-1].append(source)
        else:
            groups.append([source])
        last = max(last, source.last)
    return groups


def _pieces(lines: Sequence[str], number: int, group: Sequence[Source]) -> tuple[Piece, ...]:
    """A line cut where marked passages begin and end."""
    if number > len(lines):
        return ()
    start = sum(len(line) + 1 for line in lines[: number - 1])
    end = start + len(lines[number - 1])
    edges = {min(max(edge, start), end) for one in group for edge in (one.start, one.end)} | {start, end}
    line = lines[number - 1].translate(_BULLETS)
    return tuple(
        Piece(line[left - start : right - start], any(one.start <= left < one.end for one in group))
        for left, right in pairwise(sorted(edges))
    )
