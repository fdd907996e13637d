"""What a build is made from, as one hash: same hash, same release."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import musubi
from musubi.data import alignment_files, folder, ontology_files, reference_files, shape_files, violation_files
from musubi.settings import Settings


def seeds_folder(settings: Settings) -> Path:
    """The folder that the seeds are read from: the one that is set, or the package's own."""
    return settings.seeds or folder("seeds")


def fingerprint(settings: Settings) -> str:
    """64 hex digits over the base, the seeds and all files of the package that a build reads or runs."""
    digest = hashlib.sha256(settings.base.encode())
    for name, path in sorted(_files(settings)):
        digest.update(f"\0{name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(settings: Settings) -> Iterator[tuple[str, Path]]:
    seeds = seeds_folder(settings)
    for path in [*seeds.glob("*/document.toml"), *seeds.glob("*/statements.csv")]:
        yield f"seeds/{path.relative_to(seeds)}", path
    for path in [*ontology_files(), *reference_files(), *alignment_files(), *shape_files(), *violation_files()]:
        yield f"{path.parent.name}/{path.name}", path
    package = Path(musubi.__file__).parent
    for place in (package, package / "build", folder("mappings"), folder("mappings") / "rules"):
        for path in [*place.glob("*.py"), *place.glob("*.yaml")]:
            yield f"{place.name}/{path.name}", path
