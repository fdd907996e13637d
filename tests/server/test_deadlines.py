"""Deadlines kill what is late and nothing else."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from musubi.server.deadlines import Deadline, Deadlines


@pytest.fixture
def deadlines() -> Iterator[Deadlines]:
    watched = Deadlines(0.2)
    yield watched
    watched.close()


def test_what_is_late_is_killed_at_its_moment(deadlines: Deadlines) -> None:
    killed: list[float] = []
    for pause in (0.0, 0.1, 0.15):
        time.sleep(pause)
        begun = time.monotonic()
        deadlines.set(lambda begun=begun: killed.append(time.monotonic() - begun))  # type: ignore[misc]
    time.sleep(0.5)
    assert len(killed) == 3
    assert all(0.2 <= seconds < 0.4 for seconds in killed)


def test_what_was_done_in_time_is_not_killed(deadlines: Deadlines) -> None:
    killed = threading.Event()
    met = [deadlines.set(killed.set) for _ in range(50)]
    assert all(one.met() for one in met)
    assert not killed.wait(0.4)


def test_what_was_killed_was_not_in_time(deadlines: Deadlines) -> None:
    killed = threading.Event()
    deadline = deadlines.set(killed.set)
    assert killed.wait(1)
    assert not deadline.met()


def test_of_two_who_come_at_once_only_one_wins() -> None:
    outcomes = []
    for _ in range(200):
        killed = threading.Event()
        deadline = Deadline(0.0, killed.set)
        thread = threading.Thread(target=deadline.expire)
        thread.start()
        in_time = deadline.met()
        thread.join()
        outcomes.append(in_time != killed.is_set())
    assert outcomes == [True] * 200


def test_closed_deadlines_leave_no_thread() -> None:
    before = threading.active_count()
    watched = Deadlines(60.0)
    assert threading.active_count() == before + 1
    watched.close()
    assert threading.active_count() == before
