"""The evaluating process: `python -m musubi.server.worker DATASET`. Frames in on stdin, frames out on stdout.

It lives for one query at a time and may be killed during any; nothing is lost with it. It ends by itself when its
stdin does, even in the middle of a query, so that no evaluator outlives its server.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from musubi.errors import BadQuery, NoRelease, TooLarge
from musubi.server import frames
from musubi.server.engine import Kind
from musubi.server.store import Answers
from musubi.vocabulary import BASE

_TAGS: dict[Kind, frames.Tag] = {"select": "S", "ask": "A", "graph": "G"}
# The engine recurses: with this stack no query of 100 kB was found that overflows it (with the usual 8 MiB, 5 kB do).
_STACKS = (1 << 30, 1 << 28, 1 << 26)


def main() -> None:
    """Nothing; returns when stdin ends. Exits with 3, if the dataset cannot be loaded."""
    options = _options()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    replies = _alone_on_stdout()
    try:
        answers = Answers(options.dataset, options.base, options.answer_bytes)
    except NoRelease as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(3)
    requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    _start(lambda: _evaluate_all(answers, requests, replies, options.worker_bytes))
    try:
        while True:
            requests.put(frames.read(sys.stdin.buffer)[1])
    except EOFError:
        os._exit(0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Evaluate SPARQL queries over one dataset.")
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--base", default=BASE)
    parser.add_argument("--answer-bytes", type=int, default=100_000_000)
    parser.add_argument("--worker-bytes", type=int, default=0, help="address space a query may add; 0 is no limit")
    return parser.parse_args()


def _alone_on_stdout() -> BinaryIO:
    """Stdout for frames alone: whatever else writes to it goes to stderr."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return replies


def _start(work: Callable[[], None]) -> None:
    for size in _STACKS:
        try:
            threading.stack_size(size)
            threading.Thread(target=work, daemon=True).start()
        except (RuntimeError, ValueError):
            continue
        return
    raise RuntimeError("no stack for the evaluating thread")


def _evaluate_all(answers: Answers, requests: queue.SimpleQueue[bytes], replies: BinaryIO, room: int) -> None:
    """Nothing, ever: without its evaluating thread the process is of no use, and ends with it."""
    try:
        # Here and not earlier: the limit counts what is there already, dataset and stack included.
        _confine(room)
        frames.write(replies, "r", b"")
        while True:
            frames.write(replies, *_reply(answers, frames.Request.from_bytes(requests.get())))
    except BaseException:
        sys.stderr.write(traceback.format_exc())
        sys.stderr.flush()
    finally:
        os._exit(4)


def _reply(answers: Answers, request: frames.Request) -> tuple[frames.Tag, bytes]:
    try:
        answer = answers.evaluate(request.query, request.media_type, request.default_graphs, request.named_graphs)
    except BadQuery as error:
        place = [error.place.line, error.place.column] if error.place else None
        return "b", json.dumps([error.detail, place]).encode()
    except TooLarge as error:
        return "l", error.detail.encode()
    except MemoryError:
        return "m", b""
    return _TAGS[answer.kind], answer.body


def _confine(room: int) -> None:
    """Nothing; afterwards the process may add `room` bytes to its address space, and leaves no core file."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    size = _address_space()
    if room and size:
        resource.setrlimit(resource.RLIMIT_AS, (size + room, size + room))


def _address_space() -> int:
    """The size of this process's address space in bytes; 0 where the platform does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
