"""How many requests a client may send to this process: a token bucket each, of which few numbers are remembered."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from fundtrace_server.callers import is_of_this_machine, network_of

MOST_CLIENTS: Final = 10_000
"""Clients that are remembered; the one that asked longest ago is forgotten, as if it had never asked."""


class RateLimit:
    """Lets `rate` requests a second through for each client, and `burst` at once after a pause.

    Of each client one time is kept: when its bucket will be full again (the generic cell rate algorithm). An IPv6 client is its
    /64 network. Requests from this machine are not counted: they are those of its operator, or of a proxy that is not trusted to
    say who asks, and all its clients are not one. A rate of 0 lets everything through. It belongs to one event loop.
    """

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._step = 1 / rate if rate else 0.0
        self._slack = self._step * (burst - 1)
        self._clock = clock
        self._full: OrderedDict[str, float] = OrderedDict()

    def wait(self, client: str) -> float:
        """Takes a token for a request. Seconds after which there will be one, if there is none now; else 0."""
        if not self._step or is_of_this_machine(client):
            return 0.0
        known, now = self._full, self._clock()
        network = network_of(client)
        full = max(known.get(network, now), now)
        missing = full - now - self._slack
        if missing > 0:
            return missing
        known[network] = full + self._step
        known.move_to_end(network)
        if len(known) > MOST_CLIENTS:
            known.popitem(last=False)
        return 0.0

    @property
    def remembered(self) -> int:
        """Clients that it knows of."""
        return len(self._full)
