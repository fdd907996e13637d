"""Labels that are composed of what is stated of a thing."""

from __future__ import annotations

import pytest

from musubi.data import folder
from musubi.mappings.dates import Interval
from musubi.mappings.label import composed_labels, templates
from musubi.mappings.read import Span
from musubi.mappings.reference import reference
from musubi.mappings.seeds import read_seeds
from musubi.mappings.statement import Statement

PLACE = Span(0, 1, 1, 1, "0" * 64)
APRIL = Interval("2041-04-01T00:00:00", "2041-04-30T23:59:59", "month", "plain", "2041-04")
KNOWN = {
    "id:instrument/pact": {"ja": "測位協定", "en": "Pact on Positioning"},
    "id:organization/asa": {"ja": "アルプ国宇宙庁", "en": "Alp Space Agency"},
    "id:organization/bsa": {"ja": "ベルク国宇宙庁", "en": "Bel Space Agency"},
    "id:mission/drift": {"ja": "漂流観測", "en": "Drift"},
    "id:person/anna": {"ja": "アンナ", "en": "Anna"},
    "id:series/talks": {"ja": "測位対話", "en": "Positioning Talks"},
    "id:system/lumen": {"ja": "ルーメン", "en": "Lumen"},
    "scheme:crew-role/pilot": {"ja": "パイロット", "en": "pilot"},
    "scheme:matter/heritage": {"ja": "遺産の保全", "en": "protection of heritage"},
    "scheme:legal-force/binding": {"ja": "拘束力あり", "en": "binding"},
}


def said(subject: str, *rows: str, polarity: str = "affirmative") -> list[Statement]:
    """Rows as `property value`, of one subject; `hasTime @` has its value in April 2041."""
    found = []
    for property_, value in (row.split() for row in rows):
        found.append(
            Statement(
                subject=subject,
                property=property_ if ":" in property_ else f"mus:{property_}",
                value="" if value == "@" else value,
                modality="done",
                polarity=polarity,
                cue="past",
                span=PLACE,
                method="own/1",
                time=APRIL if value == "@" else None,
            )
        )
    return found


# Class -> what is said of a thing of it, its labels.
CASES = {
    "CommitteeVote": (
        ["concernsEntity id:instrument/pact", "isPerformedBy id:organization/asa"],
        "アルプ国宇宙庁における測位協定の採決",
        "Vote on the Pact on Positioning in the Alp Space Agency",
    ),
    "PlenaryVote": (
        ["concernsEntity id:instrument/pact"],
        "本会議における測位協定の採決",
        "Vote on the Pact on Positioning in plenary session",
    ),
    "Signing": (
        ["concernsEntity id:instrument/pact", "hasTime @"],
        "測位協定の署名（2041年4月）",
        "Signing of the Pact on Positioning (April 2041)",
    ),
    "Conclusion": (
        ["concernsEntity id:instrument/pact"],
        "測位協定の締結",
        "Conclusion of the Pact on Positioning",
    ),
    "Announcement": (
        ["concernsEntity id:mission/drift", "hasTime @"],
        "漂流観測に関する発表（2041年4月）",
        "Announcement concerning Drift (April 2041)",
    ),
    "Meeting": (
        ["isMeetingOf id:series/talks", "hasTime @"],
        "測位対話（2041年4月）",
        "Positioning Talks (April 2041)",
    ),
    "LaunchMilestone": (["isMilestoneOf id:system/lumen"], "ルーメンの打上げ", "Launch of Lumen"),
    "CrewAssignment": (
        ["hasAssignee id:person/anna", "isSubActivityOf id:mission/drift", "hasCrewRole scheme:crew-role/pilot"],
        "アンナの漂流観測搭乗（パイロット）",
        "Anna as pilot of Drift",
    ),
    "Obligation": (
        [
            "concernsMatter scheme:matter/heritage",
            "hasNormSource id:instrument/pact",
            "hasLegalForce scheme:legal-force/binding",
        ],
        "遺産の保全に関する義務：拘束力あり（測位協定）",
        "Duty: protection of heritage, binding (Pact on Positioning)",
    ),
    "Entitlement": (
        ["entitles id:mission/drift", "hasNormSource id:instrument/pact"],
        "漂流観測の権利（測位協定）",
        "Right: Drift (Pact on Positioning)",
    ),
    "Norm": (
        ["concernsMatter scheme:matter/heritage", "hasNormSource id:instrument/pact"],
        "遺産の保全（測位協定）",
        "Protection of heritage (Pact on Positioning)",
    ),
}


