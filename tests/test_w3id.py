"""The redirects of the w3id package, answered by a real Apache as the redirect service runs one.

Apache comes from Debian (apache2-bin: the program and its modules, no service that starts by itself). Where it is
missing the tests are skipped and say so; in CI they fail.
"""

import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from musubi.build import pipeline
from musubi.settings import Settings
from musubi.vocabulary import BASE

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "deploy" / "w3id" / "musubi"
MODULES = Path("/usr/lib/apache2/modules")
DEPLOYMENT, MOVED = "https://example.org", "http://kg.example.net:8080/space"
LACKING = "Apache is not installed: the redirects are not tested (Debian: apt-get install apache2-bin)"

CONFIG = """\
ServerName localhost
ServerRoot {root}
PidFile {root}/pid
ErrorLog {root}/error.log
Listen 127.0.0.1:{port}
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule dir_module {modules}/mod_dir.so
LoadModule headers_module {modules}/mod_headers.so
LoadModule rewrite_module {modules}/mod_rewrite.so
KeepAlive On
MaxKeepAliveRequests 0
DocumentRoot {root}/htdocs
<Directory {root}/htdocs>
    AllowOverride All
    Require all granted
</Directory>
"""


def apache(program: str | None, modules: Path) -> str:
    """The path of Apache. Where it is missing the tests are skipped, or fail in CI."""
    if program and (modules / "mod_rewrite.so").exists():
        return program
    if os.environ.get("CI") == "true":
        pytest.fail(LACKING)
    pytest.skip(LACKING)


