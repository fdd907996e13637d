"""Tools from npm: Comunica asks our endpoint, alone and beside a second one; jsonld.js reads our JSON-LD."""

from __future__ import annotations

import csv
import io
import json
import re
import urllib.parse
import urllib.request
from pathlib import Path

import pyoxigraph as ox
import pytest
from tools import MODULES, program, run

from musubi.vocabulary import BASE

pytestmark = pytest.mark.node

MUS = f"PREFIX mus: <{BASE}ontology#>\nPREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
MISSIONS = MUS + 'SELECT ?m ?name WHERE { ?m a mus:Mission ; rdfs:label ?name . FILTER(LANG(?name) = "en") }'


def comunica(npm: Path, query: str, media_type: str, *sources: str) -> str:
    arguments = [*sources, "-q", query, "-t", media_type]
    return run(npm / "node_modules" / ".bin" / "comunica-sparql", *arguments).stdout.decode()


def table(text: str) -> set[tuple[str, ...]]:
    """The rows of CSV. Comunica writes brackets around IRIs, against the recommendation."""
    rows = list(csv.reader(io.StringIO(text)))[1:]
    return {tuple(re.sub(r"\A<(.*)>\Z", r"\1", cell) for cell in row) for row in rows if row}


def ours(server: str, query: str) -> set[tuple[str, ...]]:
    """The answer of the endpoint itself."""
    address = f"{server}sparql?format=csv&query={urllib.parse.quote(query)}"
    with urllib.request.urlopen(address, timeout=10) as answer:
        return table(answer.read().decode())


@pytest.mark.parametrize("source", ["sparql@{}sparql", "{}sparql"], ids=["said to be an endpoint", "found to be one"])
def test_comunica_selects_what_the_endpoint_answers(source: str, npm: Path, server: str) -> None:
    found = table(comunica(npm, MISSIONS, "text/csv", source.format(server)))
    assert found == ours(server, MISSIONS)
    assert len(found) >= 2


def test_comunica_constructs_a_graph(npm: Path, server: str) -> None:
    query = MUS + "CONSTRUCT { ?m rdfs:label ?name } WHERE { ?m a mus:Mission ; rdfs:label ?name }"
    text = comunica(npm, query, "application/n-triples", f"sparql@{server}sparql")
    found = {str(quad.object) for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)}
    named = ours(server, MUS + "SELECT ?name WHERE { ?m a mus:Mission ; rdfs:label ?name }")
    assert {one for (one,) in named} == {text.split('"')[1] for text in found}


def test_comunica_asks_two_of_our_endpoints_as_one(npm: Path, server: str, second: str) -> None:
    alone, other = ours(server, MISSIONS), ours(second, MISSIONS)
    assert alone
    assert other
    assert not alone & other
    both = comunica(npm, MISSIONS, "text/csv", f"sparql@{server}sparql", f"sparql@{second}sparql")
    assert table(both) == alone | other


def test_comunica_joins_what_one_endpoint_knows_with_what_the_other_does(npm: Path, server: str, second: str) -> None:
    # The list that a mode of the second's statement belongs to: only the first has the lists.
    query = MUS + (
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
        f"SELECT ?mode ?list WHERE {{ <{BASE}id/statement/s1> mus:hasModality ?mode . ?mode skos:inScheme ?list }}"
    )
    assert ours(server, query) == ours(second, query) == set()
    found = table(comunica(npm, query, "text/csv", f"sparql@{server}sparql", f"sparql@{second}sparql"))
    assert found == {(f"{BASE}scheme/modality/done", f"{BASE}scheme/modality")}


def test_comunica_reads_a_thing_from_its_address(npm: Path, server: str) -> None:
    query = MUS + f"SELECT ?name WHERE {{ <{BASE}id/mission/artemis-2> rdfs:label ?name }}"
    found = table(comunica(npm, query, "text/csv", f"{server}id/mission/artemis-2"))
    assert found == ours(server, query)
    assert len(found) == 2


@pytest.mark.parametrize("path", ["data/mission/artemis-2.jsonld", "id/mission/artemis-2", "ontology.jsonld"])
def test_jsonld_js_reads_the_triples_that_the_other_forms_hold(path: str, npm: Path, server: str) -> None:
    said = json.loads(run(program("node"), npm / "expand.mjs", server + path, BASE, server).stdout)
    assert any(one.startswith(f"{BASE}context/") for one in said["loaded"])
    turtle = server + path.replace(".jsonld", ".nt").replace("id/", "data/")
    request = urllib.request.Request(turtle, headers={"Accept": "application/n-triples"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        other = ox.parse(answer.read(), format=ox.RdfFormat.N_TRIPLES)
    assert same(ox.parse(said["nquads"], format=ox.RdfFormat.N_QUADS)) == same(other)
    assert said["expanded"]


def same(quads: object) -> str:
    """Triples in one order, with one name for each blank node."""
    graph = ox.Dataset(ox.Quad(one.subject, one.predicate, one.object) for one in quads)  # type: ignore[attr-defined]
    graph.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return "\n".join(sorted(str(quad) for quad in graph))


def test_the_lock_names_no_place_to_load_from() -> None:
    lock = json.loads((MODULES / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if not entry["integrity"].startswith("sha512-")] == []
    assert len(packages) > 300
