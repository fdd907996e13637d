"""Named graphs on their IRIs: they are data, so they answer directly. A page lists what a graph is in numbers."""

from __future__ import annotations

import re

from flask import Blueprint, Response, request

from musubi.errors import NotFound
from musubi.server import asked, jsonld, links, lookup, signposts
from musubi.server.addresses import quoted, unslashed
from musubi.server.labels import labels
from musubi.server.media import GRAPHS, HTML
from musubi.server.negotiation import Choice, chosen, chosen_by_suffix
from musubi.server.page import html
from musubi.server.reply import replied
from musubi.server.site import site

blueprint = Blueprint("graphs", __name__)

_PREFIXES = re.compile(rb"\A(?:@prefix [^\n]*\n)*\n?")


@blueprint.get("/graph/<path:rest>")
def graph(rest: str) -> Response:
    """The triples of one named graph. TriG and N-Quads name it; the other forms hold its triples."""
    if slashless := unslashed():
        return slashless
    name, by_suffix = _known(rest)
    iri = f"{site().names.base}graph/{name}"
    signposts.point_to_thing(iri, [site().names.iri("void:Dataset")])
    signposts.point_to_forms(quoted(f"/graph/{name}"), (*GRAPHS, HTML))
    choice = by_suffix or chosen(request.headers.get("Accept"), (*GRAPHS, HTML))
    language = asked.language()
    if choice.representation is HTML:
        return replied(choice, language, lambda: _page(iri, language))
    return replied(choice, language, lambda: written(iri, choice.representation.media_type))


def written(iri: str, media_type: str) -> bytes:
    """The triples of a graph in a media type."""
    plain = {"application/n-quads": "application/n-triples", "application/trig": "text/turtle"}
    query = lookup.query("graph", site().names, {"graph": iri})
    body = site().engine.evaluate(query, plain.get(media_type, media_type)).body
    name = f"<{iri}>".encode()
    if media_type == "application/n-quads":
        return b"".join(line[:-2] + b" " + name + b" .\n" for line in map(_ended, body.splitlines()))
    if media_type == "application/trig":
        match = _PREFIXES.match(body)
        head = match.end() if match else 0
        return body[:head] + name + b" {\n" + body[head:] + b"}\n"
    return jsonld.compacted(body) if media_type == "application/ld+json" else body


def _ended(line: bytes) -> bytes:
    """A line of N-Triples, with the space before its full stop that the format leaves open."""
    return line if line.endswith(b" .") else line.removesuffix(b".") + b" ."


def _known(rest: str) -> tuple[str, Choice | None]:
    """The name of a graph that exists, and what a suffix chose. Raises: NotFound, naming graphs of the same start."""
    start = f"{site().names.base}graph/"
    known = [iri.removeprefix(start) for iri in site().release.record["graphs"]]
    if rest in known:
        return rest, None
    stem, dot, suffix = rest.rpartition(".")
    if dot and stem in known:
        return stem, chosen_by_suffix(suffix, (*GRAPHS, HTML))
    same = [one for one in known if one.partition("/")[0] == rest.partition("/")[0]] or known
    near = tuple(f"graph/{one}" for one in same[:10])
    raise NotFound(f"this release has no graph {rest}", allowed=near)


def _page(iri: str, language: str) -> str:
    path = iri.removeprefix(site().names.base)
    document = links.shown(f"{site().names.base}id/{path.removeprefix('graph/')}") if "document/" in path else None
    return html(
        "graph.html",
        language,
        iri=iri,
        path="/" + quoted(path),
        triples=site().release.record["graphs"][iri],
        document=document,
        labels=labels([iri], language),
        graphs=GRAPHS,
    )
