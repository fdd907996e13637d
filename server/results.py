"""Answers to SELECT as Python values, from the standard JSON. Source: SPARQL 1.1 Query Results JSON Format."""

from __future__ import annotations

import json
from dataclasses import dataclass

from musubi.server.engine import Engine
from musubi.server.media import RESULTS

_JSON = RESULTS[0].media_type


@dataclass(frozen=True, slots=True)
class Term:
    """One value of a row. `kind` is uri, bnode or literal; language and datatype are empty where there is none."""

    kind: str
    value: str
    language: str = ""
    datatype: str = ""

    def __str__(self) -> str:
        return self.value


Row = dict[str, Term]


@dataclass(frozen=True, slots=True)
class Table:
    """The columns in their order, and the rows; a row has no entry for a column without value."""

    columns: tuple[str, ...]
    rows: list[Row]


def table(body: bytes) -> Table:
    """The table that a body in SPARQL results JSON holds."""
    answer = json.loads(body)
    rows = [{name: _term(value) for name, value in row.items()} for row in answer["results"]["bindings"]]
    return Table(tuple(answer["head"]["vars"]), rows)


def selected(engine: Engine, query: str) -> list[Row]:
    """The rows of a SELECT query."""
    return table(engine.evaluate(query, _JSON).body).rows


def asked(engine: Engine, query: str) -> bool:
    """The answer to an ASK query."""
    return bool(json.loads(engine.evaluate(query, _JSON).body)["boolean"])


def _term(value: dict[str, str]) -> Term:
    return Term(value["type"], value["value"], value.get("xml:lang", ""), value.get("datatype", ""))
