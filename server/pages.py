"""The pages that explain: home, and what can be relied on."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, request

from musubi.server import asked, lookup
from musubi.server.documents import records
from musubi.server.labels import Named, labels
from musubi.server.media import HTML
from musubi.server.negotiation import chosen
from musubi.server.page import html
from musubi.server.reply import replied
from musubi.server.results import selected
from musubi.server.site import site
from musubi.vocabulary import KINDS

blueprint = Blueprint("pages", __name__)

# Shown as evidence everywhere; a list of them says nothing.
_NOT_LISTED = frozenset({"document", "span", "statement"})


@dataclass(frozen=True, slots=True)
class Counted:
    """A kind of thing and how many of it the release has."""

    kind: str
    name: Named
    number: int


@blueprint.get("/")
def home() -> Response:
    """What this is, and where to begin."""
    choice, language = chosen(request.headers.get("Accept"), (HTML,)), asked.language()

    def produce() -> str:
        return html(
            "home.html",
            language,
            questions=list(site().questions.values()),
            documents=records(language),
            kinds=_kinds(language),
            example=_example(),
        )

    return replied(choice, language, produce)


@blueprint.get("/about")
def about() -> Response:
    """What can be relied on, and the limits."""
    choice, language = chosen(request.headers.get("Accept"), (HTML,)), asked.language()

    def produce() -> str:
        settings, has_texts = site().settings, site().texts.any
        return html("about.html", language, settings=settings, has_texts=has_texts, modalities=_modalities(language))

    return replied(choice, language, produce)


def _example() -> str:
    """A command that asks the first question."""
    name = next(iter(site().questions), "")
    return f"curl -H 'Accept: text/csv' '{request.host_url}queries/{name}'"


def _kinds(language: str) -> list[Counted]:
    names = site().names
    rows = selected(site().engine, lookup.query("kinds", names))
    numbers = {row["kind"].value: int(row["things"].value) for row in rows}
    listed = [kind for kind in numbers if kind in KINDS and kind not in _NOT_LISTED]
    shown = labels({names.iri(KINDS[kind]) for kind in listed}, language)
    return [Counted(kind, shown.named(names.iri(KINDS[kind])), numbers[kind]) for kind in listed]


def _modalities(language: str) -> list[tuple[Named, str]]:
    """The ways in which documents put things, with their definitions."""
    rows = selected(site().engine, lookup.query("modalities", site().names))
    texts = {row["modality"].value: row["definition"].value for row in rows if row["definition"].language == language}
    shown = labels(texts, language)
    return [(shown.named(iri), text) for iri, text in texts.items()]
