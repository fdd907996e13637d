"""Documents: bytes to text, with every line and every offset kept.

Lines are split on "\\n" alone and counted from 1; offsets are code points of the UTF-8 text, half-open. A text from
a PDF may hold other characters that Python's splitlines() would split on, which would move every later line number.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from musubi.errors import EmptyDocument, NotText, Place


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of a document: code points [start, end), lines first to last (both from 1), SHA-256 of its UTF-8."""

    start: int
    end: int
    first_line: int
    last_line: int
    sha256: str

    def __str__(self) -> str:
        return f"{self.first_line}-{self.last_line}@{self.start}-{self.end}#{self.sha256}"


@dataclass(frozen=True)
class Document:
    """A text as it was read, and the SHA-256 of its bytes."""

    sha256: str
    text: str

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Offset of the first character of each line."""
        return (0, *(i + 1 for i, character in enumerate(self.text) if character == "\n"))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines, without their line ends."""
        return tuple(self.text.split("\n"))

    def line_at(self, offset: int) -> int:
        """The number (from 1) of the line that holds the character at `offset`."""
        return bisect_right(self.starts, offset)

    def span(self, start: int, end: int) -> Span:
        """The span [start, end) with its lines and hash. Raises ValueError, if it is empty or outside the text."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no such span in a text of {len(self.text)} characters: {start}-{end}")
        return Span(start, end, self.line_at(start), self.line_at(end - 1), hash_of(self.text[start:end]))


def hash_of(text: str) -> str:
    """The SHA-256 (hex) of the UTF-8 bytes of `text`."""
    return hashlib.sha256(text.encode()).hexdigest()


def document(data: bytes, source: str) -> Document:
    """The document that `data` holds; `source` names it in errors.

    Raises: NotText, if the bytes are not UTF-8 or hold NUL (with the line); EmptyDocument, if there is only white
    space.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise NotText(f"byte {error.start} is not UTF-8 ({error.reason})", Place(source, line)) from None
    if "\0" in text:
        raise NotText("holds a NUL character", Place(source, text.count("\n", 0, text.index("\0")) + 1))
    if not text.strip():
        raise EmptyDocument("holds nothing but white space", Place(source))
    return Document(hashlib.sha256(data).hexdigest(), text)


def read(path: Path) -> Document:
    """The document in the file `path`. Raises as `document` does, and OSError."""
    return document(path.read_bytes(), str(path))
