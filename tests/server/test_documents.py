"""Documents with their statements by line, and their lines where the text is at hand."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from invented import BROWSER, DATA, DOC12, SHA256

from musubi.server.app import create_app
from musubi.server.documents import passages
from musubi.server.local import Local
from musubi.server.stated import Source, Stated
from musubi.server.texts import Texts
from musubi.settings import Settings


def stated(first: int, last: int, start: int, end: int) -> Stated:
    source = Source("span", "document", first, last, start, end, "", False, None)
    return Stated(f"{start}-{end}", "s", "p", "v", "", "m", False, "", "", "", "", "", (source,))


def test_the_text_of_the_tests_is_the_one_the_release_speaks_of() -> None:
    assert hashlib.sha256((DATA / "texts" / "invented.txt").read_bytes()).hexdigest() == SHA256


def test_list_has_title_time_lines_and_statements(client: FlaskClient) -> None:
    text = client.get("/documents").text
    assert f'href="/documents/{DOC12}"' in text
    assert "An invented document" in text
    assert "2031-04-02" in text


def test_lines_are_quoted_and_passages_marked_where_the_text_is(client: FlaskClient) -> None:
    text = client.get(f"/documents/{DOC12}").text
    assert "<mark>観測衛星ひばりは、枠組協定に基づき、2033年度に打ち上げる</mark>" in text
    assert all(f'id="L{line}"' in text for line in (1, 3, 4, 5, 6, 7))
    assert 'id="L2"' not in text
    assert "Quoted lines are shown" in text


def test_markup_in_a_document_is_shown_and_not_run(client: FlaskClient) -> None:
    text = client.get(f"/documents/{DOC12}").text
    assert "&lt;b&gt;両国&lt;/b&gt; &amp; &#34;関係者&#34;" in text
    assert "<b>両国" not in text


def test_without_the_text_lines_are_named_and_the_page_says_so(
    settings: Settings, engine: Local, own_questions: None, tmp_path: Path
) -> None:
    for folder in (None, tmp_path, tmp_path / "missing"):
        client = create_app(replace(settings, documents=folder), engine).test_client()
        text = client.get(f"/documents/{DOC12}", headers={"Accept": BROWSER}).text
        assert 'id="L4"' in text
        assert "観測衛星ひばり" not in text
        assert "The text of this document is not on this server" in text
        assert SHA256 in text


def test_unknown_document_is_not_found_and_the_known_are_named(client: FlaskClient) -> None:
    response = client.get("/documents/000000000000")
    assert (response.status_code, response.get_json()["allowed"]) == (404, [DOC12])


def test_texts_are_found_by_their_hash_whatever_their_names(tmp_path: Path) -> None:
    (tmp_path / "anything.bin").write_bytes(b"a\r\nb\n")
    (tmp_path / "broken").write_bytes(b"\xff\xfe")
    (tmp_path / "folder").mkdir()
    texts = Texts(tmp_path)
    assert texts.text(hashlib.sha256(b"a\r\nb\n").hexdigest()) == "a\r\nb\n"
    assert texts.text("0" * 64) is None
    assert texts.any
    assert not Texts(None).any


def test_passages_that_share_a_line_are_one() -> None:
    text = "abc\ndefg\nhij\nk"
    first, second, third = stated(1, 2, 1, 6), stated(2, 2, 5, 8), stated(4, 4, 13, 14)
    found = passages([first, second, third], "document", text)
    assert [[line.number for line in one.lines] for one in found] == [[1, 2], [4]]
    assert [one.statements for one in found] == [(first, second), (third,)]
    marked = [[(piece.text, piece.is_marked) for piece in line.pieces] for line in found[0].lines]
    assert marked == [[("a", False), ("bc", True)], [("d", True), ("e", True), ("fg", True)]]


LINES = st.lists(st.text(alphabet="あいa𠮷", max_size=6), min_size=1, max_size=6)


def test_bullets_of_slides_are_shown_as_shapes_that_any_font_has() -> None:
    (passage,) = passages([stated(1, 1, 2, 6)], "document", "\uf06e 北と南の約束")
    assert "".join(piece.text for piece in passage.lines[0].pieces) == "■ 北と南の約束"
    assert [piece.text for piece in passage.lines[0].pieces if piece.is_marked] == ["北と南の"]


@given(LINES, st.data())
def test_lines_come_out_whole_with_exactly_the_passage_marked(lines: list[str], data: st.DataObject) -> None:
    text = "\n".join(lines)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = text.count("\n", 0, start) + 1, text.count("\n", 0, max(start, end - 1)) + 1
    (passage,) = passages([stated(first, last, start, end)], "document", text)
    for line in passage.lines:
        assert "".join(piece.text for piece in line.pieces) == lines[line.number - 1]
    marked = "".join(piece.text for line in passage.lines for piece in line.pieces if piece.is_marked)
    assert marked == text[start:end].replace("\n", "")
