"""Fixtures of the reading tests.

Strategy: the smallest document that shows it. A test writes the few lines that it is about, never a sentence of a
source document and never its facts, and builds a Document of them. A test of seeds makes one folder in tmp_path with
one document and two or three rows, and breaks one thing in it. The real seeds are read where something is said of
every row of them; the real texts only in tests marked `documents`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from own_seed import OwnSeed
from own_world import Reads, Result, result, rules_of

from musubi.mappings.read import Document, document


@pytest.fixture
def text_document() -> Callable[[str], Document]:
    """A Document from a text."""
    return lambda text: document(text.encode(), "own.txt")


@pytest.fixture
def own_seed(tmp_path: Path) -> OwnSeed:
    """A folder of seeds with one document that was read, on disk; the test changes what it is about."""
    return OwnSeed.written(tmp_path)


@pytest.fixture
def reads(tmp_path: Path) -> Reads:
    """A function that reads a text by the rules of a YAML text."""

    def read(rules: str, text: str, anchor: datetime | None = None) -> Result:
        return result(text, rules_of(tmp_path, rules), anchor)

    return read
