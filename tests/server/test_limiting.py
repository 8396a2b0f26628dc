"""The token buckets of clients."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace_server import limiting
from fundtrace_server.limiting import RateLimit


class Clock:
    """A time that tests set."""

    now = 1_000.0

    def __call__(self) -> float:
        """It stands still in between."""
        return self.now


def test_a_burst_and_then_the_rate() -> None:
    """So many at once, then one whenever there is a token again; a refusal takes none."""
    clock = Clock()
    limit = RateLimit(4, 10, clock)
    assert [limit.wait("192.0.2.7") for _ in range(10)] == [0.0] * 10
    assert [limit.wait("192.0.2.7") for _ in range(3)] == [0.25] * 3
    clock.now += 0.25
    assert limit.wait("192.0.2.7") == 0
    assert limit.wait("192.0.2.7") == 0.25
    clock.now += 3_600
    assert [limit.wait("192.0.2.7") for _ in range(10)] == [0.0] * 10
    assert limit.wait("192.0.2.7") == 0.25


def test_clients_do_not_take_each_others_tokens() -> None:
    """Two addresses are two clients, two addresses of one IPv6 network are one; this machine is not counted."""
    limit = RateLimit(1, 1, Clock())
    assert [limit.wait(one) for one in ("192.0.2.1", "192.0.2.2", "2001:db8::1")] == [0.0] * 3
    assert limit.wait("2001:db8::ffff:1") == 1
    assert limit.wait("2001:db8:0:1::1") == 0
    assert [limit.wait(one) for one in ("127.0.0.1", "::1") * 5] == [0.0] * 10


def test_a_rate_of_nothing_is_no_limit() -> None:
    """And remembers nobody."""
    limit = RateLimit(0, 1)
    assert {limit.wait("192.0.2.7") for _ in range(100)} == {0.0}
    assert limit.remembered == 0


def test_few_clients_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many ask; whoever asked last still is."""
    monkeypatch.setattr(limiting, "MOST_CLIENTS", 100)
    limit = RateLimit(1, 1, Clock())
    for number in range(1_000):
        assert limit.wait(f"10.0.{number // 256}.{number % 256}") == 0
    assert limit.remembered == 100
    assert limit.wait("10.0.3.231") == 1
    assert limit.wait("10.0.0.0") == 0


@settings(max_examples=50, deadline=None)
@given(
    st.floats(0.1, 1_000),
    st.integers(1, 50),
    st.lists(st.floats(0, 2), min_size=1, max_size=80),
)
def test_no_stretch_of_time_has_more_than_burst_and_rate(
    rate: float, burst: int, pauses: list[float]
) -> None:
    """Between any two moments a client gets at most the burst and what the rate gives meanwhile; the wait that is told suffices."""
    clock = Clock()
    limit = RateLimit(rate, burst, clock)
    passed = []
    for pause in pauses:
        clock.now += pause
        wait = limit.wait("192.0.2.7")
        if wait:
            clock.now += wait + 1e-6
            assert limit.wait("192.0.2.7") == 0
        passed.append(clock.now)
    for number, begun in enumerate(passed):
        for count, ended in enumerate(passed[number:], 1):
            assert count <= burst + (ended - begun) * rate + 1e-3
