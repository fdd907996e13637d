"""The two commands of the README, as far as it goes without installing anything; .ci/run goes the whole way."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCRIPTS = ["script/serve", "script/test"]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the scripts beside a pyproject.toml, in a folder with a space in its name."""
    place = tmp_path / "a checkout"
    shutil.copytree(ROOT / "script", place / "script")
    shutil.copy(ROOT / "pyproject.toml", place)
    return place


def program(folder: Path, name: str, body: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def run(script: Path, folder: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The script, started from another folder, with no variables but PATH and those given."""
    return subprocess.run(
        [str(script), *options],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin"} | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


OLD = """
case "$1" in
    --version) echo "Python 3.9.2" ;;
    *) exit 1 ;;
esac"""


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_python_that_is_too_old_is_one_clear_line(name: str, tree: Path, tmp_path: Path) -> None:
    old = program(tmp_path / "bin", "python3", OLD)
    ended = run(tree / name, tmp_path, MUSUBI_PYTHON=str(old))
    assert ended.returncode == 2
    assert ended.stderr == "musubi: Python 3.11 or newer is needed, but MUSUBI_PYTHON is Python 3.9.2\n"
    assert not (tree / ".venv").exists()


@pytest.mark.parametrize("name", SCRIPTS)
def test_an_old_python_on_the_path_is_one_clear_line(name: str, tree: Path, tmp_path: Path) -> None:
    for python in ("python3", "python3.14", "python3.13", "python3.12", "python3.11", "python"):
        program(tmp_path / "bin", python, OLD)
    ended = run(tree / name, tmp_path, PATH=f"{tmp_path / 'bin'}:/usr/bin:/bin")
    assert ended.returncode == 2
    assert ended.stderr.startswith("musubi: Python 3.11 or newer is needed, but python3 is Python 3.9.2: ")
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_python_that_is_not_there_is_one_clear_line(name: str, tree: Path, tmp_path: Path) -> None:
    ended = run(tree / name, tmp_path, MUSUBI_PYTHON="python0")
    assert (ended.returncode, ended.stderr) == (2, "musubi: there is no 'python0', which MUSUBI_PYTHON names\n")


FAKE = """
case "$*" in
    *"-m venv"*) for folder; do :; done; mkdir -p "$folder/bin"; cp "$0" "$folder/bin/python" ;;
    *"-m pip"*)
        echo "pip was called" >>"$CALLS"
        echo "$PIP_SAYS"
        cp "$MUSUBI" "$(dirname "$0")/musubi"
        exit "$PIP_ENDS" ;;
    *pyproject*) echo "state" ;;
    --version) echo "Python 3.12.0" ;;
esac"""


@pytest.mark.parametrize(
    ("says", "words"),
    [
        ("Temporary failure in name resolution", "packages could not be fetched: connect to the network"),
        ("invalid metadata", "packages could not be installed"),
    ],
)
def test_a_failed_installation_is_one_clear_line_and_is_tried_again(
    says: str, words: str, tree: Path, tmp_path: Path
) -> None:
    python = program(tmp_path / "bin", "python3", FAKE)
    variables = {"MUSUBI_PYTHON": str(python), "CALLS": str(tmp_path / "calls"), "PIP_SAYS": says, "PIP_ENDS": "1"}
    variables["MUSUBI"] = str(python)
    for _ in range(2):
        ended = run(tree / "script/serve", tmp_path, **variables)
        assert ended.returncode == 2
        assert words in ended.stderr.splitlines()[-1]
        assert "Traceback" not in ended.stderr
    assert (tmp_path / "calls").read_text(encoding="utf-8").count("pip was called") == 2


def test_a_second_run_installs_nothing_and_options_reach_the_server(tree: Path, tmp_path: Path) -> None:
    python = program(tmp_path / "bin", "python3", FAKE)
    musubi = program(tmp_path, "musubi", 'echo "$PWD|$MUSUBI_RELEASES|${MUSUBI_PYTHON-unset}|$*" >>"$CALLS"')
    variables = {"MUSUBI_PYTHON": str(python), "CALLS": str(tmp_path / "calls"), "PIP_SAYS": "", "PIP_ENDS": "0"}
    variables["MUSUBI"] = str(musubi)
    for options in ([], ["--port", "0"]):
        ended = run(tree / "script/serve", tmp_path, *options, **variables)
        assert ended.returncode == 0, ended.stderr
    releases = tree / ".musubi/releases"
    assert (tmp_path / "calls").read_text(encoding="utf-8").splitlines() == [
        "pip was called",
        f"{tmp_path}|{releases}|unset|--verbose build",
        f"{tmp_path}|{releases}|unset|serve",
        f"{tmp_path}|{releases}|unset|--verbose build",
        f"{tmp_path}|{releases}|unset|serve --port 0",
    ]


@pytest.mark.parametrize("path", [*SCRIPTS, ".ci/run"])
def test_scripts_can_be_executed_and_name_no_host(path: str) -> None:
    assert os.access(ROOT / path, os.X_OK)
    text = (ROOT / path).read_text(encoding="utf-8") + (ROOT / "script/environment").read_text(encoding="utf-8")
    assert "://" not in text
