"""The language of reading rules: what is malformed, what a match gives, and when nothing is said."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
import yaml
from own_world import VISIT, Reads, ruled, rules_of

from musubi.errors import InvalidRule
from musubi.mappings.rule import RuleSet, loaded

# --- Malformed rules ---


def malformed(**changes: object) -> str:
    table = yaml.safe_load(VISIT)
    rule = table["rules"][0] | changes
    return yaml.safe_dump({"rules": [{k: v for k, v in rule.items() if v is not None}]}, allow_unicode=True)


MALFORMED = {
    "unknown key": (malformed(matches="x"), "own.yaml, rule visit: no such key: matches"),
    "two unknown keys": (malformed(foo=1, bar=2), "own.yaml, rule visit: no such key: bar, foo"),
    "no version": (malformed(version=None), "own.yaml, rule visit: needs version"),
    "no match": (malformed(match=None), "own.yaml, rule visit: needs match"),
    "no emit": (malformed(emit=None), "own.yaml, rule visit: needs emit"),
    "no examples": (malformed(examples=None), "own.yaml, rule visit: needs examples"),
    "no id": (malformed(id=None), "own.yaml, rule ?: needs id"),
    "unknown slot type": (malformed(match="<a:Planet>"), "own.yaml, rule visit: slot a has an unknown type: Planet"),
    "unknown slot type in head": (
        malformed(head="<a:Planet>"),
        "own.yaml, rule visit: slot a has an unknown type: Planet",
    ),
    "bad pattern": (malformed(match="(<a:State>"), "own.yaml, rule visit: the pattern is no regular expression"),
    "bad head": (malformed(head="<a:State>)"), "own.yaml, rule visit: the pattern is no regular expression"),
    "a name that nothing has": (
        malformed(emit=[{"subject": "{gest}", "property": "mus:visits", "value": "{host}"}]),
        "own.yaml, rule visit: no pattern and no role is named gest",
    ),
    "a cue that no group is": (malformed(cue="deed"), "own.yaml, rule visit: no pattern and no role is named deed"),
    "a count that no group is": (malformed(count="n"), "own.yaml, rule visit: no pattern and no role is named n"),
    "no YAML": ("rules: [", "own.yaml:1:"),
    "a term of another list": (
        "terms: {CrewRole: {舵手: 'scheme:matter/heritage'}}",
        "own.yaml, terms: scheme:matter/heritage is of another value list than CrewRole",
    ),
    "one slot twice": (malformed(match="<a:State><a:State>"), "own.yaml, rule visit: the pattern is no regular"),
}


@pytest.mark.parametrize("fault", MALFORMED)
def test_a_malformed_rule_is_named_with_its_file(fault: str, tmp_path: Path) -> None:
    text, words = MALFORMED[fault]
    with pytest.raises(InvalidRule) as raised:
        rules_of(tmp_path, text)
    assert str(raised.value).startswith(words)


def test_an_unknown_key_is_told_with_those_that_are_known(tmp_path: Path) -> None:
    with pytest.raises(InvalidRule) as raised:
        rules_of(tmp_path, malformed(matches="x"))
    assert "match" in raised.value.allowed


def test_an_id_that_stands_twice_is_named_with_its_file(tmp_path: Path) -> None:
    paths = [tmp_path / "one.yaml", tmp_path / "two.yaml"]
    for path in paths:
        path.write_text(VISIT, encoding="utf-8")
    with pytest.raises(InvalidRule, match=r"^two\.yaml, rule visit: another rule has this id"):
        loaded(paths)


def test_an_expectation_whose_pattern_is_broken_is_named_with_its_file(tmp_path: Path) -> None:
    text = "expectations: [{id: missed, match: '(', met_by: [visit], reason: none}]"
    with pytest.raises(InvalidRule, match=r"^own\.yaml, expectation missed: the pattern is no regular expression"):
        rules_of(tmp_path, text)


def test_an_expectation_that_lacks_a_key_is_named_with_its_file(tmp_path: Path) -> None:
    with pytest.raises(InvalidRule, match=r"^own\.yaml, expectation missed: needs met_by, reason"):
        rules_of(tmp_path, "expectations: [{id: missed, match: x}]")


def test_a_well_formed_rule_is_read_as_it_is_written(tmp_path: Path) -> None:
    rules: RuleSet = rules_of(tmp_path, VISIT)
    (rule,) = rules.rules
    assert (rule.method, rule.units, rule.scope) == ("visit/3", frozenset({"bullet", "paragraph"}), "sentence")
    assert [(s.name, s.type, s.many) for s in rule.match.slots] == [("guest", "State", False), ("host", "State", False)]


# --- What a match gives ---


def test_a_match_gives_a_statement_with_its_words_mode_and_method(reads: Reads) -> None:
    found = reads(VISIT, "春のことである。アルプ国はベルク国を訪れた。")
    (statement,) = found.statements
    assert found.triples == [("id:state/alp", "mus:visits", "id:state/bel")]
    assert found.words(statement) == "アルプ国はベルク国を訪れた"
    assert (statement.modality, statement.cue, statement.method) == ("done", "past", "visit/3")
    assert found.unresolved == []


def test_the_words_are_cut_from_the_original_and_not_from_the_working_text(reads: Reads) -> None:
    found = reads(VISIT, "- ア ル プ 国は\nベルク国を　訪れた。")
    assert found.words(found.statements[0]) == "ア ル プ 国は\nベルク国を　訪れた"
    assert (found.statements[0].span.first_line, found.statements[0].span.last_line) == (1, 2)


def test_each_match_of_a_text_gives_its_statement(reads: Reads) -> None:
    found = reads(VISIT, "アルプ国はベルク国を訪れた。コルス国はアルプ国を訪れた。")
    assert found.triples == [
        ("id:state/alp", "mus:visits", "id:state/bel"),
        ("id:state/cor", "mus:visits", "id:state/alp"),
    ]


def test_a_pattern_does_not_reach_into_the_next_sentence(reads: Reads) -> None:
    rules = ruled("<a:State>.*<b:State>を(?P<act>訪れた)", "{a} mus:visits {b}", cue="act")
    assert reads(rules, "アルプ国が招いた。船がベルク国を訪れた。").statements == []
    whole = ruled("<a:State>.*<b:State>を(?P<act>訪れた)", "{a} mus:visits {b}", cue="act", scope="unit")
    assert len(reads(whole, "アルプ国が招いた。船がベルク国を訪れた。").statements) == 1


def test_a_slot_is_filled_by_whole_names_only(reads: Reads) -> None:
    rules = ruled("<a:State>(?P<act>.*?訪れた)", "{a} mus:visits id:place/north-port", cue="act")
    assert reads(rules, "アルプ国宇宙庁は北港を訪れた。").statements == []
    assert len(reads(rules, "アルプ国は北港を訪れた。").statements) == 1


def test_a_slot_is_not_filled_by_a_piece_of_a_name_that_stands_whole_elsewhere(reads: Reads) -> None:
    rules = ruled("<a:State>宇宙庁が(?P<act>訪れた)", "{a} mus:visits id:place/north-port", cue="act")
    assert reads(rules, "アルプ国のことだが、アルプ国宇宙庁が訪れた。").statements == []


def test_a_slot_is_not_filled_by_a_thing_of_another_kind(reads: Reads) -> None:
    assert reads(VISIT, "アルプ国はアンナを訪れた。").statements == []


def test_a_slot_for_a_list_gives_one_statement_for_each_thing_in_it(reads: Reads) -> None:
    rules = ruled("<all:State+>が(?P<act>署名した)", "id:instrument/pact mus:hasSignatory {all}", cue="act")
    found = reads(rules, "アルプ国、ベルク国及びコルス国が署名した。")
    assert [s.value for s in found.statements] == ["id:state/alp", "id:state/bel", "id:state/cor"]
    assert len({s.span for s in found.statements}) == 1


@pytest.mark.parametrize("joint", ["、", "・", "-", "と", "や", "及び", "および", "並びに", ","])
def test_the_things_of_a_list_are_joined_in_many_ways(joint: str, reads: Reads) -> None:
    rules = ruled("^<all:State+>が(?P<act>署名した)", "id:instrument/pact mus:hasSignatory {all}", cue="act")
    assert len(reads(rules, f"アルプ国{joint}コルス国が署名した。").statements) == 2


def test_a_slot_for_one_thing_takes_no_list(reads: Reads) -> None:
    rules = ruled("^<one:State>が(?P<act>署名した)", "id:instrument/pact mus:hasSignatory {one}", cue="act")
    assert reads(rules, "アルプ国、コルス国が署名した。").statements == []


def test_of_an_optional_part_that_is_absent_nothing_is_said(reads: Reads) -> None:
    rules = ruled(
        "(?:<witness:Person>の立会いで)?<signer:Person>が(?P<act>署名した)",
        "id:event/s mus:isSignedBy {signer}",
        "id:event/s mus:isWitnessedBy {witness}",
        cue="act",
    )
    assert reads(rules, "アンナの立会いでベルトが署名した。").triples == [
        ("id:event/s", "mus:isSignedBy", "id:person/bert"),
        ("id:event/s", "mus:isWitnessedBy", "id:person/anna"),
    ]
    assert reads(rules, "ベルトが署名した。").triples == [("id:event/s", "mus:isSignedBy", "id:person/bert")]


def test_a_term_list_fills_slots_with_its_concepts_longest_first(reads: Reads) -> None:
    terms = {"Colour": {"赤": "scheme:colour/red", "赤紫": "scheme:colour/purple"}}
    rules = ruled("旗は<c:Colour>で(?P<is>ある)", "id:state/alp mus:hasColour {c}", cue="is", terms=terms)
    assert reads(rules, "旗は赤紫である。").triples == [("id:state/alp", "mus:hasColour", "scheme:colour/purple")]
    assert reads(rules, "旗は赤である。").triples == [("id:state/alp", "mus:hasColour", "scheme:colour/red")]


def test_a_date_fills_a_time_and_a_part_of_a_name(reads: Reads) -> None:
    rules = ruled(
        "<date:Date>、<place:Place>で(?P<act>署名した)", "id:event/{place}-signing-{date} mus:hasTime @date", cue="act"
    )
    (statement,) = reads(rules, "2041年4月7日、北港で署名した。").statements
    assert (statement.subject, statement.value) == ("id:event/north-port-signing-2041-04-07", "")
    assert statement.time is not None
    assert (statement.time.earliest, statement.time.precision) == ("2041-04-07T00:00:00", "day")


def test_a_year_that_only_the_document_gives_is_noted(reads: Reads) -> None:
    rules = ruled("<date:Date>に(?P<act>署名した)", "id:event/s mus:hasTime @date", cue="act")
    (statement,) = reads(rules, "4月7日に署名した。", datetime(2041, 6, 1)).statements
    assert statement.note == "the year is that of the document, not stated here"
    (stated,) = reads(rules, "2041年4月7日に署名した。", datetime(2041, 6, 1)).statements
    assert stated.note == ""


def test_a_day_that_a_count_speaks_of_is_its_as_of_and_not_its_time(reads: Reads) -> None:
    row = {"subject": "{i}", "property": "mus:hasSignatoryCount", "value": '"{n}"^^xsd:integer', "as-of": "day"}
    rules = yaml.safe_load(ruled("<day:Date>で<i:Instrument>に(?P<n>[\\d,]+)か国が(?P<act>署名)", cue="act"))
    rules["rules"][0]["emit"] = [row]
    (statement,) = reads(yaml.safe_dump(rules), "2041年4月7日で測位協定に1,200か国が署名。").statements
    assert (statement.value, statement.time) == ('"1200"^^xsd:integer', None)
    assert (statement.as_of.earliest, statement.as_of.latest) == ("2041-04-07T00:00:00", "2041-04-07T23:59:59")


def test_rules_look_at_the_kinds_of_unit_they_name(reads: Reads) -> None:
    text = "- アルプ国が署名。\n\n測位協定\n"
    bullets = ruled("<a:State>が(?P<act>署名)", "{a} mus:signs id:instrument/pact", cue="act", unit=["bullet"])
    headings = ruled("<a:State>が(?P<act>署名)", "{a} mus:signs id:instrument/pact", cue="act", unit=["heading"])
    assert len(reads(bullets, text).statements) == 1
    assert reads(headings, text).statements == []


def test_a_unit_without_the_trigger_is_not_looked_at(reads: Reads) -> None:
    rules = ruled("<a:State>が(?P<act>署名)", "{a} mus:signs id:instrument/pact", cue="act", trigger="正式に")
    assert reads(rules, "- アルプ国が署名。").statements == []
    assert len(reads(rules, "- 正式にアルプ国が署名。").statements) == 1


# --- Modes ---


def test_without_a_cue_the_ending_of_the_sentence_tells_the_mode_and_is_kept_as_predicate(reads: Reads) -> None:
    rules = ruled("^<a:State>と<b:State>の協議", "{a} mus:talksTo {b}")
    found = reads(rules, "アルプ国とベルク国の協議を今月から始める予定である。")
    (statement,) = found.statements
    assert (statement.modality, statement.cue) == ("planned", "scheduled")
    ((name, span),) = statement.roles
    assert (name, found.document.text[span.start : span.end]) == ("predicate", "を今月から始める予定である。")


def test_each_row_of_a_rule_may_have_its_own_cue_and_note(reads: Reads) -> None:
    text = """
