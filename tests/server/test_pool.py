"""Processes that are killed, lost and replaced, and what those who ask see of it."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from invented import JSON_RESULTS, XSD

from musubi.errors import (
    BadQuery,
    Busy,
    EvaluatorLost,
    MusubiError,
    NoRelease,
    ServiceRefused,
    TimedOut,
    TooLarge,
    UpdateRefused,
)
from musubi.server.deadlines import Deadline, Deadlines
from musubi.server.evaluator import Evaluator
from musubi.server.frames import Request
from musubi.server.pool import Pool
from musubi.settings import Settings

LIMIT = 1.0
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
QUICK = "ASK { ?s ?p ?o }"
YES = b'{"head":{},"boolean":true}'

Maker = Callable[..., Pool]


@pytest.fixture
def pool_of(dataset: Path, settings: Settings) -> Iterator[Maker]:
    made: list[Pool] = []

    def make(wait_seconds: float = 5.0, **changes: object) -> Pool:
        made.append(Pool(dataset, replace(settings, **{"query_seconds": LIMIT} | changes), wait_seconds))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for pool in made:
        pool.close()


def outcome(pool: Pool, query: str) -> bytes | type[MusubiError]:
    try:
        return pool.evaluate(query, JSON_RESULTS).body
    except MusubiError as error:
        return type(error)


def children() -> set[int]:
    """Process ids of the children of this process that run or were not waited for."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid():
            found.add(int(stat.parent.name))
    return found


def test_query_is_answered_with_its_kind(pool_of: Maker) -> None:
    pool = pool_of()
    assert pool.evaluate(QUICK, JSON_RESULTS).kind == "ask"
    assert pool.evaluate("SELECT * { } LIMIT 1", "text/csv").kind == "select"
    assert pool.evaluate("DESCRIBE <http://e/x>", "text/turtle").kind == "graph"


def test_slow_query_is_stopped_at_the_limit_and_the_next_is_answered_at_once(pool_of: Maker) -> None:
    pool = pool_of(workers=1)
    begun = time.monotonic()
    with pytest.raises(TimedOut, match="1 s"):
        pool.evaluate(SLOW, JSON_RESULTS)
    stopped = time.monotonic()
    assert LIMIT <= stopped - begun < LIMIT + 0.3
    assert outcome(pool, QUICK) == YES
    # The spare answers: nobody waits for the process that replaces the killed one.
    assert time.monotonic() - stopped < 0.3


@pytest.mark.parametrize(
    "query", ["SELECT * " + "{" * 3_000 + "}" * 3_000, "ASK { " + "(" * 3_000 + ")" * 3_000 + " }"]
)
def test_query_that_would_overflow_the_stack_is_refused_and_the_next_is_answered(pool_of: Maker, query: str) -> None:
    pool = pool_of(workers=1)
    assert outcome(pool, query) is BadQuery
    assert outcome(pool, QUICK) == YES


def test_process_that_answered_in_time_is_not_killed_later(pool_of: Maker) -> None:
    before = children()
    pool = pool_of(workers=1, query_seconds=0.3)
    started = children() - before
    for _ in range(5):
        assert outcome(pool, QUICK) == YES
    time.sleep(0.6)
    assert [outcome(pool, QUICK) for _ in range(3)] == [YES] * 3
    assert children() - before == started


def test_answer_that_comes_too_late_is_no_answer(dataset: Path, settings: Settings) -> None:
    class Missed(Deadlines):
        def set(self, kill: Callable[[], None]) -> Deadline:
            deadline = Deadline(0.0, lambda: None)
            deadline.expire()
            return deadline

    deadlines, evaluator = Missed(LIMIT), Evaluator(dataset, settings)
    evaluator.ready()
    with pytest.raises(TimedOut):
        evaluator.evaluate(Request(QUICK, JSON_RESULTS, (), ()), deadlines)
    assert not evaluator.alive
    deadlines.close()


