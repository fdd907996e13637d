"""Checks as queries: what each queries/checks/<name>-violation.rq returns is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from musubi.build.finding import Finding, Message, Severity
from musubi.build.store import Dataset
from musubi.errors import InvalidGraph, Place


def violations(dataset: Dataset, files: list[Path]) -> Iterator[Finding]:
    """One finding for each row of each query; its columns other than ?node are the details.

    Raises: InvalidGraph with the file, if a query or its header is wrong.
    """
    for path in files:
        text = path.read_text(encoding="utf-8")
        message = _message(path, text)
        try:
            rows = dataset.rows(text)
        except InvalidGraph as error:
            raise InvalidGraph(error.detail, Place(path.name)) from None
        for row in rows:
            if "node" not in row:
                raise InvalidGraph("a check must select ?node, bound in each row", Place(path.name))
            yield Finding(
                severity=Severity.VIOLATION,
                source=path.name.removesuffix("-violation.rq"),
                node=row["node"],
                message=message,
                details=tuple((name, value) for name, value in row.items() if name != "node"),
            )


def _message(path: Path, text: str) -> Message:
    """The message of the header: lines that begin with `#+ `, together one YAML document."""
    head = "\n".join(line[3:] for line in text.splitlines() if line.startswith("#+ "))
    try:
        message = yaml.safe_load(head)["message"]
        return Message(str(message["ja"]), str(message["en"]))
    except (yaml.YAMLError, KeyError, TypeError):
        raise InvalidGraph("the header gives no message in ja and en", Place(path.name)) from None
