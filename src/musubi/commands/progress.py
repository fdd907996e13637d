"""What is being done, shown while it is done: on a terminal only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console

_WORDS = {
    "read": "Reading seeds",
    "lift": "Lifting statements to triples",
    "reason": "Reasoning",
    "check": "Checking shapes and queries",
    "release": "Writing the release",
    "dumps": "Writing it in other syntaxes",
}


@contextmanager
def stages() -> Iterator[Callable[[str], None]]:
    """A function to call with the name of each stage as it begins."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda stage: None
        return
    with console.status("") as status:
        yield lambda stage: status.update(_WORDS.get(stage, stage))
