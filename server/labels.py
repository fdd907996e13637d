"""Names of things in the language that is asked for, from the labels of the release."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from musubi.server import links, lookup, term
from musubi.server.results import selected
from musubi.server.site import site
from musubi.server.words import LANGUAGES

_BATCH = 200


@dataclass(frozen=True, slots=True)
class Named:
    """A thing as it is shown. `language` is that of the text, empty for a bare name; `address` may be missing."""

    iri: str
    text: str
    language: str
    address: str | None

    @property
    def is_name(self) -> bool:
        """Whether the text is a bare name for want of a label."""
        return not self.language

    @property
    def slug(self) -> str:
        """The last part of the IRI."""
        return self.iri.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels by IRI and language, and how to choose among them."""

    language: str
    known: Mapping[str, Mapping[str, str]]

    def named(self, iri: str) -> Named:
        """The thing with its label; where it has none in this language, in the other; else by its short name."""
        texts = self.known.get(iri, {})
        for language in (self.language, *LANGUAGES):
            if language in texts:
                return Named(iri, texts[language], language, links.shown(iri))
        curie = site().names.curie(iri)
        if site().words.known(f"term.{curie}"):
            return Named(iri, site().words.text(f"term.{curie}", self.language), self.language, links.shown(iri))
        return Named(iri, curie, "", links.shown(iri))

    def both(self, iri: str) -> list[Named]:
        """The thing with its labels in all languages, that of the page first."""
        texts = self.known.get(iri, {})
        order = sorted((one for one in LANGUAGES if one in texts), key=lambda one: one != self.language)
        return [Named(iri, texts[one], one, links.shown(iri)) for one in order] or [self.named(iri)]


def labels(iris: Iterable[str], language: str) -> Labels:
    """The labels of some things. What is no absolute IRI is passed over."""
    wanted = sorted({iri for iri in iris if term.is_iri(iri)})
    known: dict[str, dict[str, str]] = {}
    for start in range(0, len(wanted), _BATCH):
        query = lookup.query("labels", site().names, among={"thing": wanted[start : start + _BATCH]})
        for row in selected(site().engine, query):
            label = row["label"]
            known.setdefault(row["thing"].value, {}).setdefault(label.language or LANGUAGES[0], label.value)
    return Labels(language, known)
