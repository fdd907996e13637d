"""Time limits: what is not done in time is killed, by one thread for all."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable


class Deadline:
    """A moment (on the monotonic clock) at which something is killed, unless the deadline was met; never both."""

    def __init__(self, due: float, kill: Callable[[], None]) -> None:
        self.due = due
        self._kill, self._lock, self._open = kill, threading.Lock(), True

    def met(self) -> bool:
        """Whether it was in time; afterwards nothing is killed."""
        with self._lock:
            in_time, self._open = self._open, False
            return in_time

    def expire(self) -> None:
        """Nothing; what was not done is killed."""
        with self._lock:
            if self._open:
                self._open = False
                self._kill()

    @property
    def is_open(self) -> bool:
        """Whether it was neither met nor missed yet."""
        return self._open


class Deadlines:
    """Deadlines of one length. A timer per query would cost more than most queries do."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self._closed = seconds, threading.Event()
        self._set: deque[Deadline] = deque()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def set(self, kill: Callable[[], None]) -> Deadline:
        """A deadline from now."""
        deadline = Deadline(time.monotonic() + self.seconds, kill)
        self._set.append(deadline)
        return deadline

    def close(self) -> None:
        """Nothing; no deadline is watched any more."""
        self._closed.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._closed.wait(self._pause()):
            while self._set and self._set[0].due <= time.monotonic():
                self._set.popleft().expire()

    def _pause(self) -> float:
        """Seconds until the next deadline. What is set during the pause is due after it, as all are equally long."""
        while self._set and not self._set[0].is_open:
            self._set.popleft()
        return max(0.0, self._set[0].due - time.monotonic()) if self._set else self.seconds
