"""The header Link: what else there is of what was asked for, for programs that follow links without reading a page.

Source: RFC 8288 (Web Linking), RFC 8574 (cite-as), RFC 6892 (describes), Signposting the Scholarly Web.
"""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask, Response, g, request

from musubi.server import links
from musubi.server.media import HTML, Representation
from musubi.server.site import site
from musubi.vocabulary import KINDS

LICENSE = "https://creativecommons.org/licenses/by/4.0/"
"""The licence that the ontology and the value lists give themselves; the data stand under the same."""

_ABOUT_PAGE = "https://schema.org/AboutPage"


def register(app: Flask) -> None:
    """Nothing; answers carry the links that were noted while they were made, errors included."""
    app.after_request(_linked)


def point(target: str, relation: str, **attributes: str) -> None:
    """Nothing; the answer to this request will carry a link. `target` is an IRI or an address of this server."""
    absolute = f"{request.host_url.rstrip('/')}{target}" if target.startswith("/") else target
    noted = "".join(f'; {name}="{value}"' for name, value in attributes.items())
    g.setdefault("signposts", []).append(f'<{absolute}>; rel="{relation}"{noted}')


def point_to_forms(path: str, forms: Iterable[Representation], page: str = "") -> None:
    """Nothing; the answer will name each form of what is at `path`, by suffix, and the page about it."""
    for one in forms:
        point(links.at(f"{path}.{one.suffix}"), "alternate", type=one.media_type)
    if page:
        point(links.at(page), "alternate", type=HTML.media_type)


def point_to_thing(iri: str, classes: Iterable[str], is_page: bool = False) -> None:
    """Nothing; the answer will say how what it is about is cited, what it is, and under which licence it stands."""
    point(iri, "cite-as")
    for one in ([_ABOUT_PAGE] if is_page else []) + list(classes):
        point(one, "type")
    point(LICENSE, "license")


def classes_of(path: str) -> list[str]:
    """The class that every thing at such a path below the base has; nothing, where the path does not tell."""
    start, _, rest = path.partition("/")
    kind = rest.partition("/")[0]
    if start == "id" and kind in KINDS:
        return [site().names.iri(KINDS[kind])]
    if start == "scheme" and rest:
        return [site().names.iri("skos:Concept" if "/" in rest else "skos:ConceptScheme")]
    return []


def _linked(response: Response) -> Response:
    if noted := g.get("signposts"):
        response.headers["Link"] = ", ".join(noted)
    return response