@pytest.mark.parametrize("class_", CASES)
def test_a_thing_is_labelled_by_the_template_of_its_class(class_: str) -> None:
    rows, ja, en = CASES[class_]
    labels = composed_labels(said("id:event/x", f"rdf:type mus:{class_}", *rows), KNOWN)
    assert labels == {"id:event/x": {"ja": ja, "en": en}}


def test_every_template_was_tried() -> None:
    assert list(templates()) == list(CASES)


def test_a_part_in_brackets_is_left_out_where_its_value_is_missing() -> None:
    labels = composed_labels(said("id:event/x", "rdf:type mus:Signing", "concernsEntity id:instrument/pact"), KNOWN)
    assert labels["id:event/x"] == {"ja": "測位協定の署名", "en": "Signing of the Pact on Positioning"}


def test_several_values_stand_side_by_side_each_once() -> None:
    rows = [
        "concernsEntity id:instrument/pact",
        "isPerformedBy id:organization/asa",
        "isPerformedBy id:organization/bsa",
    ]
    labels = composed_labels(said("id:event/x", "rdf:type mus:CommitteeVote", *rows, rows[1]), KNOWN)
    assert labels["id:event/x"]["ja"] == "アルプ国宇宙庁・ベルク国宇宙庁における測位協定の採決"
    assert labels["id:event/x"]["en"].endswith("in the Alp Space Agency, Bel Space Agency")


def test_the_most_special_class_counts() -> None:
    rows = ["rdf:type mus:Norm", "rdf:type mus:Obligation", *CASES["Obligation"][0]]
    assert composed_labels(said("id:norm/x", *rows), KNOWN)["id:norm/x"]["en"].startswith("Duty: ")


def test_a_thing_that_has_a_name_gets_no_other() -> None:
    rows = said("id:instrument/pact", "rdf:type mus:Norm", "concernsMatter scheme:matter/heritage")
    assert composed_labels(rows, KNOWN) == {}


def test_a_thing_of_no_class_that_has_a_template_gets_no_label() -> None:
    assert composed_labels(said("id:event/x", "rdf:type mus:Event", "concernsEntity id:mission/drift"), KNOWN) == {}


def test_what_is_denied_of_a_thing_is_no_part_of_its_label() -> None:
    rows = said("id:event/x", "rdf:type mus:Conclusion", "concernsEntity id:instrument/pact")
    denied = said("id:event/x", "concernsEntity id:mission/drift", polarity="negative")
    assert composed_labels([*rows, *denied], KNOWN)["id:event/x"]["ja"] == "測位協定の締結"


def test_a_label_may_hold_another_composed_one() -> None:
    seat = said("id:assignment/drift-anna", "rdf:type mus:CrewAssignment", *CASES["CrewAssignment"][0])
    rows = ["rdf:type mus:Entitlement", "entitles id:assignment/drift-anna", "hasNormSource id:instrument/pact"]
    labels = composed_labels([*said("id:norm/a", *rows), *seat], KNOWN)
    assert labels["id:norm/a"]["en"] == "Right: Anna as pilot of Drift (Pact on Positioning)"


def test_everything_that_the_real_seeds_name_has_both_labels_and_no_gap() -> None:
    statements = [s for seed in read_seeds(folder("seeds"))[0] for s in seed.statements]
    known = reference().labels
    labels = composed_labels(statements, known)
    assert {s.subject for s in statements} <= labels.keys() | known.keys()
    for by_language in labels.values():
        assert set(by_language) == {"ja", "en"}
        for label in by_language.values():
            assert label.strip() == label != ""
            assert not any(mark in label for mark in ("{", "[", "id:", "scheme:", "mus:", "（）", "()"))
    assert len(labels) >= 30
