"""A crawl of a folder of files as a static host serves it, below a path of the host, over HTTP."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urljoin, urlsplit


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Or each answer waits 40 ms for the client to confirm its header.
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what is asked for is counted, not told."""


class _Leads(HTMLParser):
    """The addresses in a page, and the places in it that can be led to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.places: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src", "action") and value:
                self.addresses.append(value)
            if name == "id" and value:
                self.places.add(value)


@dataclass
class Crawled:
    """What a crawl found: addresses read, pages among them, links followed, and what is wrong."""

    read: set[str] = field(default_factory=set)
    pages: dict[str, set[str]] = field(default_factory=dict)
    links: int = 0
    to_places: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)

    def missing_places(self) -> list[str]:
        """Links to places that their pages do not have."""
        return sorted(one for one in self.to_places if one.split("#")[1] not in self.pages.get(one.split("#")[0], ()))


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """The address of a folder on a host that has nothing to do with it, ending in a slash."""
    handler = partial(_Handler, directory=str(folder.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/{folder.name}/"
        server.shutdown()
        thread.join()


def crawl(start: str, *further: str) -> Crawled:
    """All that can be reached from an address, and from others below it; a link to what is above it is an error."""
    found, waiting = Crawled(), deque([start, *further])
    host = urlsplit(start).netloc
    connection = HTTPConnection(host, timeout=10)
    found.read |= set(waiting)
    while waiting:
        address = waiting.popleft()
        connection.request("GET", urlsplit(address).path)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            found.errors.append(f"{answer.status} {address}")
        elif answer.headers["Content-Type"].startswith("text/html"):
            waiting.extend(_new(address, body.decode(), start, found))
    connection.close()
    return found


def _new(address: str, page: str, start: str, found: Crawled) -> Iterator[str]:
    leads = _Leads(page)
    found.pages[address] = leads.places
    for target in (urljoin(address, one) for one in leads.addresses):
        if urlsplit(target).netloc != urlsplit(start).netloc:
            continue
        found.links += 1
        plain = target.partition("#")[0]
        if "#" in target:
            found.to_places.add(target)
        if not plain.startswith(start) or "?" in plain:
            found.errors.append(f"{address} leads to {target}")
        elif plain not in found.read:
            found.read.add(plain)
            yield plain
