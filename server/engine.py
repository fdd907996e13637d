"""What answers a query, seen from outside: the same for a pool of processes, one store, or another server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

Kind = Literal["select", "ask", "graph"]


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The answer to one query, already in the media type that was asked for."""

    kind: Kind
    body: bytes


class Engine(Protocol):
    """Anything that evaluates SPARQL queries over one release. Safe to call from several threads."""

    def evaluate(
        self,
        query: str,
        media_type: str,
        default_graphs: tuple[str, ...] = (),
        named_graphs: tuple[str, ...] = (),
    ) -> Evaluated:
        """The answer in `media_type`, which has to fit the kind of query: see musubi.server.media.

        Without dataset parameters the default graph is the merge of all named graphs, each triple once.
        Raises: BadQuery, UpdateRefused, ServiceRefused, TimedOut, TooLarge, EvaluatorLost, Busy.
        """

    def close(self) -> None:
        """Nothing; afterwards the engine answers no more and holds no process."""
