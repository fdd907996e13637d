"""Each canned question against the rows that a reader of the documents expects, document and lines included.

The expected rows (tests/queries/<question>/expected.csv) were written from the documents. The release is built from
the real seeds, once.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib.plugins.sparql import prepareQuery

from musubi.build.pipeline import build
from musubi.build.release import Release
from musubi.data import folder, question_files
from musubi.mappings.seeds import read_seeds
from musubi.server import ask
from musubi.server.local import Local
from musubi.server.question import questions
from musubi.settings import Settings
from musubi.vocabulary import Names

HERE = Path(__file__).parent
QUESTIONS = [path.stem for path in question_files()]
NAMES = Names()


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Local]:
    settings = Settings(releases=tmp_path_factory.mktemp("releases"))
    release: Release = build(settings)
    engine = Local(release.dataset, settings)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def slugs() -> dict[str, str]:
    seeds, _ = read_seeds(folder("seeds"))
    return {NAMES.document(seed.record.sha256): seed.record.slug for seed in seeds}


def asked(engine: Local, name: str, **values: str) -> list[dict[str, str]]:
    question = questions(question_files())[name]
    table = ask.rows(engine, question, values)
    return [{column: str(row[column]) if column in row else "" for column in table.columns} for row in table.rows]


def short(row: dict[str, str], columns: list[str], slugs: dict[str, str]) -> tuple[str, ...]:
    return tuple(slugs.get(row[column], NAMES.curie(row[column])) for column in columns)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_gives_the_rows_that_the_documents_support(engine: Local, slugs: dict[str, str], name: str) -> None:
    with (HERE / name / "expected.csv").open(encoding="utf-8", newline="") as file:
        columns, *expected = csv.reader(file)
    given = [short(row, columns, slugs) for row in asked(engine, name)]
    assert Counter(given) == Counter(map(tuple, expected))


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_gives_as_many_rows_in_japanese_with_every_label_filled(engine: Local, name: str) -> None:
    english, japanese = asked(engine, name), asked(engine, name, language="ja")
    assert len(english) == len(japanese) > 0
    labels = [column for column in english[0] if column.endswith("Label")]
    for here, there in zip(english, japanese, strict=True):
        assert [bool(here[label]) for label in labels] == [bool(there[label]) for label in labels]


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_runs_as_it_is_in_two_engines_dialects(engine: Local, name: str) -> None:
    text = (folder("queries") / f"{name}.rq").read_text(encoding="utf-8")
    prepareQuery(text)
    assert b"bindings" in engine.evaluate(text, "application/sparql-results+json").body


def test_every_question_has_its_expected_rows() -> None:
    assert sorted(QUESTIONS) == sorted(path.parent.name for path in HERE.glob("*/expected.csv"))
    assert len(QUESTIONS) == 6


def test_principles_guide_but_are_no_bilateral_framework(engine: Local) -> None:
    bilateral = {row["dependency"] for row in asked(engine, "missions-by-framework")}
    everything = [row for row in asked(engine, "missions-by-framework", sides="any") if row["dependency"] == "guided"]
    assert "guided" not in bilateral
    assert [(row["activityLabel"], row["instrumentLabel"]) for row in everything] == [
        ("Artemis Programme", "Artemis Accords")
    ]
    assert [(row["firstLine"], row["lastLine"]) for row in everything] == [("437", "440")]


def test_an_instrument_given_leaves_the_rows_of_that_instrument(engine: Local) -> None:
    rows = asked(engine, "missions-by-framework", instrument="id:instrument/gateway-mou")
    assert [row["activityLabel"] for row in rows] == ["Jeremy Hansen as mission specialist 2 of Artemis II Mission"]
