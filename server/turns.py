"""First come, first served: things handed out in the order in which they were asked for."""

from __future__ import annotations

import threading
from collections import deque
from typing import Generic, TypeVar

from musubi.errors import Busy

T = TypeVar("T")


class _Turn(Generic[T]):
    """One who waits."""

    def __init__(self) -> None:
        self.came = threading.Event()
        self.thing: T | None = None


class Turns(Generic[T]):
    """Lends out things, at most `lent` at a time, to those who ask, at most `queue` of whom may wait.

    There may be more things than may be lent: the others are spares, ready when one is lost. A plain lock would let
    late comers pass those who wait.
    """

    def __init__(self, lent: int, queue: int) -> None:
        self._lock = threading.Lock()
        self._free, self._queue = lent, queue
        self._things: deque[T] = deque()
        self._waiting: deque[_Turn[T]] = deque()

    def take(self, seconds: float) -> T:
        """A thing, now or within `seconds`. It has to be followed by `done`.

        Raises: Busy, if too many wait already or none came in time.
        """
        turn: _Turn[T] = _Turn()
        with self._lock:
            if len(self._waiting) >= self._queue and not (self._free and self._things):
                raise Busy(f"{len(self._waiting)} queries are waiting already: ask again in a few seconds")
            self._waiting.append(turn)
            self._serve()
        turn.came.wait(seconds)
        with self._lock:
            if turn.thing is None:
                self._waiting.remove(turn)
                raise Busy(f"no evaluator was free within {seconds:g} s: ask again in a few seconds")
            return turn.thing

    def add(self, thing: T) -> None:
        """Nothing; the thing can be lent."""
        with self._lock:
            self._things.append(thing)
            self._serve()

    def done(self) -> None:
        """Nothing; one more may take a thing. Whether the thing comes back is another matter."""
        with self._lock:
            self._free += 1
            self._serve()

    def _serve(self) -> None:
        while self._waiting and self._free and self._things:
            self._free -= 1
            turn = self._waiting.popleft()
            turn.thing = self._things.popleft()
            turn.came.set()
