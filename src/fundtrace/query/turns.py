"""Whose turn it is: which of the waiting queries gets the next free worker.

The client with the fewest running queries comes first, then the one that has used the least time since it came, then who
came first. A query that has run for long is slow; slow queries never hold all workers of a pool that has several, so a
quick one always finds one soon.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from fundtrace.errors import QueryError
from fundtrace.query.reasons import busy


@dataclass(slots=True, eq=False)
class Turn:
    """One query's place in the queue: whose it is, when it came, whether it is slow, how often its worker was lost.

    `fresh` is one that has just got a worker, and counts among those that share the processors.
    """

    client: str
    number: int
    slow: bool = False
    restarts: int = 0
    fresh: bool = False


class Turns:
    """The queue of a pool. For one thread.

    `places` is how many queries may run and wait together, `share` how many of them one client may have. No more than
    `at_once` are fresh at a time: the others wait until `loosen` or `stop` says that one is not any more.
    """

    def __init__(self, workers: int, places: int, share: int, at_once: int | None = None) -> None:
        self._at_once = at_once or workers
        self._fresh = 0
        self._slow_places = max(1, workers - 1)
        self._places = places
        self._share = share
        self._admitted: Counter[str] = Counter()
        self._running: Counter[str] = Counter()
        self._spent: Counter[str] = Counter()
        self._slow = 0
        self._numbers = 0
        self._waiting: list[Turn] = []

    def admit(self, client: str) -> Turn:
        """A place for a query. Raises `QueryError`: `too-many` for the client, `unavailable` when there is no place."""
        if self._admitted.total() >= self._places:
            raise busy()
        if self._admitted[client] >= self._share:
            raise QueryError(
                "query-share",
                f"这个客户端已有 {self._share} 条查询在进行；请等它们完成",
                f"this client has {self._share} queries under way; wait until they are answered",
                kind="too-many",
            )
        self._admitted[client] += 1
        self._numbers += 1
        return Turn(client, self._numbers)

    def leave(self, turn: Turn) -> None:
        """Give the place back."""
        self._admitted[turn.client] -= 1
        if not self._admitted[turn.client]:
            for counter in (self._admitted, self._running, self._spent):
                del counter[turn.client]

    @property
    def under_way(self) -> int:
        """Queries that have a place."""
        return self._admitted.total()

    @property
    def waiting(self) -> int:
        """Those of them that stand in the queue."""
        return len(self._waiting)

    @property
    def anybody_waits(self) -> bool:
        """Whether a query that may run waits for a worker."""
        return any(self._may_run(turn) for turn in self._waiting)

    def wait(self, turn: Turn) -> None:
        """Stand in the queue."""
        self._waiting.append(turn)

    def give_up(self, turn: Turn) -> None:
        """Leave the queue without having had a worker."""
        self._waiting.remove(turn)

    def next(self) -> Turn | None:
        """The query that the next free worker is for."""
        if self._fresh >= self._at_once:
            return None
        return min(filter(self._may_run, self._waiting), key=self._rank, default=None)

    def start(self, turn: Turn) -> None:
        """The query has got a worker."""
        self._waiting.remove(turn)
        self._running[turn.client] += 1
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
        self._running[turn.client] -= 1
        # Counters hold whole numbers by their type.
        self._spent[turn.client] += round(seconds * 1000)
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

    def _may_run(self, turn: Turn) -> bool:
        return not turn.slow or self._slow < self._slow_places

    def _rank(self, turn: Turn) -> tuple[int, int, int]:
        return self._running[turn.client], self._spent[turn.client], turn.number
