"""Clause endings and the mode that they tell, with every cue of the table fired, and its words held to the ontology."""

from __future__ import annotations

import pytest
from rdflib import RDF, Graph, Literal, Namespace

from musubi.data import folder
from musubi.mappings.lift import ASSERTING
from musubi.mappings.modality import cue_of, cues
from musubi.vocabulary import PREFIXES

MUS = Namespace(PREFIXES["mus"])

# Clause -> cue, modality, polarity; by hand.
ENDINGS = {
    # asked
    "月の水をどのように運ぶのか。": ("question", "open-question", "affirmative"),
    "予算は足りるか": ("question", "open-question", "affirmative"),
    "試験は成功したのか。": ("question", "open-question", "affirmative"),
    # duties, and those that only bind to an effort
    "事故を通報する義務": ("duty", "binding-duty", "affirmative"),
    "事故を通報する義務を負う。": ("duty", "binding-duty", "affirmative"),
    "事故を通報する義務がある。": ("duty", "binding-duty", "affirmative"),
    "事故を通報する努力義務": ("best-effort-duty", "best-effort-duty", "affirmative"),
    "事故を通報する努力義務を負う。": ("best-effort-duty", "best-effort-duty", "affirmative"),
    "事故を通報する努力義務がある。": ("best-effort-duty", "best-effort-duty", "affirmative"),
    "記録の公開に努める。": ("strive", "best-effort-duty", "affirmative"),
    "記録の公開に努めなければならない。": ("strive", "best-effort-duty", "affirmative"),
    "記録の公開に努めるものとする。": ("strive", "best-effort-duty", "affirmative"),
    "物体を登録しなければならない。": ("must", "binding-duty", "affirmative"),
    "事前に届け出なければならない。": ("must", "binding-duty", "affirmative"),
    "事前に届け出なくてはならない。": ("must", "binding-duty", "affirmative"),
    "損害を賠償せねばならない。": ("must", "binding-duty", "affirmative"),
    "物体を登録しなければいけない。": ("must", "binding-duty", "affirmative"),
    "費用は各国が負担するものとする。": ("shall", "binding-duty", "affirmative"),
    # allowed
    "施設を共同で使うことができる。": ("may", "permitted", "affirmative"),
    "利用者はデータを複製することが出来る": ("may", "permitted", "affirmative"),
    # put forward, undecided
    "規則を見直すべき": ("should", "proposed", "affirmative"),
    "規則を見直すべきである。": ("should", "proposed", "affirmative"),
    # examined
    "参加の可否を検討する。": ("study", "under-study", "affirmative"),
    "参加の可否を検討": ("study", "under-study", "affirmative"),
    "参加について検討を行う。": ("study", "under-study", "affirmative"),
    "参加について検討を進める。": ("study", "under-study", "affirmative"),
    "参加を検討している。": ("study", "under-study", "affirmative"),
    "参加を検討しているところである。": ("study", "under-study", "affirmative"),
    "参加を検討した。": ("study", "under-study", "affirmative"),
    "需要を調査する。": ("study", "under-study", "affirmative"),
    "論点を整理": ("study", "under-study", "affirmative"),
    # planned, whatever form the word of planning has
    "衛星の打上げを予定": ("scheduled", "planned", "affirmative"),
    "衛星を打ち上げる予定。": ("scheduled", "planned", "affirmative"),
    "協定に署名する予定である。": ("scheduled", "planned", "affirmative"),
    "協定に署名する予定です。": ("scheduled", "planned", "affirmative"),
    "協定に署名する予定だった。": ("scheduled", "planned", "affirmative"),
    "協定に署名する予定であった。": ("scheduled", "planned", "affirmative"),
    "衛星の打上げを予定している。": ("scheduled", "planned", "affirmative"),
    "衛星の打上げを予定していた。": ("scheduled", "planned", "affirmative"),
    "衛星の打上げが予定されている。": ("scheduled", "planned", "affirmative"),
    "衛星の打上げが予定されていた。": ("scheduled", "planned", "affirmative"),
    "衛星の打上げを計画した。": ("scheduled", "planned", "affirmative"),
    "衛星の打上げを計画している。": ("scheduled", "planned", "affirmative"),
    "来春の打上げを目指す。": ("aim", "planned", "affirmative"),
    "来春の打上げを目指して": ("aim", "planned", "affirmative"),
    "来春の打上げを目指している。": ("aim", "planned", "affirmative"),
    "来春の打上げを目指していく。": ("aim", "planned", "affirmative"),
    "来春の打上げを目指した。": ("aim", "planned", "affirmative"),
    "来春の打上げに向け": ("toward", "planned", "affirmative"),
    "来春の打上げに向けて": ("toward", "planned", "affirmative"),
    "来春の打上げに向けた": ("toward", "planned", "affirmative"),
    "運用の開始は三年後をめど": ("target", "planned", "affirmative"),
    "運用の開始は三年後を目途に": ("target", "planned", "affirmative"),
    # settled, not yet carried out
    "協定に署名することとした。": ("resolved", "planned", "affirmative"),
    "協定に署名することとなった。": ("resolved", "planned", "affirmative"),
    "協定に署名することが決定された。": ("resolved", "planned", "affirmative"),
    "協定に署名することを決定": ("resolved", "planned", "affirmative"),
    # tried or begun, and not carried through
    "月面への着陸は失敗": ("failure", "failed", "affirmative"),
    "月面への着陸に失敗した。": ("failure", "failed", "affirmative"),
    "衛星の打上げを中止した。": ("suspension", "suspended", "affirmative"),
    "共同実験は中断された。": ("suspension", "suspended", "affirmative"),
    # denied
    "協定に参加しない。": ("denial", "stated", "negative"),
    "協定に参加していない。": ("denial", "stated", "negative"),
    "協定に署名しなかった。": ("denial", "stated", "negative"),
    "衛星は打ち上げられなかった。": ("denial", "stated", "negative"),
    "法的な効力は無い": ("denial", "stated", "negative"),
    "署名の予定はない。": ("denial", "stated", "negative"),
    # done
    "両国の長官が署名した。": ("past", "done", "affirmative"),
    "協定は昨年結ばれた。": ("past", "done", "affirmative"),
    "両国の長官が署名しました。": ("past", "done", "affirmative"),
    "議定書に両国が署名": ("completed", "done", "affirmative"),
    "議定書が総会で採択。": ("completed", "done", "affirmative"),
    "搭乗する四名を発表": ("completed", "done", "affirmative"),
    # affirmed in common, promised
    "平和目的の原則を確認": ("affirmed", "political-commitment", "affirmative"),
    "歴史的な地点を保全。": ("affirmed", "political-commitment", "affirmative"),
    "能力の向上を図る。": ("will", "political-commitment", "affirmative"),
    "人材を育てる施策を推進する。": ("will", "political-commitment", "affirmative"),
    "三号機を打ち上げる。": ("will", "political-commitment", "affirmative"),
    "国際協力を強化していく。": ("will", "political-commitment", "affirmative"),
    # described
    "本書は両国の協定である。": ("copula", "stated", "affirmative"),
    "開発の費用が課題だ": ("copula", "stated", "affirmative"),
    "早期の合意が重要。": ("copula", "stated", "affirmative"),
    "商標の保護": ("provision", "stated", "affirmative"),
    "請求権の相互放棄": ("provision", "stated", "affirmative"),
}

