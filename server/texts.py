"""The texts of source documents, where this deployment has them: found by hash, whatever their names."""

from __future__ import annotations

import hashlib
import logging
import threading
from pathlib import Path

log = logging.getLogger(__name__)


class Texts:
    """The texts in one folder. The folder is read when the first text is asked for, and not again."""

    def __init__(self, folder: Path | None) -> None:
        self._folder, self._lock = folder, threading.Lock()
        self._by_hash: dict[str, str] | None = None

    def text(self, sha256: str) -> str | None:
        """The text with this SHA-256 (64 hex digits), or None where it is not here."""
        with self._lock:
            if self._by_hash is None:
                self._by_hash = dict(_texts(self._folder)) if self._folder else {}
            return self._by_hash.get(sha256)

    @property
    def any(self) -> bool:
        """Whether there is any text."""
        self.text("")
        return bool(self._by_hash)


def _texts(folder: Path) -> list[tuple[str, str]]:
    found = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        try:
            content = path.read_bytes()
            found.append((hashlib.sha256(content).hexdigest(), content.decode("utf-8")))
        except (OSError, UnicodeDecodeError) as error:
            log.warning("%s is no text: %s", path, error)
    log.info("%d texts in %s", len(found), folder)
    return found
