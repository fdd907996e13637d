"""The static twin: what the server answers, written to files that any host can serve, with no server behind them.

The application is walked in this process, from the home page and from every IRI of the release, in each language.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import shutil
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from flask.testing import FlaskClient

from musubi.build.dumps import dumps
from musubi.build.release import current
from musubi.server import context, static_files, static_hosts
from musubi.server.addresses import quoted
from musubi.server.app import create_app
from musubi.server.local import Local
from musubi.server.media import GRAPHS, HTML, JSON, RESULTS, Representation
from musubi.server.words import LANGUAGES
from musubi.settings import Settings
from musubi.vocabulary import Names

log = logging.getLogger(__name__)

Told = Callable[[int, int], None]

# Whatever is a page is read as one; of what is only data, one form, from which the others are found.
_ACCEPT = f"{HTML.media_type}, */*;q=0.1"
_TARGET = re.compile(r' (?:href|src)="(/[^"#]*)')
_REDIRECTS = frozenset({301, 303, 308})


@dataclass(frozen=True, slots=True)
class Written:
    """What the twin holds. `lost` are addresses that pages lead to and that did not answer."""

    files: int
    lost: tuple[str, ...]


@dataclass(slots=True)
class _Walk:
    """The addresses met on the way: where each redirect leads, and the file of each answer."""

    client: FlaskClient
    folder: Path
    dumps: Callable[[str], Path | None]
    waiting: deque[str] = field(default_factory=deque)
    met: set[str] = field(default_factory=set)
    led: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def meet(self, address: str) -> None:
        """Nothing; the address will be asked, if it belongs to the twin and was not yet met."""
        known = static_files.canonical(address)
        if known is not None and known not in self.met:
            self.met.add(known)
            self.waiting.append(known)

    def run(self, told: Told) -> None:
        """Nothing; every address that was met, and those that are met by asking them, has its file."""
        done = 0
        while self.waiting:
            self._ask(self.waiting.popleft())
            done += 1
            told(done, len(self.met))

    def file_of(self, address: str) -> str | None:
        """The file of what an address gives, or None."""
        known = static_files.canonical(address)
        while known in self.led:
            known = self.led[known]
        return self.files.get(known or "")

    def _ask(self, address: str) -> None:
        if address.startswith(static_files.DUMPS):
            self._copy(address)
            return
        with self.client.get(address, headers={"Accept": _ACCEPT}) as answer:
            if answer.status_code in _REDIRECTS:
                self._lead(address, _path(answer.headers["Location"]))
            elif answer.status_code == 200:
                self._take(address, answer.mimetype or "", answer.data)
            else:
                log.warning("%s answers %d", address, answer.status_code)

    def _lead(self, address: str, target: str) -> None:
        self.meet(target)
        if (known := static_files.canonical(target)) is not None:
            self.led[address] = known

    def _take(self, address: str, media_type: str, body: bytes) -> None:
        plain = urlsplit(address).path
        if media_type != HTML.media_type and plain != address and not static_files.has_languages(plain):
            # Data, as it turns out: they are the same in all languages.
            self.meet(plain)
            self.led[address] = plain
            return
        self._keep(address, static_files.file(address, _suffix(address, media_type)), body)
        for target in _targets(body.decode()) if media_type == HTML.media_type else ():
            self.meet(target)

    def _keep(self, address: str, name: str, body: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        self.files[address] = name

    def _copy(self, address: str) -> None:
        # Not through the application: dumps may be larger than the memory.
        source = self.dumps(address)
        if source is not None:
            name = address.lstrip("/")
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, path)
            self.files[address] = name


def write(settings: Settings, folder: Path, told: Told = lambda done, known: None) -> Written:
    """What was written to a folder, which is there at once and whole; `told` hears of each address.

    Lines of source documents are not quoted, wherever their texts are: the twin is made to be published.
    Raises: NoRelease; OSError, if the folder holds anything already or cannot be written.
    """
    if folder.exists() and any(folder.iterdir()):
        raise OSError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY), str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".draft-", dir=folder.parent, ignore_cleanup_errors=True) as draft:
        twin = Path(draft) / folder.name
        twin.mkdir()
        written = _written(replace(settings, documents=None, proxies=0), twin, told)
        twin.replace(folder)
    return written


def _written(settings: Settings, twin: Path, told: Told) -> Written:
    release, names = current(settings.releases), Names(settings.base)
    app = create_app(settings, Local(release.dataset, settings))
    app.config["IS_STATIC"] = True
    made = dumps(release, names)
    start = f"{static_files.DUMPS}{release.id}/"
    walk = _Walk(app.test_client(), twin, lambda address: made.path(address.removeprefix(start)))
    for address in (f"/release/{release.id}", *_starts(release.dataset, settings.base)):
        walk.meet(address)
        walk.meet(f"{address}?language={LANGUAGES[1]}")
    with app.app_context():
        walk.meet("/" + context.address().removeprefix(settings.base))
    for dump in made.manifest["dumps"]:
        walk.meet(start + dump["name"])
    walk.run(told)
    lost = tuple(sorted(_lost(walk)))
    policy = walk.client.get("/").headers["Content-Security-Policy"]
    for name, text in static_hosts.files(policy).items():
        (twin / name).write_text(text, encoding="utf-8", newline="")
    return Written(sum(1 for path in twin.rglob("*") if path.is_file()), lost)


def _lost(walk: _Walk) -> set[str]:
    """The addresses that pages lead to in vain. All pages lead to files afterwards."""
    lost: set[str] = set()
    for name in walk.files.values():
        if name.endswith(f".{HTML.suffix}"):
            page = walk.folder / name
            text, without = static_files.led(page.read_text(encoding="utf-8"), name, walk.file_of)
            page.write_text(text, encoding="utf-8", newline="")
            # What needs a server is left out on purpose.
            lost |= {address for address in without if static_files.canonical(address)}
    return lost


def _starts(dataset: Path, base: str) -> Iterator[str]:
    """Home, what no page leads to, and the address of every IRI of ours in the release."""
    yield from ("/", "/context.jsonld", "/data.json", *(f"/void.{one.suffix}" for one in GRAPHS))
    ours = re.compile(f"<{re.escape(base)}([^>#]*)".encode())
    found: set[str] = set()
    with dataset.open("rb") as lines:
        for line in lines:
            found |= {match.decode() for match in ours.findall(line)}
    yield from sorted(f"/{quoted(path)}" for path in found)


def _targets(page: str) -> Iterator[str]:
    """The addresses of this server that a page leads to."""
    for match in _TARGET.finditer(page):
        yield unescape(match[1])


def _path(location: str) -> str:
    parts = urlsplit(location)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _suffix(address: str, media_type: str) -> str:
    """The suffix of the file that holds an answer: that of its address, if this is one of its media type."""
    last = urlsplit(address).path.rpartition("/")[2].rpartition(".")[2]
    forms: tuple[Representation, ...] = (HTML, *GRAPHS, *RESULTS, JSON)
    suffixes = [suffix for one in forms if media_type == one.media_type for suffix in one.suffixes]
    return last if last in suffixes or not suffixes else suffixes[0]
