"""Whose turn it is: which of the waiting queries gets the next free worker.

The client with the fewest running queries comes first, then the one that has used the least time since it came, then who
came first. A query that has run for long is slow; slow queries never hold all workers of a pool that has several, so a
quick one always finds one soon.
"""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final

from fundtrace.errors import QueryError
from fundtrace.query.reasons import busy

_NUMBER = attrgetter("number")


@dataclass(slots=True, eq=False)
class Account:
    """What one client has under way: its places, running queries, seconds used, and those that wait, as they came."""

    places: int = 0
    running: int = 0
    seconds: float = 0.0
    quick: list[Turn] = field(default_factory=list)
    slow: list[Turn] = field(default_factory=list)

    def queue(self, turn: Turn) -> list[Turn]:
        """Where a turn waits."""
        return self.slow if turn.slow else self.quick

    def first(self, *, slow_too: bool) -> Turn | None:
        """The one that came first of those that may run."""
        quick, slow = self.quick, self.slow
        if slow and slow_too and not (quick and quick[0].number < slow[0].number):
            return slow[0]
        return quick[0] if quick else None


@dataclass(slots=True, eq=False)
class Turn:
    """One query's place in the queue: whose it is, when it came, whether it is slow, how often its worker was lost.

    `fresh` is one that has just got a worker, and counts among those that share the processors.
    """

    client: str
    number: int
    account: Account
    slow: bool = False
    restarts: int = 0
    fresh: bool = False


class Turns:
    """The queue of a pool. For one thread.

    `places` is how many queries may run and wait together, `share` how many of them one client may have. No more than
    `at_once` are fresh at a time: the others wait until `loosen` or `stop` says that one is not any more.
    """

    def __init__(self, workers: int, places: int, share: int, at_once: int | None = None) -> None:
        self.at_once: Final = at_once or workers
        self._fresh = 0
        self._slow_places = max(1, workers - 1)
        self._places = places
        self._share = share
        self._accounts: dict[str, Account] = {}
        self._slow = 0
        self._numbers = 0
        self._under_way = 0
        self._waiting = 0

    def admit(self, client: str) -> Turn:
        """A place for a query. Raises `QueryError`: `too-many` for the client, `unavailable` when there is no place."""
        if self._under_way >= self._places:
            raise busy()
        account = self._accounts.get(client)
        if account is None:
            account = self._accounts[client] = Account()
        elif account.places >= self._share:
            raise QueryError(
                "query-share",
                f"这个客户端已有 {self._share} 条查询在进行；请等它们完成",
                f"this client has {self._share} queries under way; wait until they are answered",
                kind="too-many",
            )
        account.places += 1
        self._under_way += 1
        self._numbers += 1
        return Turn(client, self._numbers, account)

    def leave(self, turn: Turn) -> None:
        """Give the place back."""
        turn.account.places -= 1
        self._under_way -= 1
        if not turn.account.places:
            del self._accounts[turn.client]

    @property
    def under_way(self) -> int:
        """Queries that have a place."""
        return self._under_way

    @property
    def waiting(self) -> int:
        """Those of them that stand in the queue."""
        return self._waiting

    @property
    def anybody_waits(self) -> bool:
        """Whether a query that may run waits for a worker."""
        return self._first() is not None

    def wait(self, turn: Turn) -> None:
        """Stand in the queue."""
        queue = turn.account.queue(turn)
        self._waiting += 1
        if queue and queue[-1].number > turn.number:
            # It had a worker before, and comes before who came later.
            insort(queue, turn, key=_NUMBER)
        else:
            queue.append(turn)

    def give_up(self, turn: Turn) -> None:
        """Leave the queue without having had a worker."""
        turn.account.queue(turn).remove(turn)
        self._waiting -= 1

    def next(self) -> Turn | None:
        """The query that the next free worker is for."""
        if self._fresh >= self.at_once or not self._waiting:
            return None
        return self._first()

    def start(self, turn: Turn) -> None:
        """The query has got a worker."""
        self.give_up(turn)
        turn.account.running += 1
        self._slow += turn.slow
        turn.fresh = True
        self._fresh += 1

    def loosen(self, turn: Turn) -> bool:
        """A running query is fresh no more; whether it was."""
        was = turn.fresh
        turn.fresh = False
        self._fresh -= was
        return was

    def stop(self, turn: Turn, seconds: float) -> None:
        """The query has left its worker after so many seconds."""
        self.loosen(turn)
        turn.account.running -= 1
        turn.account.seconds += seconds
        self._slow -= turn.slow

    def slow_down(self, turn: Turn) -> bool:
        """A running query has turned out slow: whether it may stay on its worker, and is counted as slow."""
        if turn.slow:
            return True
        if self._slow >= self._slow_places:
            return False
        turn.slow = True
        self._slow += 1
        return True

    def _first(self) -> Turn | None:
        slow_too = self._slow < self._slow_places
        found, least = None, None
        for account in self._accounts.values():
            turn = account.first(slow_too=slow_too)
            if turn is None:
                continue
            rank = account.running, account.seconds, turn.number
            if least is None or rank < least:
                found, least = turn, rank
        return found
