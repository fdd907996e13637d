import json
import threading
from pathlib import Path

import pytest

from musubi.build import release
from musubi.errors import InvalidGraph, NoRelease

QUADS = b'<a:s> <a:p> "1" <a:g> .\n<a:s> <a:p> _:b <a:h> .\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "releases"


def test_a_release_is_named_by_the_hash_of_its_content(folder: Path) -> None:
    made = release.write(folder, QUADS, [], [])
    assert made.record["sha256"].startswith(made.id)
    assert len(made.id) == 12
    assert made.folder == folder / made.id
    assert made.record["quads"] == 2
    assert made.record["graphs"] == {"a:g": 1, "a:h": 1}


def test_the_written_release_is_the_current_one(folder: Path) -> None:
    made = release.write(folder, QUADS, [], {"findings": []})
    assert release.current(folder) == made
    assert json.loads(made.report.read_text(encoding="utf-8")) == {"findings": []}


def test_identical_content_keeps_the_folder_untouched(folder: Path) -> None:
    first = release.write(folder, QUADS, [], ["first"])
    before = first.report.stat()
    again = release.write(folder, QUADS.replace(b"_:b", b"_:c"), [], ["second"])
    assert again.id == first.id
    assert first.report.stat() == before


def test_other_content_gets_another_folder_and_the_old_one_stays(folder: Path) -> None:
    first = release.write(folder, QUADS, [], [])
    second = release.write(folder, QUADS + b"<a:s> <a:p> <a:o> <a:g> .\n", [], [])
    assert second.id != first.id
    assert release.current(folder) == second
    assert release.read(first.folder) == first


def test_nothing_but_releases_and_the_pointer_is_left(folder: Path) -> None:
    made = release.write(folder, QUADS, [], [])
    assert sorted(path.name for path in folder.iterdir()) == sorted([made.id, "CURRENT"])
    assert sorted(path.name for path in made.folder.iterdir()) == ["dataset.nq", "release.json", "report.json"]


def test_a_damaged_release_is_replaced_by_the_next_build(folder: Path) -> None:
    made = release.write(folder, QUADS, [], [])
    made.dataset.write_bytes(b"")
    release.write(folder, QUADS, [], [])
    assert release.current(folder) == made


def test_builds_of_the_same_content_at_once_all_end_well(folder: Path) -> None:
    made: list[release.Release] = []
    threads = [threading.Thread(target=lambda: made.append(release.write(folder, QUADS, [], []))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8
    assert release.current(folder) == made[0]


def test_a_triple_in_no_graph_is_refused_before_anything_is_written(folder: Path) -> None:
    with pytest.raises(InvalidGraph):
        release.write(folder, b"<a:s> <a:p> <a:o> .\n", [], [])
    assert not folder.exists()


def test_nothing_built_is_said_with_what_to_do(folder: Path) -> None:
    with pytest.raises(NoRelease, match=r"nothing is built .* run `musubi build`"):
        release.current(folder)


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("dataset.nq", b"", "another hash"),
        ("dataset.nq", None, r"dataset\.nq is missing"),
        ("release.json", b"{", "cannot be read"),
        ("release.json", b"[]", "cannot be read"),
        ("release.json", b"{}", "cannot be read"),
        ("release.json", None, r"release\.json is missing"),
        ("report.json", None, r"report\.json is missing"),
        ("../CURRENT", b"no id", "no release id"),
        ("../CURRENT", b"\xff", "cannot be read"),
        ("../CURRENT", b"000000000000\n", "missing"),
    ],
)
def test_damage_is_named(folder: Path, file: str, content: bytes | None, words: str) -> None:
    place = release.write(folder, QUADS, [], []).folder / file
    if content is None:
        place.unlink()
    else:
        place.write_bytes(content)
    with pytest.raises(NoRelease, match=words):
        release.current(folder)
