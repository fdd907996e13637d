"""Words: the reference of tokenisation.txt, so that an update of tokenizer or dictionary shows, and the offsets."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest

from musubi.mappings.tokens import tokens


def read_reference() -> dict[str, str]:
    lines = [line for line in Path(__file__).with_name("tokenisation.txt").read_text("utf-8").split("\n") if line]
    lines = [line for line in lines if not line.startswith("#")]
    return dict(zip(lines[::2], (line.strip() for line in lines[1::2]), strict=True))


REFERENCE = read_reference()


@pytest.mark.parametrize("sentence", REFERENCE)
def test_a_sentence_has_the_words_of_the_reference(sentence: str) -> None:
    assert " ".join(f"{t.surface}/{t.form}" for t in tokens(sentence)) == REFERENCE[sentence]


def test_the_reference_has_thirty_sentences() -> None:
    assert len(REFERENCE) == 30


def test_tokenizer_and_dictionary_are_those_that_the_rules_were_written_with() -> None:
    assert (version("sudachipy"), version("sudachidict_core")) == ("0.7.0", "20261015")


def test_offsets_are_code_points_even_behind_a_character_outside_the_basic_plane() -> None:
    text = "𠮷野が🚀を打ち上げた"
    found = tokens(text)
    assert all(text[t.start : t.end] == t.surface for t in found)
    assert "".join(t.surface for t in found) == text


def test_a_word_has_its_part_of_speech() -> None:
    assert [(t.category, t.detail) for t in tokens("月へ行くか")] == [
        ("名詞", "普通名詞"),
        ("助詞", "格助詞"),
        ("動詞", "非自立可能"),
        ("助詞", "終助詞"),
    ]


def test_no_text_has_no_words() -> None:
    assert tokens("") == []
