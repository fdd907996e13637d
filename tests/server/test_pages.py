"""Pages: in both languages, complete, safe, and with the headers that every answer has."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from flask import Flask
from flask.testing import FlaskClient
from invented import BROWSER, DATA, DOC12, invented_trig, write_release

from musubi.server.app import create_app
from musubi.server.local import Local
from musubi.server.words import Words
from musubi.settings import Settings

PAGES = [
    "/",
    "/about",
    "/queries",
    "/queries/parties",
    "/queries/parties?modality=planned",
    "/documents",
    f"/documents/{DOC12}",
    "/page/mission",
    "/page/mission/lark",
    "/page/instrument/aland-borea-framework",
    "/page/milestone/lark-launch",
    "/page/scheme/modality/planned",
    "/page/statement/s5",
    "/ontology.html",
    "/sparql",
    "/sparql?format=html&query=SELECT%20%3Fs%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20LIMIT%202",
    "/nope",
]
# Words that are the same in both languages, or names.
SHARED = {
    *("SPARQL", "FROM", "URL", "CSV", "TSV", "JSON", "XML", "SHA", "musubi", "English", "IRI"),
    *(
        "application",
        "results",
        "text",
        "csv",
        "tab",
        "separated",
        "values",
        "turtle",
        "ld",
        "triples",
        "rdf",
        "quads",
        "trig",
    ),
    *("sparql", "json", "xml"),
}
SERVER = Path(__file__).parents[2] / "server"


class Reader(HTMLParser):
    """The texts of a page with the language each is in; code, quoted input and styles are no words."""

    VOID = frozenset({"meta", "link", "img", "input", "br", "hr"})
    APART = frozenset({"code", "pre", "textarea", "script", "style"})
    # These take the language of what holds them, and hold words.
    SPOKEN = ("alt", "title", "aria-label", "placeholder", "data-title")

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[tuple[str, str, bool]] = []
        self.texts: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language, apart = (self.stack[-1][1], self.stack[-1][2]) if self.stack else ("", False)
        language = given.get("lang") or language
        self.texts += [(language, text) for name in self.SPOKEN if (text := given.get(name))]
        if tag not in self.VOID:
            self.stack.append((tag, language, apart or tag in self.APART))

    def handle_endtag(self, tag: str) -> None:
        assert self.stack, f"</{tag}> closes nothing"
        assert self.stack.pop()[0] == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        if data.strip() and self.stack and not self.stack[-1][2]:
            self.texts.append((self.stack[-1][1], data))


def texts(page: str) -> list[tuple[str, str]]:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.stack == [], "every element is closed"
    return reader.texts


def untranslated(page: str, language: str) -> list[str]:
    """Words in the other language's script, where a text says that it is in this one."""
    found = []
    for said, text in texts(page):
        if said == "ja":
            found += (
                [word for word in re.findall(r"[A-Za-z]{2,}", text) if word not in SHARED] if language == "ja" else []
            )
        else:
            found += re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]+", text)
    return found


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_page_has_no_word_in_the_other_language(client: FlaskClient, path: str, language: str) -> None:
    page = client.get(path, headers={"Accept": BROWSER, "Accept-Language": language})
    assert f'<html lang="{language}">' in page.text
    assert len(texts(page.text)) > 15
    assert untranslated(page.text, language) == []


def test_word_in_the_other_language_is_found() -> None:
    page = '<html lang="%s"><p>%s</p><code>code</code></html>'
    assert untranslated(page % ("ja", "文書 document 文書"), "ja") == ["document"]
    assert untranslated(page % ("en", "a 文書 b"), "en") == ["文書"]
    assert untranslated(page % ("ja", "SPARQL の文書"), "ja") == []


def test_language_of_the_address_goes_before_that_of_the_browser(client: FlaskClient) -> None:
    page = client.get("/?language=en", headers={"Accept-Language": "ja"}).text
    assert '<html lang="en">' in page
    assert 'href="/queries?language=en"' in page
    assert 'href="/queries"' in client.get("/", headers={"Accept-Language": "ja"}).text


def test_other_language_of_a_page_is_one_link_away_with_all_values_kept(client: FlaskClient) -> None:
    page = client.get("/queries/parties?modality=done&language=en", headers={"Accept": BROWSER}).text
    assert 'href="/queries/parties?modality=done&amp;language=ja"' in page


