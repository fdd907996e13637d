"""Units of layout: what each kind looks like, and that nothing of the text is lost or told twice."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musubi.mappings.layout import Unit, sentences, units
from musubi.mappings.normal import normalised
from musubi.mappings.read import Document, document

Texts = Callable[[str], Document]

# A line alone in a document -> kind, level, working text.
LINES = {
    # bullets; the private-use marks are those of slides, and carry the nesting
    "\uf06e 港の整備を進める。": ("bullet", 1, "港の整備を進める。"),
    "\uf06c 灯台を直す。": ("bullet", 1, "灯台を直す。"),
    "\uf075 航路を広げる。": ("bullet", 1, "航路を広げる。"),
    "\uf0d8 岸壁を延ばす。": ("bullet", 2, "岸壁を延ばす。"),
    "\uf0fc 測量は済んだ。": ("bullet", 3, "測量は済んだ。"),
    "⚫ 氷を測る。": ("bullet", 1, "氷を測る。"),
    "●氷を測る。": ("bullet", 1, "氷を測る。"),
    "〇 氷を測る。": ("bullet", 1, "氷を測る。"),
    "○ 氷を測る。": ("bullet", 1, "氷を測る。"),
    "■ 氷を測る。": ("bullet", 1, "氷を測る。"),
    "◆ 氷を測る。": ("bullet", 1, "氷を測る。"),
    "- 氷を測る。": ("bullet", 1, "氷を測る。"),
    "・氷を測る": ("bullet", 1, "氷を測る"),
    "　・氷を測る": ("bullet", 1, "氷を測る"),
    "1) 氷を測る": ("bullet", 2, "氷を測る"),
    "12) 氷を測る": ("bullet", 2, "氷を測る"),
    "３）氷を測る": ("bullet", 2, "氷を測る"),
    # questions
    "⇒氷をどう測るのか。": ("question", 0, "氷をどう測るのか。"),
    "  ⇒ 船は足りるか。": ("question", 0, "船は足りるか。"),
    # furniture
    "https://example.org/ice": ("furniture", 0, "https://example.org/ice"),
    "(https://example.org/ice)": ("furniture", 0, "(https://example.org/ice)"),
    "17": ("furniture", 0, "17"),
    "  204  ": ("furniture", 0, "204"),
    "© 2040 観測隊": ("furniture", 0, "©2040観測隊"),
    "出典：観測隊の記録": ("furniture", 0, "出典:観測隊の記録"),
    "PAGE TOP": ("furniture", 0, "PAGE TOP"),
    "関連サイト": ("furniture", 0, "関連サイト"),
    "隊員の手帳 外部リンク": ("furniture", 0, "隊員の手帳外部リンク"),
    # headings: level 1 opens a section, 2 is marked as a part, 3 is any short line that is no sentence
    "4. 港の整備": ("heading", 1, "4.港の整備"),
    "1 2. 灯台の整備": ("heading", 1, "1 2.灯台の整備"),
    "5. 2041年の航路": ("heading", 1, "5. 2041年の航路"),
    "第三章 航路": ("heading", 1, "第三章航路"),
    "第２節　航路": ("heading", 1, "第2節航路"),
    "【港 9】来年からの取組": ("heading", 2, "【港9】来年からの取組"),
    "① 目的": ("heading", 2, "①目的"),
    "<背景>": ("heading", 2, "<背景>"),
    "＜経緯＞": ("heading", 2, "<経緯>"),
    "３．まとめ": ("heading", 2, "3.まとめ"),
    "採取計画": ("heading", 3, "採取計画"),
    # table rows: three cells or more with a unit, and no sentence
    "船 3名 4名 5名": ("row", 0, "船3名4名5名"),
    "車 1,000M 2.5B 30%": ("row", 0, "車1,000M 2.5B 30%"),
    "荷 7件 8億円 9百万円": ("row", 0, "荷7件8億円9百万円"),
    # key and value
    "船 名： 白鳥丸": ("key-value", 0, "船名:白鳥丸"),
    "所属:北港": ("key-value", 0, "所属:北港"),
    # text
    "氷の厚さは毎年測られている。": ("paragraph", 0, "氷の厚さは毎年測られている。"),
    "船 3名、車 4名、犬 5名を乗せた。": ("paragraph", 0, "船3名、車4名、犬5名を乗せた。"),
    "2.5トンの荷を運ぶ。": ("paragraph", 0, "2.5トンの荷を運ぶ。"),
    # a number with a fraction opens no section
    "2.5 トンの荷": ("heading", 3, "2.5トンの荷"),
    # four digits are no page number
    "1040": ("heading", 3, "1040"),
}


def described(sample: Document) -> list[tuple[str, str]]:
    return [(unit.kind, unit.text.text) for unit in units(sample)]


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_of_its_kind_and_level(line: str, text_document: Texts) -> None:
    (unit,) = units(text_document(line))
    assert (unit.kind, unit.level, unit.text.text) == LINES[line]


def test_every_kind_of_unit_was_tried() -> None:
    assert {kind for kind, _, _ in LINES.values()} == {
        "bullet",
        "furniture",
        "heading",
        "key-value",
        "paragraph",
        "question",
        "row",
    }
    assert len(LINES) == 49


def test_nested_bullets_keep_their_levels_and_order(text_document: Texts) -> None:
    found = units(
        text_document("\uf06e 港を直す。\n\uf0d8 北の岸。\n\uf0fc 済んだ。\n\uf0d8 南の岸。\n\uf06e 船を直す。\n")
    )
    assert [(u.level, u.first_line) for u in found] == [(1, 1), (2, 2), (3, 3), (2, 4), (1, 5)]


def test_the_mark_of_a_bullet_is_no_part_of_its_text(text_document: Texts) -> None:
    sample = text_document("\uf06e  港を直す。")
    (unit,) = units(sample)
    assert sample.text[slice(*unit.text.original(0, 1))] == "港"


def test_a_bullet_goes_on_in_the_next_line(text_document: Texts) -> None:
    sample = text_document("- 観測船は北の海へ向かい、氷の厚さと水の温度を\n測って戻る。\n- 次の航海は来年である。\n")
    assert described(sample) == [
        ("bullet", "観測船は北の海へ向かい、氷の厚さと水の温度を測って戻る。"),
        ("bullet", "次の航海は来年である。"),
    ]


def test_a_number_that_closes_a_bracket_is_no_number_of_a_list(text_document: Texts) -> None:
    sample = text_document("- 氷を測る船（白鳥-\n4）は、春に港を出る。\n1) 氷を測る\n")
    assert described(sample) == [("bullet", "氷を測る船(白鳥-4)は、春に港を出る。"), ("bullet", "氷を測る")]


def test_a_bracket_left_open_on_the_page_before_does_not_hide_a_list(text_document: Texts) -> None:
    sample = text_document("- 氷を測る船（白鳥\n\n\n1) 氷を測る\n")
    assert [u.kind for u in units(sample)] == ["bullet", "bullet"]
    assert units(sample)[1].level == 2


def test_a_question_goes_on_in_the_next_line(text_document: Texts) -> None:
    assert described(text_document("⇒観測船は北の海で氷の厚さを\nどのように測るのか。")) == [
        ("question", "観測船は北の海で氷の厚さをどのように測るのか。")
    ]


def test_a_heading_goes_on_in_the_next_line(text_document: Texts) -> None:
    assert described(text_document("7. 北の海における氷の厚さの観測及び\n観測船の運用\n\n観測は春に始まる。")) == [
        ("heading", "7.北の海における氷の厚さの観測及び観測船の運用"),
        ("paragraph", "観測は春に始まる。"),
    ]


@pytest.mark.parametrize("heading", ["【港 9】", "<北の港の整備について>", "【港 9】来年度からの取組"])
def test_a_heading_that_closes_itself_does_not_swallow_the_line_after_it(heading: str, text_document: Texts) -> None:
    found = described(text_document(f"{heading}\n観測船は北の海へ向かい、氷を測って戻る。\n"))
    assert [kind for kind, _ in found] == ["heading", "paragraph"]


def test_a_sentence_goes_on_after_a_blank_line(text_document: Texts) -> None:
    sample = text_document(
        "観測船は春に港を出て、北の海で氷の厚さを\n\n測ったのち、秋に戻る。\n\n次の航海は来年である。\n"
    )
    assert [(u.text.text, u.first_line, u.last_line) for u in units(sample)] == [
        ("観測船は春に港を出て、北の海で氷の厚さを測ったのち、秋に戻る。", 1, 3),
        ("次の航海は来年である。", 5, 5),
    ]


def test_a_sentence_does_not_go_on_after_two_blank_lines(text_document: Texts) -> None:
    sample = text_document("観測船は春に港を出て、北の海で氷の厚さを\n\n\n測ったのち、秋に戻る。")
    assert [u.page for u in units(sample)] == [1, 2]


def test_two_blank_lines_or_a_form_feed_begin_a_page(text_document: Texts) -> None:
    sample = text_document("一枚目。\n\n\n二枚目。\n\f三枚目。\n\n三枚目の続き。\n\n\n\n四枚目。\n")
    assert [(u.text.text[:2], u.page) for u in units(sample)] == [
        ("一枚", 1),
        ("二枚", 2),
        ("三枚", 3),
        ("三枚", 3),
        ("四枚", 4),
    ]


def test_a_form_feed_on_a_line_of_its_own_begins_a_page(text_document: Texts) -> None:
    assert [u.page for u in units(text_document("一枚目。\n\f\n二枚目。\n"))] == [1, 2]


def test_a_heading_may_stand_after_its_text_on_the_same_page(text_document: Texts) -> None:
    sample = text_document("砂の採取は冬に行う。採った砂は船で運ぶ。\n\n砂の採取計画\n\n\n次の頁の文はこれである。")
    assert [(u.kind, u.page) for u in units(sample)] == [("paragraph", 1), ("heading", 1), ("paragraph", 2)]


def test_rows_of_a_table_stay_apart(text_document: Texts) -> None:
    sample = text_document("船 3名 4名 5名\n車 6名 7名 8名\n犬 9名 1名 2名\n")
    assert [u.kind for u in units(sample)] == ["row", "row", "row"]


def test_key_value_lines_stay_apart(text_document: Texts) -> None:
    assert described(text_document("船 名：白鳥丸\n所 属：北港\n")) == [
        ("key-value", "船名:白鳥丸"),
        ("key-value", "所属:北港"),
    ]


def test_two_latin_words_are_joined_by_a_space_that_stands_for_the_break(text_document: Texts) -> None:
    sample = text_document("- 北の海の観測には新しい船と Deep Sea\nExplorer という名の機器を使う。")
    (unit,) = units(sample)
    at = unit.text.text.index("Sea Explorer") + 3
    assert sample.text[slice(*unit.text.original(at, at + 1))] == "\n"


def test_a_number_that_is_broken_after_its_point_stays_one_line_of_text(text_document: Texts) -> None:
    sample = text_document(
        "北へ向かう新しい観測船は、長さが四十米で、荷は\n2.5トンまで積むことができるように\n造られた。"
    )
    assert [u.kind for u in units(sample)] == ["paragraph"]


def test_sentences_end_with_their_full_stop(text_document: Texts) -> None:
    (unit,) = units(text_document("船が出た。氷を測った（二度目。）のち戻った。次は"))
    assert [unit.text.text[s:e] for s, e in sentences(unit)] == [
        "船が出た。",
        "氷を測った(二度目。)のち戻った。",
        "次は",
    ]


def test_a_text_without_a_full_stop_is_one_sentence(text_document: Texts) -> None:
    (unit,) = units(text_document("- 氷の観測"))
    assert list(sentences(unit)) == [(0, 4)]


# --- The same text at other widths ---

PARAGRAPH = (
    "北の海を調べる新しい観測船は、来年の春に南の港を出て、途中の島で水と食料を積み、夏のあいだ氷の厚さと海水の温度を"
    "測り続けたのち、秋の終わりまでに集めた記録を持って、もとの港へ戻る計画になっている"
)
PAGE = (
    "北の海を調べる新しい観測船は、来年の春に南の港を出る。途中の島で水と食料を積み、夏のあいだ氷の厚さを測り続ける。"
    "集めた記録は Arctic Data Center に送られ、どの国の研究者も使うことができる。観測船には二十人の隊員が乗り込み、"
    "そのうち四人は医師である。"
)
SENTENCES = [normalised(f"{sentence}。").text for sentence in PAGE.split("。")[:-1]]
WIDTHS = range(14, 60)


def wrapped(text: str, width: int) -> str:
    """The text in lines of `width`, no Latin word broken."""
    lines = [""]
    for piece in re.findall(r"[A-Za-z]+|.", text):
        if len(lines[-1]) + len(piece) > width:
            lines.append("")
        lines[-1] += piece
    return "\n".join(line.strip() for line in lines)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_paragraph_is_the_same_at_any_width(width: int, text_document: Texts) -> None:
    assert [u.text.text for u in units(text_document(wrapped(PARAGRAPH, width) + "。"))] == [PARAGRAPH + "。"]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_sentences_of_a_page_are_the_same_at_any_width(width: int, text_document: Texts) -> None:
    found = units(text_document(wrapped(PAGE, width)))
    assert [u.text.text[s:e] for u in found for s, e in sentences(u)] == SENTENCES


# --- Nothing lost, nothing twice ---

PIECES = st.sampled_from(
    [
        *LINES,
        "",
        "",
        "　",
        "\f",
        "\f北の海へ",
        "観測船は春に港を出て、北の海で氷の厚さを",
        "測ったのち、秋に戻る。",
        "という",
        "Deep Sea",
        "Explorer",
        "ﾛｹｯﾄの部品を",
        "⚫",
        "㈱北港",
    ]
)
DOCUMENTS = st.lists(PIECES, min_size=1, max_size=14).map("\n".join).filter(lambda text: bool(text.strip()))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(DOCUMENTS)
def test_every_line_that_is_not_blank_belongs_to_one_unit(text: str) -> None:
    sample = document(text.encode(), "own.txt")
    found = units(sample)
    for number, line in enumerate(sample.lines, start=1):
        owners = [u for u in found if u.first_line <= number <= u.last_line]
        assert len(owners) == 1 if line.strip() else len(owners) <= 1
    assert [u.first_line for u in found] == sorted(u.first_line for u in found)
    assert [u.page for u in found] == sorted(u.page for u in found)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(DOCUMENTS)
def test_the_characters_of_a_unit_are_those_of_its_lines(text: str) -> None:
    sample = document(text.encode(), "own.txt")
    for unit in units(sample):
        pieces = [sample.lines[n - 1] for n in range(unit.first_line, unit.last_line + 1)]
        pieces[0] = pieces[0][first_character(unit, sample) :]
        assert unit.text.text.replace(" ", "") == "".join(normalised(p).text for p in pieces).replace(" ", "")
        for character, (start, end) in zip(unit.text.text, unit.text.spans, strict=True):
            assert unit.first_line <= sample.line_at(start) <= sample.line_at(end - 1) <= unit.last_line
            original = sample.text[start:end]
            assert original.isspace() if character == " " else character in normalised(original).text


@settings(max_examples=300, deadline=None, derandomize=True)
@given(DOCUMENTS)
def test_only_the_mark_before_a_unit_is_left_out(text: str) -> None:
    sample = document(text.encode(), "own.txt")
    for unit in units(sample):
        mark = sample.lines[unit.first_line - 1][: first_character(unit, sample)].strip()
        if unit.kind == "bullet":
            assert mark.rstrip(")）") in {*"\uf06e\uf06c\uf075\uf0d8\uf0fc⚫●○〇■◆-・", "1", "12", "３"}
        else:
            assert mark == ("⇒" if unit.kind == "question" else "")


def first_character(unit: Unit, sample: Document) -> int:
    """Where the text of a unit begins in its first line; its end, where the line holds a mark alone."""
    line = sample.lines[unit.first_line - 1]
    start = unit.text.spans[0][0] if unit.text.spans else len(sample.text)
    return min(start - sample.starts[unit.first_line - 1], len(line))
