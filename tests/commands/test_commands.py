import csv
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result
from rdflib import Graph

from musubi import __version__
from musubi.build import pipeline, release
from musubi.build.dumps import dumps
from musubi.build.finding import Evidence, Finding, Message, Severity
from musubi.cli import VERBS, cli
from musubi.commands import ask, serve
from musubi.data import folder, question_files
from musubi.errors import BadParameter, ChangedDocument, NoRelease, NotFound
from musubi.settings import Settings
from musubi.vocabulary import BASE, Names

Run = Callable[..., Result]


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder("seeds"), tmp_path / "seeds"))


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as its users run it, in a process of its own."""
    command = [sys.executable, "-c", "from musubi.cli import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").output == f"musubi {__version__}\n"


def test_help_lists_the_verbs_in_the_order_of_their_use(run: Run) -> None:
    lines = run("--help").output.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in lines] == list(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_and_option_has_help(verb: str, run: Run) -> None:
    assert run(verb, "--help").exit_code == 0
    command = cli.get_command(click.Context(cli), verb)
    assert command is not None
    assert command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option))


@pytest.mark.documents
def test_the_seeds_are_what_the_texts_say(run: Run) -> None:
    proof = run("read", "--check")
    assert (proof.exit_code, proof.stdout) == (0, "")
    assert re.search(r"\b\d{3,} spans checked: 0 faults", proof.stderr)


@pytest.mark.documents
def test_a_changed_text_proves_nothing(
    run: Run, documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = Path(shutil.copytree(documents, tmp_path / "texts"))
    changed = sorted(texts.glob("*.txt"))[0]
    changed.chmod(0o644)
    changed.write_bytes(changed.read_bytes() + b"\n")
    monkeypatch.setenv("MUSUBI_DOCUMENTS", str(texts))
    with pytest.raises(ChangedDocument, match=changed.name):
        run("read", "--check")


def test_build_prints_the_folder_and_tells_the_rest_apart(run: Run, releases: Path) -> None:
    made = release.current(releases)
    again = run("build", "--again")
    assert again.stdout == f"{made.folder}\n"
    assert f"release {made.id} is built: {len(made.record['documents'])} documents" in again.stderr
    assert again.exit_code == 0


def test_build_does_nothing_if_nothing_has_changed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "build", None)
    known = run("build")
    assert "is up to date" in known.stderr
    assert known.exit_code == 0


def test_check_tells_warnings_and_ends_well(run: Run, releases: Path) -> None:
    found = run("check")
    report = json.loads(release.current(releases).report.read_text(encoding="utf-8"))
    assert found.exit_code == 0
    assert found.stdout.count("warning: ") == report["others"]
    assert f"0 faults in seeds, 0 violations, {report['others']} warnings" in found.stderr


def test_check_lists_each_fault_by_file_and_line_and_fails(run: Run, seeds: Path) -> None:
    path = next(p for p in sorted(seeds.glob("*/statements.csv")) if ",planned," in p.read_text(encoding="utf-8"))
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    number = next(n for n, line in enumerate(lines) if ",planned," in line)
    lines[number] = lines[number].replace(",planned,", ",done,")
    path.write_text("".join(lines), encoding="utf-8")
    found = run("check", "--seeds", str(seeds))
    assert found.exit_code == 1
    assert f"seeds/{path.parent.name}/statements.csv:{number + 1}: says done" in found.stdout


@pytest.fixture
def violation(monkeypatch: pytest.MonkeyPatch) -> Finding:
    """A violation of the first statement of the first seed; nothing is checked."""
    seed = pipeline.read_seeds(folder("seeds"))[0][0]
    node = pipeline.NAMES.statement(seed.rows[0].statement.identifier(seed.record.sha256))
    evidence = (Evidence(pipeline.NAMES.document(seed.record.sha256), 3, 4),)
    finding = Finding(
        severity=Severity.VIOLATION, source="x", node=node, message=Message("直す", "mend it"), evidence=evidence
    )
    monkeypatch.setattr(pipeline, "findings", lambda nquads: [finding])
    return finding


@pytest.mark.parametrize(("language", "words"), [("en", "mend it"), ("ja", "直す")])
def test_check_tells_a_violation_with_row_and_lines_and_fails(
    language: str, words: str, violation: Finding, run: Run
) -> None:
    found = run("check", "--language", language)
    slug = sorted(path.parent.name for path in folder("seeds").glob("*/document.toml"))[0]
    assert found.stdout.splitlines() == [
        f"violation: {pipeline.NAMES.curie(violation.node)} (x)",
        f"    {words}",
        f"    seeds/{slug}/statements.csv:2",
        f"    {slug}, lines 3-4",
    ]
    assert found.exit_code == 1


def test_check_gives_the_same_as_json(violation: Finding, run: Run) -> None:
    found = run("check", "--json")
    assert json.loads(found.stdout) == {"faults": [], "findings": [violation.as_json()]}
    assert found.exit_code == 1


@pytest.mark.parametrize("question", [path.stem for path in question_files()])
def test_every_question_is_answered_as_csv_in_a_pipe(question: str, run: Run) -> None:
    answer = run("ask", question)
    rows = list(csv.DictReader(io.StringIO(answer.stdout)))
    assert answer.exit_code == 0
    assert rows
    assert all(row["document"].startswith(BASE + "id/document/") and int(row["firstLine"]) > 0 for row in rows)


def test_every_question_has_help_with_its_parameters(run: Run) -> None:
    words = run("ask", "missions-by-framework", "--help").stdout
    assert "Which missions depend on which bilateral frameworks?" in words
    assert "--instrument" in words
    assert "One of bilateral, any." in words
    assert len(question_files()) >= 5


def test_a_value_restricts_the_answer(run: Run) -> None:
    every = run("ask", "missions-by-framework").stdout.splitlines()
    some = run("ask", "missions-by-framework", "--instrument", "gateway-mou").stdout.splitlines()
    assert 1 < len(some) < len(every)
    assert set(some) < set(every)


def test_the_language_of_labels_can_be_chosen(run: Run) -> None:
    english, japanese = (run("ask", "rights-to-fly", "--language", language).stdout for language in ("en", "ja"))
    assert english == run("ask", "rights-to-fly").stdout
    assert english.isascii()
    assert not japanese.isascii()


def test_json_is_the_standard_form(run: Run) -> None:
    answer = json.loads(run("ask", "rights-to-fly", "--json").stdout)
    assert answer["results"]["bindings"]
    assert "missionLabel" in answer["head"]["vars"]


def test_a_terminal_gets_a_table_without_iris(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask, "_to_terminal", lambda: True)
    table = run("ask", "rights-to-fly").stdout
    assert "http" not in table
    assert "rows" in table
    assert "━" in table


def test_a_table_leaves_out_what_a_label_says_better(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask, "_to_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "250")
    table = run("ask", "missions-by-framework").stdout
    assert "Kind of dependency" in table
    assert "code" not in table


def test_an_unknown_question_is_answered_with_the_nearest(run: Run) -> None:
    answer = run("ask", "mission-by-framework")
    assert answer.exit_code == 2
    assert "no question 'mission-by-framework'; near it: missions-by-framework" in answer.stderr


def test_a_wrong_value_is_refused_with_what_is_allowed(run: Run) -> None:
    with pytest.raises(BadParameter, match="sides: 'x' is none of bilateral, any"):
        run("ask", "missions-by-framework", "--sides", "x")


def test_an_unknown_thing_is_refused(run: Run) -> None:
    with pytest.raises((BadParameter, NotFound), match="gateway-mu"):
        run("ask", "missions-by-framework", "--instrument", "gateway-mu")


def test_export_writes_the_release_or_one_graph(run: Run, releases: Path) -> None:
    made = release.current(releases)
    assert run("export").stdout_bytes == made.dataset.read_bytes()
    graph = Graph().parse(
        data=run("export", "--format", "turtle", "--graph", "reference").stdout_bytes, format="turtle"
    )
    assert len(graph) == made.record["graphs"][BASE + "graph/reference"]


@pytest.mark.parametrize("zipped", [False, True])
def test_export_writes_the_bytes_of_the_dumps(zipped: bool, run: Run, releases: Path) -> None:
    made = release.current(releases)
    kept = dumps(made, Names())
    chosen = [one for one in kept.manifest["dumps"] if one["of"] != "graph" or one["graph"].endswith("/reference")]
    chosen = [one for one in chosen if bool(one["compression"]) == zipped]
    for one in chosen:
        graph = {"dataset": [], "union": ["--graph", "union"], "graph": ["--graph", "reference"]}[one["of"]]
        written = run("export", "--format", one["syntax"], *graph, *(["--gzip"] if zipped else []))
        assert written.stdout_bytes == (kept.folder / one["name"]).read_bytes(), one["name"]
    assert len(chosen) == 11


def test_build_makes_the_dumps_so_that_a_server_need_not_write(run: Run, releases: Path, tmp_path: Path) -> None:
    run("build", "--again", "--releases", str(tmp_path))
    assert (tmp_path / "dumps" / release.current(tmp_path).id / "manifest.json").exists()


def test_serve_starts_with_the_settings_that_the_options_change(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Settings] = []
    monkeypatch.setattr(serve, "_start", started.append)
    run("serve", "--port", "0", "--host", "0.0.0.0")
    run("serve")
    assert [(s.host, s.port) for s in started] == [("0.0.0.0", 0), ("127.0.0.1", 8000)]


def test_serve_tells_the_address_once_it_answers(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(settings: Settings, ready: Callable[[str], None]) -> None:
        ready("http://127.0.0.1:1/")

    monkeypatch.setattr("musubi.server.serving.serve", answer)
    assert run("serve").stderr == "musubi: serving http://127.0.0.1:1/ (Ctrl-C ends it)\n"


def test_nothing_built_is_one_clear_line(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSUBI_RELEASES", str(tmp_path))
    for verb in (["export"], ["ask", "rights-to-fly"]):
        with pytest.raises(NoRelease, match="run `musubi build`"):
            run(*verb)


@pytest.mark.parametrize(
    ("arguments", "environment", "words"),
    [
        (["export"], {"MUSUBI_RELEASES": "/nowhere"}, "musubi: nothing is built in /nowhere yet: run `musubi build`"),
        (["export"], {"MUSUBI_RELEASE": "x"}, "musubi: MUSUBI_RELEASE names no setting"),
        (["build"], {"MUSUBI_RELEASES": "/dev/null/x"}, "musubi: /dev/null/x: Not a directory"),
    ],
)
def test_an_error_is_one_line_and_the_code_2(arguments: list[str], environment: dict[str, str], words: str) -> None:
    ended = process(*arguments, **environment)
    assert (ended.returncode, ended.stdout, ended.stderr) == (2, "", words + "\n")
