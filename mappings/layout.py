"""Units of a document: headings, bullets, paragraphs, questions, table rows, key-value lines and furniture.

Every line that is not blank belongs to exactly one unit. Pages are what a run of two blank lines or a form feed
separates; a heading may stand after the text it belongs to, so its scope is the page and not what follows it.
Source: 000 lines 34-42 (headings after their text), 24-26 and 415-417 (sentences across blank lines).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from musubi.mappings.normal import Mapped, normalised
from musubi.mappings.read import Document
from musubi.mappings.wraps import Break, joins, unclosed

# Marker of a bullet -> nesting level. The private-use characters are Wingdings bullets of presentation slides.
_LEVELS = {"\uf06e": 1, "\uf06c": 1, "\uf075": 1, "\uf0d8": 2, "\uf0fc": 3} | dict.fromkeys("⚫●○〇■◆◇", 1)
_BULLET = re.compile(rf"\s*(?:(?P<mark>[{''.join(_LEVELS)}])|-\s|・(?=\S)|(?P<number>\d{{1,2}})[)）])\s*")
_QUESTION = re.compile(r"\s*⇒")
_FURNITURE = re.compile(r"\s*(?:\(?https?://\S+.*|\d{1,3}|©.*|出典[:：].*|PAGE TOP|.*外部リンク|関連サイト)\s*\Z")
_SECTION = re.compile(r"\s*(?:\d(?: ?\d)?\.(?!\d)\s*\S|第[一二三四五六七八九十\d]+[章節])")
_SUBSECTION = re.compile(r"\s*(?:【|[①-⑳]|<.*>\s*\Z|＜.*＞\s*\Z|[１-９]．)")
_KEY_VALUE = re.compile(r"\s*\S{1,2}\s?\S{1,3}[：:]\s*\S")
_CELL = re.compile(r"\d[\d,.]*\s*(?:M|B|%|％|名|回|件|億円|百万円)")
_FULL_STOP = re.compile(r"。(?![)」』])")
# A heading is short and is no sentence.
_HEADING_LENGTH = 45


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of layout. `level` is 0 for text, 1 and up for nested bullets and for headings (1 is a section)."""

    kind: str
    text: Mapped
    first_line: int
    last_line: int
    page: int
    level: int


@dataclass(slots=True)
class _Draft:
    kind: str
    text: Mapped
    first_line: int
    last_line: int
    page: int
    level: int

    def unit(self) -> Unit:
        kind = self.kind
        if kind == "paragraph" and len(self.text.text) <= _HEADING_LENGTH and not _FULL_STOP.search(self.text.text):
            kind, self.level = "heading", 3
        return Unit(kind, self.text, self.first_line, self.last_line, self.page, self.level)


def units(document: Document) -> list[Unit]:
    """The units of `document`, in text order, hard wraps joined."""
    return [draft.unit() for draft in _drafts(document)]


def sentences(unit: Unit) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of `unit`, in its working text; the full stop belongs to its sentence."""
    start = 0
    for match in _FULL_STOP.finditer(unit.text.text):
        yield start, match.end()
        start = match.end()
    if start < len(unit.text.text):
        yield start, len(unit.text.text)


def _drafts(document: Document) -> Iterator[_Draft]:
    current: _Draft | None = None
    page, blanks = 1, 0
    widths = _block_widths(document)
    for number, line in enumerate(document.lines, start=1):
        if not line.strip():
            blanks += 2 if "\f" in line else 1
            continue
        if blanks >= 2 or line.startswith("\f"):
            page += 1
        inside = current is not None and current.page == page and unclosed(current.text.text)
        new = _classified(line, document.starts[number - 1], number, page, inside)
        if current is not None and new.page == current.page and _continues(current, new, blanks > 0, widths):
            current.text, current.last_line = current.text + _gap(current.text, new.text) + new.text, number
        else:
            if current is not None:
                yield current
            current = new
        blanks = 0
    if current is not None:
        yield current


def _classified(line: str, offset: int, number: int, page: int, inside: bool) -> _Draft:
    """The line as a unit of its own; `inside` is true where the line before it leaves a bracket open."""
    kind, level, skip = _kind(line, inside)
    return _Draft(kind, normalised(line[skip:], offset + skip), number, number, page, level)


def _kind(line: str, inside: bool) -> tuple[str, int, int]:
    """Kind, level, and how many characters of the marker are not part of the text."""
    if _FURNITURE.match(line):
        return "furniture", 0, 0
    if match := _QUESTION.match(line):
        return "question", 0, match.end()
    # A number that closes a bracket is no number of a list: (ALOS-|4).
    if (match := _BULLET.match(line)) and not (match["number"] and inside):
        return "bullet", _LEVELS.get(match["mark"] or "", 2 if match["number"] else 1), match.end()
    if _SUBSECTION.match(line):
        return "heading", 2, 0
    return ("paragraph", 0, 0) if "。" in line else _kind_of_phrase(line)


def _kind_of_phrase(line: str) -> tuple[str, int, int]:
    """As `_kind`, for a line that holds no full stop."""
    if _SECTION.match(line):
        return "heading", 1, 0
    if len(_CELL.findall(line)) >= 3:
        return "row", 0, 0
    return ("key-value" if _KEY_VALUE.match(line) else "paragraph"), 0, 0


def _continues(current: _Draft, new: _Draft, blank_between: bool, widths: dict[int, int]) -> bool:
    if new.kind != "paragraph" or current.kind not in {"paragraph", "bullet", "question", "heading"}:
        return False
    if current.kind == "heading" and current.text.text.endswith(("】", ">", "取組")):
        return False
    width = widths.get(current.last_line, 0)
    return joins(Break(current.text.text, new.text.text, blank_between, current.kind == "bullet", width))


def _block_widths(document: Document) -> dict[int, int]:
    """For each line, the second-longest width of the block of lines (without a blank one) around it."""
    widths: dict[int, int] = {}
    block: list[int] = []
    for number, line in enumerate((*document.lines, ""), start=1):
        if line.strip():
            block.append(number)
            continue
        lengths = sorted((len(document.lines[n - 1].strip()) for n in block), reverse=True)
        widths |= dict.fromkeys(block, lengths[min(1, len(lengths) - 1)] if lengths else 0)
        block = []
    return widths


def _gap(before: Mapped, after: Mapped) -> Mapped:
    """A space between two Latin words, mapped to the break; nothing elsewhere."""
    latin = before.text[-1:].isascii() and before.text[-1:].isalnum() and after.text[:1].isascii()
    if not (latin and after.text[:1].isalnum()):
        return Mapped("", ())
    return Mapped(" ", ((before.spans[-1][1], after.spans[0][0]),))
