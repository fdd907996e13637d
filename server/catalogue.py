"""What data and endpoint say of themselves to programs: VoID, DCAT and PROV at /void, and a service description.

Source: VoID, section 7.2 (/.well-known/void); SPARQL 1.1 Service Description.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, request

from musubi.build import description
from musubi.build.dump import in_syntax, union
from musubi.build.dumps import dumps
from musubi.build.syntax import FORMS
from musubi.server import asked, links
from musubi.server.media import GRAPHS
from musubi.server.negotiation import Choice, chosen, chosen_by_suffix
from musubi.server.reply import replied
from musubi.server.site import site

blueprint = Blueprint("catalogue", __name__)


@blueprint.get("/void")
def void() -> Response:
    """The description of the release."""
    return _void(chosen(request.headers.get("Accept"), GRAPHS))


@blueprint.get("/void.<suffix>")
def void_as(suffix: str) -> Response:
    """The description of the release, in the form that the suffix names."""
    return _void(chosen_by_suffix(suffix, GRAPHS))


@blueprint.get("/.well-known/void")
def well_known() -> Response:
    """303 to the description."""
    return Response(status=303, headers={"Location": links.at("/void")})


def service(choice: Choice) -> bytes:
    """The description of the endpoint in the form of a choice among the forms of graphs."""
    release, names = site().release, site().names
    return _in_form(description.service(release, names, _default_triples(release.dataset)), choice)


def _void(choice: Choice) -> Response:
    def produce() -> bytes:
        release, names = site().release, site().names
        said = description.description(release, dumps(release, names), names, site().settings.contact)
        return _in_form(said, choice)

    return replied(choice, asked.language(), produce)


def _in_form(ntriples: bytes, choice: Choice) -> bytes:
    media_type = choice.representation.media_type
    syntax = next(syntax for syntax, form in FORMS.items() if form.media_type == media_type)
    return in_syntax(ntriples, syntax, site().names)


@lru_cache(maxsize=1)
def _default_triples(dataset: Path) -> int:
    """The triples of the endpoint's default graph. A release does not change, so it is counted once."""
    return sum(1 for _ in union(dataset))
