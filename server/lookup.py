"""The queries that the pages ask, one per file in lookups/, with the terms they are asked about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from musubi.server import term
from musubi.server.insertion import over_base, with_term, with_values
from musubi.vocabulary import Names


def query(
    name: str,
    names: Names,
    about: Mapping[str, str] | None = None,
    among: Mapping[str, Iterable[str]] | None = None,
) -> str:
    """The query `name`, with one IRI in place of each variable of `about`, and those of `among` restricted to some.

    Raises ValueError, if something is no absolute IRI.
    """
    text = over_base(_text(name), names)
    for variable, iri in (about or {}).items():
        text = with_term(text, variable, term.iri(iri))
    return with_values(text, {variable: map(term.iri, iris) for variable, iris in among.items()}) if among else text


@cache
def _text(name: str) -> str:
    return files("musubi.server").joinpath("lookups", f"{name}.rq").read_text(encoding="utf-8")
