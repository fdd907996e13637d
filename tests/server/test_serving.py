"""The server on a port, as an operator starts it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from musubi.errors import AddressTaken, NoRelease
from musubi.server.serving import serve
from musubi.settings import Settings

PROGRAM = """
import sys
from pathlib import Path
from musubi.server.serving import serve
from musubi.settings import Settings
serve(Settings(releases=Path(sys.argv[1]), port=0, workers=1), lambda address: print(address, flush=True))
"""


@pytest.fixture
def server(releases: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-c", PROGRAM, str(releases)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        yield process
        process.kill()


def address_of(server: subprocess.Popen[bytes]) -> str:
    assert server.stdout is not None
    return server.stdout.readline().decode().strip()


def test_server_answers_from_a_process_once_it_says_that_it_is_ready(server: subprocess.Popen[bytes]) -> None:
    address = address_of(server)
    with urllib.request.urlopen(f"{address}health", timeout=10) as response:
        assert json.load(response)["status"] == "ok"
        assert "Server" not in response.headers or "waitress" not in response.headers["Server"]
    with urllib.request.urlopen(f"{address}sparql?query=SELECT%20%3Fs%20%7B%7D", timeout=10) as response:
        assert json.load(response)["head"]["vars"] == ["s"]


def test_interrupted_server_ends_quietly_with_its_processes(server: subprocess.Popen[bytes]) -> None:
    address_of(server)
    processes = children_of(server.pid)
    assert len(processes) == 2
    server.send_signal(signal.SIGINT)
    out, err = server.communicate(timeout=10)
    assert (server.returncode, out, err) == (0, b"", b"")
    deadline = time.monotonic() + 5
    while any(Path(f"/proc/{pid}").exists() for pid in processes) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in processes if Path(f"/proc/{pid}").exists()]


def test_port_that_is_taken_is_said_at_once(settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(AddressTaken, match=f"127.0.0.1:{port}"):
            serve(replace(settings, port=port))


def test_address_of_another_machine_is_said(settings: Settings) -> None:
    with pytest.raises(AddressTaken):
        serve(replace(settings, host="192.0.2.1", port=0))


def test_without_a_release_nothing_is_served(tmp_path: Path) -> None:
    with pytest.raises(NoRelease, match="musubi build"):
        serve(Settings(releases=tmp_path, port=0))


def children_of(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(stat.parent.name))
    assert os.getpid() not in found
    return found
