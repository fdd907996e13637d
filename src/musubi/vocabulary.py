"""Names: prefixes, base IRI, the kinds of thing and how their IRIs are made. Strings only, no RDF library.

Source: DESIGN section 5 (names).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

BASE = "https://w3id.org/musubi/"

# The one prefix table: every .ttl and .rq in the project agrees with it (tests/test_style.py).
PREFIXES = {
    "mus": BASE + "ontology#",
    "id": BASE + "id/",
    "scheme": BASE + "scheme/",
    "graph": BASE + "graph/",
    "shape": BASE + "shape/",
    "bibo": "http://purl.org/ontology/bibo/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

# Path segment of a thing's IRI -> the class that every thing with that segment belongs to.
KINDS = {
    "activity": "mus:Activity",
    "assignment": "mus:CrewAssignment",
    "document": "mus:SourceDocument",
    "event": "mus:Event",
    "instrument": "mus:NormativeInstrument",
    "meeting": "mus:Meeting",
    "milestone": "mus:Milestone",
    "mission": "mus:Mission",
    "norm": "mus:Norm",
    "organization": "mus:Organization",
    "person": "mus:Person",
    "place": "mus:Place",
    "programme": "mus:Programme",
    "series": "mus:MeetingSeries",
    "span": "mus:EvidenceSpan",
    "state": "mus:State",
    "statement": "mus:Statement",
    "system": "mus:SpaceSystem",
}

# Kinds whose things are themselves directions or foresights (subclasses of mus:Intention): a relation *of* such a
# thing holds however strongly the thing is meant, so it may stand as a plain triple under any modality.
INTENTIONS = frozenset({"norm", "milestone"})

# Properties whose value is a time, kept in the time columns of a statement.
TEMPORAL = frozenset({"mus:hasTime", "mus:hasBeginning"})

_CURIE = re.compile(r"(?P<prefix>[a-z]+):(?P<local>[A-Za-z0-9][A-Za-z0-9._/-]*)\Z")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


@dataclass(frozen=True, slots=True)
class Names:
    """IRIs over one base. The base is a setting; everything else about names is fixed."""

    base: str = BASE

    def iri(self, curie: str) -> str:
        """The absolute IRI of a CURIE of the prefix table.

        Raises ValueError, if the CURIE is malformed or its prefix unknown.

        >>> Names().iri("id:state/jpn")
        'https://w3id.org/musubi/id/state/jpn'
        """
        match = _CURIE.match(curie)
        if match is None or match["prefix"] not in PREFIXES:
            raise ValueError(f"not a CURIE of a known prefix: {curie!r}")
        return self._rebased(PREFIXES[match["prefix"]]) + match["local"]

    def curie(self, iri: str) -> str:
        """The shortest CURIE of an IRI; the IRI itself where no prefix fits.

        >>> Names().curie("https://w3id.org/musubi/ontology#Mission")
        'mus:Mission'
        """
        found = [
            f"{prefix}:{iri[len(self._rebased(start)) :]}"
            for prefix, start in PREFIXES.items()
            if iri.startswith(self._rebased(start)) and _CURIE.match(f"{prefix}:{iri[len(self._rebased(start)) :]}")
        ]
        return min(found, key=len, default=iri)

    def document(self, sha256: str) -> str:
        """The IRI of the source document with this SHA-256 (64 hex digits)."""
        return f"{self.base}id/document/{sha256[:12]}"

    def span(self, sha256: str, start: int, end: int) -> str:
        """The IRI of the span [start, end) in code points of the document with this SHA-256."""
        return f"{self.base}id/span/{sha256[:12]}-{start}-{end}"

    def statement(self, identifier: str) -> str:
        """The IRI of a statement."""
        return f"{self.base}id/statement/{identifier}"

    def graph(self, path: str) -> str:
        """The IRI of a named graph, by its path below graph/."""
        return f"{self.base}graph/{path}"

    def _rebased(self, namespace: str) -> str:
        return self.base + namespace[len(BASE) :] if namespace.startswith(BASE) else namespace


def kind(curie: str) -> str | None:
    """The kind (path segment) of a thing's CURIE, or None where it is not a thing of a known kind.

    >>> kind("id:mission/mmx"), kind("mus:Mission")
    ('mission', None)
    """
    if not curie.startswith("id:"):
        return None
    segment, _, slug = curie[3:].partition("/")
    return segment if segment in KINDS and _SLUG.match(slug) else None


def slug(curie: str) -> str:
    """The last path segment of a CURIE: the permanent name of the thing within its kind."""
    return curie.rsplit("/", 1)[-1]


def prefix_lines() -> str:
    """The prefix table as SPARQL PREFIX lines, own prefixes first."""
    return "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
