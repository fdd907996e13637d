"""What a page is about, for search engines: schema.org in JSON-LD, as a block of data in the page.

Source: schema.org; HTML, section 4.12.1 (data blocks are not scripts).
"""

from __future__ import annotations

from musubi.server.labels import Labels
from musubi.server.signposts import LICENSE
from musubi.server.site import site
from musubi.server.thing import Shown
from musubi.vocabulary import kind

# What schema.org has words for; all else is a Thing.
_TYPES = {
    "activity": "Action",
    "document": "DigitalDocument",
    "event": "Event",
    "instrument": "Legislation",
    "meeting": "Event",
    "mission": "Project",
    "organization": "Organization",
    "person": "Person",
    "place": "Place",
    "programme": "Project",
    "series": "EventSeries",
    "state": "Country",
    "statement": "Claim",
    "system": "Product",
}


def schema(shown: Shown) -> dict[str, object]:
    """A thing as a page shows it. `subjectOf` is the page, which rests on documents and has a licence."""
    cited = {source.document for one in (*shown.stated, *shown.elsewhere) for source in one.sources}
    page: dict[str, object] = {"@type": "WebPage", "url": shown.iri, "license": LICENSE, "inLanguage": ["en", "ja"]}
    if cited:
        page["citation"] = [_named(iri, "DigitalDocument", shown.labels) for iri in sorted(cited)]
    type_ = _TYPES.get(kind(site().names.curie(shown.iri)) or "", "Thing")
    # These are works, which themselves rest on others.
    works = {"isBasedOn": sorted(cited), "license": LICENSE} if type_ in ("Claim",) and cited else {}
    about = _named(shown.iri, type_, shown.labels) | works
    return {"@context": "https://schema.org", **about, "url": shown.iri, "subjectOf": page}


def _named(iri: str, type_: str, labels: Labels) -> dict[str, object]:
    """A node with its names in both languages."""
    names = [{"@language": one.language, "@value": one.text} for one in labels.both(iri) if not one.is_name]
    return {"@type": type_, "@id": iri} | ({"name": names} if names else {})


def document_schema(iri: str, labels: Labels) -> dict[str, object]:
    """A source document. The licence is that of our data, not of the document, and so is not said of it."""
    page = {"@type": "WebPage", "url": iri, "license": LICENSE, "citation": iri}
    return {"@context": "https://schema.org", **_named(iri, "DigitalDocument", labels), "url": iri, "subjectOf": page}
