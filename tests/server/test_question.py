"""Questions are read from their files, and mistakes found with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented import DATA

from musubi.errors import InvalidGraph, NotFound
from musubi.server.question import Question, found, questions, read
from musubi.vocabulary import Names

RIGHT = (DATA / "queries" / "parties.rq").read_text(encoding="utf-8")


def test_header_becomes_a_question(question: Question) -> None:
    assert question.name == "parties"
    assert question.title.en == "Who are the parties to which instrument?"
    assert question.title.text("ja") == "どの文書の締約者は誰か"
    assert [one.name for one in question.parameters] == [
        "instrument",
        "modality",
        "before",
        "least",
        "word",
        "language",
    ]
    assert [one.type for one in question.parameters] == ["entity", "choice", "date", "number", "text", "language"]
    assert question.parameters[0].of == "mus:NormativeInstrument"
    assert question.parameters[1].values == ("scheme:modality/done", "scheme:modality/planned")
    assert question.parameters[5].default == "en"
    assert [one.name for one in question.columns] == ["instrument", "party", "modality", "firstLine"]
    assert question.sources
    assert question.query == RIGHT


def test_query_moves_with_the_base() -> None:
    moved = read(DATA / "queries" / "parties.rq", Names("http://localhost:1/"))
    assert "PREFIX mus: <http://localhost:1/ontology#>" in moved.query
    assert "w3id.org" not in moved.query


def test_questions_are_known_by_name_and_others_are_not_found() -> None:
    known = questions([DATA / "queries" / "parties.rq"])
    assert found(known, "parties").name == "parties"
    with pytest.raises(NotFound) as caught:
        found(known, "partys")
    assert caught.value.allowed == ("parties",)


def test_a_featured_question_stands_before_the_others(tmp_path: Path) -> None:
    for name, line in (("a", ""), ("b", "#+ featured: true\n"), ("c", "")):
        (tmp_path / f"{name}.rq").write_text(line + RIGHT, encoding="utf-8")
    assert list(questions(sorted(tmp_path.glob("*.rq")))) == ["b", "a", "c"]


def test_values_of_a_choice_may_have_words(tmp_path: Path) -> None:
    path = tmp_path / "worded.rq"
    plain = '["scheme:modality/done", "scheme:modality/planned"]'
    path.write_text(RIGHT.replace(plain, "{few: {ja: 少数, en: a few}, all: {ja: 全部, en: all}}"), encoding="utf-8")
    choice = read(path).parameters[1]
    assert choice.values == ("few", "all")
    assert [title.text("ja") for title in choice.value_titles] == ["少数", "全部"]


def test_lines_of_japanese_are_joined_without_a_space(tmp_path: Path) -> None:
    path = tmp_path / "folded.rq"
    japanese = "#+   ja: >-\n#+     締約者を\n#+     文書ごとに、ABC\n#+     順に。\n"
    folded = f"#+ description:\n{japanese}#+   en: >-\n#+     Lists\n#+     parties.\n"
    lines = RIGHT.splitlines(keepends=True)
    path.write_text("".join([lines[0], folded, *lines[2:]]), encoding="utf-8")
    assert read(path).description.ja == "締約者を文書ごとに、ABC 順に。"
    assert read(path).description.en == "Lists parties."


WRONG = {
    "no header": ("#+ title", "# title", 1, "header"),
    "no YAML": ("#+ sources: true", "#+ sources: [", 15, "YAML"),
    "no description": ("#+ description", "#+ describe", 2, "not known here"),
    "one language only": ("{ja: 文書名, en: Instrument}", "{ja: 文書名}", 11, "columns.instrument.en"),
    "third language": ("{ja: 文書名, en: Instrument}", "{ja: a, en: b, fr: c}", 11, "fr"),
    "unknown type": ("type: date", "type: day", 6, "no type"),
    "entity without class": ('class: "mus:NormativeInstrument", ', "", 4, "class"),
    "choice without values": ('values: ["scheme:modality/done", "scheme:modality/planned"], ', "", 5, "values"),
    "values of no choice": ("type: number,", "type: number, values: [a],", 7, "values"),
    "unknown key of a parameter": ("type: number,", "type: number, unit: m,", 7, "unit"),
    "values that are numbers": ('["scheme:modality/done", "scheme:modality/planned"]', "[1, 2]", 5, "list of texts"),
    "parameter that is no variable": ("#+   least: {type: number", "#+   most: {type: number", 7, "?most"),
    "column that is not selected": ("#+   party: {", "#+   partner: {", 12, "?partner"),
    "sources without their columns": ("?document ?documentLabel ?firstLine", "?firstLine", 15, "?document"),
    "no language": ("#+   language: {type: language", "#+   word2: {type: text", 3, "language"),
    "key twice": ("#+ sources: true", "#+ sources: true\n#+ sources: true", 16, "twice"),
    "no WHERE": ("\nWHERE {", "\n{", 1, "WHERE"),
    "no SELECT": ("SELECT ?instrument ?instrumentLabel", "ASK #", 1, "SELECT"),
    "an update": ("SELECT ?instrument ?instrumentLabel", "DELETE #", 1, "changes data"),
}


@pytest.mark.parametrize("name", WRONG)
def test_mistake_is_found_with_file_and_line(name: str, tmp_path: Path) -> None:
    right, wrong, line, reason = WRONG[name]
    assert right in RIGHT
    path = tmp_path / "wrong.rq"
    path.write_text(RIGHT.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(InvalidGraph, match=f"wrong.rq:{line}: .*{reason.replace('?', '[?]')}"):
        read(path)


def test_every_kind_of_mistake_was_tried() -> None:
    assert len(WRONG) == 19


def test_file_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "binary.rq"
    path.write_bytes(b"#+ title: \xff")
    with pytest.raises(InvalidGraph, match="cannot be read"):
        read(path)
