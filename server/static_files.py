"""Which file of the static twin holds what an address of the server gives, and how pages lead to files.

The files of a thing stand at its IRI with a suffix: hosts that try `.html` for an address without one answer on it.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from musubi.server.links import is_beside
from musubi.server.media import GRAPHS, JSON, RESULTS
from musubi.server.words import LANGUAGES

DUMPS = "/data/dumps/"
_DATA_SUFFIXES = tuple(f".{suffix}" for one in (*GRAPHS, *RESULTS, JSON) for suffix in one.suffixes)
_LEADS = re.compile(r' (href|src|action)="([^"]*)"')


def canonical(address: str) -> str | None:
    """One address for all that are answered alike, from path and query; None for what only a server can answer.

    What belongs to the twin has no parameter but the language, and no address for questions that nobody asked yet.
    """
    parts = urlsplit(address)
    fields = dict(parse_qsl(parts.query, keep_blank_values=True))
    language = fields.pop("language", LANGUAGES[0])
    if fields or parts.path == "/sparql" or language not in LANGUAGES:
        return None
    path = parts.path.rstrip("/") or "/"
    is_data = path.startswith(("/data/", "/static/")) or path.endswith(_DATA_SUFFIXES)
    if language == LANGUAGES[0] or (is_data and not has_languages(path)):
        return path
    return f"{path}?language={language}"


def file(address: str, suffix: str) -> str:
    """The path in the twin of what a canonical address gives in the form of a suffix."""
    parts = urlsplit(address)
    language = dict(parse_qsl(parts.query)).get("language", LANGUAGES[0])
    stem = _placed(unquote(parts.path)).removesuffix(f".{suffix}")
    return f"{stem}.{suffix}" if language == LANGUAGES[0] else f"{stem}.{language}.{suffix}"


def led(page: str, at: str, file_of: Callable[[str], str | None]) -> tuple[str, tuple[str, ...]]:
    """A page that is to be the file `at`, leading to files beside it, and what it led to that has none.

    `file_of` gives the file of an address. A link to what has none stays as its text alone.
    """
    lost = []

    def lead(match: re.Match[str]) -> str:
        target = html.unescape(match[2])
        address, hash_, fragment = target.partition("#")
        if not address.startswith("/"):
            return match[0]
        found = file_of(address)
        if found is None:
            lost.append(address)
            return ""
        relative = quote(posixpath.relpath(found, posixpath.dirname(at) or "."))
        return f' {match[1]}="{html.escape(relative + hash_ + fragment)}"'

    return _LEADS.sub(lead, page), tuple(lost)


def has_languages(path: str) -> bool:
    """Whether what is at a path is data in one language: answers to questions are, all other data hold both."""
    return path.startswith("/queries/")


def _placed(path: str) -> str:
    """The path of a file without its suffix."""
    if path == "/":
        return "index"
    first, _, rest = path.strip("/").partition("/")
    if rest and first == "documents":
        return f"id/document/{rest}"
    if first == "page" or (first == "data" and rest and not path.startswith(DUMPS)):
        return rest if is_beside(rest.rpartition(".")[0]) or is_beside(rest) else f"id/{rest}"
    return path.strip("/")
