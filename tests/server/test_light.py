"""What the evaluating process loads."""

from __future__ import annotations

import subprocess
import sys


def loaded_by(module: str) -> set[str]:
    code = f"import sys, {module}; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_worker_loads_neither_flask_nor_rdflib() -> None:
    modules = loaded_by("musubi.server.worker")
    assert "pyoxigraph" in modules
    assert modules.isdisjoint({"flask", "rdflib", "yaml", "pyshacl", "owlrl", "waitress"})


def test_the_package_itself_loads_nothing() -> None:
    assert loaded_by("musubi.server").isdisjoint({"flask", "rdflib", "yaml", "pyoxigraph"})