@pytest.mark.parametrize(
    "path",
    [*PAGES, "/health", "/sparql?query=ASK%7B%7D", "/data/mission/lark", "/id/mission/lark", "/static/style.css"],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_every_answer_has_the_headers_that_keep_it_safe(client: FlaskClient, path: str, method: str) -> None:
    with client.open(path, method=method, headers={"Accept": BROWSER} if "data" not in path else {}) as response:
        pass
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert {"Accept", "Accept-Language"} <= set(response.vary)


@pytest.mark.parametrize("path", [one for one in PAGES if one != "/nope"])
def test_page_is_not_sent_again_to_who_has_it(client: FlaskClient, path: str) -> None:
    headers = {"Accept": BROWSER}
    first = client.get(path, headers=headers)
    assert client.get(path, headers=headers | {"If-None-Match": first.headers["ETag"]}).status_code == 304
    other = headers | {"If-None-Match": first.headers["ETag"], "Accept-Language": "ja"}
    assert client.get(path, headers=other).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_page_needs_no_script_and_nothing_from_elsewhere(client: FlaskClient, path: str) -> None:
    page = client.get(path, headers={"Accept": BROWSER}).text
    assert re.findall(r"<script(?! type=\"application/ld\+json\">)|<style|style=|javascript:| on[a-z]+=", page) == []
    assert re.findall(r'(?:src|<link[^>]*rel="(?:stylesheet|icon)"[^>]*href)="(?:https?:)?//', page) == []


def test_every_word_is_there_in_both_languages() -> None:
    known = Words.read().texts
    assert len(known) > 150
    assert [key for key, pair in known.items() if set(pair) != {"en", "ja"} or not all(pair.values())] == []


def test_both_languages_of_a_word_take_the_same_values() -> None:
    # What only orders a date differs between the languages.
    differing = {
        key
        for key, pair in Words.read().texts.items()
        if len({tuple(sorted(set(re.findall(r"{\w+}", text)))) for text in pair.values()}) > 1
    }
    assert differing == {"time.day"}


def test_templates_hold_no_words_of_their_own() -> None:
    found = []
    for path in sorted((SERVER / "templates").glob("*.html")):
        said = path.read_text(encoding="utf-8")
        text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}|<!doctype html>|\blang=\"", " ", said, flags=re.S)
        found += [(path.name, word) for word in re.findall(r"\w{2,}", re.sub(r"<[^>]*>", " ", text))]
    assert found == []


def test_every_word_of_the_interface_is_used() -> None:
    used = "\n".join(
        path.read_text(encoding="utf-8") for path in [*SERVER.glob("*.py"), *(SERVER / "templates").glob("*.html")]
    )
    made_up = ("term.", "problem.", "origin.", "time.", "about.promise-", "question.rows", "kind.lead", "ontology.")
    known = yaml.safe_load((SERVER / "words.yaml").read_text(encoding="utf-8"))
    keys = [f"{section}.{name}" for section, words in known.items() for name in words]
    assert [
        key for key in keys if not key.startswith(made_up) and f'"{key}"' not in used and f"'{key}'" not in used
    ] == []


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "{{ 7*7 }}{% raw %}",
    "javascript:alert(1)",
    "&lt;b&gt;",
    "\u202eevil",
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, own_questions: None) -> Flask:
    """The invented release with labels, other names, cues and methods that are markup."""
    folder = tmp_path_factory.mktemp("hostile")
    text = " ".join(HOSTILE).replace("\\", "\\\\").replace('"', '\\"')
    trig = invented_trig().decode()
    for label in (
        "Lark Mission",
        "Aland-Borea Framework Agreement on Space Cooperation",
        "has party",
        "done",
        "curated",
        "署名した",
    ):
        assert f'"{label}"' in trig
        trig = trig.replace(f'"{label}"', f'"{text}"')
    trig += f'graph:reference {{ id:mission\\/lark rdfs:seeAlso <javascript:alert(1)> , "{text}" . }}\n'
    release = write_release(folder, trig.encode())
    settings = Settings(releases=folder, documents=DATA / "texts")
    return create_app(settings, Local(release.dataset, settings))


@pytest.mark.parametrize(
    "path",
    [
        *(one for one in PAGES if one != "/nope"),
        "/sparql?format=html&query=SELECT%20*%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D",
        "/sparql?format=html&query=SELECT%20%3Fx%20%7BBIND(IRI('javascript%3Aalert(1)')%20AS%20%3Fx)%7D",
        "/sparql?format=html&query=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/queries/parties?word=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/queries/parties?%3Cscript%3E=1",
        "/?language=%22%3E%3Cscript%3E",
    ],
)
def test_hostile_texts_are_shown_and_not_run(hostile: Flask, path: str) -> None:
    page = hostile.test_client().get(path, headers={"Accept": BROWSER})
    assert page.content_type == "text/html; charset=utf-8"
    # Data for search engines, which browsers do not run.
    assert not re.search(r"(?i)<(script(?! type=\"application/ld\+json\">)|svg|img src=x)", page.text)
    assert all("<" not in block for block in re.findall(r"json\">(.*?)</script>", page.text, re.S))
    assert 'href="javascript:' not in page.text
    assert "49" not in re.findall(r"\b49\b", page.text)
    texts(page.text)


def test_hostile_label_is_really_on_the_page(hostile: Flask) -> None:
    page = hostile.test_client().get("/page/mission/lark", headers={"Accept": BROWSER}).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "javascript:alert(1)" in page
