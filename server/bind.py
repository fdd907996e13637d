"""Values of a question's parameters, turned into RDF terms and put into its query.

A value is checked against its type, becomes exactly one term, and stands in a VALUES block behind the first WHERE: it
can restrict the answer and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from musubi.errors import BadParameter
from musubi.server import term
from musubi.server.engine import Engine
from musubi.server.entity import entity
from musubi.server.insertion import with_values
from musubi.server.question import Parameter, ParameterType, Question
from musubi.vocabulary import Names, slug

LANGUAGES = ("ja", "en")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d+)?|\.\d+)\Z", re.ASCII)
_LONGEST = 1_000


def bound(engine: Engine, question: Question, values: Mapping[str, str]) -> str:
    """The query of a question with these values, and the defaults of those that are not given.

    Raises: BadParameter, naming the parameter, what was given and what is allowed.
    """
    unknown = [name for name in values if question.parameter(name) is None]
    known = tuple(one.name for one in question.parameters)
    if unknown:
        raise BadParameter(f"{unknown[0]!r} is no parameter of {question.name}: {', '.join(known)}", allowed=known)
    given = {one: values.get(one.name, one.default) for one in question.parameters}
    terms = {one.name: [_term(engine, question.names, one, text)] for one, text in given.items() if text is not None}
    return with_values(question.query, terms)


def _term(engine: Engine, names: Names, parameter: Parameter, text: str) -> str:
    if len(text) > _LONGEST:
        raise BadParameter(f"{parameter.name}: {len(text)} characters were given, {_LONGEST} are allowed")
    if parameter.type == "entity":
        return term.iri(entity(engine, names, parameter, text))
    if parameter.type == "choice":
        return _choice(names, parameter, text)
    try:
        return _READERS[parameter.type](text)
    except (ValueError, InvalidOperation):
        expected, allowed = _EXPECTED[parameter.type]
        raise BadParameter(f"{parameter.name}: {text!r} is not {expected}", allowed=allowed) from None


def _choice(names: Names, parameter: Parameter, text: str) -> str:
    """The term of one of the values: an IRI for a CURIE, which its last part names too; else a plain literal."""
    for value in parameter.values:
        iri = iri_of(names, value)
        if text in (value, iri) or (iri and text == slug(value)):
            return term.iri(iri) if iri else term.string(value)
    raise BadParameter(f"{parameter.name}: {text!r} is none of {', '.join(parameter.values)}", allowed=parameter.values)


def iri_of(names: Names, value: str) -> str:
    """The IRI that a value of a choice stands for; empty, where it is a plain text."""
    try:
        return names.iri(value)
    except ValueError:
        return ""


def _date(text: str) -> str:
    if not _DATE.match(text):
        raise ValueError(text)
    return term.day(date.fromisoformat(text))


def _number(text: str) -> str:
    if not _NUMBER.match(text):
        raise ValueError(text)
    return term.number(Decimal(text))


def _language(text: str) -> str:
    if text not in LANGUAGES:
        raise ValueError(text)
    return term.string(text)


_READERS: dict[ParameterType, Callable[[str], str]] = {
    "date": _date,
    "number": _number,
    "language": _language,
    "text": term.string,
}
_EXPECTED: dict[ParameterType, tuple[str, tuple[str, ...]]] = {
    "date": ("a day that exists, written YYYY-MM-DD", ()),
    "number": ("a number such as 12 or 0.5", ()),
    "language": ("one of ja, en", LANGUAGES),
    "text": ("a text without broken characters", ()),
}
