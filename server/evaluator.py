"""One evaluating process, seen from the server: a query goes in, an answer comes out or the process is killed."""

from __future__ import annotations

import contextlib
import json
import logging
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, BinaryIO

from musubi.errors import BadQuery, EvaluatorLost, MusubiError, NoRelease, Place, TimedOut, TooLarge
from musubi.server import frames
from musubi.server.deadlines import Deadlines
from musubi.server.engine import Evaluated, Kind
from musubi.settings import Settings

log = logging.getLogger(__name__)

_KINDS: dict[str, Kind] = {"S": "select", "A": "ask", "G": "graph"}
_WORDS = 400
_LOST = (
    "the query ended the process that evaluated it. What is known to do so: ORDER BY over values of several datatypes"
    " (write ORDER BY DATATYPE(?x) ?x, or STR(?x)) and more memory than is allowed"
)


class Evaluator:
    """A started process with the dataset loaded. One query at a time; whoever holds it asks it."""

    def __init__(self, dataset: Path, settings: Settings) -> None:
        self._lock, self._ended, self._said = threading.Lock(), False, ""
        self._words = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `end`
        self._process = subprocess.Popen(
            _command(dataset, settings), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._words
        )

    def ready(self) -> None:
        """Nothing, once the dataset is loaded. Raises: NoRelease, with what the process said, if it is not."""
        try:
            frames.read(self._stdout)
        except (EOFError, ValueError, OSError):
            self.end()
            raise NoRelease(f"an evaluating process did not start: {self._said or 'it said nothing'}") from None

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def evaluate(self, request: frames.Request, deadlines: Deadlines) -> Evaluated:
        """The answer. Raises: TimedOut at the deadline; EvaluatorLost; BadQuery; TooLarge."""
        deadline = deadlines.set(self._process.kill)
        try:
            frames.write(self._stdin, "q", request.to_bytes())
            tag, body = frames.read(self._stdout)
        except (EOFError, OSError, ValueError):
            expired = not deadline.met()
            self.end()
            raise self._died(expired, deadlines.seconds) from None
        if not deadline.met():
            self.end()
            raise _timed_out(deadlines.seconds)
        if tag in _KINDS:
            return Evaluated(_KINDS[tag], body)
        raise _refusal(tag, body)

    def kill(self) -> None:
        """Nothing; whoever waits for this process learns that it is gone. `end` has still to be called."""
        self._process.kill()

    def end(self) -> None:
        """Nothing; the process is gone, waited for, and its pipes are closed. May be called again."""
        with self._lock:
            if self._ended:
                return
            self._ended = True
            self._process.kill()
            self._process.wait()
            self._said = _last_words(self._words)
            self._words.close()
            for stream in (self._stdin, self._stdout):
                # A request that nobody read is still in the buffer: closing cannot deliver it.
                with contextlib.suppress(OSError):
                    stream.close()

    @property
    def _stdin(self) -> BinaryIO:
        return _pipe(self._process.stdin)

    @property
    def _stdout(self) -> BinaryIO:
        return _pipe(self._process.stdout)

    def _died(self, expired: bool, seconds: float) -> MusubiError:
        if expired:
            return _timed_out(seconds)
        log.error("evaluator %d ended with %s: %s", self._process.pid, self._process.returncode, self._said)
        return EvaluatorLost(_LOST)


def _command(dataset: Path, settings: Settings) -> list[str]:
    limits = {"base": settings.base, "answer-bytes": settings.answer_bytes, "worker-bytes": settings.worker_bytes}
    options = [part for name, value in limits.items() for part in (f"--{name}", str(value))]
    return [sys.executable, "-m", "musubi.server.worker", str(dataset), *options]


def _last_words(words: IO[bytes]) -> str:
    """What the process said: the beginning, where the engine tells why, and the end, where Python does."""
    words.seek(0)
    said = words.read().decode(errors="replace").strip()
    return said if len(said) <= 2 * _WORDS else f"{said[:_WORDS]} … {said[-_WORDS:]}"


def _pipe(stream: object) -> BinaryIO:
    if stream is None:
        raise OSError("the process was started without pipes")
    return stream  # type: ignore[return-value]


def _timed_out(seconds: float) -> TimedOut:
    return TimedOut(f"the query was stopped at the limit of {seconds:g} s: ask for less, or more precisely")


def _refusal(tag: str, body: bytes) -> MusubiError:
    if tag == "b":
        detail, place = json.loads(body)
        return BadQuery(detail, Place("query", *place) if place else None)
    if tag == "l":
        return TooLarge(body.decode())
    return TooLarge("the query needs more memory than is allowed")
