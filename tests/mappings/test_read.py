"""Bytes to text: what counts as a line, where a character stands, and what is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from musubi.errors import EmptyDocument, NotText
from musubi.mappings.read import Document, Span, document, hash_of, read

Texts = Callable[[str], Document]


def test_the_hash_of_a_document_is_that_of_its_bytes() -> None:
    data = "衛星を運ぶ。\r\n".encode()
    assert document(data, "own.txt").sha256 == hashlib.sha256(data).hexdigest()


def test_a_byte_order_mark_is_a_character_of_the_text() -> None:
    marked = document(b"\xef\xbb\xbf" + "月".encode(), "own.txt")
    assert (len(marked.text), marked.text[1]) == (2, "月")


def test_a_file_is_read_as_its_bytes_are(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_bytes("港\r\n船\n".encode())
    assert read(path).text == "港\r\n船\n"


def test_offsets_count_code_points_and_not_bytes(text_document: Texts) -> None:
    sample = text_document("月へ行く\n火星へ行く")
    assert sample.starts == (0, 5)
    assert sample.text[sample.starts[1]] == "火"


@pytest.mark.parametrize("mark", ["\f", "\v", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", "\r"])
def test_only_a_line_feed_ends_a_line(mark: str, text_document: Texts) -> None:
    sample = text_document(f"上{mark}中\n下")
    assert sample.lines == (f"上{mark}中", "下")
    assert sample.line_at(sample.text.index("中")) == 1
    assert sample.line_at(sample.text.index("下")) == 2


def test_the_carriage_return_of_a_line_end_stays_in_its_line(text_document: Texts) -> None:
    assert text_document("上\r\n下\r\n").lines == ("上\r", "下\r", "")


def test_a_text_that_ends_with_a_line_feed_has_an_empty_last_line(text_document: Texts) -> None:
    assert text_document("一\n").lines == ("一", "")
    assert text_document("一").lines == ("一",)


def test_a_line_feed_belongs_to_the_line_that_it_ends(text_document: Texts) -> None:
    sample = text_document("上\n下")
    assert [sample.line_at(offset) for offset in range(3)] == [1, 1, 2]


def test_bytes_that_are_not_utf8_are_refused_with_their_line() -> None:
    with pytest.raises(NotText, match=r"^own\.txt:3: byte 8 is not UTF-8"):
        document("月\n火\n".encode() + b"\xff\n", "own.txt")


def test_a_text_in_another_encoding_is_refused_with_the_line_of_its_first_wrong_byte() -> None:
    with pytest.raises(NotText, match=r"^own\.txt:2: "):
        document(b"moon\n" + "月".encode("shift_jis"), "own.txt")


def test_nul_is_refused_with_its_line() -> None:
    with pytest.raises(NotText, match=r"^own\.txt:2: holds a NUL character"):
        document("月\n火\0星".encode(), "own.txt")


@pytest.mark.parametrize("data", [b"", b"\n\n", " \t\f\n\u3000\u00a0\n".encode()])
def test_a_document_of_white_space_is_empty(data: bytes) -> None:
    with pytest.raises(EmptyDocument, match=r"^own\.txt: holds nothing but white space"):
        document(data, "own.txt")


def test_a_span_has_the_lines_of_its_first_and_last_character(text_document: Texts) -> None:
    sample = text_document("一行目\n二行目\n三行目\n")
    start, end = sample.text.index("二"), sample.text.index("三") + 1
    assert sample.span(start, end) == Span(4, 9, 2, 3, hashlib.sha256("二行目\n三".encode()).hexdigest())


def test_a_span_that_ends_with_a_line_feed_ends_in_that_line(text_document: Texts) -> None:
    sample = text_document("一\n二\n")
    assert (sample.span(0, 2).first_line, sample.span(0, 2).last_line) == (1, 1)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (-1, 1), (0, 4), (3, 4)])
def test_a_span_that_is_empty_or_outside_is_refused(start: int, end: int, text_document: Texts) -> None:
    with pytest.raises(ValueError, match="no such span in a text of 3 characters"):
        text_document("月と火").span(start, end)


def test_a_character_outside_the_basic_plane_counts_once(text_document: Texts) -> None:
    sample = text_document("𠮷野と🚀\n𩸽")
    assert len(sample.text) == 6
    assert sample.starts == (0, 5)
    assert sample.span(3, 4).sha256 == hashlib.sha256("🚀".encode()).hexdigest()
    assert sample.span(5, 6).first_line == 2


def test_a_span_is_written_with_lines_offsets_and_hash(text_document: Texts) -> None:
    assert str(text_document("月\n火").span(0, 3)) == f"1-2@0-3#{hash_of('月' + chr(10) + '火')}"


def test_spans_sort_by_place(text_document: Texts) -> None:
    sample = text_document("月火水")
    spans = [sample.span(1, 3), sample.span(0, 3), sample.span(1, 2), sample.span(0, 1)]
    assert [(s.start, s.end) for s in sorted(spans)] == [(0, 1), (0, 3), (1, 2), (1, 3)]
