"""Fixture strategy: the smallest data that show a thing, beside the test; the real seeds where the whole is meant.

Some parts need what not every machine has. They are marked, skipped where it is missing, and the summary tells which
parts ran, how many tests each has, and why one was skipped.
"""

import os
from collections import Counter, defaultdict
from pathlib import Path

import pytest

PARTS = ("documents", "java", "node", "wheel")
MISSING = "MUSUBI_DOCUMENTS is not set: name the folder that holds the source documents"

_members: dict[str, set[str]] = defaultdict(set)
_outcomes: dict[str, Counter[str]] = defaultdict(Counter)
_reasons: dict[str, set[str]] = defaultdict(set)


@pytest.fixture
def documents() -> Path:
    """The folder with the source documents; tests that use it carry the mark `documents`."""
    return Path(os.environ["MUSUBI_DOCUMENTS"])


@pytest.fixture(autouse=True)
def _only_the_settings_of_a_test(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Settings in the environment of whoever runs the tests must not change what they show."""
    kept = "MUSUBI_DOCUMENTS" if request.node.get_closest_marker("documents") else ""
    for name in os.environ:
        if name.startswith("MUSUBI_") and name != kept:
            monkeypatch.delenv(name)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for part in PARTS:
            if item.get_closest_marker(part):
                _members[part].add(item.nodeid)
        if item.nodeid in _members["documents"] and "MUSUBI_DOCUMENTS" not in os.environ:
            item.add_marker(pytest.mark.skip(reason=MISSING))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    for part in PARTS:
        if report.nodeid in _members[part] and (report.when == "call" or report.outcome != "passed"):
            _outcomes[part][report.outcome] += 1
            if report.skipped and isinstance(report.longrepr, tuple):
                _reasons[part].add(report.longrepr[2].removeprefix("Skipped: "))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.section("optional parts")
    for part in PARTS:
        counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(_outcomes[part].items())) or "none chosen"
        why = "; ".join(sorted(_reasons[part]))
        terminalreporter.write_line(f"{part}: {counts}" + (f" ({why})" if why else ""))
