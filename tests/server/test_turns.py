"""First come, first served."""

from __future__ import annotations

import threading
import time

import pytest

from musubi.errors import Busy
from musubi.server.turns import Turns


def test_who_waits_is_served_in_the_order_of_coming() -> None:
    turns: Turns[str] = Turns(lent=1, queue=20)
    turns.add("thing")
    assert turns.take(1) == "thing"
    served: list[int] = []

    def wait(number: int) -> None:
        thing = turns.take(5)
        served.append(number)
        turns.add(thing)
        turns.done()

    threads = [threading.Thread(target=wait, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
        time.sleep(0.01)
    turns.add("thing")
    turns.done()
    for thread in threads:
        thread.join(5)
    assert served == list(range(12))


def test_no_more_are_lent_than_allowed_even_if_there_are_spares() -> None:
    turns: Turns[str] = Turns(lent=1, queue=5)
    turns.add("first")
    turns.add("spare")
    assert turns.take(0.1) == "first"
    with pytest.raises(Busy, match=r"free within 0\.05 s"):
        turns.take(0.05)
    turns.done()
    assert turns.take(0.1) == "spare"


def test_full_queue_turns_away_at_once() -> None:
    turns: Turns[str] = Turns(lent=1, queue=0)
    turns.add("thing")
    assert turns.take(1) == "thing"
    begun = time.monotonic()
    with pytest.raises(Busy, match="are waiting already"):
        turns.take(5)
    assert time.monotonic() - begun < 1


def test_who_gave_up_is_not_served_later() -> None:
    turns: Turns[str] = Turns(lent=1, queue=5)
    with pytest.raises(Busy):
        turns.take(0.01)
    turns.add("thing")
    assert turns.take(0.1) == "thing"
