"""Fixtures of the tests with other people's tools.

Strategy: a release of the real seeds is built once and served by `musubi serve` in a process of its own, as anyone
would; the tools know nothing but its address. A second server has the invented release of the server tests, so that
what a federation finds shows which of both it came from.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from invented import invented_trig, write_release
from tools import MODULES, installed, program

from musubi.build import pipeline
from musubi.build.release import Release
from musubi.settings import Settings


@contextmanager
def serving(releases: Path) -> Iterator[str]:
    """The address of a server, ending in a slash, for as long as the block lasts."""
    command = [Path(sys.executable).with_name("musubi"), "serve", "--port", "0", "--releases", releases]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MUSUBI_")}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr is not None
        try:
            line = process.stderr.readline()
            assert line.startswith("musubi: serving http://127.0.0.1:"), line
            yield line.split()[2]
        finally:
            process.terminate()
            process.wait(timeout=10)


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of the real seeds."""
    return pipeline.build(Settings(releases=tmp_path_factory.mktemp("releases")))


@pytest.fixture(scope="session")
def server(release: Release) -> Iterator[str]:
    with serving(release.folder.parent) as address:
        yield address


@pytest.fixture(scope="session")
def second(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of the invented release."""
    folder = tmp_path_factory.mktemp("invented")
    write_release(folder, invented_trig())
    with serving(folder) as address:
        yield address


@pytest.fixture(scope="session")
def npm() -> Path:
    """The folder with the programs and libraries of npm/package-lock.json, and our own scripts beside them."""
    program("node")
    folder = installed(Path(program("npm")))
    for script in MODULES.glob("*.mjs"):
        shutil.copyfile(script, folder / script.name)
    return folder
