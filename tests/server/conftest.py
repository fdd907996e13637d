"""Fixtures of the server tests.

Strategy: one small invented release (data/invented.trig: two states, an agreement, a mission, a document of seven
lines) is written once per session as a real release. Pages and the protocol are tested through Flask's test client on
an engine in this process; processes, limits and the port are tested on their own, in test_pool.py and test_serving.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from invented import DATA, invented_trig, write_release

from musubi.server.app import create_app
from musubi.server.local import Local
from musubi.server.question import Question, read
from musubi.settings import Settings


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("releases")
    write_release(folder, invented_trig())
    return folder


@pytest.fixture(scope="session")
def dataset(releases: Path) -> Path:
    return next(releases.glob("*/dataset.nq"))


@pytest.fixture(scope="session")
def settings(releases: Path) -> Settings:
    return Settings(releases=releases, documents=DATA / "texts")


@pytest.fixture(scope="session")
def engine(dataset: Path, settings: Settings) -> Local:
    return Local(dataset, settings)


@pytest.fixture(scope="session")
def question() -> Question:
    return read(DATA / "queries" / "parties.rq")


@pytest.fixture(scope="session")
def own_questions() -> Iterator[None]:
    """The application reads the questions of the tests, not those of the package."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("musubi.server.app.question_files", lambda: sorted((DATA / "queries").glob("*.rq")))
        yield


@pytest.fixture(scope="session")
def app(settings: Settings, engine: Local, own_questions: None) -> Flask:
    return create_app(settings, engine)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