def test_same_query_past_the_guard_costs_nobody_else_anything(pool_of: Maker) -> None:
    pool = pool_of(workers=1, query_nesting=1_000_000)
    query = "SELECT * " + "{" * 3_000 + "}" * 3_000
    assert outcome(pool, query) in (EvaluatorLost, TimedOut, b'{"head":{"vars":[]},"results":{"bindings":[{}]}}')
    assert outcome(pool, QUICK) == YES


def mixed_column(seed: int) -> str:
    """ORDER BY over values of several datatypes, some times with a zone and some without."""
    some = random.Random(seed)

    def time_of_day() -> str:
        day = f"{some.randrange(1900, 2100)}-{some.randrange(1, 13):02}-{some.randrange(1, 29):02}"
        return f'"{day}T{some.randrange(24):02}:00:00{some.choice(["", "Z", "+09:00"])}"^^x:dateTime'

    makers: list[Callable[[], str]] = [
        lambda: str(some.randrange(-(10**6), 10**6)),
        lambda: f"{some.uniform(-1e6, 1e6):e}",
        lambda: f'"{some.randrange(10**6)}"',
        lambda: f'"{some.randrange(1900, 2100)}"^^x:gYear',
        time_of_day,
    ]
    values = " ".join(some.choice(makers)() for _ in range(400))
    return f"PREFIX x: <{XSD}> SELECT ?o {{ VALUES ?o {{ {values} }} }} ORDER BY ?o"


def test_sorting_that_aborts_the_engine_is_told_with_what_to_write_instead(pool_of: Maker) -> None:
    pool = pool_of(workers=1)
    hints = []
    for seed in range(10):
        query = mixed_column(seed)
        try:
            pool.evaluate(query, "text/csv")
        except EvaluatorLost as error:
            hints.append("ORDER BY DATATYPE(?x) ?x" in error.detail)
        assert pool.evaluate(query.replace("ORDER BY ?o", "ORDER BY DATATYPE(?o) ?o"), "text/csv").kind == "select"
    assert hints, "the engine sorts mixed columns now: the hint can go"
    assert all(hints)


def test_process_that_dies_is_reported_and_replaced(pool_of: Maker) -> None:
    pool = pool_of(workers=1, query_seconds=20.0)
    for _ in range(3):
        with ThreadPoolExecutor(1) as threads:
            asked = threads.submit(outcome, pool, SLOW)
            time.sleep(0.2)
            busy = max(children(), key=lambda pid: _cpu(pid))
            os.kill(busy, signal.SIGKILL)
            assert asked.result(10) is EvaluatorLost
        assert outcome(pool, QUICK) == YES


def test_process_that_dies_while_idle_is_noticed_by_nobody(pool_of: Maker) -> None:
    before = children()
    pool = pool_of(workers=2)
    for pid in children() - before:
        os.kill(pid, signal.SIGKILL)
    time.sleep(0.1)
    assert [outcome(pool, QUICK) for _ in range(5)] == [YES] * 5


def test_memory_bomb_ends_its_process_only(pool_of: Maker) -> None:
    pool = pool_of(workers=1, worker_bytes=200_000_000, query_seconds=20.0)
    doubling = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
    bomb = f"SELECT (STRLEN(?x40) AS ?n) {{ VALUES ?x0 {{ '{'a' * 1000}' }} {doubling} }}"
    assert outcome(pool, bomb) in (EvaluatorLost, TooLarge)
    assert outcome(pool, QUICK) == YES


def test_large_answer_is_an_error(pool_of: Maker) -> None:
    pool = pool_of(answer_bytes=2_000)
    assert outcome(pool, "SELECT * { ?s ?p ?o }") is TooLarge
    assert outcome(pool, QUICK) == YES


def test_what_the_guard_refuses_reaches_no_process(pool_of: Maker) -> None:
    pool = pool_of(workers=1)
    assert outcome(pool, "SELECT * { SERVICE <http://127.0.0.1:9/> { } }") is ServiceRefused
    assert outcome(pool, "DROP ALL") is UpdateRefused
    with pytest.raises(BadQuery) as caught:
        pool.evaluate("SELECT * {\n ?s }", JSON_RESULTS)
    assert caught.value.place is not None
    assert caught.value.place.line == 2


