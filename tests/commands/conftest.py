"""Commands run in this process on the real seeds; one release is built for all of them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from musubi.build import pipeline
from musubi.cli import cli
from musubi.settings import Settings

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("releases")
    pipeline.build(Settings(releases=folder))
    return folder


@pytest.fixture
def run(releases: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A function that runs musubi with some arguments; its errors are raised."""
    monkeypatch.setenv("MUSUBI_RELEASES", str(releases))
    monkeypatch.delenv("MUSUBI_SEEDS", raising=False)
    return lambda *arguments: CliRunner(catch_exceptions=False).invoke(cli, list(arguments))
