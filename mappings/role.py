"""What fills the named parts of a rule: groups of its match, the head of a list, and roles found elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from musubi.mappings.annotate import Mention
from musubi.mappings.context import Context
from musubi.mappings.dates import Interval
from musubi.mappings.pattern import Pattern, compiled, fits
from musubi.mappings.read import Span
from musubi.mappings.rule import PLACEHOLDER, Rule


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a named part of a rule: a text, the things that it names, or a time; and where it stands.

    `after` is what follows it in its unit.
    """

    text: str
    things: tuple[str, ...] = ()
    interval: Interval | None = None
    span: Span | None = None
    after: str = ""


Fillers = dict[str, Filler]


class MissingRole(Exception):
    """A required part has no filler; the message says which."""


def from_match(context: Context, pattern: Pattern, index: int, match: re.Match[str]) -> Fillers:
    """What the groups and slots of a match in unit `index` give, by name. A group that took no part is absent."""
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
            fillers[name] = Filler(text, span=span, after=match.string[match.end(name) :])
    return fillers


def _filler(text: str, mentions: list[Mention], span: Span) -> Filler:
    interval = mentions[0].interval
    return Filler(text, () if interval else tuple(m.thing for m in mentions), interval, span)


def from_head(context: Context, rule: Rule, index: int) -> Fillers | None:
    """What the head of the list gives, or None where the unit is no item of such a list.

    Raises: MissingRole, if the head says another number of items than there are.
    """
    head = context.head(index)
    if head is None or rule.head is None:
        return None
    text = context.units[head].text.text
    matches = rule.head.search(text, 0, len(text), context.mentions[head])
    if not matches:
        return None
    fillers = from_match(context, rule.head, head, matches[0])
    if rule.count:
        items = _items(context, rule, head)
        if items != int(fillers[rule.count].text):
            raise MissingRole(f"the head of the list says {fillers[rule.count].text}, the list has {items}")
    return fillers


def _items(context: Context, rule: Rule, head: int) -> int:
    """How many items that the rule matches belong to the head."""
    return sum(
        bool(rule.match.search(unit.text.text, 0, len(unit.text.text), context.mentions[i]))
        for i, unit in enumerate(context.units)
        if unit.kind in rule.units and context.head(i) == head
    )


def from_role(context: Context, index: int, role: Mapping[str, str], fillers: Fillers) -> Filler:
    """What a role that the match lacks is filled with, as the rule says where to look.

    Raises: MissingRole, if nothing is there.
    """
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
    raise MissingRole(f"no {role['type']} in its {role['from']}")


def _glossed(context: Context, index: int, source: str) -> Filler:
    """What a gloss elsewhere on the page says: the first slot of the first match of a pattern."""
    pattern = compiled(source)
    for other, unit in enumerate(context.units):
        if unit.page == context.units[index].page:
            for match in pattern.search(unit.text.text, 0, len(unit.text.text), context.mentions[other]):
                return from_match(context, pattern, other, match)[pattern.slots[0].name]
    raise MissingRole("no gloss on the page")


def _composed(context: Context, template: str, fillers: Fillers) -> Filler:
    """The thing that the joined texts name: an item number belongs to what it counts."""
    surface = PLACEHOLDER.sub(lambda m: fillers[m[1]].text, template)
    mentions = context.gazetteer.mentions(surface)
    if len(mentions) != 1 or mentions[0].surface != surface:
        raise MissingRole(f"{surface} is the name of nothing known")
    first = fillers[PLACEHOLDER.findall(template)[0]]
    return Filler(surface, (mentions[0].thing,), span=first.span)


def _countries(context: Context, filler: Filler) -> Filler:
    """The states that a name holds, as a compound such as 日米韓 or by their own names, in its order."""
    one = "|".join(sorted(map(re.escape, context.country_characters), key=len, reverse=True))
    compound = re.search(rf"(?:{one})(?:・?(?:{one}))+", filler.text)
    if compound is not None:
        things = tuple(context.country_characters[c] for c in re.findall(one, compound[0]))
    else:
        things = tuple(dict.fromkeys(context.gazetteer.inside(filler.text, "state")))
    if len(things) < 2:
        raise MissingRole(f"{filler.text} does not name its countries")
    return Filler(filler.text, things, span=filler.span)
