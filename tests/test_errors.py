from collections.abc import Iterator

import pytest

from musubi import errors
from musubi.errors import BadQuery, MusubiError, Place


def tree(kind: type[MusubiError] = MusubiError, depth: int = 0) -> Iterator[tuple[int, type[MusubiError]]]:
    yield depth, kind
    for below in kind.__subclasses__():
        if below.__module__ == errors.__name__:
            yield from tree(below, depth + 1)


KINDS = [kind for _, kind in tree()]


def test_the_tree_in_the_docstring_is_the_tree_of_the_classes() -> None:
    lines = (errors.__doc__ or "").partition("\n\n")[2].splitlines()
    told = [((len(line) - len(line.lstrip())) // 2, line.split()[0]) for line in lines if line]
    assert told == [(depth, kind.__name__) for depth, kind in tree()]
    assert len(told) >= 20


def test_every_code_is_unique() -> None:
    codes = [kind.code for kind in KINDS]
    assert sorted(codes) == sorted(set(codes))


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_has_a_code_and_a_title_of_its_own(kind: type[MusubiError]) -> None:
    assert {"code", "title"} <= vars(kind).keys()
    assert kind.__doc__


@pytest.mark.parametrize("kind", KINDS)
def test_every_status_is_one_of_an_error(kind: type[MusubiError]) -> None:
    assert 400 <= kind.status < 600
    assert (kind.status < 500) == issubclass(kind, errors.BadRequest)


def test_an_error_reads_as_its_place_and_what_is_wrong() -> None:
    assert str(MusubiError("it broke")) == "it broke"
    assert str(MusubiError("it broke", Place("a.csv"))) == "a.csv: it broke"
    assert str(MusubiError("it broke", Place("a.csv", 3))) == "a.csv:3: it broke"
    assert str(MusubiError("it broke", Place("a.csv", 3, 4))) == "a.csv:3:4: it broke"


def test_a_problem_tells_place_and_allowed_values_only_where_there_are_some() -> None:
    bare = BadQuery("no").problem()
    assert bare == {
        "type": "https://w3id.org/musubi/problem/bad-query",
        "title": "The query is wrong",
        "status": 400,
        "detail": "no",
    }
    assert BadQuery("no", Place("query", 2, 5), ("a", "b")).problem() == bare | {
        "line": 2,
        "column": 5,
        "allowed": ["a", "b"],
    }
