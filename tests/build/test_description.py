"""What a release says of itself, against a second count of its lines that shares nothing with the first."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, PROV, RDF, VOID, Namespace

from musubi import __version__
from musubi.build import pipeline
from musubi.build.description import description, service
from musubi.build.dumps import Dumps, dumps
from musubi.build.release import Release
from musubi.data import folder
from musubi.settings import Settings
from musubi.vocabulary import BASE, Names

NAMES = Names()
DATASET = URIRef(f"{BASE}dataset")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
OWN = NAMES.graph("provenance")
LINE = re.compile(r"(\S+) (\S+) (.+) <(\S+)> \.\n")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return pipeline.build(Settings(releases=tmp_path_factory.mktemp("described")))


@pytest.fixture(scope="module")
def kept(made: Release) -> Dumps:
    return dumps(made, NAMES)


@pytest.fixture(scope="module")
def graph(made: Release, kept: Dumps) -> Graph:
    return Graph().parse(data=description(made, kept, NAMES, ""), format="nt")


@pytest.fixture(scope="module")
def lines(made: Release) -> list[tuple[str, str, str, str]]:
    """Subject, property, value and graph of every quad."""
    text = made.dataset.read_text(encoding="utf-8")
    found = [match.groups() for match in LINE.finditer(text)]
    assert len(found) == made.record["quads"]
    return [(s, p, o, g) for s, p, o, g in found]


def wrong(graph: Graph, lines: list[tuple[str, str, str, str]]) -> list[str]:
    """Every figure of a description that is not what counting the lines gives."""
    triples = {(s, p, o) for s, p, o, g in lines if g != OWN}
    entities: dict[str, set[str]] = defaultdict(set)
    for s, p, o in triples:
        if p == f"<{RDF.type}>" and o.startswith("<"):
            entities[o[1:-1]].add(s)
    sizes = Counter(g for _, _, _, g in lines if g != OWN)
    figures = {
        "classes": (parts(graph, VOID.classPartition, VOID["class"], VOID.entities), sized(entities)),
        "properties": (
            parts(graph, VOID.propertyPartition, VOID.property, VOID.triples),
            dict(Counter(p[1:-1] for _, p, _ in triples)),
        ),
        "graphs": ({name: int(number(graph, URIRef(name), VOID.triples)) for name in sizes}, dict(sizes)),
        "triples": (number(graph, DATASET, VOID.triples), len(triples)),
        "subjects": (number(graph, DATASET, VOID.distinctSubjects), len({s for s, _, _ in triples})),
        "objects": (number(graph, DATASET, VOID.distinctObjects), len({o for _, _, o in triples})),
    }
    return [name for name, (said, counted) in figures.items() if said != counted]


def sized(sets: dict[str, set[str]]) -> dict[str, int]:
    return {name: len(members) for name, members in sets.items()}


def number(graph: Graph, node: URIRef, property_: URIRef) -> int:
    (value,) = graph.objects(node, property_)
    assert isinstance(value, Literal)
    return int(value)


def parts(graph: Graph, of: URIRef, key: URIRef, value: URIRef) -> dict[str, int]:
    found = {}
    for part in graph.objects(DATASET, of):
        assert isinstance(part, URIRef)
        (name,) = graph.objects(part, key)
        assert str(name) not in found
        found[str(name)] = number(graph, part, value)
    return found


def test_every_figure_is_what_the_lines_give(graph: Graph, lines: list[tuple[str, str, str, str]]) -> None:
    assert wrong(graph, lines) == []
    assert len(parts(graph, VOID.classPartition, VOID["class"], VOID.entities)) >= 30
    assert len(parts(graph, VOID.propertyPartition, VOID.property, VOID.triples)) >= 50


@pytest.mark.parametrize(
    ("find", "named"),
    [
        (lambda graph: next(graph.objects(DATASET, VOID.classPartition)), "classes"),
        (lambda graph: next(graph.objects(DATASET, VOID.propertyPartition)), "properties"),
        (lambda graph: URIRef(NAMES.graph("reference")), "graphs"),
        (lambda graph: DATASET, "triples"),
    ],
)
def test_a_wrong_figure_is_seen(
    find: Callable[[Graph], URIRef], named: str, graph: Graph, lines: list[tuple[str, str, str, str]]
) -> None:
    other = Graph() + graph
    node, property_ = find(graph), VOID.entities if named == "classes" else VOID.triples
    other.set((node, property_, Literal(number(graph, node, property_) + 1)))
    assert wrong(other, lines) == [named]


def test_linksets_are_what_the_mappings_give(graph: Graph, lines: list[tuple[str, str, str, str]]) -> None:
    counted: Counter[tuple[str, str]] = Counter()
    for s, p, o, g in lines:
        if g == NAMES.graph("alignment") and p.endswith("Match>") and s.startswith(f"<{BASE}"):
            counted[p[1:-1], "/".join(o[1:-1].split("/")[:3]) + "/"] += 1
    said = {}
    for links in graph.subjects(RDF.type, VOID.Linkset):
        assert isinstance(links, URIRef)
        (property_,), (target,) = graph.objects(links, VOID.linkPredicate), graph.objects(links, VOID.objectsTarget)
        (space,) = graph.objects(target, VOID.uriSpace)
        if str(property_).endswith("Match"):
            said[str(property_), str(space)] = number(graph, links, VOID.triples)
    assert said == dict(counted)


def test_each_file_is_a_distribution_with_its_size_and_checksum(graph: Graph, kept: Dumps) -> None:
    files = sorted(path for path in kept.folder.rglob("*.*") if path.name != "manifest.json")
    start = f"{BASE}data/dumps/{kept.manifest['release']}/"
    for path in files:
        node = URIRef(start + path.relative_to(kept.folder).as_posix())
        content = path.read_bytes()
        assert number(graph, node, DCAT.byteSize) == len(content)
        (checksum,) = graph.objects(node, SPDX.checksum)
        assert str(graph.value(checksum, SPDX.checksumValue)) == hashlib.sha256(content).hexdigest()
        assert {str(one) for one in graph.objects(node, DCAT.downloadURL)} == {str(node)}
        assert graph.value(node, DCAT.mediaType)
        assert graph.value(node, DCTERMS.conformsTo)
        assert (graph.value(node, DCAT.compressFormat) is None) == (path.suffix != ".gz")
    assert len(files) == len(set(graph.subjects(RDF.type, DCAT.Distribution))) >= 60
    assert set(graph.objects(None, DCAT.distribution)) == set(graph.subjects(RDF.type, DCAT.Distribution))


def test_the_release_its_licence_and_its_data_date_are_told(graph: Graph, made: Release) -> None:
    days = [one["as_of_latest"][:10] for one in made.record["documents"] if one["as_of_latest"]]
    assert str(graph.value(DATASET, DCAT.version)) == made.id
    assert str(graph.value(DATASET, DCTERMS.license)) == "https://creativecommons.org/licenses/by/4.0/"
    period = graph.value(DATASET, DCTERMS.temporal)
    assert str(graph.value(period, DCAT.endDate)) == max(days) == "2025-07-01"
    sha = hashlib.sha256(made.dataset.read_bytes()).hexdigest()
    assert str(graph.value(URIRef(f"{BASE}release/{made.id}"), DCTERMS.identifier)) == f"sha256:{sha}"


def test_the_build_names_documents_rules_and_software_and_no_clock(graph: Graph, made: Release) -> None:
    build = URIRef(f"{BASE}build")
    used = {str(one) for one in graph.objects(build, PROV.used)}
    assert {one["iri"] for one in made.record["documents"]} <= used
    versions = {
        str(s).rsplit("/", 1)[-1]: str(v) for s, v in graph.subject_objects(OWL.versionInfo) if "/software/" in s
    }
    assert versions["musubi"] == __version__
    assert set(versions) == {"musubi", "pyoxigraph", "sudachipy", "sudachidict_core"}
    said = {str(s)[len(f"{BASE}method/") :] for s in graph.subjects(RDF.type, PROV.Plan) if "/method/" in s}
    rows = "".join(path.read_text(encoding="utf-8") for path in folder("seeds").glob("*/statements.csv"))
    assert said - {"curated"} == set(re.findall(r"(?<=[ ,])[a-z][a-z-]*/\d+(?=[ ,])", rows))
    assert not {PROV.startedAtTime, PROV.endedAtTime, PROV.generatedAtTime, DCTERMS.issued} & set(graph.predicates())


@pytest.mark.parametrize(
    ("contact", "told"),
    [("data@example.org", "mailto:data@example.org"), ("https://example.org/報", "https://example.org/%E5%A0%B1")],
)
def test_the_contact_is_told_where_it_is_set(contact: str, told: str, made: Release, kept: Dumps, graph: Graph) -> None:
    other = Graph().parse(data=description(made, kept, NAMES, contact), format="nt")
    (card,) = other.objects(DATASET, DCAT.contactPoint)
    assert told in {str(one) for one in other.objects(card)}
    assert not list(graph.objects(DATASET, DCAT.contactPoint))


def test_a_description_has_no_blank_nodes_and_is_the_same_bytes_each_time(made: Release, kept: Dumps) -> None:
    said = description(made, kept, NAMES, "x@example.org")
    assert b"_:" not in said
    assert said == description(made, kept, NAMES, "x@example.org")


def test_the_endpoint_names_each_graph_with_its_triples(made: Release, lines: list[tuple[str, str, str, str]]) -> None:
    merged = len({(s, p, o) for s, p, o, _ in lines})
    graph = Graph().parse(data=service(made, NAMES, merged), format="nt")
    endpoint = URIRef(f"{BASE}sparql")
    dataset = graph.value(endpoint, SD.defaultDataset)
    said = {}
    for named in graph.objects(dataset, SD.namedGraph):
        content = graph.value(named, SD.graph)
        assert isinstance(content, URIRef)
        said[str(graph.value(named, SD.name))] = number(graph, content, VOID.triples)
    assert said == dict(Counter(g for _, _, _, g in lines))
    default = graph.value(dataset, SD.defaultGraph)
    assert isinstance(default, URIRef)
    assert number(graph, default, VOID.triples) == merged
    assert len(set(graph.objects(endpoint, SD.resultFormat))) == 10
    assert set(graph.objects(endpoint, SD.feature)) == {SD.UnionDefaultGraph}


def test_another_base_is_in_what_is_said(tmp_path: Path) -> None:
    names = Names("https://example.org/kg/")
    made = pipeline.build(Settings(releases=tmp_path, base=names.base))
    said = description(made, dumps(made, names), names, "").decode()
    assert BASE not in said
    assert f"<{names.base}void#class-mus-Mission>" in said
