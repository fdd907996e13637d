"""An engine in this very process: for one question from the command line, or from Python. It has no time limit."""

from __future__ import annotations

import threading
from pathlib import Path

from musubi.server.engine import Evaluated
from musubi.server.guard import screened
from musubi.server.store import Answers
from musubi.settings import Settings


class Local:
    """An engine over one dataset without other processes. A query that ends its process ends this one."""

    def __init__(self, dataset: Path, settings: Settings) -> None:
        self._settings = settings
        self._answers = Answers(dataset, settings.base, settings.answer_bytes)
        self._lock = threading.Lock()

    def evaluate(
        self,
        query: str,
        media_type: str,
        default_graphs: tuple[str, ...] = (),
        named_graphs: tuple[str, ...] = (),
    ) -> Evaluated:
        """The answer. Raises: BadQuery, UpdateRefused, ServiceRefused, TooLarge."""
        screened(query, self._settings.query_characters, self._settings.query_nesting)
        with self._lock:
            return self._answers.evaluate(query, media_type, default_graphs, named_graphs)

    def close(self) -> None:
        """Nothing: there is nothing to end."""
