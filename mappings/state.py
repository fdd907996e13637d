"""Units to statements: every match of a rule gives statements, or says why it does not. Never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from musubi.mappings.annotate import Mention
from musubi.mappings.context import Context
from musubi.mappings.dates import Interval
from musubi.mappings.layout import sentences
from musubi.mappings.modality import cue_of
from musubi.mappings.read import Span
from musubi.mappings.rule import Expectation, Pattern, Rule, RuleSet, compiled, fits
from musubi.mappings.statement import Bounds, Statement, Unresolved, merged
from musubi.vocabulary import slug

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_UNIT_KINDS_READ = frozenset({"bullet", "paragraph"})


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a named part of a rule: a text, the things that it names, or a time; and where it stands."""

    text: str
    things: tuple[str, ...] = ()
    interval: Interval | None = None
    span: Span | None = None


Fillers = dict[str, Filler]


class _Missing(Exception):
    """A required part has no filler; the message says which."""


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
                    yield from _statements(context, rule, index, match, end)
                except _Missing as missing:
                    yield Unresolved(rule.method, str(missing), context.span(index, *match.span()))


def _statements(
    context: Context, rule: Rule, index: int, match: re.Match[str], sentence_end: int
) -> Iterator[Statement]:
    fillers = _from_match(context, rule.match, index, match)
    if rule.head is not None:
        head = _head(context, rule, index)
        if head is None:
            return  # no item of the list that the rule reads
        fillers |= head
    for name, role in rule.roles.items():
        try:
            fillers[name] = _role(context, index, role, fillers)
        except _Missing:
            if "optional" not in role:
                raise
    for row in rule.emit:
        yield from _emitted(context, rule, row, fillers, (index, *match.span(), sentence_end))


def _from_match(context: Context, pattern: Pattern, index: int, match: re.Match[str]) -> Fillers:
    fillers: Fillers = {}
    slots = {slot.name: slot for slot in pattern.slots}
    for name, text in match.groupdict().items():
        if text is None:
            continue
        span = context.span(index, *match.span(name))
        if name in slots:
            mentions = pattern.fillers(slots[name], match, context.mentions[index])
            fillers[name] = _filler(text, mentions, span)
        else:
            fillers[name] = Filler(text, span=span)
    return fillers


def _filler(text: str, mentions: list[Mention], span: Span) -> Filler:
    interval = mentions[0].interval
    return Filler(text, () if interval else tuple(m.thing for m in mentions), interval, span)


def _head(context: Context, rule: Rule, index: int) -> Fillers | None:
    """What the head of the list gives, or None where the unit is no item of such a list."""
    head = context.head(index)
    if head is None or rule.head is None:
        return None
    text = context.units[head].text.text
    matches = rule.head.search(text, 0, len(text), context.mentions[head])
    if not matches:
        return None
    fillers = _from_match(context, rule.head, head, matches[0])
    if rule.count:
        items = _items(context, rule, head)
        if items != int(fillers[rule.count].text):
            raise _Missing(f"the head of the list says {fillers[rule.count].text}, the list has {items}")
    return fillers


def _items(context: Context, rule: Rule, head: int) -> int:
    """How many items that the rule matches belong to the head."""
    return sum(
        bool(rule.match.search(unit.text.text, 0, len(unit.text.text), context.mentions[i]))
        for i, unit in enumerate(context.units)
        if unit.kind in rule.units and context.head(i) == head
    )


def _role(context: Context, index: int, role: Mapping[str, str], fillers: Fillers) -> Filler:
    if "compose" in role:
        return _composed(context, role["compose"], fillers)
    if "countries-of" in role:
        return _countries(context, fillers[role["countries-of"]])
    if "find" in role:
        return _glossed(context, index, role["find"])
    for where in role["from"].split(", "):
        for other in context.scope(index, where):
            mention = next((m for m in context.mentions[other] if fits(m, role["type"])), None)
            if mention is not None:
                return _filler(mention.surface, [mention], context.span(other, mention.start, mention.end))
    raise _Missing(f"no {role['type']} in its {role['from']}")


def _glossed(context: Context, index: int, source: str) -> Filler:
    """What a gloss elsewhere on the page says: the first slot of the first match of a pattern."""
    pattern = compiled(source)
    for other, unit in enumerate(context.units):
        if unit.page == context.units[index].page:
            for match in pattern.search(unit.text.text, 0, len(unit.text.text), context.mentions[other]):
                return _from_match(context, pattern, other, match)[pattern.slots[0].name]
    raise _Missing("no gloss on the page")


def _composed(context: Context, template: str, fillers: Fillers) -> Filler:
    """The thing that the joined texts name: an item number belongs to what it counts."""
    surface = _PLACEHOLDER.sub(lambda m: fillers[m[1]].text, template)
    mentions = context.gazetteer.mentions(surface)
    if len(mentions) != 1 or mentions[0].surface != surface:
        raise _Missing(f"{surface} is the name of nothing known")
    last = fillers[_PLACEHOLDER.findall(template)[0]].span
    return Filler(surface, (mentions[0].thing,), span=last)


def _countries(context: Context, filler: Filler) -> Filler:
    """The states that a name holds, as a compound such as 日米韓 or by their own names, in its order."""
    one = "|".join(sorted(map(re.escape, context.country_characters), key=len, reverse=True))
    compound = re.search(rf"(?:{one})(?:・?(?:{one}))+", filler.text)
    if compound is not None:
        things = tuple(context.country_characters[c] for c in re.findall(one, compound[0]))
    else:
        things = tuple(dict.fromkeys(context.gazetteer.inside(filler.text, "state")))
    if len(things) < 2:
        raise _Missing(f"{filler.text} does not name its countries")
    return Filler(filler.text, things, span=filler.span)


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
        raise _Missing("the ending of the clause is not in the table of modalities")
    time, as_of = (fillers[row[key]].interval if key in row else None for key in ("time", "as-of"))
    roles = _roles(row, fillers, span)
    if not cue_name and sentence_end > end:
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


def _roles(row: Mapping[str, str], fillers: Fillers, span: Span) -> tuple[tuple[str, Span], ...]:
    """The parts of the row that were taken from outside its span, by name."""
    outside = {
        name: other
        for name in _needed(row)
        if (other := fillers[name].span) and not (span.start <= other.start and other.end <= span.end)
    }
    return tuple(sorted(outside.items()))


def _needed(row: Mapping[str, str]) -> set[str]:
    """The named parts that a row is made of."""
    return {
        *_PLACEHOLDER.findall(row["subject"] + row.get("value", "")),
        *(row[k] for k in ("time", "as-of") if k in row),
    }


def _filled(template: str, fillers: Fillers) -> list[str]:
    """The template with its placeholders filled: one value for each thing where it is a placeholder alone."""
    if match := _PLACEHOLDER.fullmatch(template):
        filler = fillers[match[1]]
        return list(filler.things) or [filler.text]
    return [_PLACEHOLDER.sub(lambda m: _short(fillers[m[1]]), template)]


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
