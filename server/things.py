"""Things on their IRIs: 303 to a page or to data, the pages, and the data.

Source: Cool URIs for the Semantic Web, section 4 (303 to different documents).
"""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request

from musubi.errors import BadParameter, NotFound
from musubi.server import asked, context, jsonld, links, lookup, signposts, term
from musubi.server.addresses import quoted, unslashed
from musubi.server.description import description
from musubi.server.entity import nearest, things
from musubi.server.labels import labels
from musubi.server.media import GRAPHS, HTML
from musubi.server.nearby import nearby
from musubi.server.negotiation import Choice, chosen, chosen_by_suffix
from musubi.server.page import html
from musubi.server.reply import replied
from musubi.server.results import asked as holds
from musubi.server.results import selected
from musubi.server.schema import schema
from musubi.server.site import site
from musubi.server.thing import thing
from musubi.vocabulary import KINDS

blueprint = Blueprint("things", __name__)

_SUFFIXES = tuple(f".{suffix}" for one in (*GRAPHS, HTML) for suffix in one.suffixes)


@blueprint.get("/id/<path:rest>")
def thing_iri(rest: str) -> Response:
    """303 from the IRI of a thing."""
    return _see_other(f"id/{rest}")


@blueprint.get("/scheme/<path:rest>")
def concept_iri(rest: str) -> Response:
    """303 from the IRI of a value list or one of its concepts."""
    return _see_other(f"scheme/{rest}")


@blueprint.get("/shape/<path:rest>")
@blueprint.get("/alignment/<path:rest>")
@blueprint.get("/method/<path:rest>")
@blueprint.get("/software/<path:rest>")
def beside_iri(rest: str) -> Response:
    """303 from the IRI of a check, of a way of reading, of an alignment, or of the software."""
    return _see_other(f"{request.path.split('/')[1]}/{rest}")


@blueprint.get("/build")
@blueprint.get("/dataset")
@blueprint.get("/queries/checks")
@blueprint.get("/ontology/schemes")
@blueprint.get("/ontology/stubs")
@blueprint.get("/ontology/schemes/<version>")
@blueprint.get("/ontology/stubs/<version>")
def fixed_iri(version: str = "") -> Response:
    """303 from an IRI of which there is only one, or one for each version."""
    if not version:
        return _see_other(request.path.strip("/"))
    if version != context.ontology_version():
        raise NotFound(f"version {version} is not served here; the current one is {context.ontology_version()}")
    return _redirected(links.at(request.path.removesuffix(f"/{version}")), 303)


@blueprint.get("/page/<path:rest>")
def page(rest: str) -> Response:
    """The page about a thing, or the list of the things of a kind."""
    if slashless := unslashed():
        return slashless
    if rest in KINDS:
        return _kind(rest)
    path = _path(rest)
    if path.startswith("id/document/"):
        return _redirected(links.at(links.page_path(path) or "/"), 301)
    iri = _existing(path)
    _signs(path, iri, is_page=True)
    language = asked.language()
    choice = chosen(request.headers.get("Accept"), (HTML,))
    return replied(choice, language, lambda: _page(iri, rest, language))


@blueprint.get("/data/<path:rest>")
def data(rest: str) -> Response:
    """The data about a thing, in the form that the suffix or the client names."""
    if slashless := unslashed():
        return slashless
    rest, by_suffix = _with_suffix(rest)
    path = _path(rest)
    iri = _existing(path)
    _signs(path, iri)
    signposts.point(iri, "describes")
    if by_suffix and by_suffix.representation is HTML:
        return _redirected(links.at(links.page_path(path) or "/"), 303)
    choice = by_suffix or chosen(request.headers.get("Accept"), GRAPHS)
    part, frame = _part(), _frame(choice)
    described = description(iri, part)
    if described.has_more:
        signposts.point(links.at(quoted(request.path), incoming=str(part + 1)), "next")
    if part > 1:
        signposts.point(links.at(quoted(request.path)), "first")

    def produce() -> bytes:
        body = site().engine.evaluate(described.query, choice.representation.media_type).body
        if choice.representation.suffix != "jsonld":
            return body
        return jsonld.tree(body, iri) if frame else jsonld.compacted(body, iri)

    return replied(choice, asked.language(), produce)


