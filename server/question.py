"""Canned questions: `queries/<name>.rq`, each a valid query with a header that says what it asks and what it takes.

The header is YAML behind `#+ ` on the first lines. A mistake in it is found when the file is read, with its line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from musubi.errors import InvalidGraph, MusubiError, NotFound, Place
from musubi.server.guard import form
from musubi.server.header import Header, Titled
from musubi.server.insertion import over_base, pattern_start, projected
from musubi.server.lexer import Token, tokens
from musubi.vocabulary import Names

ParameterType = Literal["entity", "choice", "date", "number", "language", "text"]

SOURCE_COLUMNS = ("document", "documentLabel", "firstLine", "lastLine")
_KEYS = frozenset({"title", "description", "params", "columns", "sources", "featured"})
_PARAMETER_KEYS = frozenset({"type", "class", "values", "default", "title"})


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a query that may be given a value. `of` is the class of an entity, as a CURIE.

    `value_titles` are the words for `values`, in the same order; empty, where the header gives none.
    """

    name: str
    type: ParameterType
    title: Titled
    of: str = ""
    values: tuple[str, ...] = ()
    default: str | None = None
    value_titles: tuple[Titled, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer."""

    name: str
    title: Titled


@dataclass(frozen=True, slots=True)
class Question:
    """A canned query. `query` is valid as it is; `sources` says that each row names document and lines.

    A `featured` question stands before the others.
    """

    name: str
    title: Titled
    description: Titled
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    sources: bool
    featured: bool
    query: str
    names: Names

    def parameter(self, name: str) -> Parameter | None:
        """The parameter `name`, or None."""
        return next((one for one in self.parameters if one.name == name), None)


def questions(files: Iterable[Path], names: Names | None = None) -> dict[str, Question]:
    """The questions of some files by name: featured ones first, then in the order of the files.

    Raises: InvalidGraph, with file and line.
    """
    found = sorted((read(path, names) for path in files), key=lambda question: not question.featured)
    return {question.name: question for question in found}


def found(known: dict[str, Question], name: str) -> Question:
    """The question `name`. Raises: NotFound, naming those there are."""
    if name not in known:
        raise NotFound(f"there is no question {name!r}", allowed=tuple(known))
    return known[name]


def read(path: Path, names: Names | None = None) -> Question:
    """The question in one file. Raises: InvalidGraph, with file and line."""
    names = names or Names()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidGraph(f"the question cannot be read: {error}", Place(str(path))) from None
    header = Header.read(text, str(path))
    header.only((), _KEYS)
    cut = _sound(text, header)
    question = Question(
        path.stem,
        header.titled(("title",)),
        header.titled(("description",)),
        tuple(_parameter(header, name) for name in header.keys(("params",))),
        tuple(Column(name, header.titled(("columns", name))) for name in header.keys(("columns",))),
        bool(header.value(("sources",))),
        bool(header.value(("featured",))),
        over_base(text, names),
        names,
    )
    _check(question, cut, header)
    return question


def _sound(text: str, header: Header) -> list[Token]:
    cut = list(tokens(text))
    try:
        if form(cut, text) != "select":
            raise header.error((), "a question is a SELECT query")
        pattern_start(cut)
    except InvalidGraph:
        raise
    except (MusubiError, ValueError) as error:
        raise header.error((), str(error)) from None
    return cut


def _parameter(header: Header, name: str) -> Parameter:
    path = ("params", name)
    header.only(path, _PARAMETER_KEYS)
    types: tuple[ParameterType, ...] = get_args(ParameterType)
    written = header.text((*path, "type"))
    type_ = next((one for one in types if one == written), None)
    if type_ is None:
        raise header.error((*path, "type"), f"{written!r} is no type of a parameter: {', '.join(types)}")
    titled_values = header.keys((*path, "values"))
    values = tuple(titled_values) or header.texts((*path, "values"))
    default = header.value((*path, "default"))
    if (type_ == "choice") != bool(values):
        raise header.error(path, f"{name}: `values` belong to a choice, and a choice needs them")
    of = header.text((*path, "class")) if type_ == "entity" else ""
    return Parameter(
        name,
        type_,
        header.titled((*path, "title")),
        of,
        values,
        None if default is None else str(default),
        tuple(header.titled((*path, "values", value)) for value in titled_values),
    )


def _check(question: Question, cut: list[Token], header: Header) -> None:
    """Nothing, if header and query fit each other. Raises: InvalidGraph."""
    if not any(one.name == "language" and one.type == "language" for one in question.parameters):
        raise header.error(("params",), "a question has the parameter `language` of the type language")
    variables = {token.text[1:] for token in cut if token.kind == "variable"}
    columns = projected(cut)
    for parameter in question.parameters:
        if parameter.name not in variables:
            raise header.error(("params", parameter.name), f"the query has no variable ?{parameter.name}")
    for column in question.columns:
        if column.name not in columns:
            raise header.error(("columns", column.name), f"the query does not select ?{column.name}")
    missing = [name for name in SOURCE_COLUMNS if question.sources and name not in columns]
    if missing:
        raise header.error(("sources",), f"with sources the query selects {', '.join('?' + name for name in missing)}")
