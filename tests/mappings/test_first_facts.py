"""What a careful reader finds in the four documents, line by line, against the seeds.

Written from the documents, not from the seeds: each row is (lines, subject, property, value, modality). The lines are
those that a reader would quote. `planned`, `permitted`, duties and commitments must never be told as done.
"""

from collections import Counter

import pytest

from musubi.data import folder
from musubi.mappings.seeds import Seed, read_seeds
from musubi.mappings.statement import Statement

FRAMEWORK = "japan-us-space-framework-agreement"
Fact = tuple[str, str, str, str, str]


def signing() -> list[Fact]:
    event = f"event/{FRAMEWORK}-signing"
    return [
        ("9-10", event, "rdf:type", "mus:Signing", "done"),
        ("9-10", event, "mus:concernsEntity", f"id:instrument/{FRAMEWORK}", "done"),
        ("9-10", event, "mus:hasTime", "2023-01-13..2023-01-13 day", "done"),
        ("9-10", event, "mus:takesPlaceAt", "id:place/nasa-headquarters", "done"),
        ("9-10", event, "mus:isSignedBy", "id:person/foreign-minister-hayashi", "done"),
        ("9-10", event, "mus:isSignedBy", "id:person/secretary-of-state-blinken", "done"),
        ("9-10", event, "mus:isWitnessedBy", "id:person/prime-minister-kishida", "done"),
    ]


def votes() -> list[Fact]:
    committee, plenary = f"event/{FRAMEWORK}-committee-vote", f"event/{FRAMEWORK}-plenary-vote"
    body = "id:organization/committee-on-foreign-affairs-and-defense-house-of-councillors"
    return [
        ("12-13", committee, "rdf:type", "mus:CommitteeVote", "done"),
        ("12-13", committee, "mus:isPerformedBy", body, "done"),
        ("12-13", committee, "mus:hasTime", "2023-05-11..2023-05-11 day", "done"),
        ("12-13", plenary, "rdf:type", "mus:PlenaryVote", "done"),
        ("12-13", plenary, "mus:hasTime", "2023-05-12..2023-05-12 day", "done"),
    ]


def provisions() -> list[Fact]:
    tax, fee = f"norm/{FRAMEWORK}-tax-exemption", f"norm/{FRAMEWORK}-fee-exemption"
    rows = [
        ("22-22", tax, "rdf:type", "mus:Obligation", "binding-duty"),
        ("22-22", tax, "mus:hasLegalForce", "scheme:legal-force/binding", "binding-duty"),
        ("22-22", fee, "rdf:type", "mus:Obligation", "best-effort-duty"),
        ("22-22", fee, "mus:hasLegalForce", "scheme:legal-force/best-effort", "best-effort-duty"),
    ]
    others = {
        21: "implementing-arrangement-procedure",
        23: "intellectual-property",
        24: "mutual-waiver-of-liability",
        27: "jurisdiction",
        28: "scientific-data",
    }
    for line, matter in others.items():
        norm = f"norm/{FRAMEWORK}-{matter}"
        rows += [
            (f"{line}-{line}", norm, "mus:hasNormSource", f"id:instrument/{FRAMEWORK}", "stated"),
            (f"{line}-{line}", norm, "mus:concernsMatter", f"scheme:matter/{matter}", "stated"),
            (f"{line}-{line}", norm, "mus:hasLegalForce", "scheme:legal-force/not-stated", "stated"),
        ]
    return rows


def effects() -> list[Fact]:
    right = f"norm/{FRAMEWORK}-individual-cooperation"
    eased = ("lunar-large-equipment-development-and-operation", "japan-us-astronauts-lunar-activities")
    return [
        (
            "24-26",
            f"instrument/{FRAMEWORK}",
            "mus:terminates",
            "id:instrument/japan-us-space-damage-agreement",
            "planned",
        ),
        ("17-18", right, "rdf:type", "mus:Entitlement", "permitted"),
        ("17-18", right, "mus:entitles", "id:activity/japan-us-individual-cooperation", "permitted"),
        ("17-18", right, "mus:hasBeneficiary", "id:organization/jaxa", "permitted"),
        ("17-18", right, "mus:hasBeneficiary", "id:organization/nasa", "permitted"),
        ("40-40", f"instrument/{FRAMEWORK}", "mus:hasStateSide", "id:state/jpn", "stated"),
        ("40-40", f"instrument/{FRAMEWORK}", "mus:hasStateSide", "id:state/usa", "stated"),
        *(("30-32", f"activity/{a}", "mus:isFacilitatedBy", f"id:instrument/{FRAMEWORK}", "stated") for a in eased),
    ]


