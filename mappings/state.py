"""Units to statements: every match of a rule gives statements, or says why it does not. Never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from musubi.mappings.context import Context
from musubi.mappings.dates import Interval
from musubi.mappings.layout import sentences
from musubi.mappings.modality import cue_of, turned
from musubi.mappings.read import Span
from musubi.mappings.role import Filler, Fillers, MissingRole, from_head, from_match, from_role
from musubi.mappings.rule import PLACEHOLDER, Expectation, Rule, RuleSet
from musubi.mappings.statement import Bounds, Statement, Unresolved, merged
from musubi.vocabulary import slug

_UNIT_KINDS_READ = frozenset({"bullet", "paragraph"})


def stated(context: Context, rules: RuleSet) -> tuple[list[Statement], list[Unresolved]]:
    """All statements that the rules find in the document, merged and sorted, and all places left unresolved."""
    found: list[Statement] = []
    unresolved: list[Unresolved] = []
    for rule in rules.rules:
        for outcome in _outcomes(context, rule):
            if isinstance(outcome, Statement):
                found.append(outcome)
            else:
                unresolved.append(outcome)
    for expectation in rules.expectations:
        unresolved += _unmet(context, expectation, found)
    return merged(found, context.document.sha256), sorted(unresolved, key=lambda u: (u.span, u.rule))


def _outcomes(context: Context, rule: Rule) -> Iterator[Statement | Unresolved]:
    for index, unit in enumerate(context.units):
        if unit.kind not in rule.units or rule.trigger not in unit.text.text:
            continue
        for start, end in sentences(unit) if rule.scope == "sentence" else [(0, len(unit.text.text))]:
            for match in rule.match.search(unit.text.text, start, end, context.mentions[index]):
                try:
                    # All of a match or nothing of it: a part that is missing shows only when it is needed.
                    yield from list(_statements(context, rule, index, match, end))
                except MissingRole as missing:
                    yield Unresolved(rule.method, str(missing), context.span(index, *match.span()))


def _statements(
    context: Context, rule: Rule, index: int, match: re.Match[str], sentence_end: int
) -> Iterator[Statement]:
    fillers = from_match(context, rule.match, index, match)
    if rule.head is not None:
        head = from_head(context, rule, index)
        if head is None:
            return  # no item of the list that the rule reads
        fillers |= head
    for name, role in rule.roles.items():
        try:
            fillers[name] = from_role(context, index, role, fillers)
        except MissingRole:
            if "optional" not in role:
                raise
    for row in rule.emit:
        yield from _emitted(context, rule, row, fillers, (index, *match.span(), sentence_end))


def _emitted(
    context: Context, rule: Rule, row: Mapping[str, str], fillers: Fillers, where: tuple[int, int, int, int]
) -> Iterator[Statement]:
    index, start, end, sentence_end = where
    span = context.span(index, start, end)
    text = context.units[index].text.text
    if not _needed(row) <= fillers.keys():
        return  # an optional part of the pattern is absent, so nothing is said of it
    cue_name = row.get("cue", rule.cue)
    clause = fillers[cue_name].text if cue_name else text[:sentence_end]
    cue = cue_of(clause)
    if cue is None:
        raise MissingRole("the ending of the clause is not in the table of modalities")
    if cue_name and turned(fillers[cue_name].after):
        raise MissingRole("what follows the clause denies it, asks it or leaves it open")
    time, as_of = (fillers[row[key]].interval if key in row else None for key in ("time", "as-of"))
    roles = _outside({name: fillers[name] for name in _needed(row)}, span)
    if cue_name:
        roles += _outside({"predicate": fillers[cue_name]}, span)
    elif sentence_end > end:
        roles += (("predicate", context.span(index, end, sentence_end)),)
    for subject in _filled(row["subject"], fillers):
        for value in _filled(row.get("value", ""), fillers):
            yield Statement(
                subject=subject,
                property=row["property"],
                value=value,
                modality=cue.modality,
                polarity=cue.polarity,
                cue=cue.name,
                span=span,
                method=rule.method,
                time=time,
                as_of=Bounds(as_of.earliest, as_of.latest) if as_of else Bounds(),
                roles=roles,
                note=_note(row, time),
            )


def _note(row: Mapping[str, str], time: Interval | None) -> str:
    inferred = "the year is that of the document, not stated here" if time and time.inferred else ""
    return "; ".join(filter(None, [row.get("note", ""), inferred]))


def _outside(fillers: Fillers, span: Span) -> tuple[tuple[str, Span], ...]:
    """The parts that were taken from outside the span, by name."""
    outside = {
        name: other
        for name, filler in fillers.items()
        if (other := filler.span) and not (span.start <= other.start and other.end <= span.end)
    }
    return tuple(sorted(outside.items()))


def _needed(row: Mapping[str, str]) -> set[str]:
    """The named parts that a row is made of."""
    return {
        *PLACEHOLDER.findall(row["subject"] + row.get("value", "")),
        *(row[k] for k in ("time", "as-of") if k in row),
    }


def _filled(template: str, fillers: Fillers) -> list[str]:
    """The template with its placeholders filled: one value for each thing where it is a placeholder alone."""
    if match := PLACEHOLDER.fullmatch(template):
        filler = fillers[match[1]]
        return list(filler.things) or [filler.text]
    return [PLACEHOLDER.sub(lambda m: _short(fillers[m[1]]), template)]


def _short(filler: Filler) -> str:
    """The filler as a part of a name or a literal."""
    if filler.interval is not None:
        return filler.interval.key
    return slug(filler.things[0]) if filler.things else filler.text.replace(",", "")


def _unmet(context: Context, expectation: Expectation, found: list[Statement]) -> Iterator[Unresolved]:
    read = [s.span for s in found if expectation.met_by & {m.split("/")[0] for m in s.method.split()}]
    for index, unit in enumerate(context.units):
        if unit.kind not in _UNIT_KINDS_READ:
            continue
        for start, end in sentences(unit):
            if match := expectation.match.search(unit.text.text, start, end):
                span = context.span(index, *match.span())
                if not any(r.start < span.end and span.start < r.end for r in read):
                    yield Unresolved(expectation.id, expectation.reason, span)
