"""The mapping sets of the package, each row against the graph made of it; then a small set with one thing wrong.

The tables are read here a second time, with csv and yaml alone, so that a fault of the reader cannot hide itself.
The package `sssom` brings a hundred others; what its schema demands of a set is written down here instead.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
from rdflib import ODRL2, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, BNode, Graph, URIRef
from rdflib.namespace import DefinedNamespace

from musubi.build import pipeline
from musubi.build.alignment import MATCHES, SSSOM, alignment
from musubi.build.canonical import canonical
from musubi.build.sssom import COLUMNS
from musubi.data import alignment_files
from musubi.errors import InvalidGraph
from musubi.settings import Settings
from musubi.vocabulary import BASE, PREFIXES, Names

NAMES = Names()
GRAPH = NAMES.graph("alignment")
ROWS = {
    "crm": 33,
    "eli": 12,
    "eu-authority": 35,
    "oa": 8,
    "odrl": 10,
    "org": 12,
    "prov": 18,
    "schema": 29,
    "wikidata": 62,
}
WIKIDATA, EU = "http://www.wikidata.org/entity/", "http://publications.europa.eu/resource/authority/"


@dataclass(frozen=True)
class Told:
    """A row as it stands in the file, its names made whole."""

    set: str
    cells: dict[str, str]

    def iri(self, column: str) -> URIRef:
        prefix, _, local = self.cells[column].partition(":")
        return URIRef(header(self.set)["curie_map"][prefix] + local)


@cache
def lines(name: str) -> tuple[str, ...]:
    (path,) = (path for path in alignment_files() if path.name == f"{name}.sssom.tsv")
    return tuple(path.read_text(encoding="utf-8").splitlines())


@cache
def header(name: str) -> dict[str, dict[str, str]]:
    said: dict[str, dict[str, str]] = yaml.safe_load("\n".join(li[1:] for li in lines(name) if li.startswith("#")))
    return said


def rows() -> Iterator[Told]:
    for name in ROWS:
        table = [line for line in lines(name) if not line.startswith("#")]
        for cells in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True):
            yield Told(name, cells)


TOLD = tuple(rows())


@pytest.fixture(scope="module")
def files() -> Graph:
    """Ontology, value lists, reference data and shapes, as they are."""
    return merged(pipeline.files_as_quads())


@pytest.fixture(scope="module")
def made() -> Graph:
    return merged(alignment(alignment_files(), pipeline.files_as_quads(), NAMES))


def merged(nquads: bytes) -> Graph:
    """The triples, whatever graph they stand in."""
    ntriples = [line.rpartition(" <")[0] + " ." for line in nquads.decode().splitlines()]
    return Graph().parse(data="\n".join(ntriples), format="nt")


# --- What the files say ---


def test_the_sets_have_as_many_rows_as_were_counted() -> None:
    assert sorted(path.name for path in alignment_files()) == [f"{name}.sssom.tsv" for name in sorted(ROWS)]
    assert Counter(row.set for row in TOLD) == ROWS
    assert len(TOLD) == 219


@pytest.mark.parametrize("name", ROWS)
def test_a_set_says_what_sssom_requires_of_it(name: str) -> None:
    said: dict[str, object] = dict(header(name))
    assert said["mapping_set_id"] == f"{BASE}alignment/{name}"
    assert said["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert said["mapping_date"] == date(2026, 11, 20)
    assert said["sssom_version"] in {"1.0", "1.1"}
    prefixes = header(name)["curie_map"]
    used = {cell.partition(":")[0] for row in TOLD if row.set == name for c, cell in row.cells.items() if names(c)}
    assert set(prefixes) == used
    assert {prefix: iri for prefix, iri in prefixes.items() if prefix in PREFIXES}.items() <= PREFIXES.items()


def names(column: str) -> bool:
    return column.endswith("_id") or column == "mapping_justification"


def test_a_row_has_every_slot_that_sssom_requires() -> None:
    for row in TOLD:
        assert tuple(row.cells) == COLUMNS
        assert all(row.cells[column].strip() == row.cells[column] != "" for column in COLUMNS if column != "see_also")
        assert re.fullmatch(r"semapv:(?:ManualMappingCuration|LexicalMatching)", row.cells["mapping_justification"])
        assert row.iri("predicate_id") in MATCHES


def test_the_rows_of_a_set_are_sorted_and_each_pair_stands_once() -> None:
    keys = [(row.set, row.cells["subject_id"], row.cells["object_id"]) for row in TOLD]
    assert keys == sorted(set(keys))


def test_what_is_mapped_exists_and_has_this_label(files: Graph) -> None:
    told = {(row.iri("subject_id"), row.cells["subject_label"]) for row in TOLD}
    labels = {(s, str(o)) for s, o in files.subject_objects(RDFS.label) if getattr(o, "language", "") == "en"}
    assert told - labels == set()


def test_every_state_is_mapped_to_both(files: Graph) -> None:
    states = set(files.subjects(RDF.type, URIRef(NAMES.iri("mus:State"))))
    exact = [row for row in TOLD if row.iri("predicate_id") == SKOS.exactMatch and row.iri("subject_id") in states]
    assert len(states) == 27
    assert {(row.set, row.iri("subject_id")) for row in exact} == {
        (name, state) for name in ("eu-authority", "wikidata") for state in states
    }
    codes = {row.iri("subject_id"): row.iri("object_id") for row in exact if row.set == "eu-authority"}
    for state, country in codes.items():
        assert str(country) == f"{EU}country/{files.value(state, URIRef(NAMES.iri('mus:hasIso3166Alpha3')))}"


def test_a_subclass_mapping_is_an_axiom_of_the_ontology(files: Graph) -> None:
    told = {(row.iri("subject_id"), row.iri("object_id")) for row in TOLD if row.iri("predicate_id") == RDFS.subClassOf}
    assert told == {(URIRef(NAMES.iri("mus:Organization")), ORG.Organization)}
    assert told <= set(files.subject_objects(RDFS.subClassOf))


def test_an_exact_match_with_wikidata_or_the_eu_names_where_it_was_verified() -> None:
    exact = [
        row for row in TOLD if row.iri("predicate_id") == SKOS.exactMatch and row.set in {"eu-authority", "wikidata"}
    ]
    assert all(str(row.iri("object_id")).startswith((WIKIDATA, EU)) for row in exact)
    assert Counter(row.set for row in exact) == {"eu-authority": 27, "wikidata": 57}
    for row in exact:
        named = re.findall(r"(?:Verified: repository|Also:) ([\w.-]+/[\w.-]+), (\S+) ", row.cells["comment"])
        addresses = [unquote(address) for address in row.cells["see_also"].split("|")]
        for (repository, path), address in zip(named, addresses, strict=True):
            # One file was read in a package, which has an address of its own.
            packed = re.search(r"\(npm (@\S+) (\S+)\)", row.cells["comment"]) if "npmjs.com" in address else None
            end = f"package/{packed[1]}/v/{packed[2]}" if packed else path
            assert address.endswith(f"/{end}"), row.cells["comment"]
            assert repository.rpartition("/")[2] in address


def test_no_item_of_wikidata_is_mapped_exactly_to_two_things() -> None:
    exact = [row.iri("object_id") for row in TOLD if row.iri("predicate_id") == SKOS.exactMatch]
    assert [value for value, count in Counter(exact).items() if count > 1] == []


@pytest.mark.parametrize(("name", "namespace"), [("org", ORG), ("prov", PROV), ("odrl", ODRL2), ("schema", SDO)])
def test_the_terms_of_the_target_exist(name: str, namespace: type[DefinedNamespace]) -> None:
    targets = [row.iri("object_id") for row in TOLD if row.set == name]
    assert len(targets) == ROWS[name]
    assert [target for target in targets if target not in namespace] == []
    assert URIRef(str(namespace) + "NoSuchTerm") not in namespace


# --- What becomes of them ---


def test_the_graph_has_each_mapping_and_no_other(made: Graph) -> None:
    expected = {(row.iri("subject_id"), row.iri("predicate_id"), row.iri("object_id")) for row in TOLD}
    own = tuple(PREFIXES[prefix] for prefix in ("mus", "id", "scheme"))
    assert {triple for triple in made if str(triple[0]).startswith(own)} == expected
    assert len(expected) == 219


def test_each_row_has_one_record_that_says_the_same(made: Graph) -> None:
    records = set(made.subjects(RDF.type, SSSOM.Mapping))
    assert len(records) == 219
    assert {record for record in records if isinstance(record, BNode)} == set()
    said = {
        (
            next(made.subjects(SSSOM.mappings, record)),
            *(
                made.value(record, p, any=False)
                for p in (OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget)
            ),
            *(str(made.value(record, p, any=False)) for p in (SSSOM.subject_label, SSSOM.object_label, RDFS.comment)),
            made.value(record, SSSOM.mapping_justification, any=False),
            "|".join(sorted(made.objects(record, RDFS.seeAlso))),
        )
        for record in records
    }
    assert said == {
        (
            URIRef(f"{BASE}alignment/{row.set}"),
            *(row.iri(column) for column in ("subject_id", "predicate_id", "object_id")),
            *(row.cells[column] for column in ("subject_label", "object_label", "comment")),
            row.iri("mapping_justification"),
            "|".join(sorted(row.cells["see_also"].split("|"))),
        )
        for row in TOLD
    }


def test_the_graph_holds_rows_records_and_sets_and_nothing_else(made: Graph) -> None:
    addresses = sum(len(row.cells["see_also"].split("|")) for row in TOLD if row.cells["see_also"])
    assert len(made) == 219 + 219 * 9 + addresses + len(ROWS) * 8
    assert set(made.subjects(RDF.type, SSSOM.MappingSet)) == {URIRef(f"{BASE}alignment/{name}") for name in ROWS}


def test_the_bytes_do_not_depend_on_the_order_of_the_files() -> None:
    stated = pipeline.files_as_quads()
    first = alignment(alignment_files(), stated, NAMES)
    assert alignment(alignment_files()[::-1], stated, NAMES) == first
    assert all(line.endswith(f" <{GRAPH}> .".encode()) for line in first.splitlines())


def test_nothing_follows_from_mappings_and_no_shape_is_about_them(monkeypatch: pytest.MonkeyPatch) -> None:
    with_them = pipeline.examined(Settings())
    monkeypatch.setattr(pipeline, "alignment_files", list)
    without = pipeline.examined(Settings())
    own = f" <{GRAPH}> .".encode()
    rest = [line for line in with_them.nquads.splitlines(keepends=True) if not line.endswith(own + b"\n")]
    assert len(rest) < with_them.nquads.count(b"\n")
    assert canonical(b"".join(rest)) == canonical(without.nquads)
    assert with_them.findings == without.findings


# --- One thing wrong ---

SET = f"""\
#mapping_set_id: {BASE}alignment/small
#mapping_set_title: small
#mapping_set_description: Two rows.
#mapping_set_version: 0.1.0
#license: https://creativecommons.org/licenses/by/4.0/
#mapping_date: 2026-11-20
#object_source: {WIKIDATA}
#comment: Made up.
#curie_map:
#  mus: {PREFIXES["mus"]}
#  skos: {PREFIXES["skos"]}
#  rdfs: {PREFIXES["rdfs"]}
#  semapv: https://w3id.org/semapv/vocab/
#  wd: {WIKIDATA}
{chr(9).join(COLUMNS)}
mus:A\tA\tskos:closeMatch\twd:Q1\tone\tsemapv:ManualMappingCuration\tWhy.\t
mus:B\tB\tskos:exactMatch\twd:Q2\ttwo\tsemapv:LexicalMatching\tWhy.\thttps://example.org/a|https://example.org/b
"""
STATED = b"".join(
    f'<{PREFIXES["mus"]}{name}> <{RDFS.label}> "{name}"@en <{NAMES.graph(graph)}> .\n'.encode()
    for name, graph in (("A", "ontology"), ("B", "reference"), ("Shape", "shapes"))
)


def small(folder: Path, old: str = "", new: str = "", stated: bytes = STATED) -> bytes:
    assert old in SET
    path = folder / "small.sssom.tsv"
    path.write_text(SET.replace(old, new, 1) if old else SET, encoding="utf-8")
    return alignment([path], stated, NAMES)


def test_the_small_set_is_right(tmp_path: Path) -> None:
    assert small(tmp_path).count(b"\n") == 2 + 2 * 9 + 2 + 8


FAULTS = {
    "unknown subject": ("mus:B", "mus:C", "there is no mus:C", 17, 1),
    "a shape is no subject": ("mus:B", "mus:Shape", "there is no mus:Shape", 17, 1),
    "foreign subject": ("mus:B", "wd:Q3", "there is no wd:Q3", 17, 1),
    "unknown predicate": ("skos:closeMatch", "skos:related", "skos:related is no way to map", 16, 9),
    "no such axiom": ("skos:closeMatch", "rdfs:subClassOf", "the ontology does not have this axiom", 16, 9),
    "missing justification": ("semapv:ManualMappingCuration", "", "mapping_justification is missing", 16, 35),
    "unknown justification": ("semapv:LexicalMatching", "semapv:Guess", "semapv:Guess is no justification", 17, 35),
    "no CURIE": ("wd:Q1", "Q1", "object_id is no CURIE: 'Q1'", 16, 25),
    "CURIE with a space": ("wd:Q1", "wd:Q 1", "object_id is no CURIE", 16, 25),
    "undeclared prefix": ("wd:Q1", "wp:Q1", "declares no prefix 'wp'", 16, 25),
    "missing label": ("\tone\t", "\t \t", "object_label is missing", 16, 31),
    "missing comment": ("Why.", "", "comment is missing", 16, 64),
    "no address": ("https://example.org/b", "b c", "see_also is no address: 'b c'", 17, 63),
    "not verified": ("https://example.org/a|https://example.org/b", "", "must name where it was verified", 17, 63),
    "duplicate row": (
        "mus:B\tB\tskos:exactMatch\twd:Q2",
        "mus:A\tA\tskos:exactMatch\twd:Q1",
        "mapped already: .*:16:1",
        17,
        1,
    ),
    "too few cells": ("\tWhy.\t\n", "\tWhy.\n", "7 cells instead of 8", 16, 1),
    "an empty line": ("mus:B", "\nmus:B", "1 cells instead of 8", 17, 1),
    "other columns": ("subject_label\t", "", "the columns are not subject_id, ", 15, 1),
    "no header": (SET[: SET.index("subject_id")], "", "there is no header", 1, 1),
    "header not YAML": ("#mapping_set_title: small", "#mapping_set_title: [small", "the header is not YAML", 3, 25),
    "header with a control character": ("Made up.", "\x07", "the header is not YAML", 1, 1),
    "header says too little": (f"#object_source: {WIKIDATA}\n", "", "the header does not say object_source", 1, 1),
    "no prefixes": (SET[SET.index("#curie_map") : SET.index("subject_id")], "", "does not say curie_map", 1, 1),
    "another prefix": (PREFIXES["skos"], "https://example.org/", "the prefix skos is not", 1, 1),
    "prefix that is no address": (f"wd: {WIKIDATA}", "wd: w d", "the prefix wd is not", 1, 1),
    "no day": ("2026-11-20", "20 November", "mapping_date is no day", 1, 1),
    "licence that is no address": (
        "https://creativecommons.org/licenses/by/4.0/",
        "free",
        "license is no address",
        1,
        1,
    ),
    "another name": ("alignment/small", "alignment/large", "mapping_set_id is not .*/small", 1, 1),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_file_line_and_column(fault: str, tmp_path: Path) -> None:
    old, new, words, line, column = FAULTS[fault]
    with pytest.raises(InvalidGraph, match=words) as told:
        small(tmp_path, old, new)
    assert str(told.value.place) == f"small.sssom.tsv:{line}:{column}"


def test_a_subclass_mapping_needs_the_axiom_in_the_ontology(tmp_path: Path) -> None:
    axiom = f"<{PREFIXES['mus']}A> <{RDFS.subClassOf}> <{WIKIDATA}Q1> <{NAMES.graph('ontology')}> .\n".encode()
    assert small(tmp_path, "skos:closeMatch", "rdfs:subClassOf", STATED + axiom)
    elsewhere = axiom.replace(b"graph/ontology", b"graph/reference")
    with pytest.raises(InvalidGraph, match="the ontology does not have this axiom"):
        small(tmp_path, "skos:closeMatch", "rdfs:subClassOf", STATED + elsewhere)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "small.sssom.tsv"
    with pytest.raises(InvalidGraph, match=r"small\.sssom\.tsv: cannot be read"):
        alignment([path], STATED, NAMES)
    path.write_bytes(b"\xff")
    with pytest.raises(InvalidGraph, match=r"small\.sssom\.tsv: cannot be read"):
        alignment([path], STATED, NAMES)


def test_two_files_must_not_map_the_same_two(tmp_path: Path) -> None:
    small(tmp_path)
    text = SET.replace("alignment/small", "alignment/other")
    (tmp_path / "other.sssom.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidGraph, match=r"other\.sssom\.tsv:16:1: .*small\.sssom\.tsv:16:1"):
        alignment([tmp_path / "small.sssom.tsv", tmp_path / "other.sssom.tsv"], STATED, NAMES)
