"""What it costs to get from seeds to a served release, and compiled rules beside owlrl.

    python benchmarks/build.py [--runs N] [--no-owlrl]

Each run builds into a new folder and serves from it, in processes of their own as users start them. CPU is user and
system time of a process and all that it started, as the kernel counts it; the server is stopped after its first answer.
Medians of the runs are printed. The last lines reason over the real data once with each engine and compare the results.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
QUESTION = "queries/missions-by-framework"


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of processor and of clock."""

    cpu: float
    wall: float


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--no-owlrl", action="store_true", help="leave the slow half out")
    options = parser.parse_args()
    builds, serves = zip(*(_run() for _ in range(options.runs)), strict=True)
    totals = [Cost(a.cpu + b.cpu, a.wall + b.wall) for a, b in zip(builds, serves, strict=True)]
    print(f"median of {options.runs} runs, {os.cpu_count()} processors, Python {sys.version.split()[0]}")
    for name, costs in (("musubi build", builds), ("musubi serve to first answer", serves), ("together", totals)):
        cpu, wall = (statistics.median(getattr(c, kind) for c in costs) for kind in ("cpu", "wall"))
        print(f"{name:30} {cpu:6.2f} s CPU {wall:6.2f} s")
    if not options.no_owlrl:
        _engines()


def _run() -> tuple[Cost, Cost]:
    with tempfile.TemporaryDirectory() as folder:
        environment = {"PATH": os.environ["PATH"], "MUSUBI_RELEASES": folder}
        build = _cost(_started(environment, "build"))
        server = _started(environment, "serve", "--port", "0")
        begin = time.perf_counter()
        _first_answer(server)
        wall = time.perf_counter() - begin
        server.send_signal(signal.SIGINT)
        return build, Cost(_cost(server).cpu, wall)


def _started(environment: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", "from musubi.cli import main; main()", *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def _cost(process: subprocess.Popen[str]) -> Cost:
    """The cost of a process that is waited for here; the clock runs from now on."""
    begin = time.perf_counter()
    assert process.stderr
    words = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode not in (0, -signal.SIGINT):
        sys.exit(words)
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - begin)


def _first_answer(server: subprocess.Popen[str]) -> None:
    assert server.stderr
    for line in server.stderr:
        if address := re.search(r"http://\S+/", line):
            request = urllib.request.Request(address[0] + QUESTION, headers={"Accept": "text/csv"})
            with urllib.request.urlopen(request, timeout=60) as answer:
                rows = answer.read().decode().splitlines()
            assert len(rows) > 1, rows
            return
    sys.exit("the server ended before it told its address")


def _engines() -> None:
    from rdflib import Graph

    sys.path.insert(0, str(ROOT / "tests/build"))
    from oracle import expected

    from musubi.build import pipeline
    from musubi.build.quads import quads_of
    from musubi.build.reason import inferred
    from musubi.build.store import Dataset
    from musubi.data import folder, ontology_files

    seeds, _ = pipeline.read_seeds(folder("seeds"))
    stated = quads_of(pipeline.lifted(seeds, pipeline.NAMES, pipeline.reference())) + pipeline.files_as_quads()
    begin = time.process_time()
    found = Dataset(inferred(stated, ontology_files(), pipeline.NAMES)).ntriples(lambda graph: True)
    rules = time.process_time() - begin
    graph = Graph().parse(data=Dataset(stated).ntriples(lambda graph: True), format="nt")
    begin = time.process_time()
    wanted = expected(graph)
    owlrl = time.process_time() - begin
    compiled = {(s.n3(), p.n3(), o.n3()) for s, p, o in Graph().parse(data=found, format="nt")}
    print(f"reasoning over {len(graph)} triples, {len(wanted)} useful triples follow")
    print(f"{'compiled rules':30} {rules:6.2f} s CPU")
    print(f"{'owlrl':30} {owlrl:6.2f} s CPU, {owlrl / rules:.0f} times as much")
    print("both give the same triples" if compiled == wanted else f"THEY DIFFER in {len(compiled ^ wanted)} triples")


if __name__ == "__main__":
    main()