rules:
  - id: own
    version: 1
    match: <a:State>が(?P<first>署名し)た協定を<b:State>が(?P<second>承認する予定)
    emit:
      - {subject: '{a}', property: mus:signs, value: id:instrument/pact, cue: second, note: why}
    examples: {match: [], reject: []}
"""
    (statement,) = reads(text, "アルプ国が署名した協定をベルク国が承認する予定。").statements
    assert (statement.modality, statement.note) == ("planned", "why")


def test_a_clause_that_ends_outside_the_table_is_unresolved_with_its_place(reads: Reads) -> None:
    rules = ruled("<a:State>が(?P<act>署名するとのこと)", "{a} mus:signs id:instrument/pact", cue="act")
    found = reads(rules, "- 北港の話。\n- アルプ国が署名するとのこと。\n")
    assert found.statements == []
    assert found.reasons == [("own/1", "the ending of the clause is not in the table of modalities")]
    assert found.unresolved[0].span.first_line == 2


TAKEN_BACK = """とは言えない とは限らない かどうかは分からない か否か か のか かもしれない とされる と言われている
わけではない のではない のではないか はずである ようである そうだ らしい 可能性がある 見込みである 予定である"""


@pytest.mark.parametrize("following", TAKEN_BACK.split())
def test_words_that_take_the_clause_back_leave_it_unresolved(following: str, reads: Reads) -> None:
    found = reads(VISIT, f"アルプ国はベルク国を訪れた{following}。")
    assert found.statements == []
    assert found.reasons == [("visit/3", "what follows the clause denies it, asks it or leaves it open")]


@pytest.mark.parametrize(
    "following", ["。", "が、帰った。", "のち、帰った。", "一行は帰った。", "(三度目)。", "、そして帰った。", ""]
)
def test_words_that_go_on_from_the_clause_do_not_touch_it(following: str, reads: Reads) -> None:
    assert len(reads(VISIT, f"- 春にアルプ国はベルク国を訪れた{following}").statements) == 1


def test_a_change_of_the_words_changes_the_mode_of_the_statement(reads: Reads) -> None:
    rules = ruled("<a:State>は<b:State>を(?P<act>訪れ[^。]*)", "{a} mus:visits {b}", cue="act")
    modes = {
        text: [(s.modality, s.polarity) for s in reads(rules, text).statements]
        for text in (
            "アルプ国はベルク国を訪れた。",
            "アルプ国はベルク国を訪れる予定。",
            "アルプ国はベルク国を訪れなかった。",
        )
    }
    assert list(modes.values()) == [[("done", "affirmative")], [("planned", "affirmative")], [("stated", "negative")]]