def accords() -> list[Fact]:
    text, signed = "instrument/artemis-accords", "event/artemis-accords-signing-2020-10"
    signatories = ("jpn", "usa", "can", "gbr", "ita", "aus", "lux", "are")
    principles = {
        448: "purpose-and-scope",
        451: "confirmed-principles",
        454: "heritage",
        456: "space-resources",
        459: "deconfliction",
        462: "orbital-debris",
    }
    return [
        ("437-440", text, "rdf:type", "mus:PoliticalDeclaration", "stated"),
        ("437-440", text, "mus:hasLegalForce", "scheme:legal-force/political-commitment", "stated"),
        ("437-440", "programme/artemis", "mus:isGuidedBy", "id:instrument/artemis-accords", "stated"),
        ("443-443", text, "mus:hasSignatoryCount", '"25"^^xsd:integer', "done"),
        ("444-445", signed, "mus:hasTime", "2020-10-01..2020-10-31 month", "done"),
        *(("444-445", text, "mus:hasStateSignatory", f"id:state/{s}", "done") for s in signatories),
        *(
            (
                f"{n}-{n}",
                f"norm/artemis-accords-{p}",
                "mus:concernsMatter",
                f"scheme:matter/{p}",
                "political-commitment",
            )
            for n, p in principles.items()
        ),
        (
            "456-456",
            "norm/artemis-accords-space-resources",
            "mus:refersToInstrument",
            "id:instrument/outer-space-treaty",
            "political-commitment",
        ),
    ]


def crew() -> list[Fact]:
    members = [
        ("228-228", "reid-wiseman", "commander", "nasa"),
        ("229-229", "victor-glover", "pilot", "nasa"),
        ("230-231", "christina-koch", "mission-specialist-1", "nasa"),
        ("233-234", "jeremy-hansen", "mission-specialist-2", "csa"),
    ]
    rows: list[Fact] = []
    for lines, person, role, agency in members:
        seat = f"assignment/artemis-2-{person}"
        rows += [
            (lines, seat, "mus:hasAssignee", f"id:person/{person}", "done"),
            (lines, seat, "mus:hasCrewRole", f"scheme:crew-role/{role}", "done"),
            (lines, seat, "mus:isSubActivityOf", "id:mission/artemis-2", "done"),
            (lines, f"person/{person}", "mus:isAffiliatedWith", f"id:organization/{agency}", "done"),
        ]
    right = "norm/gateway-mou-jeremy-hansen-seat"
    return [
        *rows,
        ("225-227", "event/artemis-2-crew-announcement", "mus:isPerformedBy", "id:organization/nasa", "done"),
        ("225-227", "event/artemis-2-crew-announcement", "mus:isPerformedBy", "id:organization/csa", "done"),
        ("251-254", right, "mus:hasNormSource", "id:instrument/gateway-mou", "stated"),
        ("251-254", right, "mus:entitles", "id:assignment/artemis-2-jeremy-hansen", "stated"),
        ("251-254", "instrument/gateway-mou", "mus:hasParty", "id:organization/nasa", "done"),
        ("251-254", "instrument/gateway-mou", "mus:hasParty", "id:organization/csa", "done"),
        ("251-254", "event/gateway-mou-conclusion", "mus:hasTime", "2020-01-01..2020-12-31 year", "done"),
        ("245-249", "milestone/artemis-2-launch", "mus:hasTime", "2024-01-01..2024-12-31 year", "planned"),
        ("172-173", "milestone/crew-7-launch", "mus:isMilestoneOf", "id:mission/crew-7", "planned"),
        ("172-173", "milestone/crew-7-launch", "mus:hasTime", "2023-06-01.. season", "planned"),
        ("245-249", "mission/artemis-2", "mus:usesSystem", "id:system/orion", "planned"),
        ("245-249", "mission/artemis-2", "mus:usesLaunchVehicle", "id:system/sls", "planned"),
    ]


