"""Parts of a statement from outside its match: list heads, headings, glosses, composed names; and repeats."""

from __future__ import annotations

import pytest
from own_world import VISIT, Reads, ruled

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


def test_of_two_headings_of_the_page_the_nearer_one_gives_the_role(reads: Reads) -> None:
    rules = role_rule(x={"type": "Instrument", "from": "page-heading"})
    text = "岳谷島三国協定\n\n港では船を直す人が働いている。\n\nアンナが署名した。\n\n測位協定\n"
    assert reads(rules, text).triples == [("id:event/pact-signing", "mus:isSignedBy", "id:person/anna")]


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


@pytest.mark.parametrize("title", ["測位協定", "アルプ国測位法"])
def test_a_title_that_does_not_name_two_countries_is_unresolved(title: str, reads: Reads) -> None:
    assert reads(COUNTRIES, f"{title}が署名された。").reasons == [("own/1", f"{title} does not name its countries")]


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
