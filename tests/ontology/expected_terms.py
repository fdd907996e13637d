"""The names that everything else builds on. A name may be added to the ontology freely, but none of these may go."""

from __future__ import annotations

CLASSES = """
Agent State Organization GovernmentBody SpaceAgency InternationalOrganization Company CooperationBody Person Place
NormativeInstrument Agreement Treaty FrameworkAgreement ImplementingArrangement ExchangeOfNotes
MemorandumOfUnderstanding PoliticalDeclaration Contract BilateralAgreement MultilateralAgreement UnilateralInstrument
Intention Norm Obligation Entitlement Milestone LaunchMilestone
Activity Programme Mission CrewAssignment FrameworkDependentActivity
SpaceSystem Spacecraft LaunchVehicle SystemElement
Event LifecycleEvent Signing ParliamentaryVote CommitteeVote PlenaryVote Conclusion Announcement Meeting MeetingSeries
Statement RelationStatement ScheduleStatement QuantityStatement SourceDocument EvidenceSpan
ValueConcept Modality LegalForce Polarity TimePrecision TimeWording CrewRole Matter
"""

OBJECT_PROPERTIES = """
representsState isPartOfOrganization isUnitOf isMemberOf isAffiliatedWith
involvesAgent hasSide hasStateSide hasParty hasStateParty hasSignatory hasStateSignatory hasImplementingAgency
involvesState hasBasisInstrument isMadeUnder
supersedes terminates hasLegalForce
hasNormSource hasBearer hasCounterparty hasBeneficiary entitles concernsMatter refersToInstrument
dependsOnInstrument isConductedUnder isFacilitatedBy isGuidedBy isSubActivityOf hasParticipant hasAssignee hasCrewRole
usesSystem usesLaunchVehicle isElementOf
concernsEntity isSignedBy isWitnessedBy isPerformedBy takesPlaceAt isMeetingOf isMilestoneOf
isAbout hasValueEntity hasModality hasPolarity hasTimePrecision hasTimeWording isSupportedBy hasContextSpan isSpanOf
isStatedIn
"""

DATA_PROPERTIES = """
hasEarliestTime hasLatestTime asOfEarliest asOfLatest hasAmount hasSignatoryCount startLine endLine startOffset
endOffset spanSha256 documentSha256 lineCount hasIso3166Alpha3 assertsRelation
"""

ANNOTATION_PROPERTIES = "hasStatedProperty hasTime hasBeginning foundBy cue timeLabel extractionNote countryCharacter"

CONCEPTS = {
    "modality": """stated done failed suspended approved requested planned proposed under-study permitted binding-duty
        best-effort-duty political-commitment open-question""",
    "legal-force": "binding best-effort political-commitment not-stated",
    "polarity": "affirmative negative",
    "time-precision": "day month season half-year year japanese-fiscal-year us-fiscal-year several-years",
    "time-wording": "plain about target by from within mid between",
    "crew-role": "commander pilot mission-specialist-1 mission-specialist-2",
    "matter": """implementing-arrangement-procedure tax-exemption fee-exemption intellectual-property
        mutual-waiver-of-liability jurisdiction scientific-data individual-cooperation crew-seat purpose-and-scope
        confirmed-principles heritage space-resources deconfliction orbital-debris""",
}

# Scheme -> the class of its concepts.
VALUE_CLASSES = {
    "modality": "Modality",
    "legal-force": "LegalForce",
    "polarity": "Polarity",
    "time-precision": "TimePrecision",
    "time-wording": "TimeWording",
    "crew-role": "CrewRole",
    "matter": "Matter",
}

# Pairs that readers mix up: each carries a scope note in both languages.
CONFUSABLE = """
hasParty hasSignatory isSignedBy isConductedUnder isFacilitatedBy isGuidedBy dependsOnInstrument Milestone Event
hasTime hasBeginning CommitteeVote PlenaryVote Conclusion Obligation Treaty MeetingSeries SourceDocument
"""
CONFUSABLE_CONCEPTS = """
modality/planned modality/proposed modality/binding-duty modality/best-effort-duty legal-force/binding
legal-force/best-effort legal-force/not-stated time-precision/japanese-fiscal-year time-precision/us-fiscal-year
matter/tax-exemption matter/fee-exemption
"""
