"""Settings, built once and passed in. Nothing here is read at import."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from musubi.errors import BadParameter
from musubi.vocabulary import BASE

PREFIX = "MUSUBI_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How one run of musubi is set up. Each field is the environment variable MUSUBI_<FIELD>."""

    base: str = BASE
    """Base of all IRIs, ending in a slash."""
    documents: Path | None = None
    """Folder with the texts of the source documents; found by SHA-256, whatever their names."""
    seeds: Path | None = None
    """Folder of document records and statements; the package's own where it is not set."""
    releases: Path = Path(".musubi/releases")
    """Folder that `musubi build` writes releases to and `musubi serve` reads from."""
    contact: str = ""
    """Whom to tell about the data, as an address of mail or of a page; part of what the server says of its data."""
    host: str = "127.0.0.1"
    """Address that `musubi serve` listens on."""
    port: int = 8000
    """Port that `musubi serve` listens on."""
    proxies: int = 0
    """Reverse proxies in front whose X-Forwarded-Host, -Proto and -Prefix are believed; with 0 nobody's are."""
    workers: int = 2
    """Evaluating processes behind one server."""
    queue: int = 64
    """Queries that may wait for an evaluating process before others are turned away."""
    query_seconds: float = 10.0
    """Wall-clock limit of one query, after which its process is killed."""
    query_characters: int = 100_000
    """Longest query text accepted, in code points."""
    query_nesting: int = 100
    """Deepest nesting of brackets accepted in a query."""
    answer_bytes: int = 100_000_000
    """Largest answer returned, in bytes; a larger one is an error, never cut in silence."""
    worker_bytes: int = 1_073_741_824
    """Address space that a query may add to its evaluating process, in bytes (where the platform can limit it)."""

    @classmethod
    def from_env(cls, environment: Mapping[str, str]) -> Settings:
        """The settings that the variables MUSUBI_* give; a field without a variable keeps its default.

        Raises: BadParameter, if a value has the wrong form or a variable names no field.
        """
        known = {field.name: _readers()[str(field.type)] for field in fields(cls)}
        values: dict[str, object] = {}
        for variable, text in environment.items():
            name = variable.removeprefix(PREFIX).lower()
            if not variable.startswith(PREFIX):
                continue
            if name not in known:
                raise BadParameter(f"{variable} names no setting", allowed=tuple(PREFIX + n.upper() for n in known))
            try:
                values[name] = known[name](text)
            except ValueError:
                raise BadParameter(f"{variable}: {text!r} is not of the expected form") from None
        return cls(**values)  # type: ignore[arg-type]


def _readers() -> dict[str, Callable[[str], object]]:
    return {"str": str, "Path": Path, "Path | None": Path, "int": int, "float": float}
