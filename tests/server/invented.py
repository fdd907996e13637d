"""The invented release and how to write it."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph

from musubi.build.release import DocumentRecord, Release, write

DATA = Path(__file__).parent / "data"
SHA256 = "52c1f2bbfadd2eedf2d84200751ec6fcea621f9702d55d43aa95ca6087496d0b"
DOC12 = SHA256[:12]
BASE = "https://w3id.org/musubi/"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
JSON_RESULTS = "application/sparql-results+json"
XSD = "http://www.w3.org/2001/XMLSchema#"


def nquads_of(trig: bytes) -> bytes:
    quads = list(pyoxigraph.parse(trig, format=pyoxigraph.RdfFormat.TRIG))
    written = pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.N_QUADS)
    assert written is not None
    return written


def invented_trig() -> bytes:
    return (DATA / "invented.trig").read_bytes()


def write_release(folder: Path, trig: bytes) -> Release:
    record: DocumentRecord = {
        "iri": f"{BASE}id/document/{DOC12}",
        "sha256": SHA256,
        "slug": "invented",
        "title": {"ja": "作り物の文書", "en": "An invented document"},
        "statements": 7,
        "lines": 7,
        "as_of_earliest": "2031-04-02T00:00:00",
        "as_of_latest": "2031-04-02T23:59:59",
    }
    return write(folder, nquads_of(trig), [record], [])
