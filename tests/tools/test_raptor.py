"""raptor's `rapper`: a parser that shares nothing with those that wrote the data."""

from __future__ import annotations

import gzip
import re
import urllib.request
from pathlib import Path

import pytest
from tools import program, run

from musubi.build.dumps import dumps
from musubi.build.release import Release
from musubi.vocabulary import BASE, Names

# What rapper calls a format. It cannot read JSON-LD.
PARSERS = {"turtle": "turtle", "ntriples": "ntriples", "rdfxml": "rdfxml", "nquads": "nquads", "trig": "trig"}
THING = f"{BASE}id/mission/artemis-2"


def counted(parser: str, body: bytes) -> int:
    """The triples that rapper finds, without any warning."""
    told = run(program("rapper"), "-i", parser, "-c", "-", BASE, given=body).stderr.decode()
    assert "warning" not in told.lower(), told
    assert "error" not in told.lower(), told
    found = re.search(r"returned (\d+) triple", told)
    assert found, told
    return int(found[1])


@pytest.mark.parametrize("suffix", ["ttl", "nt", "rdf"])
def test_data_of_a_thing_are_as_many_triples_in_each_form(suffix: str, server: str) -> None:
    parser = {"ttl": "turtle", "nt": "ntriples", "rdf": "rdfxml"}[suffix]
    with urllib.request.urlopen(f"{server}data/mission/artemis-2.{suffix}", timeout=10) as answer:
        found = counted(parser, answer.read())
    with urllib.request.urlopen(f"{server}data/mission/artemis-2.nt", timeout=10) as answer:
        assert found == len(answer.read().splitlines())


def test_rapper_negotiates_and_follows_to_the_data(server: str) -> None:
    out = run(program("rapper"), "-q", "-g", "-o", "ntriples", f"{server}id/mission/artemis-2").stdout.decode()
    assert f"<{THING}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{BASE}ontology#Mission> ." in out.splitlines()


def test_every_dump_has_the_statements_that_its_manifest_tells(release: Release) -> None:
    made = dumps(release, Names(BASE))
    read, wrong = 0, []
    for dump in made.manifest["dumps"]:
        if dump["compression"] or dump["syntax"] not in PARSERS:
            continue
        read += 1
        path = made.folder / dump["name"]
        body = path.read_bytes()
        assert gzip.decompress(Path(f"{path}.gz").read_bytes()) == body
        if (found := counted(PARSERS[dump["syntax"]], body)) != dump["statements"]:
            wrong.append(f"{dump['name']}: {found} instead of {dump['statements']}")
    assert wrong == []
    assert read >= 100


def test_what_is_no_turtle_is_noticed() -> None:
    with pytest.raises(AssertionError):
        counted("turtle", b"<a> <b>")


def test_machine_without_rapper_skips_and_ci_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="raptor2-utils"):
        program("rapper", path="/nowhere")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="raptor2-utils"):
        program("rapper", path="/nowhere")
