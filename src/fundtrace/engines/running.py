"""What every engine does: it gives a function each piece of work in a process that may die, and tells what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Failed:
    """A piece of work that came to nothing: `error` is the kind of error that was raised, empty when the process died, twice."""

    error: str = ""


class Engine(Protocol):
    """Runs functions somewhere else than in this process."""

    def run(self, function: Callable[[T], R], work: Iterable[T]) -> Iterator[tuple[int, R | Failed]]:
        """What the function made of each piece of work, with its number (from 0), as they are done.

        The function is found by its module and name, and must give the same for the same piece wherever it runs. Work is taken as it can be
        handed on, no more than a little ahead, and a piece may be run more than once. Raises `SystemFailure` when there is nobody
        left to run it.
        """
        ...
