"""Releases on their IRIs: the record of the one that is served."""

from __future__ import annotations

from flask import Blueprint, Response, json, request

from musubi.errors import NotFound
from musubi.server import asked, jsonld, links, lookup, signposts
from musubi.server.addresses import unslashed
from musubi.server.media import GRAPHS, HTML, JSON
from musubi.server.negotiation import chosen, chosen_by_suffix
from musubi.server.page import html
from musubi.server.reply import replied
from musubi.server.site import site

blueprint = Blueprint("releases", __name__)

_FORMS = (JSON, *GRAPHS, HTML)


@blueprint.get("/release/<path:rest>")
def release(rest: str) -> Response:
    """The record of a release. Raises: NotFound, naming the current release, if it is another one."""
    if slashless := unslashed():
        return slashless
    current = site().release.id
    stem, dot, suffix = rest.partition(".")
    if stem != current:
        known = f"release/{current}"
        raise NotFound(f"release {stem} is not served here; the current one is {current}", allowed=(known,))
    iri = f"{site().names.base}release/{current}"
    signposts.point_to_thing(iri, [site().names.iri("dcat:Dataset")])
    signposts.point_to_forms(f"/release/{current}", _FORMS)
    choice = chosen_by_suffix(suffix, _FORMS) if dot else chosen(request.headers.get("Accept"), _FORMS)
    language = asked.language()
    if choice.representation is HTML:
        return replied(choice, language, lambda: _page(iri, language))
    if choice.representation is JSON:
        record = site().release.record
        return replied(choice, language, lambda: json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True))
    return replied(choice, language, lambda: _data(iri, choice.representation.media_type))


def _data(iri: str, media_type: str) -> bytes:
    about = {"release": iri, "dataset": f"{site().names.base}dataset"}
    body = site().engine.evaluate(lookup.query("release", site().names, about), media_type).body
    return jsonld.compacted(body, iri) if media_type == "application/ld+json" else body


def _page(iri: str, language: str) -> str:
    return html("release.html", language, iri=iri, forms=(JSON, *GRAPHS), graphs_at=_graphs())


def _graphs() -> dict[str, str | None]:
    """Where each graph of the release is shown, by its IRI."""
    return {iri: links.shown(iri) for iri in site().release.record["graphs"]}
