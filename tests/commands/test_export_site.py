"""`musubi export site` on the real seeds, in a process of its own, crawled on a host that has never heard of musubi."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from static_crawl import crawl, hosted

from musubi.data import question_files


def exported(releases: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name("musubi"), "export", "site", folder]
    environment = os.environ | {"MUSUBI_RELEASES": str(releases)}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_every_link_of_the_exported_site_leads_to_a_file(releases: Path, tmp_path: Path) -> None:
    ended = exported(releases, tmp_path / "site")
    written = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    # On no terminal there is no bar, and what is said besides the folder is said on stderr.
    assert ended.stderr == f"{len(written)} files are written\n"
    assert (ended.returncode, ended.stdout) == (0, f"{tmp_path / 'site'}\n")
    with hosted(tmp_path / "site") as address:
        # Spans and some others are led to by data alone.
        pages = (str(path.relative_to(tmp_path / "site")) for path in written if path.suffix == ".html")
        found = crawl(address, *(address + page for page in pages))
    assert found.errors == []
    assert found.missing_places() == []
    assert len(found.pages) > 1_500
    assert len(found.read) > 5_000
    assert found.links > 50_000
    suffixes = Counter(path.suffix for path in written)
    assert suffixes[".html"] > 1_500
    assert min(suffixes[one] for one in (".ttl", ".jsonld", ".nt", ".rdf", ".nq", ".trig")) > 700
    for question in question_files():
        for suffix in ("html", "csv", "json", "ja.html", "ja.csv", "ja.json"):
            assert (tmp_path / "site" / "queries" / f"{question.stem}.{suffix}").stat().st_size > 20


def test_folder_that_holds_anything_is_refused_in_one_line(releases: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").touch()
    ended = exported(releases, tmp_path)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == f"musubi: {tmp_path}: Directory not empty\n"
