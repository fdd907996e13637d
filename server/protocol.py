"""The SPARQL endpoint. Source: SPARQL 1.1 Protocol, section 2.1; SPARQL 1.1 Service Description."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, request
from werkzeug.exceptions import UnsupportedMediaType
from werkzeug.http import parse_options_header

from musubi.errors import BadQuery, BadRequest, UpdateRefused
from musubi.server import asked, catalogue, term
from musubi.server.asked import Fields
from musubi.server.engine import Kind
from musubi.server.guard import screened
from musubi.server.media import GRAPHS, HTML, RESULTS, Representation
from musubi.server.negotiation import chosen, chosen_by_name, preferred
from musubi.server.page import html
from musubi.server.reply import replied
from musubi.server.results import table
from musubi.server.sheet import MOST_ROWS, sheet
from musubi.server.site import site
from musubi.vocabulary import prefix_lines

blueprint = Blueprint("protocol", __name__)

_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"


@dataclass(frozen=True, slots=True)
class _Asked:
    """One request for an answer. `forms` name a representation in place of the header Accept."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    forms: tuple[str, ...]


@blueprint.get("/sparql")
def get() -> Response:
    """The answer to the query in the address; without one, a form or the description of this endpoint."""
    fields = asked.address_fields()
    if not fields.all("query"):
        return _introduced(fields)
    return _answered(_request(fields, fields))


@blueprint.post("/sparql")
def post() -> Response:
    """The answer to the query in a form or in the body."""
    media_type, options = parse_options_header(request.content_type)
    if options.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        raise UnsupportedMediaType("a request is written in UTF-8")
    fields = asked.address_fields()
    if media_type == _FORM:
        form = Fields.read(request.get_data())
        return _answered(_request(form, form))
    if media_type == _QUERY:
        if fields.all("query"):
            raise BadRequest("there is a query in the address and one in the body: one is answered at a time")
        return _answered(_request(Fields((("query", _body()),)), fields))
    if media_type == _UPDATE:
        raise UpdateRefused("what is served here changes by a new release only")
    raise UnsupportedMediaType(f"a query is posted as {_QUERY} or {_FORM}, not as {media_type or 'nothing'}")


def _body() -> str:
    try:
        return request.get_data().decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadQuery(f"the query is not UTF-8 at byte {error.start}") from None


def _request(fields: Fields, dataset: Fields) -> _Asked:
    """The one query of a request, with its dataset. Raises: BadQuery, BadRequest, UpdateRefused."""
    queries = fields.all("query")
    if fields.all("update"):
        raise UpdateRefused("what is served here changes by a new release only")
    if len(queries) != 1 or not queries[0].strip():
        raise BadQuery(f"exactly one query is answered at a time, {len([one for one in queries if one])} were given")
    graphs = [dataset.all(name) for name in ("default-graph-uri", "named-graph-uri")]
    for iri in (*graphs[0], *graphs[1]):
        if not term.is_iri(iri):
            raise BadRequest(f"a graph is named by an absolute IRI, not {iri!r}")
    return _Asked(queries[0], graphs[0], graphs[1], tuple(one for one in fields.all("format") if one))


def _answered(one: _Asked) -> Response:
    kind = screened(one.query, site().settings.query_characters, site().settings.query_nesting)
    offered = (*(GRAPHS if kind == "graph" else RESULTS), HTML)
    header = request.headers.get("Accept")
    choice = chosen_by_name(one.forms, offered) if one.forms else chosen(header, offered)
    language = asked.language()
    if choice.representation is HTML:
        return replied(choice, language, lambda: _page(one, kind, language))
    return replied(choice, language, lambda: _evaluated(one, choice.representation))


def _evaluated(one: _Asked, representation: Representation) -> bytes:
    engine = site().engine
    return engine.evaluate(one.query, representation.media_type, one.default_graphs, one.named_graphs).body


def _page(one: _Asked, kind: Kind, language: str) -> str:
    offered = GRAPHS if kind == "graph" else RESULTS
    body = _evaluated(one, offered[0])
    if kind == "graph":
        return _form(language, one.query, turtle=body.decode())
    if kind == "ask":
        return _form(language, one.query, truth=b"true" in body)
    return _form(language, one.query, sheet=sheet(table(body), {}))


def _form(language: str, query: str, **answer: object) -> str:
    offered = {representation.suffix: representation for representation in (*RESULTS, *GRAPHS)}
    return html("sparql.html", language, query=query, offered=offered, most_rows=MOST_ROWS, **answer)


def _introduced(fields: Fields) -> Response:
    """What a client gets that asks nothing: people a form, programs a description.

    Raises: BadQuery, if it expects the answer to a query.
    """
    if fields.all("update"):
        raise UpdateRefused("what is served here changes by a new release only")
    choice = preferred(request.headers.get("Accept"), (*GRAPHS, HTML))
    if choice is None:
        raise BadQuery("there is no query: give it as the field `query`")
    language = asked.language()
    if choice.representation is HTML:
        return replied(choice, language, lambda: _form(language, _first_query()))
    return replied(choice, language, lambda: catalogue.service(choice))


def _first_query() -> str:
    """A query to begin with."""
    lines = [line for line in prefix_lines().splitlines() if line.startswith(("PREFIX mus:", "PREFIX rdfs:"))]
    pattern = "?mission a mus:Mission .\n  ?mission rdfs:label ?missionLabel ."
    select = f"SELECT ?mission ?missionLabel\nWHERE {{\n  {pattern}\n}}\nORDER BY ?mission ?missionLabel\n"
    return "\n".join([*lines, "", select])
