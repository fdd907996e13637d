"""Normalised text: what is evened out, and that every character still knows its place."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musubi.mappings.normal import Mapped, normalised

# Surface -> working form, by hand.
FORMS = {
    # width
    "Ｏｒｉｏｎ": "Orion",
    "２０４１年": "2041年",
    "（案）": "(案)",
    "９号機：試験": "9号機:試験",
    # half-width katakana; the voicing mark is a character of its own and folds into the one before it
    "ﾛｹｯﾄ": "ロケット",
    "ｶﾞｽ": "ガス",
    "ﾊﾟﾈﾙ": "パネル",
    "ﾊﾞｯﾃﾘｰ": "バッテリー",
    "ｳﾞｪｶﾞ": "ヴェガ",
    # combining marks
    "か\u3099": "が",
    "は\u309a": "ぱ",
    "e\u0301": "é",
    # numbers in circles stay: as digits they would run into a number before them
    "第2①": "第2①",
    "⑳": "⑳",
    # compatibility forms that become several characters, or one of several
    "㈱": "(株)",
    "㎞": "km",
    "…": "...",
    "Ⅱ": "II",
    "㍿": "株式会社",
    # Kangxi radicals and the supplement that NFKC does not fold
    "⽉⾯": "月面",
    "⼤⼩": "大小",
    "⺠間": "民間",
    "⻑官": "長官",
    "⻄暦": "西暦",
    "⻘⻩": "青黄",
    # dashes and tildes
    "H‐IIA": "H-IIA",
    "2040–2042": "2040-2042",
    "A—B": "A-B",
    "−3": "-3",
    "8〜10": "8~10",
    "8～10": "8~10",
    # white space: none beside a character that is not Latin, one between Latin words
    "衛星 7 機": "衛星7機",
    "月　面": "月面",
    "山田\u00a0太郎": "山田太郎",
    "1 2. 輸送系": "1 2.輸送系",
    "Deep   Space \t Gateway": "Deep Space Gateway",
    "Deep\u3000Space": "Deep Space",
    "SLIM の設計": "SLIMの設計",
    "\u3000　月 ": "月",
    "  Moon  ": "Moon",
    # untouched
    "𠮷野": "𠮷野",
    "🚀発射": "🚀発射",
    "ー": "ー",
}


@pytest.mark.parametrize("surface", FORMS)
def test_a_surface_has_its_working_form(surface: str) -> None:
    assert normalised(surface).text == FORMS[surface]


def test_all_forms_were_tried() -> None:
    assert len(FORMS) == 43


def test_a_voiced_character_stands_for_both_characters_of_the_original() -> None:
    assert normalised("ｶﾞｽ").spans == ((0, 2), (2, 3))


def test_the_characters_of_one_sign_all_stand_for_it() -> None:
    assert normalised("㈱月").spans == ((0, 1), (0, 1), (0, 1), (1, 2))


def test_a_space_that_is_kept_stands_for_the_first_white_space_after_its_word() -> None:
    mapped = normalised("a  b")
    assert (mapped.text, mapped.spans) == ("a b", ((0, 1), (1, 2), (3, 4)))


def test_the_offset_moves_every_span() -> None:
    assert normalised("月面", 40).spans == ((40, 41), (41, 42))


def test_the_original_of_a_piece_reaches_from_its_first_to_its_last_character() -> None:
    text = "第 ２ 回 ｶﾞﾝﾏ線"
    mapped = normalised(text)
    at = mapped.text.index("ガンマ")
    start, end = mapped.original(at, at + 3)
    assert text[start:end] == "ｶﾞﾝﾏ"


def test_pieces_and_sums_keep_their_spans() -> None:
    first, second = normalised("月面"), normalised("基地", 9)
    assert first[1:] + second[:1] == Mapped("面基", ((1, 2), (9, 10)))


# Clusters as they stand in texts: a base character with its mark, never a mark alone, because a mark that loses the
# space before it would fold into a character that it does not belong to.
CLUSTERS = st.one_of(
    st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="ﾞﾟ゛゜").filter(
        lambda c: not unicodedata.normalize("NFKC", c).startswith(" ") or c.isspace()
    ),
    st.sampled_from([*"ｶｷｸｳﾊﾋABCabc012 　-~①⑫㈱㎞…⺠⻑⽉⽅〜–月面計画ーのをが。、（）"]),
    st.sampled_from(["ｶﾞ", "ﾊﾟ", "か\u3099", "e\u0301", "  ", " \t", "㍿", "𠮷", "🚀"]),
)
TEXTS = st.lists(CLUSTERS, max_size=40).map("".join)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(TEXTS)
def test_every_character_is_found_again_where_it_says_that_it_stands(text: str) -> None:
    mapped = normalised(text)
    assert len(mapped.text) == len(mapped.spans)
    for character, (start, end) in zip(mapped.text, mapped.spans, strict=True):
        assert 0 <= start < end <= len(text)
        if character == " ":
            assert text[start:end].isspace()
        else:
            assert character in normalised(text[start:end]).text


@settings(max_examples=400, deadline=None, derandomize=True)
@given(TEXTS)
def test_places_never_go_backwards(text: str) -> None:
    spans = normalised(text).spans
    assert [s for s, _ in spans] == sorted(s for s, _ in spans)
    assert [e for _, e in spans] == sorted(e for _, e in spans)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(TEXTS)
def test_no_character_but_white_space_is_lost(text: str) -> None:
    covered = {i for start, end in normalised(text).spans for i in range(start, end)}
    assert all(text[i].isspace() for i in set(range(len(text))) - covered)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(TEXTS, st.integers(0, 10_000))
def test_the_offset_changes_places_only(text: str, offset: int) -> None:
    here, there = normalised(text), normalised(text, offset)
    assert there.text == here.text
    assert there.spans == tuple((s + offset, e + offset) for s, e in here.spans)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(TEXTS)
def test_a_working_form_is_its_own_working_form(text: str) -> None:
    once = normalised(text).text
    assert normalised(once).text == once
