import gzip
import hashlib
import threading
from pathlib import Path

import pytest
from awkward import awkward

from musubi.build import dumps as module
from musubi.build import release
from musubi.build.dumps import Dumps, dumps, stem
from musubi.build.release import Release
from musubi.vocabulary import BASE, Names

NAMES = Names()


@pytest.fixture
def made(tmp_path: Path) -> Release:
    return awkward(tmp_path)


@pytest.fixture
def kept(made: Release) -> Dumps:
    return dumps(made, NAMES)


def test_there_is_each_form_of_dataset_union_and_every_graph_and_its_compressed_twin(kept: Dumps) -> None:
    graphs = [f"{stem}.{suffix}" for stem in STEMS for suffix in ("ttl", "nt", "rdf", "jsonld")]
    plain = [f"dataset.{suffix}" for suffix in ("nq", "trig", "jsonld")] + graphs
    assert [one["name"] for one in kept.manifest["dumps"]] == [n for name in plain for n in (name, f"{name}.gz")]
    assert sorted(p.relative_to(kept.folder).as_posix() for p in kept.folder.rglob("*.*")) == sorted(
        ["manifest.json", *(one["name"] for one in kept.manifest["dumps"])]
    )


STEMS = ("union", "graph/document/000000000000", "graph/reference")


def test_the_manifest_gives_size_and_hash_of_each_file(kept: Dumps) -> None:
    for one in kept.manifest["dumps"]:
        content = (kept.folder / one["name"]).read_bytes()
        assert (one["bytes"], one["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert len(kept.manifest["dumps"]) == 30


def test_the_manifest_counts_quads_of_the_dataset_and_triples_of_graphs(made: Release, kept: Dumps) -> None:
    counted = {one["name"]: one["statements"] for one in kept.manifest["dumps"]}
    lines = (kept.folder / "union.nt").read_bytes().count(b"\n")
    assert counted["dataset.trig"] == counted["dataset.nq.gz"] == made.record["quads"]
    assert counted["union.ttl"] == lines == made.record["quads"] - 1
    assert counted["graph/reference.rdf"] == made.record["graphs"][f"{BASE}graph/reference"]


def test_a_compressed_twin_holds_the_same_bytes(kept: Dumps) -> None:
    twins = [one["name"] for one in kept.manifest["dumps"] if one["compression"]]
    for name in twins:
        assert gzip.decompress((kept.folder / name).read_bytes()) == (kept.folder / name[:-3]).read_bytes()
    assert len(twins) == 15


def test_dumps_are_made_once_and_leave_the_release_as_it_is(
    made: Release, kept: Dumps, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sorted(path.name for path in made.folder.iterdir()) == ["dataset.nq", "release.json", "report.json"]
    assert sorted(path.name for path in kept.folder.parent.iterdir()) == [made.id]
    monkeypatch.setattr(module, "_made", None)
    assert dumps(made, NAMES) == kept
    assert release.current(made.folder.parent) == made


@pytest.mark.parametrize("name", ["manifest.json", "union.ttl", "graph/reference.nt.gz"])
@pytest.mark.parametrize("damage", ["gone", "short"])
def test_damaged_dumps_are_made_anew(name: str, damage: str, made: Release, kept: Dumps) -> None:
    before = (kept.folder / name).read_bytes()
    (kept.folder / name).unlink() if damage == "gone" else (kept.folder / name).write_bytes(before[:9])
    assert dumps(made, NAMES) == kept
    assert (kept.folder / name).read_bytes() == before


def test_dumps_by_other_software_are_made_anew(made: Release, kept: Dumps, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "engine", lambda: "other 1")
    assert dumps(made, NAMES).manifest["software"].endswith("other 1")


def test_many_who_ask_at_once_get_the_same(made: Release) -> None:
    found: list[Dumps] = []
    threads = [threading.Thread(target=lambda: found.append(dumps(made, NAMES))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    assert all(one == found[0] for one in found)


@pytest.mark.parametrize("graph", ["a:g", f"{BASE}graph/../x", f"{BASE}graph/a//b", f"{BASE}graph/", f"{BASE}graph/.x"])
def test_a_graph_of_another_form_of_name_gets_a_file_inside_the_folder(graph: str) -> None:
    assert stem(graph, NAMES).startswith("graph/other/")
    assert stem(f"{BASE}graph/inferred/a-b", NAMES) == "graph/inferred/a-b"
