"""A match gives all its statements or none."""

from own_world import Reads, ruled

BOTH = ruled(
    "<guest:State>は<host:State>を(?P<act>訪れた)(?P<rest>際)",
    "{guest} mus:visits {host}",
    "{guest} mus:knows {host}",
    cue="act",
)
HALF = BOTH.replace("property: mus:knows", "cue: rest\n    property: mus:knows")


def test_a_match_whose_second_statement_has_no_mode_gives_no_first_one(reads: Reads) -> None:
    text = "アルプ国はベルク国を訪れた際に話した。"
    assert len(reads(BOTH, text).statements) == 2
    half = reads(HALF, text)
    assert half.statements == []
    assert [rule for rule, _ in half.reasons] == ["own/1"]
