"""Answers to queries of the public, and a store of them that is bounded in bytes.

A release never changes, so an answer may be given again as long as the query asks for nothing that changes by itself.
"""

from __future__ import annotations

import hashlib
import re
import sys
import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

LARGEST: Final = 1 << 20
"""Bytes of the largest answer that is held whole and kept; larger ones are streamed."""

Key: TypeAlias = tuple[object, ...]
"""What two requests with one answer have in common: the query first, then all else."""

_CHANGING = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\b|\\u", re.IGNORECASE)
_OVERHEAD = 512
_DIGITS = 24


@dataclass(frozen=True)
class Answer:
    """A whole answer: its bytes, their media type, and its form (`solutions`, `boolean` or `graph`)."""

    body: bytes
    media_type: str
    form: str

    @cached_property
    def digest(self) -> str:
        """What tells this answer from others over the same release."""
        # Processors have instructions for it: half the time of others that are as safe.
        hashed = hashlib.sha256(self.media_type.encode() + b"\n")
        hashed.update(self.body)
        return hashed.hexdigest()[:_DIGITS]


def is_lasting(query: str) -> bool:
    """Whether a query has one answer over one release: nothing in it asks for the time or for chance."""
    letters = query.upper()
    # Most queries have none of the letters, and are spared the expression.
    return (
        not (
            "NOW" in letters
            or "RAND" in letters
            or "UUID" in letters
            or "BNODE" in letters
            or "\\U" in letters
        )
        or _CHANGING.search(query) is None
    )


class Answers:
    """The answers given last, by what was asked, as many as fit into a number of bytes. Safe from any thread."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._kept: OrderedDict[Key, tuple[Answer, int]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        """Bytes that are kept, queries and bookkeeping included."""
        return self._size

    def get(self, key: Key) -> Answer | None:
        """An answer that was kept."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: Key, answer: Answer) -> None:
        """Keep an answer, unless it is too large, and let go of those that were asked for longest ago."""
        size = len(answer.body) + sys.getsizeof(key[0]) + _OVERHEAD
        if len(answer.body) > LARGEST or size > self._limit:
            return
        with self._lock:
            before = self._kept.pop(key, None)
            if before is not None:
                self._size -= before[1]
            self._kept[key] = answer, size
            self._size += size
            while self._size > self._limit:
                self._size -= self._kept.popitem(last=False)[1][1]
