"""The language of reading rules: what is malformed, what a match gives, and when nothing is said."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
import yaml
from own_world import Reads, Result, result, rules_of

from musubi.errors import InvalidRule
from musubi.mappings.rule import RuleSet, loaded

VISIT = """
rules:
  - id: visit
    version: 3
    match: <guest:State>は<host:State>を(?P<act>訪れた)
    cue: act
    emit:
      - {subject: '{guest}', property: mus:visits, value: '{host}'}
    examples: {match: [], reject: []}
"""


@pytest.fixture
def reads(tmp_path: Path) -> Reads:
    """A function that reads a text by the rules of a YAML text."""

    def read(rules: str, text: str, anchor: datetime | None = None) -> Result:
        return result(text, rules_of(tmp_path, rules), anchor)

    return read


def ruled(match: str, *emit: str, **more: object) -> str:
    """A file with one rule; each emission is `subject property value` or, with `@slot`, of a time."""
    rows = []
    for row in emit:
        subject, property_, value = row.split()
        rows.append(
            {"subject": subject, "property": property_} | ({"time": value[1:]} if value[0] == "@" else {"value": value})
        )
    rule = {"id": "own", "version": 1, "match": match, "emit": rows, "examples": {"match": [], "reject": []}}
    terms = more.pop("terms", {})
    expectations = more.pop("expectations", [])
    table = {"rules": [rule | more], "terms": terms, "expectations": expectations}
    return yaml.safe_dump(table, allow_unicode=True)


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
    assert (rule.method, rule.units, rule.scope) == ("visit/3", {"bullet", "paragraph"}, "sentence")
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


# --- Lists with a head ---

LIST = ruled(
    "^<p:Person>:(?P<task>.+)$",
    "id:assignment/{m}-{p} mus:hasAssignee {p}",
    unit=["bullet"],
    scope="unit",
    head="<m:Mission>に参加する(?P<count>\\d+)人を(?P<act>発表)",
    count="count",
    cue="act",
)


def test_the_items_of_a_list_take_parts_from_its_head(reads: Reads) -> None:
    found = reads(LIST, "⚫ 漂流観測に参加する2人を発表。\n1) アンナ：操舵\n2) ベルト：測量\n")
    assert found.triples == [
        ("id:assignment/drift-anna", "mus:hasAssignee", "id:person/anna"),
        ("id:assignment/drift-bert", "mus:hasAssignee", "id:person/bert"),
    ]
    (name, span), *_ = found.statements[0].roles
    assert (name, span.first_line) == ("m", 1)


def test_a_list_that_is_not_as_long_as_its_head_says_is_unresolved(reads: Reads) -> None:
    found = reads(LIST, "⚫ 漂流観測に参加する3人を発表。\n1) アンナ：操舵\n2) ベルト：測量\n")
    assert found.statements == []
    assert found.reasons == [("own/1", "the head of the list says 3, the list has 2")] * 2


def test_an_item_of_another_list_is_no_item_of_this(reads: Reads) -> None:
    found = reads(LIST, "⚫ 漂流観測の食料を決定。\n1) アンナ：操舵\n")
    assert (found.statements, found.unresolved) == ([], [])


def test_an_item_without_anything_before_it_has_no_head(reads: Reads) -> None:
    assert reads(LIST, "1) アンナ：操舵\n").statements == []
    assert reads(LIST, "⚫ 漂流観測に参加する1人を発表。\n\n\n1) アンナ：操舵\n").statements == []


def test_furniture_between_head_and_items_is_passed_over(reads: Reads) -> None:
    assert len(reads(LIST, "⚫ 漂流観測に参加する1人を発表。\n17\n1) アンナ：操舵\n").statements) == 1


# --- Roles from elsewhere ---


def role_rule(**roles: dict[str, str]) -> str:
    return ruled("^<p:Person>が(?P<act>署名した)", "id:event/{x}-signing mus:isSignedBy {p}", cue="act", roles=roles)


def test_a_role_is_taken_from_the_unit_itself(reads: Reads) -> None:
    rules = role_rule(x={"type": "Instrument", "from": "unit"})
    found = reads(rules, "アンナが署名した。これは測位協定である。\n\n岳谷島三国協定\n")
    assert found.triples == [("id:event/pact-signing", "mus:isSignedBy", "id:person/anna")]


def test_a_role_is_taken_from_the_nearest_heading_of_the_page_even_after_the_text(reads: Reads) -> None:
    rules = role_rule(x={"type": "Instrument", "from": "page-heading"})
    text = "岳谷島三国協定\n\n\nアンナが署名した。\n\n測位協定\n"
    found = reads(rules, text)
    assert found.triples == [("id:event/pact-signing", "mus:isSignedBy", "id:person/anna")]
    assert [(name, span.first_line) for name, span in found.statements[0].roles] == [("x", 6)]


def test_a_role_is_looked_for_in_the_places_given_in_their_order(reads: Reads) -> None:
    rules = role_rule(x={"type": "Instrument", "from": "unit, page-heading"})
    assert reads(rules, "アンナが署名した。\n\n測位協定\n").triples[0][0] == "id:event/pact-signing"
    text = "アンナが署名した。岳谷島三国協定である。\n\n測位協定\n"
    assert reads(rules, text).triples[0][0] == "id:event/three-pact-signing"


def test_a_role_is_taken_from_the_headings_of_the_section_back_to_the_one_that_opens_it(reads: Reads) -> None:
    rules = role_rule(x={"type": "Instrument", "from": "section"})
    text = "3. 測位協定の経緯\n\n【港 9】来年の取組\n\n- アンナが署名した。\n"
    assert reads(rules, text).triples == [("id:event/pact-signing", "mus:isSignedBy", "id:person/anna")]
    other = "2. 測位協定の経緯\n\n3. 港の整備\n\n- アンナが署名した。\n"
    assert reads(rules, other).reasons == [("own/1", "no Instrument in its section")]


def test_a_role_that_is_nowhere_leaves_the_place_unresolved(reads: Reads) -> None:
    rules = role_rule(x={"type": "Instrument", "from": "unit, page-heading"})
    found = reads(rules, "測位協定\n\n\nアンナが署名した。\n")
    assert found.statements == []
    assert found.reasons == [("own/1", "no Instrument in its unit, page-heading")]
    assert found.unresolved[0].span.first_line == 4


def test_an_optional_role_that_is_nowhere_says_nothing_of_itself_only(reads: Reads) -> None:
    rules = ruled(
        "^<p:Person>が(?P<act>署名した)",
        "id:event/s mus:isSignedBy {p}",
        "id:event/s mus:concernsEntity {x}",
        cue="act",
        roles={"x": {"type": "Instrument", "from": "unit", "optional": "yes"}},
    )
    found = reads(rules, "アンナが署名した。")
    assert found.triples == [("id:event/s", "mus:isSignedBy", "id:person/anna")]
    assert found.unresolved == []


def test_a_role_is_found_by_a_gloss_on_the_same_page(reads: Reads) -> None:
    rules = ruled(
        "両機関が(?P<act>署名した)",
        "id:event/s mus:isSignedBy {who}",
        cue="act",
        roles={"who": {"find": "両機関\\(<all:Organization+>\\)"}},
    )
    found = reads(rules, "両機関（ASA、BSA）は北港にある。\n\n両機関が署名した。\n")
    assert [s.value for s in found.statements] == ["id:organization/asa", "id:organization/bsa"]
    elsewhere = reads(rules, "両機関（ASA、BSA）は北港にある。\n\n\n両機関が署名した。\n")
    assert elsewhere.reasons == [("own/1", "no gloss on the page")]


COMPOSED = ruled(
    "<series:System>は(?P<unit>\\d+号機)を(?P<act>製作した)",
    "id:event/s mus:concernsEntity {item}",
    cue="act",
    roles={"item": {"type": "System", "compose": "{series}{unit}"}},
)


def test_a_role_is_composed_of_parts_that_stand_apart(reads: Reads) -> None:
    assert reads(COMPOSED, "ルーメンは2号機を製作した。").triples == [
        ("id:event/s", "mus:concernsEntity", "id:system/lumen-2")
    ]


def test_a_composed_name_of_nothing_known_is_unresolved(reads: Reads) -> None:
    assert reads(COMPOSED, "ルーメンは7号機を製作した。").reasons == [
        ("own/1", "ルーメン7号機 is the name of nothing known")
    ]


COUNTRIES = ruled(
    "^<i:Instrument>が(?P<act>署名された)",
    "{i} mus:hasStateParty {sides}",
    cue="act",
    roles={"sides": {"countries-of": "i"}},
)


def test_the_countries_of_a_title_are_read_from_its_characters_or_its_names(reads: Reads) -> None:
    assert [s.value for s in reads(COUNTRIES, "岳谷島三国協定が署名された。").statements] == [
        "id:state/alp",
        "id:state/bel",
        "id:state/cor",
    ]
    assert [s.value for s in reads(COUNTRIES, "アルプ国・ベルク国測位協定が署名された。").statements] == [
        "id:state/alp",
        "id:state/bel",
    ]


def test_a_title_without_countries_is_unresolved(reads: Reads) -> None:
    assert reads(COUNTRIES, "測位協定が署名された。").reasons == [("own/1", "測位協定 does not name its countries")]


# --- Repeats, expectations ---


def test_the_same_statement_in_two_places_is_one_with_a_further_place(reads: Reads) -> None:
    found = reads(VISIT, "アルプ国はベルク国を訪れた。\n\n\nアルプ国はベルク国を訪れた。")
    (statement,) = found.statements
    assert (statement.span.first_line, [span.first_line for span in statement.further]) == (1, [4])


def test_two_rules_that_read_the_same_give_one_statement_with_both_names(reads: Reads) -> None:
    second = VISIT.replace("rules:\n", "").replace("id: visit", "id: call")
    (statement,) = reads(VISIT + second, "アルプ国はベルク国を訪れた。").statements
    assert statement.method == "visit/3 call/3"
    assert statement.further == ()


def test_the_same_words_in_another_mode_are_another_statement(reads: Reads) -> None:
    rules = ruled("<a:State>は<b:State>を(?P<act>訪れ[^。]*)", "{a} mus:visits {b}", cue="act")
    found = reads(rules, "アルプ国はベルク国を訪れた。アルプ国はベルク国を訪れる予定。")
    assert [s.modality for s in found.statements] == ["done", "planned"]


EXPECTING = ruled(
    "<a:State>は<b:State>を(?P<act>訪れた)",
    "{a} mus:visits {b}",
    cue="act",
    expectations=[{"id": "visit-of-nobody", "match": "を訪れた", "met_by": ["own"], "reason": "who came is not read"}],
)


def test_a_sentence_that_a_rule_should_have_read_is_unresolved(reads: Reads) -> None:
    found = reads(EXPECTING, "- アルプ国はベルク国を訪れた。\n- 旅の一行は北港を訪れた。\n")
    assert found.reasons == [("visit-of-nobody", "who came is not read")]
    assert found.unresolved[0].span.first_line == 2


def test_an_expectation_looks_at_text_only(reads: Reads) -> None:
    assert reads(EXPECTING, "⇒一行は北港を訪れたのか。\n\n北港を訪れた一行\n").unresolved == []


def test_reading_is_the_same_each_time(reads: Reads) -> None:
    text = "⚫ 漂流観測に参加する2人を発表。\n1) アンナ：操舵\n2) ベルト：測量\n"
    assert reads(LIST, text) == reads(LIST, text)
