"""Answers remembered: a form prints the same short texts again and again, and each text is asked about many times over."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

T = TypeVar("T")

LONGEST = 256
"""Letters of the longest text whose answer is kept."""

MOST = 4_096
"""So many answers to one question are kept; then all are forgotten, and those that still matter are soon known again."""


class _Known(dict[str, T]):
    """The answers that are known; any other text is asked, and kept within the two bounds."""

    def __init__(self, ask: Callable[[str], T]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, text: str) -> T:
        if len(text) > LONGEST:
            return self._ask(text)
        if len(self) >= MOST:
            self.clear()
        answer = self[text] = self._ask(text)
        return answer


def memo(ask: Callable[[str], T]) -> Callable[[str], T]:
    """A function of one text that remembers its answers, which must follow from the text alone and never be changed.

    Bounded in number and in length, so that no document makes it grow without end.
    """
    known = _Known(ask)

    @wraps(ask)
    def recall(text: str) -> T:
        return known[text]

    return recall
