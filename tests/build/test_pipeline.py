"""The whole build on the package's own seeds, once; then on copies of them with one thing changed."""

import json
import logging
import shutil
from pathlib import Path

import pytest

from musubi.build import inputs, pipeline
from musubi.build.finding import Finding, Message, Severity
from musubi.build.release import Release
from musubi.data import folder, reference_files, shape_files
from musubi.errors import InvalidSeed
from musubi.settings import Settings
from musubi.vocabulary import BASE, Names

NAMES = Names()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Release]:
    settings = Settings(releases=tmp_path_factory.mktemp("built") / "releases")
    return settings, pipeline.build(settings)


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder("seeds"), tmp_path / "seeds"))


def test_every_document_has_its_graph_and_record(built: tuple[Settings, Release]) -> None:
    record = built[1].record
    assert len(record["documents"]) == len(list(folder("seeds").glob("*/document.toml")))
    for document in record["documents"]:
        assert record["graphs"][NAMES.graph(f"document/{document['sha256'][:12]}")] > 0
        assert document["iri"] == NAMES.document(document["sha256"])
        assert document["statements"] > 0
        assert document["title"]["ja"]


def test_the_release_holds_all_graphs_that_the_design_names(built: tuple[Settings, Release]) -> None:
    paths = {iri.removeprefix(NAMES.graph("")).partition("/")[0] for iri in built[1].record["graphs"]}
    files = {"reference", "ontology", "schemes", "shapes", "alignment"}
    assert paths == files | {"document", "label", "inferred", "provenance"}
    assert reference_files()
    assert shape_files()


def test_the_release_has_no_violation(built: tuple[Settings, Release]) -> None:
    report = json.loads(built[1].report.read_text(encoding="utf-8"))
    assert report["violations"] == 0
    assert len(report["findings"]) == report["others"]


def test_provenance_counts_each_graph_but_its_own(built: tuple[Settings, Release]) -> None:
    record, text = built[1].record, built[1].dataset.read_text(encoding="utf-8")
    sizes = [line.split() for line in text.splitlines() if "ns/void#triples" in line or "void#triples>" in line]
    said = {words[0][1:-1]: int(words[2].split('"')[1]) for words in sizes}
    own = NAMES.graph("provenance")
    triples = {line.rsplit(" <", 1)[0] for line in text.splitlines() if not line.endswith(f" <{own}> .")}
    assert said[BASE + "dataset"] == len(triples)
    graphs = {iri: size for iri, size in said.items() if iri.startswith(NAMES.graph(""))}
    assert graphs == {iri: size for iri, size in record["graphs"].items() if iri != own}


def test_provenance_names_the_reading_rules_of_each_document(built: tuple[Settings, Release]) -> None:
    text = built[1].dataset.read_text(encoding="utf-8")
    graphs = {line.split()[0] for line in text.splitlines() if "prov#wasInfluencedBy" in line}
    assert graphs == {f"<{NAMES.graph('document/' + d['sha256'][:12])}>" for d in built[1].record["documents"]}


def test_the_same_sources_give_the_same_release(built: tuple[Settings, Release], seeds: Path, tmp_path: Path) -> None:
    again = pipeline.build(Settings(seeds=seeds, releases=tmp_path / "releases"))
    assert again.id == built[1].id
    assert again.dataset.read_bytes() == built[1].dataset.read_bytes()
    assert again.report.read_bytes() == built[1].report.read_bytes()


def test_a_release_is_up_to_date_until_a_source_changes(seeds: Path, tmp_path: Path) -> None:
    settings = Settings(seeds=seeds, releases=tmp_path / "releases")
    assert pipeline.up_to_date(settings) is None
    made = pipeline.build(settings)
    assert pipeline.up_to_date(settings) == made
    other = Settings(seeds=seeds, releases=settings.releases, base="https://example.org/")
    assert pipeline.up_to_date(other) is None
    record = next(seeds.glob("*/document.toml"))
    record.write_text(record.read_text(encoding="utf-8") + "# a word\n", encoding="utf-8")
    assert pipeline.up_to_date(settings) is None


