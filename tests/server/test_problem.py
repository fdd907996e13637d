"""Whatever goes wrong is told in one shape, and never with a stack trace."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from invented import BROWSER, DOC12

from musubi.errors import (
    BadQuery,
    Busy,
    EvaluatorLost,
    InvalidGraph,
    MusubiError,
    NoRelease,
    Place,
    TimedOut,
    TooLarge,
    Unanswered,
)
from musubi.server.app import create_app
from musubi.server.engine import Evaluated
from musubi.server.words import Words
from musubi.settings import Settings

WRONG = {
    "/nope": 404,
    "/id/mission/nope": 404,
    "/page/mission/nope": 404,
    "/page/nope": 404,
    "/data/mission/nope": 404,
    "/scheme/nope": 404,
    "/queries/nope": 404,
    "/queries/parties?nope=1": 400,
    "/documents/nope": 404,
    "/ontology.nope": 404,
    "/sparql?query=nope": 400,
    "/?language=fr": 400,
    "/about?language=en&language=ja": 400,
    "/static/nope": 404,
    "/static/../app.py": 404,
}
SHAPE = {"type", "title", "status", "detail"}


class Broken:
    """An engine that fails as it is told to."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def evaluate(
        self, query: str, media_type: str, default_graphs: tuple[str, ...] = (), named_graphs: tuple[str, ...] = ()
    ) -> Evaluated:
        raise self.error

    def close(self) -> None:
        pass


@pytest.fixture
def broken(settings: Settings, own_questions: None) -> Broken:
    return Broken(RuntimeError("secret path"))


@pytest.fixture
def broken_client(settings: Settings, broken: Broken) -> FlaskClient:
    return create_app(settings, broken).test_client()


@pytest.mark.parametrize("path", WRONG)
def test_program_gets_a_problem_object(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.content_type) == (WRONG[path], "application/problem+json")
    body = response.get_json()
    assert set(body) >= SHAPE
    assert body["status"] == WRONG[path]
    assert body["type"].startswith("https://w3id.org/musubi/problem/")
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", WRONG)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_reader_gets_a_page_in_the_language_that_is_asked_for(client: FlaskClient, path: str, language: str) -> None:
    response = client.get(path, headers={"Accept": BROWSER, "Accept-Language": language})
    assert (response.status_code, response.content_type) == (WRONG[path], "text/html; charset=utf-8")
    assert f'<html lang="{language}">' in response.text
    assert str(WRONG[path]) in response.text or "alert" in response.text


def test_every_route_has_a_method_that_it_does_not_take(app: Flask, client: FlaskClient) -> None:
    tried = 0
    for rule in app.url_map.iter_rules():
        path = rule.rule.replace("<path:rest>", "mission/lark").replace("<path:filename>", "style.css")
        path = path.replace("<name>", "parties").replace("<doc12>", DOC12).replace("<suffix>", "ttl")
        response = client.open(path, method="DELETE")
        assert response.status_code == 405, path
        assert set(response.get_json()) >= SHAPE
        assert "GET" in response.headers["Allow"]
        tried += 1
    assert tried >= 15


@pytest.mark.parametrize(
    "path", ["/", "/sparql?query=ASK%7B%7D", "/health", "/queries/parties", "/page/mission/lark", "/ontology"]
)
def test_unexpected_error_tells_nothing_and_the_log_everything(
    broken_client: FlaskClient, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        response = broken_client.get(path)
    assert response.status_code == 500
    assert set(response.get_json()) == SHAPE
    assert "secret" not in response.text
    assert "secret path" in caplog.text
    assert "Traceback" in caplog.text
    page = broken_client.get(path, headers={"Accept": BROWSER})
    assert page.status_code == 500
    assert "secret" not in page.text
    assert "Traceback" not in page.text


def test_error_of_the_server_itself_tells_nothing_either(broken: Broken, broken_client: FlaskClient) -> None:
    broken.error = InvalidGraph("secret", Place(str(Path("secret/file.rq")), 3))
    response = broken_client.get("/")
    assert (response.status_code, "secret" in response.text) == (500, False)


@pytest.mark.parametrize(
    ("error", "status", "retry"),
    [
        (TimedOut("stopped"), 504, None),
        (TooLarge("large"), 507, None),
        (EvaluatorLost("lost"), 503, None),
        (Busy("many"), 503, "5"),
        (NoRelease("none"), 503, "5"),
        (BadQuery("bad", Place("query", 2, 3)), 400, None),
    ],
)
def test_each_failure_has_its_status(
    broken: Broken, broken_client: FlaskClient, error: MusubiError, status: int, retry: str | None
) -> None:
    broken.error = error
    response = broken_client.get("/sparql?query=ASK%7B%7D")
    assert response.status_code == status
    assert response.headers.get("Retry-After") == retry
    assert response.get_json()["detail"] == error.detail
    assert response.get_json().get("line") == (2 if isinstance(error, BadQuery) else None)


def test_health_fails_where_no_evaluator_answers(broken: Broken, broken_client: FlaskClient) -> None:
    broken.error = EvaluatorLost("lost")
    assert broken_client.get("/health").status_code == 503


def test_health_names_the_release_that_answers(client: FlaskClient, settings: Settings) -> None:
    body = client.get("/health").get_json()
    assert body["status"] == "ok"
    assert body["release"] == (settings.releases / "CURRENT").read_text().strip()


def every_error(of: type[MusubiError]) -> list[type[MusubiError]]:
    return [of, *(below for one in of.__subclasses__() for below in every_error(one))]


def test_every_error_that_a_reader_can_see_has_words(client: FlaskClient) -> None:
    words = Words.read()
    seen = [one for one in every_error(MusubiError) if one.status != 500]
    assert len(seen) >= 13
    assert {Unanswered, Busy} <= set(seen)
    assert [one.code for one in seen if not words.known(f"problem.{one.code}")] == []
