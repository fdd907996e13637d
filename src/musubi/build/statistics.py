"""What is in a dataset, counted: by class, by property, by where its links lead. Source: VoID, section 4."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from musubi.vocabulary import Names

_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
# What else an alignment says, such as its licence, is about it and links no two things.
_LINKING = {
    *(
        f"<http://www.w3.org/2004/02/skos/core#{kind}Match>"
        for kind in ("exact", "close", "broad", "narrow", "related")
    ),
    *(f"<http://www.w3.org/2002/07/owl#{name}>" for name in ("sameAs", "equivalentClass", "equivalentProperty")),
    *(f"<http://www.w3.org/2000/01/rdf-schema#{name}>" for name in ("subClassOf", "subPropertyOf", "seeAlso")),
}
Triple = tuple[str, str, str]
Link = tuple[str, str]
"""A property and the start of the IRIs it leads to."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts over the merge of all graphs, each triple once. Classes and properties by IRI."""

    triples: int
    subjects: int
    objects: int
    classes: dict[str, int]
    properties: dict[str, int]
    links: dict[Link, int]


def statistics(triples: Iterable[Triple], alignment: Iterable[Triple], names: Names) -> Statistics:
    """The counts over triples whose terms are written as in N-Triples; a triple may come more than once.

    `alignment` are those of them that link things of ours to things elsewhere. No blank node is a class.
    """
    triples = set(triples)
    classes = Counter(value[1:-1] for _, property_, value in triples if property_ == _TYPE and value[0] == "<")
    return Statistics(
        triples=len(triples),
        subjects=len({subject for subject, _, _ in triples}),
        objects=len({value for _, _, value in triples}),
        classes=dict(sorted(classes.items())),
        properties=dict(sorted(Counter(property_[1:-1] for _, property_, _ in triples).items())),
        links=_links(alignment, names),
    )


def _links(alignment: Iterable[Triple], names: Names) -> dict[Link, int]:
    own = f"<{names.base}"
    found: Counter[Link] = Counter()
    for subject, property_, value in set(alignment):
        if subject.startswith(own) and value[0] == "<" and not value.startswith(own) and property_ in _LINKING:
            found[property_[1:-1], _site(value[1:-1])] += 1
    return dict(sorted(found.items()))


def _site(iri: str) -> str:
    parts = urlsplit(iri)
    return f"{parts.scheme}://{parts.netloc}/" if parts.netloc else f"{parts.scheme}:"