@pytest.mark.parametrize(
    "kind", ["ontology_files", "reference_files", "alignment_files", "shape_files", "violation_files"]
)
def test_every_kind_of_file_counts_for_being_up_to_date(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = inputs.fingerprint(Settings())
    assert inputs.fingerprint(Settings()) == before
    monkeypatch.setattr(inputs, kind, list)
    assert inputs.fingerprint(Settings()) != before


def test_a_damaged_release_is_not_up_to_date(seeds: Path, tmp_path: Path) -> None:
    settings = Settings(seeds=seeds, releases=tmp_path / "releases")
    pipeline.build(settings).dataset.write_bytes(b"")
    assert pipeline.up_to_date(settings) is None


def test_another_base_is_in_every_own_iri(built: tuple[Settings, Release], tmp_path: Path) -> None:
    made = pipeline.build(Settings(releases=tmp_path, base="https://example.org/kg/"))
    assert f"<{BASE}" not in made.dataset.read_text(encoding="utf-8")
    assert made.record["quads"] == built[1].record["quads"]
    assert made.record["documents"][0]["iri"].startswith("https://example.org/kg/id/document/")
    assert BASE not in made.report.read_text(encoding="utf-8")


def test_each_stage_is_told_and_logged_with_counts(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    told: list[str] = []
    with caplog.at_level(logging.INFO, logger="musubi"):
        pipeline.build(Settings(releases=tmp_path), told=told.append)
    assert told == ["read", "lift", "reason", "check", "release"]
    assert [r.message.partition(":")[0] for r in caplog.records][:4] == ["seeds", "lift", "reasoning", "check"]


def edited(seeds: Path, old: str, new: str) -> str:
    """The name of the first statements file in which `old` could be replaced, once."""
    for path in sorted(seeds.glob("*/statements.csv")):
        text = path.read_text(encoding="utf-8")
        if old in text:
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
            return f"seeds/{path.parent.name}/statements.csv"
    raise AssertionError(f"no row holds {old!r}")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (",planned,affirmative,", ",done,affirmative,", "says done"),
        (",done,affirmative,", ",certain,affirmative,", "unknown modality"),
        ("mus:hasTime,", "mus:hasHour,", "unknown property"),
    ],
)
def test_seeds_with_faults_are_refused_by_file_and_line(
    old: str, new: str, words: str, seeds: Path, tmp_path: Path
) -> None:
    name = edited(seeds, old, new)
    settings = Settings(seeds=seeds, releases=tmp_path / "releases")
    with pytest.raises(InvalidSeed, match=rf"{name}:\d+: (.*\n)*.*{words}"):
        pipeline.build(settings)
    assert not settings.releases.exists()


@pytest.fixture
def violation(monkeypatch: pytest.MonkeyPatch) -> Finding:
    message = Message("悪い", "bad")
    finding = Finding(severity=Severity.VIOLATION, source="x", node=BASE + "id/mission/x", message=message)
    monkeypatch.setattr(pipeline, "findings", lambda nquads: [finding])
    return finding


def test_a_violation_is_kept_in_the_report_and_stops_nothing(violation: Finding, tmp_path: Path) -> None:
    made = pipeline.build(Settings(releases=tmp_path))
    report = json.loads(made.report.read_text(encoding="utf-8"))
    assert report == {"violations": 1, "others": 0, "findings": [violation.as_json()]}


def test_a_violation_stops_a_strict_build(violation: Finding, tmp_path: Path) -> None:
    settings = Settings(releases=tmp_path / "releases")
    with pytest.raises(InvalidSeed, match="1 violations: run `musubi check`"):
        pipeline.build(settings, strict=True)
    assert not settings.releases.exists()
