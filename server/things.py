"""Things on their IRIs: 303 to a page or to data, the pages, and the data.

Source: Cool URIs for the Semantic Web, section 4 (303 to different documents).
"""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request

from musubi.errors import NotFound
from musubi.server import asked, links, lookup, term
from musubi.server.entity import nearest, things
from musubi.server.labels import labels
from musubi.server.media import GRAPHS, HTML
from musubi.server.negotiation import Choice, chosen, chosen_by_suffix
from musubi.server.page import html
from musubi.server.reply import replied
from musubi.server.results import asked as holds
from musubi.server.results import selected
from musubi.server.site import site
from musubi.server.thing import thing
from musubi.vocabulary import KINDS

blueprint = Blueprint("things", __name__)


@blueprint.get("/id/<path:rest>")
def thing_iri(rest: str) -> Response:
    """303 from the IRI of a thing."""
    return _see_other(f"id/{rest}")


@blueprint.get("/scheme/<path:rest>")
def concept_iri(rest: str) -> Response:
    """303 from the IRI of a value list or one of its concepts."""
    return _see_other(f"scheme/{rest}")


@blueprint.get("/page/<path:rest>")
def page(rest: str) -> Response:
    """The page about a thing, or the list of the things of a kind."""
    if rest in KINDS:
        return _kind(rest)
    path = _path(rest)
    if path.startswith("id/document/"):
        return _redirected(links.at(links.page_path(path) or "/"), 301)
    iri = _existing(path)
    language = asked.language()
    choice = chosen(request.headers.get("Accept"), (HTML,))
    return replied(choice, language, lambda: _page(iri, rest, language))


@blueprint.get("/data/<path:rest>")
def data(rest: str) -> Response:
    """The data about a thing, in the form that the suffix or the client names."""
    rest, choice = _with_choice(rest)
    iri = _existing(_path(rest))
    query = lookup.query("data", site().names, {"thing": iri})
    media_type = choice.representation.media_type
    return replied(choice, asked.language(), lambda: site().engine.evaluate(query, media_type).body)


def _see_other(path: str) -> Response:
    _existing(path)
    choice = chosen(request.headers.get("Accept"), (*GRAPHS, HTML))
    if choice.representation is HTML:
        return _redirected(links.at(links.page_path(path) or "/"), 303)
    return _redirected(links.at(f"/data/{_rest(path)}.{choice.representation.suffix}"), 303)


def _redirected(location: str, status: int) -> Response:
    response = Response(status=status)
    response.headers.update(redirect(location, status).headers)
    return response


def _page(iri: str, rest: str, language: str) -> str:
    shown = thing(iri, language)
    if shown is None:
        raise NotFound(f"there is no {iri}")
    return html("thing.html", language, thing=shown, labels=shown.labels, rest=rest, graphs=GRAPHS)


def _kind(kind: str) -> Response:
    names, language = site().names, asked.language()
    choice = chosen(request.headers.get("Accept"), (HTML,))

    def produce() -> str:
        rows = selected(site().engine, lookup.query("kind", names, {"start": f"{names.base}id/{kind}/"}))
        iris = {row["thing"].value for row in rows}
        of_class = names.iri(KINDS[kind])
        known = labels([*iris, of_class], language)
        named = sorted((known.named(iri) for iri in iris), key=lambda one: (one.text, one.iri))
        return html("kind.html", language, things=named, labels=known, of_class=of_class)

    return replied(choice, language, produce)


def _with_choice(rest: str) -> tuple[str, Choice]:
    stem, dot, suffix = rest.rpartition(".")
    if dot:
        return stem, chosen_by_suffix(suffix, GRAPHS)
    return rest, chosen(request.headers.get("Accept"), GRAPHS)


def _path(rest: str) -> str:
    """The part of an IRI behind the base, from the part of an address behind /page/ or /data/."""
    return rest if rest.startswith("scheme/") else f"id/{rest}"


def _rest(path: str) -> str:
    return path.removeprefix("id/")


def _existing(path: str) -> str:
    """The IRI of a thing that exists. Raises: NotFound, with the nearest things of its kind."""
    iri = f"{site().names.base}{path}"
    if term.is_iri(iri) and holds(site().engine, lookup.query("exists", site().names, {"thing": iri})):
        return iri
    kind, _, slug = _rest(path).partition("/")
    if kind not in KINDS:
        raise NotFound(f"there is no {path}", allowed=tuple(f"id:{one}/…" for one in KINDS))
    near = nearest(slug, things(site().engine, site().names, KINDS[kind]))
    raise NotFound(f"there is no {path}" + (f"; near to it: {', '.join(near)}" if near else ""), allowed=near)
