"""What is kept for the next time: bounded in number and weight, the least lately used goes first."""

from __future__ import annotations

from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

_Kept = TypeVar("_Kept")


class Keeping(Generic[_Kept]):
    """Values by key, at most so many and of at most so much weight together; for any number of threads."""

    def __init__(self, number: int, weight: int) -> None:
        self._number, self._most = number, weight
        self._weight = 0
        self._kept: dict[Hashable, tuple[_Kept, int]] = {}
        self._lock = Lock()

    def get(self, key: Hashable) -> _Kept | None:
        """The value of a key; None if it is not kept."""
        with self._lock:
            found = self._kept.pop(key, None)
            if found is None:
                return None
            self._kept[key] = found
            return found[0]

    def put(self, key: Hashable, value: _Kept, weight: int) -> None:
        """Keep a value in place of what has gone unused for longest."""
        with self._lock:
            self._weight += weight - self._kept.pop(key, (None, 0))[1]
            self._kept[key] = value, weight
            while self._kept and (len(self._kept) > self._number or self._weight > self._most):
                self._weight -= self._kept.pop(next(iter(self._kept)))[1]