def _see_other(path: str) -> Response:
    if slashless := unslashed():
        return slashless
    if request.path.endswith(_SUFFIXES):
        return _redirected(links.at(quoted(f"/data/{_rest(path)}")), 303)
    iri = _existing(path)
    _signs(path, iri)
    choice = chosen(request.headers.get("Accept"), (*GRAPHS, HTML))
    if choice.representation is HTML:
        return _redirected(links.at(links.page_path(path) or "/"), 303)
    fields = {"frame": frame} if (frame := asked.address_fields().one("frame")) else {}
    suffix = choice.representation.suffix
    return _redirected(links.at(quoted(f"/data/{_rest(path)}.{suffix}"), **fields), 303)


def _redirected(location: str, status: int) -> Response:
    response = Response(status=status)
    # Not all of its headers: they speak of a body that this answer does not have.
    response.headers["Location"] = redirect(location, status).headers["Location"]
    return response


def _page(iri: str, rest: str, language: str) -> str:
    shown = thing(iri, language)
    if shown is None:
        raise NotFound(f"there is no {iri}")
    block = schema(shown)
    return html("thing.html", language, thing=shown, labels=shown.labels, rest=rest, graphs=GRAPHS, schema=block)


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


def _with_suffix(rest: str) -> tuple[str, Choice | None]:
    stem, dot, suffix = rest.rpartition(".")
    return (stem, chosen_by_suffix(suffix, (*GRAPHS, HTML))) if dot else (rest, None)


def _signs(path: str, iri: str, is_page: bool = False) -> None:
    """Nothing; the answer will point to the thing, to its page, and to each form of its data."""
    data = quoted(f"/data/{_rest(path)}")
    signposts.point_to_thing(iri, signposts.classes_of(path), is_page)
    signposts.point(links.at(f"{data}.{GRAPHS[0].suffix}"), "describedby", type=GRAPHS[0].media_type)
    signposts.point_to_forms(data, GRAPHS, links.page_path(path) or "")


def _part() -> int:
    """Which part of a description is asked for, from 1. Raises: BadParameter."""
    text = asked.address_fields().one("incoming") or "1"
    if not (text.isascii() and text.isdigit() and int(text[:7]) > 0 and len(text) < 7):
        raise BadParameter(f"incoming: {text[:20]!r} is no number of a part; parts count from 1")
    return int(text)


def _frame(choice: Choice) -> bool:
    """Whether the data are asked for as one nested object. Raises: BadParameter."""
    frame = asked.address_fields().one("frame")
    if frame is None:
        return False
    if frame != "tree" or choice.representation.suffix != "jsonld":
        raise BadParameter("frame: the only one is `tree`, and it is one of JSON-LD", allowed=("tree",))
    return True


def _path(rest: str) -> str:
    """The part of an IRI behind the base, from the part of an address behind /page/ or /data/."""
    return rest if links.is_beside(rest) else f"id/{rest}"


def _rest(path: str) -> str:
    return path.removeprefix("id/")


def _existing(path: str) -> str:
    """The IRI of a thing that exists. Raises: NotFound, with the nearest things of its kind."""
    iri = f"{site().names.base}{path}"
    if term.is_iri(iri) and holds(site().engine, lookup.query("exists", site().names, {"thing": iri})):
        return iri
    kind, _, slug = _rest(path).partition("/")
    engine, names = site().engine, site().names
    of_kind = nearest(slug, things(engine, names, KINDS[kind])) if kind in KINDS else ()
    near = of_kind or nearby(engine, names, _rest(path))
    if not near and kind not in KINDS:
        raise NotFound(f"there is no {path}", allowed=tuple(f"id:{one}/…" for one in KINDS))
    raise NotFound(f"there is no {path}" + (f"; near to it: {', '.join(near)}" if near else ""), allowed=near)
