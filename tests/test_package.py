"""The distribution, as a stranger gets it: built here, installed into an empty environment, used from elsewhere."""

import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("ontology", "seeds", "mappings", "shapes", "server", "queries")
DATA = ("ontology", "shapes", "queries", "seeds", "mappings/rules", "server/templates")

pytestmark = pytest.mark.wheel


def run(*command: str | Path, folder: Path, **environment: str) -> str:
    """What a command writes to stdout, started in `folder` with a bare environment. Fails with what it said."""
    # How pip reaches its index is the machine's affair; nothing else of the surroundings may help.
    machine = re.compile(r"PATH|HOME|PIP_.*|.*_proxy|SSL_.*", re.IGNORECASE)
    kept = {name: value for name, value in os.environ.items() if machine.fullmatch(name)}
    ended = subprocess.run(command, cwd=folder, env=kept | environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"{command}\n{ended.stdout}\n{ended.stderr}"
    return ended.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with sdist and wheel, the wheel made from the sdist."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, folder=folder)
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of an environment that holds the wheel and what it needs, nothing else."""
    place = tmp_path_factory.mktemp("environment")
    venv.create(place, with_pip=True)
    (wheel,) = built.glob("*.whl")
    run(place / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, folder=place)
    return place / "bin"


@pytest.fixture(scope="module")
def elsewhere(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that has nothing to do with the checkout, with a release in it."""
    folder = tmp_path_factory.mktemp("elsewhere")
    run(installed / "musubi", "build", folder=folder)
    return folder


def package_files() -> set[str]:
    """The files of the package in the tree, by their place in the wheel; what git ignores is no part of it."""
    options = ("--cached", "--others", "--exclude-standard", "-z")
    tracked = run("git", "ls-files", *options, "src", *FOLDERS, folder=ROOT)
    paths = [path for path in tracked.split("\0") if path and not (ROOT / path).is_symlink() and (ROOT / path).exists()]
    return {path.removeprefix("src/") if path.startswith("src/") else f"musubi/{path}" for path in paths}


def test_the_wheel_holds_every_file_of_the_package_and_no_other(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    held = {entry for entry in zipfile.ZipFile(wheel).namelist() if entry.startswith("musubi/")}
    assert len(held) >= 100
    assert held == package_files()


def test_the_sdist_holds_the_tests_too(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        held = {entry.partition("/")[2] for entry in archive.getnames()}
    assert {"tests/test_package.py", "pyproject.toml", "src/musubi/cli.py", "ontology/musubi.ttl"} <= held


LISTED = """
import sys
from musubi.data import folder
print(sum(path.is_file() for path in folder(sys.argv[1]).rglob("*")), folder("."))
"""


@pytest.mark.parametrize("folder", DATA)
def test_the_installed_package_lists_its_data(folder: str, installed: Path, elsewhere: Path) -> None:
    count, place = run(installed / "python", "-c", LISTED, folder, folder=elsewhere).split()
    assert int(count) > 0
    assert not Path(place).resolve().is_relative_to(ROOT)


def test_the_installed_package_answers_a_question_with_document_and_lines(installed: Path, elsewhere: Path) -> None:
    answer = run(installed / "musubi", "ask", "missions-by-framework", folder=elsewhere).splitlines()
    assert answer[0].endswith("document,documentLabel,firstLine,lastLine")
    assert len(answer) > 1
    assert all(re.search(r",\d+,\d+$", line) for line in answer[1:])


QUERIED = """
from musubi.build.release import current
from musubi.server.local import Local
from musubi.settings import Settings
settings = Settings()
engine = Local(current(settings.releases).dataset, settings)
query = "SELECT (COUNT(*) AS ?n) WHERE { ?s a <https://w3id.org/musubi/ontology#Statement> }"
print(engine.evaluate(query, "text/csv").body.decode().split()[1])
"""


def test_the_installed_package_answers_sparql(installed: Path, elsewhere: Path) -> None:
    assert int(run(installed / "python", "-c", QUERIED, folder=elsewhere)) > 0


def test_the_installed_package_needs_nothing_that_it_does_not_name(installed: Path, elsewhere: Path) -> None:
    assert run(installed / "python", "-m", "pip", "check", folder=elsewhere).strip() == "No broken requirements found."
    for verb in ("check", "export"):
        assert run(installed / "musubi", verb, folder=elsewhere)
