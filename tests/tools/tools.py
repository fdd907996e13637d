"""Programs that are not part of Python: where they are, or why they are not."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

import pytest

MODULES = Path(__file__).parent / "npm"
# What brings each program, where it is missing.
BROUGHT_BY = {"curl": "curl", "rapper": "raptor2-utils", "node": "nodejs, version 20 or newer", "npm": "npm"}


def program(name: str, path: str | None = None) -> str:
    """The path of a program. Where it is missing the test is skipped, or fails in CI."""
    found = shutil.which(name, path=path)
    return found or _lacking(
        f"{name} is not installed: what it makes of our answers is not tested ({BROUGHT_BY[name]})"
    )


def installed(npm: Path) -> Path:
    """A folder in which `npm ci` has run. It is kept beside Python's packages, under a hash of the lock file."""
    digest = hashlib.sha256(b"".join((MODULES / name).read_bytes() for name in ("package.json", "package-lock.json")))
    kept = Path(sys.prefix) / "npm" / digest.hexdigest()[:12]
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent, ignore_cleanup_errors=True) as name:
            draft = Path(name) / kept.name
            shutil.copytree(MODULES, draft)
            command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
            ended = subprocess.run(command, cwd=draft, capture_output=True, text=True, timeout=300, check=False)
            if ended.returncode:
                _lacking(f"npm ci did not install what its lock names: {ended.stderr.strip()[-300:]}")
            draft.rename(kept)
    return kept


def run(*command: str | Path, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """A program that has ended well; what it said otherwise is shown."""
    ended = subprocess.run(command, input=given, capture_output=True, timeout=60, check=False)
    assert ended.returncode == 0, (ended.stdout[-500:], ended.stderr[-2000:])
    return ended


def _lacking(why: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)
