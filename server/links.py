"""Where things are shown here: from the IRI of a thing, a concept or a term to an address of this server."""

from __future__ import annotations

from urllib.parse import quote

from flask import request

from musubi.errors import BadRequest
from musubi.server import asked
from musubi.server.addresses import quoted
from musubi.server.site import site

# Parts of IRIs behind the base at which there is an answer of its own kind.
_DIRECT = frozenset({"", "sparql", "context.jsonld"})
_BESIDE = frozenset({"build", "dataset", "queries/checks", "ontology/schemes", "ontology/stubs"})
_BESIDE_STARTS = ("alignment/", "scheme/", "shape/", "method/", "software/")


def at(path: str, fragment: str = "", **fields: str) -> str:
    """The address of a path of this server (beginning with a slash), keeping the language where the client chose it."""
    if kept := asked.chosen_language():
        fields.setdefault("language", kept)
    pairs = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in fields.items())
    return f"{request.script_root}{path}" + (f"?{pairs}" if pairs else "") + (f"#{fragment}" if fragment else "")


def shown(iri: str) -> str | None:
    """The address of the page about an IRI; the IRI itself, where it is on the web; else None."""
    base = site().names.base
    if not iri.startswith(base):
        return iri if iri.startswith(("http://", "https://")) else None
    path, _, fragment = iri.removeprefix(base).partition("#")
    if path == "ontology":
        return at("/ontology", fragment)
    if path in _DIRECT or path.startswith(("graph/", "release/", "ontology/", "context/")):
        return at("/" + quoted(path))
    page = page_path(path)
    return at(page) if page else None


def page_path(path: str) -> str | None:
    """The path of the page about a thing or concept, from the part of its IRI behind the base; None for others."""
    if path.startswith("id/document/"):
        return "/documents/" + quote(path.removeprefix("id/document/"))
    if path.startswith("id/"):
        return "/page/" + quoted(path.removeprefix("id/"))
    return "/page/" + quoted(path) if is_beside(path) else None


def is_beside(path: str) -> bool:
    """Whether what has its IRI at a path below the base is shown like a thing, although it is none under id/."""
    return path in _BESIDE or path.startswith(_BESIDE_STARTS)


def is_external(address: str) -> bool:
    """Whether an address leads to another site."""
    return address.startswith(("http://", "https://"))


def lines(document: str, first: str) -> str:
    """The address of a line on the page of a document (an IRI)."""
    return at("/documents/" + quote(document.rsplit("/", 1)[-1]), f"L{first}")


def in_language(language: str) -> str:
    """The address of this page in another language."""
    try:
        given = asked.address_fields().pairs
    except BadRequest:
        given = ()
    fields = [(name, value) for name, value in given if name != "language"]
    pairs = "&".join(
        f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in [*fields, ("language", language)]
    )
    return f"{request.script_root}{quote(request.path)}?{pairs}"
