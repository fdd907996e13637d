"""The ontology on its own IRI: as data, or as a list of its terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Blueprint, Response, request

from musubi.errors import NotFound
from musubi.server import asked, context, jsonld, lookup, signposts, term
from musubi.server.addresses import unslashed
from musubi.server.labels import labels
from musubi.server.media import GRAPHS, HTML
from musubi.server.negotiation import Choice, chosen, chosen_by_suffix
from musubi.server.page import html
from musubi.server.reply import replied
from musubi.server.results import selected
from musubi.server.site import site

blueprint = Blueprint("terms", __name__)

_OWL, _RDFS, _SKOS, _SCHEMA = (
    "http://www.w3.org/2002/07/owl#",
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://www.w3.org/2004/02/skos/core#",
    "https://schema.org/",
)
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SECTIONS = {
    f"{_OWL}Class": "classes",
    f"{_OWL}ObjectProperty": "object-properties",
    f"{_OWL}DatatypeProperty": "data-properties",
    f"{_OWL}AnnotationProperty": "annotation-properties",
}
_BELOW = (f"{_RDFS}subClassOf", f"{_RDFS}subPropertyOf")
_DOMAIN = (f"{_RDFS}domain", f"{_SCHEMA}domainIncludes")
_RANGE = (f"{_RDFS}range", f"{_SCHEMA}rangeIncludes")


@dataclass(slots=True)
class Entry:
    """A term of the ontology. Texts by language; relations as IRIs."""

    iri: str
    types: set[str] = field(default_factory=set)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    relations: dict[str, list[str]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The part of the IRI behind the hash."""
        return self.iri.rsplit("#", 1)[-1]

    def label(self, language: str) -> str:
        """The label, or the name where there is none."""
        return self.texts.get((f"{_RDFS}label", language), self.name)

    def definition(self, language: str) -> str:
        """The definition, or nothing."""
        return self.texts.get((f"{_SKOS}definition", language), "")

    def note(self, language: str) -> str:
        """The scope note, or nothing."""
        return self.texts.get((f"{_SKOS}scopeNote", language), "")

    def related(self) -> Mapping[str, list[str]]:
        """What it stands below, what it goes from, what it goes to: IRIs by key of the words."""
        kinds = {"below": _BELOW, "domain": _DOMAIN, "range": _RANGE}
        found = {key: [iri for one in each for iri in self.relations.get(one, [])] for key, each in kinds.items()}
        return {key: iris for key, iris in found.items() if iris}


@blueprint.get("/ontology")
def ontology() -> Response:
    """The ontology, in the form that the client asks for."""
    _signs("ontology")
    return _given(chosen(request.headers.get("Accept"), (*GRAPHS, HTML)))


@blueprint.get("/ontology/<path:version>")
def ontology_version(version: str) -> Response:
    """The ontology of one version, with or without a suffix. Raises: NotFound, naming the current version."""
    if slashless := unslashed():
        return slashless
    current = context.ontology_version()
    known = f"ontology/{current}"
    stem, _, suffix = version.rpartition(".")
    if current in (version, stem):
        _signs(known)
        offered = (*GRAPHS, HTML)
        if version == current:
            return _given(chosen(request.headers.get("Accept"), offered))
        return _given(chosen_by_suffix(suffix, offered))
    raise NotFound(f"there is no ontology/{version}; the current one is {known}", allowed=(known,))


@blueprint.get("/ontology.<suffix>")
def ontology_file(suffix: str) -> Response:
    """The ontology, in the form that the suffix names."""
    _signs("ontology")
    return _given(chosen_by_suffix(suffix, (*GRAPHS, HTML)))


def entries() -> list[Entry]:
    """The terms of the ontology, sorted by name."""
    found: dict[str, Entry] = {}
    for row in selected(site().engine, lookup.query("terms", site().names)):
        entry = found.setdefault(row["term"].value, Entry(row["term"].value))
        prop, value = row["property"].value, row["value"]
        if prop == _TYPE:
            entry.types.add(value.value)
        elif value.kind == "literal":
            entry.texts[prop, value.language] = value.value
        elif value.kind == "uri":
            entry.relations.setdefault(prop, []).append(value.value)
    return sorted(found.values(), key=lambda one: one.name)


def _given(choice: Choice) -> Response:
    language = asked.language()
    if choice.representation is HTML:
        return replied(choice, language, lambda: _page(language))
    query, media_type = lookup.query("ontology", site().names), choice.representation.media_type

    def produce() -> bytes:
        body = site().engine.evaluate(query, media_type).body
        if choice.representation.suffix != "jsonld":
            return body
        return jsonld.compacted(body, f"{site().names.base}ontology")

    return replied(choice, language, produce)


def _signs(path: str) -> None:
    """Nothing; the answer will say how the ontology is cited and in which forms it is there."""
    signposts.point_to_thing(f"{site().names.base}{path}", [f"{_OWL}Ontology"])
    signposts.point_to_forms(f"/{path}", (*GRAPHS, HTML))


def _page(language: str) -> str:
    every = entries()
    sections = {key: [one for one in every if owl in one.types] for owl, key in SECTIONS.items()}
    named = {iri for one in every for iris in one.related().values() for iri in iris if term.is_iri(iri)}
    shown = labels(named, language)
    return html("ontology.html", language, sections=sections, total=len(every), labels=shown, graphs=GRAPHS)
