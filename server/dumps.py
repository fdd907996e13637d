"""The whole data as files: a list for people, a manifest for programs, and the files themselves, in pieces."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, json, request

from musubi.build import dumps as built
from musubi.build.dumps import Dump, Dumps
from musubi.build.release import Release, read
from musubi.errors import NoRelease, NotFound
from musubi.server import asked
from musubi.server.media import HTML, JSON
from musubi.server.negotiation import Choice, chosen, chosen_by_suffix
from musubi.server.page import html
from musubi.server.reply import replied
from musubi.server.site import site

blueprint = Blueprint("dumps", __name__)

_PIECE_BYTES = 65_536
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Group:
    """The files that hold the same: the dataset, the union, or the graph `name`. Each has a compressed twin."""

    of: str
    name: str
    statements: int
    files: tuple[Dump, ...]


@blueprint.get("/data")
def listing() -> Response:
    """What there is of the release, as a page or as the manifest."""
    return _listing(chosen(request.headers.get("Accept"), (JSON, HTML)))


@blueprint.get("/data.<suffix>")
def listing_as(suffix: str) -> Response:
    """What there is of the release, in the form that the suffix names."""
    return _listing(chosen_by_suffix(suffix, (JSON, HTML)))


@blueprint.get("/data/dumps/<release>/<path:name>")
def file(release: str, name: str) -> Response:
    """One file, in pieces. Its release is part of its address, so that what is cited stays what it was."""
    found = built.dumps(_release(release), site().names)
    dump, path = found.named(name), found.path(name)
    if dump is None or path is None:
        raise NotFound(f"release {release} has no dump {name}: see /data", allowed=_names(found, name))
    if request.if_none_match.contains_weak(dump["sha256"]):
        response = Response(status=304)
    else:
        response = Response(_pieces(path), content_type=_content_type(dump))
        response.content_length = dump["bytes"]
        # Not to be gathered, and so not to be compressed on the way either: it is there compressed already.
        response.direct_passthrough = True
        digest = base64.b64encode(bytes.fromhex(dump["sha256"])).decode()
        response.headers["Repr-Digest"] = f"sha-256=:{digest}:"
    response.set_etag(dump["sha256"])
    # To be asked about each time: other software may write the same content in other bytes.
    response.cache_control.no_cache = True
    return response


def groups(found: Dumps) -> list[Group]:
    """The files by what they hold, in the order of the manifest."""
    by_content: dict[tuple[str, str], list[Dump]] = {}
    for dump in found.manifest["dumps"]:
        if not dump["compression"]:
            by_content.setdefault((dump["of"], dump["graph"]), []).append(dump)
    start = site().names.graph("")
    return [
        Group(of, graph.removeprefix(start), files[0]["statements"], tuple(files))
        for (of, graph), files in by_content.items()
    ]


def _listing(choice: Choice) -> Response:
    language = asked.language()
    found = built.dumps(site().release, site().names)
    if choice.representation is JSON:
        return replied(choice, language, lambda: json.dumps(found.manifest))
    return replied(choice, language, lambda: html("dumps.html", language, groups=groups(found)))


def _release(identifier: str) -> Release:
    """A release that is kept here. Raises: NotFound, naming the one that is served."""
    current = site().release
    if identifier == current.id:
        return current
    if len(identifier) == len(current.id) and _HEX.issuperset(identifier):
        try:
            return read(current.folder.parent / identifier)
        except NoRelease:
            pass
    raise NotFound(f"there is no release {identifier} here; the current one is {current.id}", allowed=(current.id,))


def _names(found: Dumps, name: str) -> tuple[str, ...]:
    """The names of the files beside one that is not there."""
    names = tuple(dump["name"] for dump in found.manifest["dumps"])
    stem = name.partition(".")[0]
    return tuple(one for one in names if one.partition(".")[0] == stem) or names[:14]


def _content_type(dump: Dump) -> str:
    media_type = dump["compression"] or dump["media_type"]
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as opened:
        while piece := opened.read(_PIECE_BYTES):
            yield piece
