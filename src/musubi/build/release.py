"""Releases: immutable folders named by the hash of their content, one of them current.

<folder>/<id>/dataset.nq    all graphs, canonical N-Quads
<folder>/<id>/release.json  the record below
<folder>/<id>/report.json   what the check found
<folder>/CURRENT            the id of the release that is served

A release is written beside its place and moved there in one step, and CURRENT is replaced in one step: whoever reads
sees the old release or the new one, never a part. Source: DESIGN section 3, stage 8.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict, cast

from musubi import __version__
from musubi.build.canonical import canonical, graph_sizes
from musubi.build.lock import alone
from musubi.errors import NoRelease

log = logging.getLogger(__name__)

DATASET, RECORD, REPORT, CURRENT = "dataset.nq", "release.json", "report.json", "CURRENT"
_ID = re.compile(r"[0-9a-f]{12}\Z")


class Title(TypedDict):
    """A title in both languages."""

    ja: str
    en: str


class DocumentRecord(TypedDict):
    """One source document of a release. The as-of times are local calendar times, empty where not known."""

    iri: str
    sha256: str
    slug: str
    title: Title
    statements: int
    lines: int
    as_of_earliest: str
    as_of_latest: str


class Record(TypedDict):
    """What release.json says."""

    id: str
    sha256: str
    quads: int
    graphs: dict[str, int]
    documents: list[DocumentRecord]
    musubi: str


@dataclass(frozen=True, slots=True)
class Release:
    """One release on disk."""

    id: str
    folder: Path
    record: Record

    @property
    def dataset(self) -> Path:
        """The file with all graphs, canonical N-Quads."""
        return self.folder / DATASET

    @property
    def report(self) -> Path:
        """The file with what the check found."""
        return self.folder / REPORT


def write(folder: Path, nquads: bytes, documents: Sequence[DocumentRecord], report: object) -> Release:
    """The release of this dataset, on disk and current. Content that is there already keeps its folder as it is.

    `report` is any JSON value. Raises: InvalidGraph, if the bytes are not N-Quads or a triple is in no named graph.
    """
    content = canonical(nquads)
    record = _record(content, documents)
    place = folder / record["id"]
    folder.mkdir(parents=True, exist_ok=True)
    with alone(folder):
        if not _sound(place):
            _move_in(folder, place, {DATASET: content, RECORD: _json(record), REPORT: _json(report)})
        replace(folder / CURRENT, f"{record['id']}\n".encode())
    log.info("release %s: %d quads in %d graphs", record["id"], record["quads"], len(record["graphs"]))
    return read(place)


def current(folder: Path) -> Release:
    """The release that CURRENT names, after its dataset was found to have the hash that the record gives.

    Raises: NoRelease, saying what is missing or damaged and what to do.
    """
    try:
        identifier = (folder / CURRENT).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise NoRelease(f"nothing is built in {folder} yet: run `musubi build`") from None
    except (OSError, UnicodeDecodeError) as error:
        raise NoRelease(f"{folder / CURRENT} cannot be read ({error}): run `musubi build`") from None
    if not _ID.match(identifier):
        raise NoRelease(f"{folder / CURRENT} holds no release id: run `musubi build`")
    return read(folder / identifier)


def read(place: Path) -> Release:
    """The release in one folder. Raises: NoRelease, if it is missing or damaged."""
    try:
        record = cast(Record, json.loads((place / RECORD).read_bytes()))
        (place / REPORT).stat()
        digest = hashlib.sha256((place / DATASET).read_bytes()).hexdigest()
        sound = record["sha256"] == digest and record["id"] == digest[:12] == place.name
    except FileNotFoundError as error:
        raise NoRelease(
            f"release {place.name} is incomplete, {error.filename} is missing: run `musubi build`"
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoRelease(f"release {place.name} cannot be read ({error}): run `musubi build`") from None
    if not sound:
        raise NoRelease(f"release {place.name} is damaged, its data has another hash: run `musubi build`")
    return Release(record["id"], place, record)


def _record(content: bytes, documents: Sequence[DocumentRecord]) -> Record:
    digest = hashlib.sha256(content).hexdigest()
    graphs = graph_sizes(content)
    return {
        "id": digest[:12],
        "sha256": digest,
        "quads": sum(graphs.values()),
        "graphs": graphs,
        "documents": list(documents),
        "musubi": __version__,
    }


def _sound(place: Path) -> bool:
    try:
        read(place)
    except NoRelease:
        return False
    return True


def _move_in(folder: Path, place: Path, contents: dict[str, bytes]) -> None:
    """Afterwards `place` holds all the files or, where this stops half-way, none of them."""
    with TemporaryDirectory(prefix=".draft-", dir=folder, ignore_cleanup_errors=True) as name:
        draft = Path(name) / place.name
        draft.mkdir()
        for file, content in contents.items():
            _write(draft / file, content)
        if place.exists():
            # Only a damaged release can stand here: a sound one is kept.
            place.rename(draft.with_name("damaged"))
        draft.rename(place)


def replace(path: Path, content: bytes) -> None:
    """Puts the content in the file's place in one step."""
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    _write(draft, content)
    draft.replace(path)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