def notes() -> list[Fact]:
    old, esa = "japan-us-exchange-of-notes-1969", "japan-esa-exchange-of-notes"
    return [
        ("58-58", f"event/{old}-conclusion", "mus:hasTime", "1969-01-01..1969-12-31 year", "done"),
        ("58-58", "activity/us-cooperation", "mus:hasBeginning", "1969-01-01..1969-12-31 year", "done"),
        ("58-58", f"instrument/{old}", "mus:hasStateParty", "id:state/jpn", "done"),
        ("58-58", f"instrument/{old}", "mus:hasStateParty", "id:state/usa", "done"),
        ("67-67", f"instrument/{esa}", "mus:hasParty", "id:organization/esa", "done"),
        ("67-67", "activity/esa-information-exchange", "mus:isConductedUnder", f"id:instrument/{esa}", "done"),
        ("67-67", "activity/europe-cooperation", "mus:hasBeginning", "1972-01-01..1972-12-31 year", "done"),
    ]


def dialogues() -> list[Fact]:
    held = [
        ("58-58", "japan-india-space-dialogue-2021-11", "2021-11-01..2021-11-30", ["state/ind"]),
        ("58-58", "japan-france-comprehensive-space-dialogue-2023-01", "2023-01-01..2023-01-31", ["state/fra"]),
        (
            "58-60",
            "japan-eu-space-policy-dialogue-2023-01",
            "2023-01-01..2023-01-31",
            ["organization/european-union"],
        ),
        ("60-60", "japan-us-comprehensive-dialogue-on-space-2023-03", "2023-03-01..2023-03-31", ["state/usa"]),
        (
            "60-61",
            "japan-us-korea-space-security-dialogue-2023-11",
            "2023-11-01..2023-11-30",
            ["state/usa", "state/kor"],
        ),
    ]
    rows: list[Fact] = []
    for lines, meeting, month, partners in held:
        rows.append((lines, f"meeting/{meeting}", "mus:hasTime", f"{month} month", "done"))
        rows += [(lines, f"meeting/{meeting}", "mus:hasParticipant", f"id:{p}", "done") for p in partners]
    return [
        *rows,
        ("64-65", f"event/{FRAMEWORK}-conclusion", "mus:hasTime", "2023-01-01..2023-12-31 year", "done"),
        ("64-65", f"instrument/{FRAMEWORK}", "mus:hasStateParty", "id:state/jpn", "done"),
        ("64-65", f"instrument/{FRAMEWORK}", "mus:hasStateParty", "id:state/usa", "done"),
        (
            "66-67",
            f"norm/{FRAMEWORK}-individual-cooperation",
            "mus:entitles",
            "id:activity/japan-us-individual-cooperation",
            "permitted",
        ),
        ("78-78", "event/artemis-accords-signing-2020-10", "mus:hasTime", "2020-10-01..2020-10-31 month", "done"),
    ]


def launches() -> list[Fact]:
    targets = [
        ("39-39", "ets-9", 2021, "planned"),
        ("50-50", "h3-test-flight-1", 2020, "political-commitment"),
        ("85-85", "xrism", 2021, "planned"),
        ("86-86", "slim", 2021, "planned"),
        ("86-86", "mmx", 2024, "planned"),
        ("96-96", "htv-x-1", 2021, "planned"),
        ("171-171", "alos-3", 2020, "planned"),
        ("229-229", "short-notice-launch-small-satellite", 2020, "planned"),
        ("230-230", "satellite-communication-network-unit-3", 2022, "planned"),
    ]
    return [
        (
            lines,
            f"milestone/{item}-launch",
            "mus:hasTime",
            f"{year}-04-01..{year + 1}-03-31 japanese-fiscal-year",
            mode,
        )
        for lines, item, year, mode in targets
    ]