# Endings that say less than a sentence does: no cue, so that a rule leaves the place unresolved.
UNTOLD = [
    "打上げは延期されるかもしれない。",
    "本書は案に過ぎない。",
    "規則を見直す必要がある。",
    "両国は交渉を続けつつある。",
    "来春の打上げが見込まれた。",
    "来春の打上げが期待されていた。",
    "署名される見通し",
    "両国は署名する見込みだ。",
    "両国は署名する見込みだった。",
    "両国は署名する方針である。",
    "両国は署名するようである。",
    "両国は署名するはずだった。",
    "打上げが延期される可能性がある。",
    "規則の見直しが必要である。",
    "経緯は明らか",
    "乗組員は少ない。",
    "署名されるとのこと",
    "両国の長官による署名式",
    "",
    "。",
]


@pytest.mark.parametrize("clause", ENDINGS)
def test_a_clause_tells_its_mode_by_its_ending(clause: str) -> None:
    cue = cue_of(clause)
    assert cue is not None
    assert (cue.name, cue.modality, cue.polarity) == ENDINGS[clause]


@pytest.mark.parametrize("clause", UNTOLD)
def test_an_ending_outside_the_table_tells_nothing(clause: str) -> None:
    assert cue_of(clause) is None


@pytest.mark.parametrize("noun", ["見込み", "見通し", "方針", "意向", "考え", "はず", "つもり", "よう", "そう", "模様"])
@pytest.mark.parametrize("copula", ["だ。", "です。", "である。", "だった。", "であった。"])
def test_what_is_only_expected_or_meant_tells_nothing(noun: str, copula: str) -> None:
    assert cue_of(f"両国は協定に署名する{noun}{copula}") is None


