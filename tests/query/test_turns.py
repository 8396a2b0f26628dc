"""Whose turn it is in a pool."""

from __future__ import annotations

import pytest

from fundtrace.errors import QueryError
from fundtrace.query.turns import Turn, Turns


def _waiting(turns: Turns, client: str) -> Turn:
    turn = turns.admit(client)
    turns.wait(turn)
    return turn


def test_a_client_with_nothing_running_comes_first() -> None:
    """Who has queries running waits for who has none, whoever came first."""
    turns = Turns(workers=3, places=10, share=5)
    first, second, other = _waiting(turns, "a"), _waiting(turns, "a"), _waiting(turns, "b")
    assert turns.next() is first
    turns.start(first)
    assert turns.next() is other
    turns.start(other)
    assert turns.next() is second


def test_a_client_that_has_used_less_time_comes_first() -> None:
    """Seconds count, not queries."""
    turns = Turns(workers=1, places=10, share=5)
    for client, seconds in (("a", 2.0), ("b", 0.5)):
        turn = _waiting(turns, client)
        _waiting(turns, client)
        turns.start(turn)
        turns.stop(turn, seconds)
        turns.leave(turn)
    assert turns.anybody_waits
    first = turns.next()
    assert first is not None
    assert first.client == "b"


def test_slow_queries_leave_a_worker_free() -> None:
    """Of two workers one is for slow queries; a second one must wait for it."""
    turns = Turns(workers=2, places=10, share=5)
    slow, slower = _waiting(turns, "a"), _waiting(turns, "b")
    turns.start(slow)
    turns.start(slower)
    assert turns.slow_down(slow)
    assert turns.slow_down(slow)
    assert not turns.slow_down(slower)
    turns.stop(slower, 1)
    slower.slow = True
    turns.wait(slower)
    assert not turns.anybody_waits
    quick = _waiting(turns, "c")
    assert turns.next() is quick
    turns.give_up(quick)
    turns.stop(slow, 1)
    assert turns.next() is slower


def test_no_more_are_fresh_than_share_the_processors() -> None:
    """The next one starts when the one before has ended, or has lasted."""
    turns = Turns(workers=3, places=10, share=5, at_once=1)
    first, second, third = (_waiting(turns, client) for client in "abc")
    turns.start(first)
    assert turns.next() is None
    assert turns.anybody_waits
    assert turns.loosen(first)
    assert not turns.loosen(first)
    assert turns.next() is second
    turns.start(second)
    assert turns.next() is None
    turns.stop(second, 0.001)
    assert turns.next() is third


def test_places_and_shares_end() -> None:
    """A client with its share is told so, and everybody when there is no place; what is left may be taken again."""
    turns = Turns(workers=1, places=3, share=2)
    held = [turns.admit("a"), turns.admit("a")]
    with pytest.raises(QueryError) as caught:
        turns.admit("a")
    assert (caught.value.code, caught.value.kind) == ("query-share", "too-many")
    turns.admit("b")
    with pytest.raises(QueryError) as caught:
        turns.admit("c")
    assert (caught.value.code, caught.value.kind) == ("query-queue", "unavailable")
    for turn in held:
        turns.leave(turn)
    assert turns.admit("a").number == 4


def test_who_had_a_worker_before_comes_before_who_came_later() -> None:
    """A query that has to be asked again keeps its place in the queue of its client."""
    turns = Turns(workers=3, places=10, share=5)
    first, second, third = (_waiting(turns, "a") for _ in range(3))
    turns.start(first)
    turns.stop(first, 0.1)
    first.slow = True
    turns.start(second)
    turns.stop(second, 0.1)
    turns.wait(first)
    turns.wait(second)
    order = []
    while turn := turns.next():
        order.append(turn)
        turns.give_up(turn)
    assert order == [first, second, third]
