"""All dumps of a release, with a manifest: made when first asked for, kept beside the release, made anew if damaged.

<releases>/dumps/<id>/manifest.json        what there is: name, media type, bytes, SHA-256, statements
<releases>/dumps/<id>/dataset.<suffix>     all named graphs
<releases>/dumps/<id>/union.<suffix>       all of them as one
<releases>/dumps/<id>/graph/<path>.<suffix> one of them; each also with .gz
"""

from __future__ import annotations

import gzip
import hashlib
import json
import logging
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, TypedDict, cast

from musubi import __version__
from musubi.build.dump import FileLines, engine, split, union, write_dataset, write_triples
from musubi.build.lock import alone
from musubi.build.release import Release
from musubi.build.syntax import FORMS, GZIP, OF_DATASET, OF_TRIPLES, Syntax
from musubi.vocabulary import Names

log = logging.getLogger(__name__)

FOLDER, MANIFEST = "dumps", "manifest.json"
_LEVEL = 6
_BLOCK_BYTES = 65_536
_PLAIN = re.compile(r"[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*\Z")


class Dump(TypedDict):
    """One file. `graph` is empty for the dataset and the union; `statements` are quads of the dataset, else triples."""

    name: str
    of: str
    graph: str
    syntax: Syntax
    media_type: str
    compression: str
    bytes: int
    sha256: str
    statements: int


class Manifest(TypedDict):
    """What manifest.json says. Other software may write other bytes, so it is told which wrote these."""

    release: str
    software: str
    dumps: list[Dump]


@dataclass(frozen=True, slots=True)
class Dumps:
    """The dumps of one release on disk."""

    folder: Path
    manifest: Manifest

    def path(self, name: str) -> Path | None:
        """The file of a dump, or None where there is none of this name."""
        return self.folder / name if self.named(name) else None

    def named(self, name: str) -> Dump | None:
        """The entry of a dump, or None."""
        return next((one for one in self.manifest["dumps"] if one["name"] == name), None)


def dumps(release: Release, names: Names) -> Dumps:
    """The dumps of a release; they are made, if they are not there or not as their manifest says.

    Raises: OSError, if they cannot be written.
    """
    place = release.folder.parent / FOLDER / release.id
    found = _kept(place, release)
    if found is None:
        place.parent.mkdir(exist_ok=True)
        with alone(place.parent):
            found = _kept(place, release) or _made(place, release, names)
    return found


def stem(graph: str, names: Names) -> str:
    """The name of a graph's dumps without suffix: its path, or a hash where that is no plain path."""
    path = graph.removeprefix(names.graph(""))
    return f"graph/{path}" if _PLAIN.match(path) else f"graph/other/{hashlib.sha256(graph.encode()).hexdigest()[:12]}"


@contextmanager
def compressed_to(output: BinaryIO) -> Iterator[BinaryIO]:
    """A file whose content goes to `output` compressed: no name, no time, always the same level."""
    with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=output, mtime=0) as file:
        yield cast(BinaryIO, file)


def _software() -> str:
    return f"musubi {__version__}, {engine()}"


def _kept(place: Path, release: Release) -> Dumps | None:
    """The dumps in a folder, if they are all there in their sizes and made by this software."""
    try:
        manifest = cast(Manifest, json.loads((place / MANIFEST).read_bytes()))
        sound = manifest["release"] == release.id and manifest["software"] == _software()
        sound = sound and all((place / one["name"]).stat().st_size == one["bytes"] for one in manifest["dumps"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Dumps(place, manifest) if sound else None


def _made(place: Path, release: Release, names: Names) -> Dumps:
    with TemporaryDirectory(prefix=".draft-", dir=place.parent, ignore_cleanup_errors=True) as name:
        draft = Path(name) / place.name
        draft.mkdir()
        entries = [entry for one in _written(draft, Path(name), release, names) for entry in _both(draft, one)]
        manifest: Manifest = {"release": release.id, "software": _software(), "dumps": entries}
        (draft / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        if place.exists():
            place.rename(draft.with_name("damaged"))
        draft.rename(place)
    log.info("dumps of release %s: %d files", release.id, len(entries))
    return Dumps(place, manifest)


def _written(draft: Path, scratch: Path, release: Release, names: Names) -> Iterator[Dump]:
    """The dumps without compression, each once it is written."""
    graphs = release.record["graphs"]
    for syntax in OF_DATASET:
        entry = _entry("dataset", "dataset", "", syntax, release.record["quads"])
        with (draft / entry["name"]).open("wb") as output:
            write_dataset(output, release, syntax, names)
        yield entry
    merged = union(release.dataset)
    count = sum(1 for _ in merged)
    parts = split(release, scratch)
    for syntax in OF_TRIPLES:
        entry = _entry("union", "union", "", syntax, count)
        with (draft / entry["name"]).open("wb") as output:
            write_triples(output, merged, syntax, names)
        yield entry
    for graph, part in parts.items():
        for syntax in OF_TRIPLES:
            entry = _entry(stem(graph, names), "graph", graph, syntax, graphs[graph])
            path = draft / entry["name"]
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as output:
                write_triples(output, FileLines(part), syntax, names)
            yield entry


def _entry(name: str, of: str, graph: str, syntax: Syntax, statements: int) -> Dump:
    form = FORMS[syntax]
    return {
        "name": f"{name}.{form.suffix}",
        "of": of,
        "graph": graph,
        "syntax": syntax,
        "media_type": form.media_type,
        "compression": "",
        "bytes": 0,
        "sha256": "",
        "statements": statements,
    }


def _both(draft: Path, entry: Dump) -> tuple[Dump, Dump]:
    """The entry of a file that is written, measured, and that of its compressed twin, which is written here."""
    path, twin = draft / entry["name"], draft / f"{entry['name']}.gz"
    with path.open("rb") as file, twin.open("wb") as output, compressed_to(output) as zipped:
        shutil.copyfileobj(file, zipped, _BLOCK_BYTES)
    compressed: Dump = {**entry, "name": f"{entry['name']}.gz", "compression": GZIP}
    return _measured(path, entry), _measured(twin, compressed)


def _measured(path: Path, entry: Dump) -> Dump:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {**entry, "bytes": path.stat().st_size, "sha256": digest}