def test_every_cue_of_the_table_is_fired() -> None:
    assert sorted({name for name, _, _ in ENDINGS.values()}) == sorted(cues())
    assert len(ENDINGS) == 84


def test_only_what_is_stated_or_done_asserts() -> None:
    """Of all the clauses above, those that tell a plan, a study, a duty, a failure or a wish never assert."""
    asserting = {clause for clause in ENDINGS if (cue := cue_of(clause)) and cue.modality in ASSERTING}
    assert {ENDINGS[clause][0] for clause in asserting} == {"denial", "past", "completed", "copula", "provision"}


# One change of the words -> another mode.
MUTATIONS = [
    ("事故を通報する努力義務", "努力", "", "binding-duty"),
    ("両国の長官が署名した。", "した", "する予定", "planned"),
    ("両国の長官が署名した。", "した", "しなかった", "stated"),
    ("両国の長官が署名した。", "した", "したのか", "open-question"),
    ("両国の長官が署名した。", "した", "すべき", "proposed"),
    ("両国の長官が署名した。", "した", "することができる", "permitted"),
    ("両国の長官が署名した。", "した", "しなければならない", "binding-duty"),
    ("両国の長官が署名した。", "した", "することを検討する", "under-study"),
    ("来春の打上げを目指す。", "を目指す", "を検討する", "under-study"),
    ("衛星の打上げを予定", "を予定", "に成功した", "done"),
    ("記録の公開に努める。", "に努める", "の義務", "binding-duty"),
]


@pytest.mark.parametrize(("clause", "old", "new", "modality"), MUTATIONS)
def test_a_change_of_the_words_changes_the_mode(clause: str, old: str, new: str, modality: str) -> None:
    assert old in clause
    before, after = cue_of(clause), cue_of(clause.replace(old, new))
    assert before is not None
    assert after is not None
    assert (before.modality, before.polarity) != (after.modality, after.polarity)
    assert after.modality == modality


def test_a_negative_ending_turns_the_polarity() -> None:
    assert [cue.polarity for text in ("署名した", "署名しなかった") if (cue := cue_of(text))] == [
        "affirmative",
        "negative",
    ]


@pytest.mark.parametrize("marks", ["。", "。」", "）。", "、", " ", "」"])
def test_marks_after_the_ending_do_not_count(marks: str) -> None:
    cue = cue_of("両国の長官が署名した" + marks.replace("）", ")"))
    assert cue is not None
    assert cue.name == "past"


def test_only_the_ending_counts() -> None:
    cue = cue_of("来春の打上げを目指して検討していた国が、協定に署名した。")
    assert cue is not None
    assert cue.name == "past"


# --- The words of the table and those of the ontology ---


@pytest.fixture(scope="module")
def schemes() -> Graph:
    return Graph().parse(folder("ontology") / "schemes.ttl")


def concepts(schemes: Graph, class_: str) -> set[str]:
    return {str(s).rsplit("/", 1)[-1] for s in schemes.subjects(RDF.type, MUS[class_])}


def test_every_modality_and_polarity_of_the_table_is_a_concept(schemes: Graph) -> None:
    assert {cue.modality for cue in cues().values()} <= concepts(schemes, "Modality")
    assert {cue.polarity for cue in cues().values()} <= concepts(schemes, "Polarity")


def test_the_modalities_that_assert_are_those_of_the_ontology(schemes: Graph) -> None:
    asserting = {str(s).rsplit("/", 1)[-1] for s in schemes.subjects(MUS.assertsRelation, Literal(True))}
    assert asserting == ASSERTING
    assert len(concepts(schemes, "Modality")) == 14


def test_every_cue_has_a_reading_that_tells_its_own_mode_or_nothing() -> None:
    """The reading is shown to curators, so it must not tell another mode than the cue does."""
    for cue in cues().values():
        told = cue_of(cue.reading)
        assert told is None or told.modality == cue.modality, cue.name
