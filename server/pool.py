"""The engine that the server uses: evaluating processes that can be killed, with one more than may work at a time.

A query that runs too long, or ends its process, costs nobody else anything: the spare takes the place at once and
another process starts in the background. Source: DESIGN section 7.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from musubi.errors import EvaluatorLost, NoRelease
from musubi.server import frames
from musubi.server.deadlines import Deadlines
from musubi.server.engine import Evaluated
from musubi.server.evaluator import Evaluator
from musubi.server.guard import screened
from musubi.server.turns import Turns
from musubi.settings import Settings

log = logging.getLogger(__name__)

_SPARES = 1
_PAUSE_SECONDS = 1.0


class Pool:
    """An engine of several processes over one dataset. Thread-safe; `close` ends every process."""

    def __init__(self, dataset: Path, settings: Settings, wait_seconds: float = 5.0) -> None:
        self._dataset, self._settings, self._wait_seconds = dataset, settings, wait_seconds
        self._turns: Turns[Evaluator] = Turns(settings.workers, settings.queue)
        self._lock, self._closed = threading.Lock(), threading.Event()
        self._deadlines = Deadlines(settings.query_seconds)
        self._all: set[Evaluator] = set()
        self._starting: set[threading.Thread] = set()
        # Started together, then waited for: the time to start is that of one.
        started = [self._started() for _ in range(settings.workers + _SPARES)]
        try:
            for evaluator in started:
                evaluator.ready()
                self._turns.add(evaluator)
        except NoRelease:
            self.close()
            raise

    def evaluate(
        self,
        query: str,
        media_type: str,
        default_graphs: tuple[str, ...] = (),
        named_graphs: tuple[str, ...] = (),
    ) -> Evaluated:
        """The answer, from the next free process. Raises: see musubi.server.engine.Engine."""
        screened(query, self._settings.query_characters, self._settings.query_nesting)
        evaluator = self._free()
        try:
            request = frames.Request(query, media_type, default_graphs, named_graphs)
            return evaluator.evaluate(request, self._deadlines)
        finally:
            self._return(evaluator)

    def close(self) -> None:
        """Nothing; every process is gone. Whoever still waits for an answer gets EvaluatorLost."""
        with self._lock:
            self._closed.set()
            starting = list(self._starting)
        self._each(Evaluator.kill)
        for thread in starting:
            thread.join()
        # Again, with those that were just being started.
        self._each(Evaluator.end)
        self._deadlines.close()

    def _each(self, act: Callable[[Evaluator], None]) -> None:
        with self._lock:
            evaluators = list(self._all)
        for evaluator in evaluators:
            act(evaluator)

    def _free(self) -> Evaluator:
        """A free process that runs. One that ended while idle is replaced, and the next one taken."""
        while not self._closed.is_set():
            evaluator = self._turns.take(self._wait_seconds)
            if evaluator.alive:
                return evaluator
            self._return(evaluator)
        raise EvaluatorLost("the server is closing")

    def _return(self, evaluator: Evaluator) -> None:
        if evaluator.alive:
            self._turns.add(evaluator)
        else:
            self._discard(evaluator)
            self._replace()
        self._turns.done()

    def _discard(self, evaluator: Evaluator) -> None:
        evaluator.end()
        with self._lock:
            self._all.discard(evaluator)

    def _replace(self) -> None:
        thread = threading.Thread(target=self._start_another, daemon=True)
        with self._lock:
            if not self._closed.is_set():
                self._starting.add(thread)
                thread.start()

    def _start_another(self) -> None:
        while not self._closed.is_set():
            evaluator = self._started()
            try:
                evaluator.ready()
            except NoRelease as error:
                log.error("%s", error)
                self._discard(evaluator)
                self._closed.wait(_PAUSE_SECONDS)
            else:
                self._turns.add(evaluator)
                break
        with self._lock:
            self._starting.discard(threading.current_thread())

    def _started(self) -> Evaluator:
        evaluator = Evaluator(self._dataset, self._settings)
        with self._lock:
            self._all.add(evaluator)
        return evaluator
