"""Questions answered: the same for a page, an address, the command line and Python."""

from __future__ import annotations

from collections.abc import Mapping

from musubi.server.bind import bound
from musubi.server.engine import Engine
from musubi.server.media import RESULTS
from musubi.server.question import Question
from musubi.server.results import Table, table


def answer(engine: Engine, question: Question, values: Mapping[str, str], media_type: str) -> bytes:
    """The answer to a question with these values, in one of the media types of SPARQL results.

    Raises: BadParameter; TimedOut, TooLarge, EvaluatorLost, Busy.
    """
    return engine.evaluate(bound(engine, question, values), media_type).body


def rows(engine: Engine, question: Question, values: Mapping[str, str]) -> Table:
    """The answer to a question with these values, as columns and rows. Raises: see `answer`."""
    return table(answer(engine, question, values, RESULTS[0].media_type))
