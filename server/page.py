"""Templates with what all of them need: the words of the interface, addresses, and what the release is."""

from __future__ import annotations

from flask import current_app, render_template

from musubi import __version__
from musubi.server import links
from musubi.server.site import site
from musubi.server.words import LANGUAGES


def html(template: str, language: str, **context: object) -> str:
    """The page that a template gives in a language."""
    words = site().words

    def text(key: str, /, **values: object) -> str:
        return words.text(key, language, **values)

    def counted(key: str, number: int, /, **values: object) -> str:
        return words.counted(key, language, number, **values)

    return render_template(
        template,
        t=text,
        counted=counted,
        language=language,
        languages=LANGUAGES,
        at=links.at,
        in_language=links.in_language,
        is_external=links.is_external,
        lines_at=links.lines,
        release=site().release,
        as_of=site().as_of,
        version=__version__,
        # There, what takes a server is left out.
        is_static=current_app.config.get("IS_STATIC", False),
        **context,
    )