BRIEFING = [*signing(), *votes(), *provisions(), *effects(), *accords(), *crew()]
EXPECTED = {
    "briefing-on-international-space-trends-2023": BRIEFING,
    "jaxa-international-cooperation": notes(),
    "mofa-policy-evaluation-space": dialogues(),
    "space-basic-plan-roadmap-issues": launches(),
}
FACTS = [(slug, fact) for slug, facts in EXPECTED.items() for fact in facts]


@pytest.fixture(scope="module")
def seeds() -> dict[str, Seed]:
    found, faults = read_seeds(folder("seeds"))
    assert faults == []
    return {seed.record.slug: seed for seed in found}


def told(statement: Statement) -> Fact:
    span, when = statement.span, statement.time
    value = statement.value
    if not value and when:
        value = f"{(when.earliest or '')[:10]}..{(when.latest or '')[:10]} {when.precision}"
    lines = f"{span.first_line}-{span.last_line}"
    return lines, statement.subject.removeprefix("id:"), statement.property, value, statement.modality


@pytest.mark.parametrize(("slug", "fact"), FACTS)
def test_a_fact_that_a_reader_finds_is_in_the_seeds(seeds: dict[str, Seed], slug: str, fact: Fact) -> None:
    assert fact in {told(s) for s in seeds[slug].statements}


def test_as_many_facts_were_looked_for_as_were_listed() -> None:
    assert Counter(slug for slug, _ in FACTS) == {
        "briefing-on-international-space-trends-2023": 88,
        "jaxa-international-cooperation": 7,
        "mofa-policy-evaluation-space": 16,
        "space-basic-plan-roadmap-issues": 9,
    }


def test_a_repeat_is_a_second_place_of_one_statement(seeds: dict[str, Seed]) -> None:
    roadmap = {s.subject: s for s in seeds["space-basic-plan-roadmap-issues"].statements if s.property == "mus:hasTime"}
    repeated = {subject: [f.first_line for f in s.further] for subject, s in roadmap.items() if s.further}
    assert repeated == {
        "id:milestone/slim-launch": [106],
        "id:milestone/mmx-launch": [106],
        "id:milestone/alos-3-launch": [249],
    }


def test_nothing_in_the_roadmap_is_said_to_be_done(seeds: dict[str, Seed]) -> None:
    modes = {s.modality for s in seeds["space-basic-plan-roadmap-issues"].statements}
    assert modes == {"planned", "political-commitment"}


def test_the_year_of_the_notes_with_esa_is_not_claimed(seeds: dict[str, Seed]) -> None:
    of_notes = [s for s in seeds["jaxa-international-cooperation"].statements if "esa-exchange-of-notes" in s.subject]
    assert of_notes
    assert [s for s in of_notes if s.time] == []


def test_before_its_conclusion_the_framework_agreement_has_sides_and_no_parties(seeds: dict[str, Seed]) -> None:
    briefing = seeds["briefing-on-international-space-trends-2023"].statements
    of_framework = {s.property for s in briefing if s.subject == f"id:instrument/{FRAMEWORK}"}
    assert "mus:hasStateSide" in of_framework
    assert not of_framework & {"mus:hasParty", "mus:hasStateParty"}


def test_a_crew_member_rests_on_the_line_that_says_announced(seeds: dict[str, Seed]) -> None:
    briefing = seeds["briefing-on-international-space-trends-2023"].statements
    seats = [dict(s.roles) for s in briefing if s.property == "mus:hasAssignee"]
    assert [roles["predicate"].first_line for roles in seats] == [227, 227, 227, 227]


def test_no_bearer_is_invented_for_a_duty_whose_bearer_is_not_named(seeds: dict[str, Seed]) -> None:
    said = {s.property for seed in seeds.values() for s in seed.statements}
    assert "mus:hasLegalForce" in said
    assert "mus:hasBearer" not in said


def test_the_count_of_signatories_is_as_of_its_day(seeds: dict[str, Seed]) -> None:
    counts = [
        s
        for s in seeds["briefing-on-international-space-trends-2023"].statements
        if s.property == "mus:hasSignatoryCount"
    ]
    assert [(s.as_of.earliest, s.as_of.latest) for s in counts] == [("2023-06-06T00:00:00", "2023-06-06T23:59:59")]
