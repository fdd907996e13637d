"""What the pages of one running server share. Everything here is fixed once it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import current_app

from musubi.server.engine import Engine
from musubi.server.question import Question
from musubi.server.texts import Texts
from musubi.server.words import Words
from musubi.settings import Settings
from musubi.vocabulary import Names

if TYPE_CHECKING:
    from musubi.build.release import DocumentRecord, Release

EXTENSION = "musubi"


@dataclass(frozen=True, slots=True)
class Site:
    """One release, what answers questions about it, and how it is shown."""

    settings: Settings
    release: Release
    engine: Engine
    questions: Mapping[str, Question]
    words: Words
    texts: Texts
    names: Names

    @property
    def as_of(self) -> str:
        """The newest day (YYYY-MM-DD) that a document of the release speaks of itself; empty where none is known."""
        return max((one["as_of_latest"][:10] for one in self.release.record["documents"]), default="")

    def document(self, iri: str) -> DocumentRecord | None:
        """The record of a document, or None where the release has none."""
        return next((one for one in self.release.record["documents"] if one["iri"] == iri), None)

    def text_of(self, iri: str) -> str | None:
        """The text of a document, or None where it is not here."""
        record = self.document(iri)
        return self.texts.text(record["sha256"]) if record else None


def site() -> Site:
    """The site of the running application."""
    return cast(Site, current_app.extensions[EXTENSION])