def test_who_comes_when_too_many_wait_is_turned_away(pool_of: Maker) -> None:
    pool = pool_of(workers=1, queue=1)
    with ThreadPoolExecutor(2) as threads:
        slow = threads.submit(outcome, pool, SLOW)
        time.sleep(0.2)
        waiting = threads.submit(outcome, pool, QUICK)
        time.sleep(0.2)
        assert outcome(pool, QUICK) is Busy
        assert (slow.result(), waiting.result()) == (TimedOut, YES)


def test_who_waits_too_long_is_told_so(pool_of: Maker) -> None:
    pool = pool_of(workers=1, wait_seconds=0.3)
    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(outcome, pool, SLOW)
        time.sleep(0.2)
        assert outcome(pool, QUICK) is Busy
        assert slow.result() is TimedOut


def test_many_threads_get_their_own_answers_while_others_run_into_the_limit(pool_of: Maker) -> None:
    pool = pool_of(workers=2, query_seconds=0.3)
    with ThreadPoolExecutor(10) as threads:
        bad = [threads.submit(outcome, pool, SLOW) for _ in range(4)]
        good = [threads.submit(outcome, pool, f"SELECT ({n} AS ?n) {{ }}") for n in range(60)]
        assert {one.result() for one in bad} == {TimedOut}
        answers = [one.result() for one in good]
    assert [f'"value":"{n}"'.encode() in answer for n, answer in enumerate(answers)] == [True] * 60  # type: ignore[operator]


def test_closing_leaves_no_process_and_ends_those_who_wait(dataset: Path, settings: Settings) -> None:
    before = children()
    pool = Pool(dataset, replace(settings, query_seconds=20.0))
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(outcome, pool, SLOW)
        time.sleep(0.2)
        assert len(children() - before) == settings.workers + 1
        pool.close()
        assert asked.result(5) is EvaluatorLost
    assert children() - before == set()
    assert outcome(pool, QUICK) is EvaluatorLost


def test_killed_processes_are_waited_for(pool_of: Maker) -> None:
    before = children()
    pool = pool_of(workers=1, query_seconds=0.2)
    for _ in range(3):
        assert outcome(pool, SLOW) is TimedOut
    deadline = time.monotonic() + 10
    while len(children() - before) != 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(children() - before) == 2
    assert not [pid for pid in children() if _state(pid) == "Z"]


def test_evaluators_end_when_their_server_is_killed(dataset: Path) -> None:
    import subprocess
    import sys

    code = (
        "import os, sys, time; from pathlib import Path; from musubi.server.pool import Pool;"
        "from musubi.settings import Settings; import threading;"
        "pool = Pool(Path(sys.argv[1]), Settings(workers=1, query_seconds=60.0));"
        "threading.Thread(target=pool.evaluate, args=(sys.argv[2], sys.argv[3]), daemon=True).start();"
        "time.sleep(0.3); print(*[one._process.pid for one in pool._all], flush=True); time.sleep(60)"
    )
    server = subprocess.Popen([sys.executable, "-c", code, str(dataset), SLOW, JSON_RESULTS], stdout=subprocess.PIPE)
    with server:
        assert server.stdout is not None
        pids = [int(pid) for pid in server.stdout.readline().split()]
        server.kill()
    deadline = time.monotonic() + 5
    while any(_runs(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(pids) == 2
    assert not [pid for pid in pids if _runs(pid)]


def test_dataset_that_is_missing_is_said_at_once(tmp_path: Path, settings: Settings) -> None:
    before = children()
    with pytest.raises(NoRelease, match=r"missing\.nq"):
        Pool(tmp_path / "missing.nq", settings)
    assert children() - before == set()
    assert threading.active_count() < 50


def _cpu(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[0]
    except OSError:
        return ""


def _runs(pid: int) -> bool:
    return _state(pid) not in ("", "Z", "X")
