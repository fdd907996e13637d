"""The same thing said with other signs, breaks and years is read as the same statements; only the places move."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from musubi.mappings.annotate import gazetteer
from musubi.mappings.context import context
from musubi.mappings.read import document
from musubi.mappings.reference import reference
from musubi.mappings.rule import rule_set
from musubi.mappings.state import stated
from musubi.mappings.statement import Statement, Unresolved

TEXT = """⚫ 日印宇宙対話（令和17年5月）、日米韓宇宙安全保障対話（同月）を実施し、測位について各国の考えを聞いた。

- 雲を調べる先進レーダ衛星（ALOS-4）は、試験を終えたのち、2041年度の打上げを目指す。

- 氷を測るHTV-Xの開発に取り組み、2042年度の1号機打上げに向けて部品を作る。
"""


def read(text: str) -> tuple[list[Statement], list[Unresolved]]:
    rules, known = rule_set(), reference()
    sample = document(text.encode(), "own.txt")
    return stated(context(sample, gazetteer(), known.country_characters, rules.terms, None), rules)


def said(text: str) -> list[tuple[str, ...]]:
    found = []
    for s in read(text)[0]:
        when = (str(s.time.earliest), str(s.time.latest), s.time.precision) if s.time else ()
        found.append((s.subject, s.property, s.value, s.modality, s.polarity, *when))
    return sorted(found)


def wrapped(text: str, width: int) -> str:
    lines = (line[i : i + width] for line in text.split("\n") for i in range(0, max(len(line), 1), width))
    return "\n".join(lines)


VARIANTS: dict[str, Callable[[str], str]] = {
    "other brackets": lambda text: text.translate(str.maketrans("（）", "()")),
    "full-width letters and digits": lambda text: "".join(
        chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in text
    ),
    "western years for those of an era": lambda text: text.replace("令和17年", "2035年"),
    "years of an era for western ones": lambda text: text.replace("2041年", "令和23年").replace("2042年", "令和24年"),
    "both years": lambda text: text.replace("2041年度", "2041(令和23)年度"),
    "other bullets": lambda text: text.replace("⚫", "\uf06e").replace("- ", "● "),
    "spaces between characters": lambda text: text.replace("対話", "対 話").replace("年度", " 年度"),
    "line ends of another system": lambda text: text.replace("\n", "\r\n"),
    "more blank lines": lambda text: text.replace("\n\n", "\n\n\n\n"),
    "lines in front": lambda text: "港の記録\n\n17\n\n" + text,
    "lines of 20": lambda text: wrapped(text, 20),
    "lines of 27": lambda text: wrapped(text, 27),
    "lines of 33": lambda text: wrapped(text, 33),
    "lines of 41": lambda text: wrapped(text, 41),
}


def test_the_text_says_what_the_variants_are_held_to() -> None:
    subjects = {subject for subject, *_ in said(TEXT)}
    assert subjects == {
        "id:meeting/japan-india-space-dialogue-2035-05",
        "id:meeting/japan-us-korea-space-security-dialogue-2035-05",
        "id:milestone/alos-4-launch",
        "id:milestone/htv-x-1-launch",
    }
    assert len(said(TEXT)) == 17


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_variant_says_the_same(variant: str) -> None:
    changed = VARIANTS[variant](TEXT)
    assert changed != TEXT
    assert said(changed) == said(TEXT)
    assert read(changed)[1] == []


def test_a_spelling_that_no_rule_reads_is_unresolved_and_not_dropped() -> None:
    statements, unresolved = read(TEXT.replace("2041年度の打上げ", "2041年度の打ち上げ"))
    assert not [s for s in statements if s.subject == "id:milestone/alos-4-launch"]
    assert [(u.rule, u.span.first_line) for u in unresolved] == [("launch-target-without-item", 3)]


@pytest.mark.parametrize(
    ("old", "new", "modalities"),
    [
        ("打上げを目指す。", "打上げを目指すのか。", set()),
        ("打上げを目指す。", "打上げを目指していない。", set()),
        ("打上げを目指す。", "打上げを目指していなかった。", set()),
        ("打上げを目指す。", "打上げを目指している。", {"planned"}),
        ("打上げを目指す。", "打上げを検討する。", set()),
        ("2041年度の打上げ", "2041年度の設計完了", set()),
        ("先進レーダ衛星（ALOS-4）", "名のない機体", set()),
    ],
)
def test_a_change_of_the_words_changes_what_is_said(old: str, new: str, modalities: set[str]) -> None:
    found = read(TEXT.replace(old, new))[0]
    assert {s.modality for s in found if s.subject == "id:milestone/alos-4-launch"} == modalities


@pytest.mark.parametrize(
    "text",
    [
        "○令和20年、日米宇宙協力枠組協定を締結したとは言えない。",
        "- HTV-Xの開発を行い、2041年度の1号機打上げを予定していない。",
        "- HTV-Xの開発を行い、2041年度の1号機打上げを予定しているか。",
        "○2041年2月3日、NASA本部にて、林外務大臣が署名したかどうかは分からない。\n\nアルテミス合意\n",
        "- 雲を調べる先進レーダ衛星（ALOS-4）は、2041年度の打上げを目指すのか。",
        "- 雲を調べる先進レーダ衛星（ALOS-4）は、2041年度の打上げを目指していない。",
    ],
)
def test_what_a_sentence_takes_back_is_unresolved_and_not_stated(text: str) -> None:
    statements, unresolved = read(text)
    assert [(s.subject, s.modality) for s in statements] == []
    assert unresolved


def test_a_dialogue_that_did_not_take_place_is_not_told_as_held() -> None:
    for ending in ("を実施する予定である。", "を実施しなかった。", "を実施することを検討する。"):
        found = read(f"⚫ 日印宇宙対話（令和17年5月）{ending}")[0]
        assert [s for s in found if s.modality in {"done", "stated"} and s.polarity == "affirmative"] == [], ending