@contextmanager
def running(program: str, config: Path, user: str | None) -> Iterator[None]:
    """Apache in the foreground, until the end of the block."""
    port = int(re.findall(r"Listen \S+:(\d+)", config.read_text(encoding="utf-8"))[0])
    server = subprocess.Popen(
        [program, "-f", config, "-DFOREGROUND"], user=user, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        for _ in range(200):
            assert server.poll() is None, server.communicate()[0]
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield
    finally:
        server.terminate()
        server.communicate(timeout=10)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of an Apache that serves the package as /musubi/, and as /moved/ with another deployment."""
    program = apache(shutil.which("apache2", path=f"{os.environ.get('PATH', '')}:/usr/sbin"), MODULES)
    # Apache refuses to serve as root, and nobody else may look into the folders of pytest.
    user = "nobody" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory() as name, socket.socket() as probe:
        root = Path(name)
        shutil.copytree(PACKAGE, root / "htdocs" / "musubi")
        shutil.copytree(PACKAGE, root / "htdocs" / "moved")
        rules = (PACKAGE / ".htaccess").read_text(encoding="utf-8")
        (root / "htdocs" / "moved" / ".htaccess").write_text(rules.replace(DEPLOYMENT, MOVED), encoding="utf-8")
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        probe.close()
        config = root / "apache.conf"
        config.write_text(CONFIG.format(root=root, port=number, modules=MODULES), encoding="utf-8")
        for path in [root, *root.rglob("*")] if user else []:
            os.chown(path, pwd.getpwnam(user).pw_uid, -1)
        with running(program, config, user):
            yield number


@pytest.fixture
def client(port: int) -> Iterator[HTTPConnection]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    yield connection
    connection.close()


def redirect(client: HTTPConnection, path: str, method: str = "GET", **headers: str) -> tuple[int, str]:
    """Status and Location. The answer must be one that scripts of other sites may follow."""
    client.request(method, path, headers=headers)
    answer = client.getresponse()
    answer.read()
    assert answer.headers["Access-Control-Allow-Origin"] == "*", path
    return answer.status, answer.headers["Location"]


# --- What leads where ---

NAMES = {
    "": 302,
    "ontology": 302,
    "ontology/0.1.0": 302,
    "ontology.ttl": 302,
    "id/state/jpn": 303,
    "id/mission/artemis-2": 303,
    "id/state/jpn.ttl": 303,
    "id/span/10899a738541-12-40": 303,
    "scheme/modality": 303,
    "scheme/modality/planned": 303,
    "shape/State-hasIso3166Alpha3": 303,
    "graph/reference": 302,
    "graph/document/10899a738541": 302,
    "graph/inferred/prp-trp": 302,
    "alignment/wikidata": 302,
    "data": 302,
    "data/": 302,
    "data/current/reference.nt.gz": 302,
    "context.jsonld": 302,
    "void": 302,
    ".well-known/void": 302,
    "sparql": 307,
    "sparql/": 307,
    "queries": 302,
    "queries/missions-by-framework.csv": 302,
    "problem/not-found": 302,
    "nothing/of/the/sort": 302,
    "identity": 302,
    "id": 302,
}


@pytest.mark.parametrize("path", NAMES)
def test_a_name_leads_to_the_same_path_of_the_deployment(path: str, client: HTTPConnection) -> None:
    assert redirect(client, f"/musubi/{path}") == (NAMES[path], f"{DEPLOYMENT}/{path}")


@pytest.mark.parametrize("path", NAMES)
def test_one_line_moves_every_name_to_another_deployment(path: str, client: HTTPConnection) -> None:
    assert redirect(client, f"/moved/{path}") == (NAMES[path], f"{MOVED}/{path}")


def test_the_deployment_is_named_once() -> None:
    rules = (PACKAGE / ".htaccess").read_text(encoding="utf-8")
    assert len(re.findall(r"https?://(?!w3id\.org)", rules)) == 1
    assert rules.count(DEPLOYMENT) == 1


def test_the_name_without_a_slash_leads_to_the_one_with_it(client: HTTPConnection, port: int) -> None:
    assert redirect(client, "/musubi") == (301, f"http://127.0.0.1:{port}/musubi/")


QUERIES = (
    "query=SELECT%20%2A%20WHERE%20%7B%7D",
    "query=ASK+%7B%7D&default-graph-uri=https%3A%2F%2Fw3id.org%2Fmusubi%2Fgraph%2Freference",
    "q=%E6%97%A5%E6%9C%AC&lang=ja",
    "uri=https://w3id.org/musubi/ontology%23Mission",
    "a=1&a=2&b=",
    "a=100%25",
)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("path", ["sparql", "id/state/jpn", "ontology", "queries/dialogues-held.json", ""])
def test_a_query_goes_through_unchanged(path: str, query: str, client: HTTPConnection) -> None:
    status, location = redirect(client, f"/musubi/{path}?{query}")
    assert location == f"{DEPLOYMENT}/{path}?{query}"
    assert status == NAMES.get(path, 302)


PATHS = {
    "id/mission/%E3%81%82": "id/mission/%e3%81%82",
    "id/mission/a%20b": "id/mission/a%20b",
    "id/mission/a+b": "id/mission/a+b",
    "id/mission/a%23b": "id/mission/a%23b",
    "id/mission/100%25": "id/mission/100%25",
    "id/mission/a:b,c;d=e@f": "id/mission/a:b,c;d=e@f",
    "id/mission/%22%3C%3E": "id/mission/%22%3c%3e",
}


@pytest.mark.parametrize("path", PATHS)
def test_characters_in_a_path_stay_what_they_are(path: str, client: HTTPConnection) -> None:
    status, location = redirect(client, f"/musubi/{path}")
    assert (status, location.lower()) == (303, f"{DEPLOYMENT}/{PATHS[path]}")


@pytest.mark.parametrize(
    "path", ["//evil.example/x", "/@evil.example/", "/.evil.example", "/%2e%2e/x", "/https://evil.example/"]
)
def test_no_path_leads_to_another_host(path: str, client: HTTPConnection) -> None:
    client.request("GET", f"/musubi{path}")
    answer = client.getresponse()
    answer.read()
    location = answer.headers["Location"]
    assert (location is None and answer.status in {400, 403, 404}) or location.startswith(f"{DEPLOYMENT}/")


@pytest.mark.parametrize("accept", ["text/html", "text/turtle", 'application/ld+json;profile="x", */*;q=0.1', ""])
def test_the_deployment_negotiates_and_not_the_redirect(accept: str, client: HTTPConnection) -> None:
    assert redirect(client, "/musubi/id/state/jpn", Accept=accept) == (303, f"{DEPLOYMENT}/id/state/jpn")


@pytest.mark.parametrize("method", ["HEAD", "POST", "OPTIONS"])
def test_other_methods_are_led_on_as_well(method: str, client: HTTPConnection) -> None:
    assert redirect(client, "/musubi/sparql", method) == (307, f"{DEPLOYMENT}/sparql")


def test_every_iri_of_the_data_is_led_on(client: HTTPConnection) -> None:
    nquads = pipeline.examined(Settings()).nquads.decode()
    paths = {iri.partition("#")[0] for iri in re.findall(rf"<{re.escape(BASE)}([^>]*)>", nquads)}
    assert len(paths) >= 500
    met: Counter[int] = Counter()
    for path in sorted(paths):
        status, location = redirect(client, f"/musubi/{path}")
        assert location == f"{DEPLOYMENT}/{path}"
        assert (status == 303) == (path.partition("/")[0] in {"id", "scheme", "shape"})
        met[status] += 1
    assert set(met) == {302, 303}


# --- The package ---


def test_the_readme_tells_the_answers_that_are_given(client: HTTPConnection) -> None:
    text = (PACKAGE / "README.md").read_text(encoding="utf-8")
    told = re.findall(rf"^\| <{re.escape(BASE)}(\S*)> \|.*\| (\d+) \|$", text, re.MULTILINE)
    assert len(told) == 11
    for path, status in told:
        assert redirect(client, f"/musubi/{path}") == (int(status), f"{DEPLOYMENT}/{path}")


def test_the_package_says_whom_to_ask() -> None:
    assert "## Contact" in (PACKAGE / "README.md").read_text(encoding="utf-8")
    for name in ("README.md", ".htaccess"):
        assert "the project's maintainers" in (PACKAGE / name).read_text(encoding="utf-8")
    assert sorted(path.name for path in PACKAGE.iterdir()) == [".htaccess", "README.md"]


def test_a_machine_without_apache_skips_and_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install apache2-bin"):
        apache(None, MODULES)
    with pytest.raises(pytest.skip.Exception, match="apt-get install apache2-bin"):
        apache("/bin/true", tmp_path)


def test_ci_without_apache_fails_instead_of_skipping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="apt-get install apache2-bin"):
        apache(None, MODULES)


def test_ci_installs_apache() -> None:
    assert re.search(r"^wanted=\(.*\bapache2-bin\b.*\)$", (ROOT / ".ci/run").read_text(encoding="utf-8"), re.MULTILINE)
