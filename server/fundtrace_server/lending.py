"""Lends the connection of a client that asks one quick query after the other to the worker that answers them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, NamedTuple, TypeAlias

from starlette.types import Scope

from fundtrace.query import WorkerPool
from fundtrace.query.loans import Terms, Told
from fundtrace.settings import Settings
from fundtrace_server.connections import CONNECTION, WRITTEN, Connection
from fundtrace_server.headers import Headers
from fundtrace_server.holding import Serving
from fundtrace_server.identifying import HEADER, own_prefix
from fundtrace_server.limiting import RateLimit
from fundtrace_server.logs import Answered
from fundtrace_server.patterns import pattern_of

OFFER: Final = "fundtrace.offer"
"""Where the scope of a request that was a query of no kept answer holds its `Offer`."""

IN_A_ROW: Final = 4
"""Quick queries after which a connection is lent."""
PACE_SECONDS: Final = 0.1
"""Seconds between two of them at most."""

_CHANGING: Final = frozenset(
    {b"content-length", b"content-type", b"content-encoding", b"etag", b"date", HEADER}
)
"""Headers that a worker writes for each answer."""


class Offer(NamedTuple):
    """Of a query: who answered, the formats that are wanted, whether gzip is, and the seconds until there was an answer."""

    serving: Serving
    pool: WorkerPool
    solutions: str | None
    graph: str | None
    gzip: bool
    seconds: float


Note: TypeAlias = Callable[[Scope, Answered], None]
"""Counts and logs a request."""


class Lending:
    """Decides which connections are lent. `note` and `limit` count what is answered over them."""

    def __init__(self, settings: Settings, note: Note, limit: RateLimit) -> None:
        # Ids of their own are not to be had by workers, nor are those that clients send.
        self._lends = settings.sparql_quick_ms > 0 and settings.request_ids == "own"
        self._seconds = settings.sparql_seconds
        self._quick_seconds = settings.sparql_quick_ms / 1000
        self._note = note
        self._limit = limit

    def consider(self, scope: Scope, head: Headers, client: str) -> None:
        """Lend the connection of a request that was answered with this head, if some in a row were like it."""
        connection: Connection | None = scope.get(CONNECTION)
        offer: Offer = scope[OFFER]
        if connection is None or not self._lends or offer.seconds >= self._quick_seconds:
            return
        now, pattern = time.monotonic(), pattern_of(scope[WRITTEN])
        before, connection.pattern = connection.pattern, pattern
        goes_on = now - connection.quick_at < PACE_SECONDS and pattern == before
        connection.quick_at = now
        connection.quick_in_a_row = connection.quick_in_a_row + 1 if goes_on else 1
        if pattern is None or connection.quick_in_a_row < IN_A_ROW:
            return
        connection.quick_in_a_row = 0
        descriptor = connection.lend(offer.pool.recall)
        if descriptor is None:
            return
        names = {name for name, _ in head}
        terms = Terms(
            number=0,
            pattern=pattern,
            solutions=offer.solutions,
            graph=offer.graph,
            head=_written(head),
            ids=own_prefix(),
            version=offer.serving.release.version if b"etag" in names else "",
            gzip=offer.gzip,
            seconds=self._seconds,
            quick_seconds=self._quick_seconds,
        )
        loan = _Loan(connection, offer, terms.ids, scope, client, self._note, self._limit)
        if offer.pool.lend(descriptor, terms, client, loan):
            offer.serving.enter()
        else:
            connection.take_back(b"", sure=True)


class _Loan:
    """A connection that is lent."""

    def __init__(
        self,
        connection: Connection,
        offer: Offer,
        ids: str,
        scope: Scope,
        client: str,
        note: Note,
        limit: RateLimit,
    ) -> None:
        self._connection = connection
        self._offer = offer
        self._ids = ids
        self._scope = scope
        self._client = client
        self._note = note
        self._limit = limit
        self._count = 0

    def on_told(self, told: Told) -> None:
        """An answer was given."""
        self._count += 1
        request = f"{self._ids}{self._count:08x}"
        self._note(self._scope, Answered(request, 200, told.seconds, told.size, self._client, told.moment))
        if self._limit.wait(self._client):
            # The next request is refused, once it is asked here.
            self._offer.pool.recall()

    def on_back(self, rest: bytes, *, sure: bool) -> None:
        """It is back."""
        self._connection.take_back(rest, sure=sure)
        self._offer.serving.leave()


def _written(head: Headers) -> bytes:
    kept = [(name, value) for name, value in head if name.lower() not in _CHANGING]
    return b"HTTP/1.1 200 OK\r\n" + b"".join(b"%b: %b\r\n" % one for one in kept)
