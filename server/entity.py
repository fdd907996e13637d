"""Entities that a value of a parameter, or an address, may mean: they exist in the release and have the class."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from musubi.errors import BadParameter
from musubi.server import lookup, term
from musubi.server.engine import Engine
from musubi.server.results import selected
from musubi.vocabulary import KINDS, Names

if TYPE_CHECKING:
    from musubi.server.question import Parameter

_MOST_SUGGESTED = 5
# Below this share of common letters a suggestion is noise.
_LEAST_LIKENESS = 0.4


@dataclass(frozen=True, slots=True)
class Known:
    """A thing of the release with its labels by language."""

    curie: str
    labels: dict[str, str]

    @property
    def slug(self) -> str:
        """The last part of its IRI."""
        return self.curie.rsplit("/", 1)[-1]

    def label(self, language: str) -> str:
        """The label in a language, else in the other one, else the slug."""
        return self.labels.get(language) or next(iter(self.labels.values()), self.slug)


def entity(engine: Engine, names: Names, parameter: Parameter, text: str) -> str:
    """The IRI of the thing that `text` names: by CURIE, IRI, or the last part of its IRI.

    Raises: BadParameter, with the nearest things of the class, if there is none or more than one.
    """
    fitting = _fitting(engine, names, parameter.of, text)
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        curies = tuple(names.curie(iri) for iri in fitting)
        raise BadParameter(f"{parameter.name}: {text!r} may be {' or '.join(curies)}", allowed=curies)
    near = nearest(text, things(engine, names, parameter.of))
    hint = f"; near to it: {', '.join(near)}" if near else ""
    raise BadParameter(f"{parameter.name}: {text!r} is no {parameter.of} of this release{hint}", allowed=near)


def things(engine: Engine, names: Names, of: str) -> list[Known]:
    """The things of a class (a CURIE), sorted by CURIE."""
    labels: dict[str, dict[str, str]] = {}
    for row in selected(engine, lookup.query("entities", names, {"class": names.iri(of)})):
        of_thing = labels.setdefault(names.curie(row["thing"].value), {})
        if "label" in row:
            of_thing[row["label"].language] = row["label"].value
    return [Known(curie, labels[curie]) for curie in sorted(labels)]


def nearest(text: str, known: list[Known]) -> tuple[str, ...]:
    """CURIEs of the things whose last part or label is most like a text, best first."""
    spellings = {spelling.lower(): one.curie for one in known for spelling in (one.slug, *one.labels.values())}
    last = text.rsplit("/", 1)[-1].lower()[:100]
    alike = get_close_matches(last, spellings, n=_MOST_SUGGESTED * 2, cutoff=_LEAST_LIKENESS)
    return tuple(dict.fromkeys(spellings[spelling] for spelling in alike))[:_MOST_SUGGESTED]


def _fitting(engine: Engine, names: Names, of: str, text: str) -> list[str]:
    """IRIs of the things of a class that a text may mean."""
    candidates = _candidates(names, text)
    if not candidates:
        return []
    rows = selected(engine, lookup.query("entities", names, {"class": names.iri(of)}, {"thing": candidates}))
    return sorted({row["thing"].value for row in rows})


def _candidates(names: Names, text: str) -> list[str]:
    """The IRIs that a text may stand for, whether there is such a thing or not."""
    if text.startswith(names.base):
        written = [text]
    elif ":" in text:
        written = _iris(names, [text])
    else:
        written = _iris(names, [f"id:{kind}/{text}" for kind in KINDS])
    return [iri for iri in written if term.is_iri(iri)]


def _iris(names: Names, curies: list[str]) -> list[str]:
    found = []
    for curie in curies:
        with suppress(ValueError):
            found.append(names.iri(curie))
    return found
