"""The bounds of one piece of work, kept by the process that does it, the same on every engine."""

from __future__ import annotations

import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a piece of work may cost. Both are far above what a document needs that its reader does not refuse."""

    seconds: float = 600.0
    """By the clock on the wall; then its process ends."""
    memory: int = 2 << 30
    """Bytes of data of the process; then it gets no more."""

    def begin(self) -> None:
        """Bound the memory of this process, where the system can."""
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        with suppress(ValueError, OSError):
            hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
            soft = self.memory if hard == resource.RLIM_INFINITY else min(self.memory, hard)
            resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))

    def run(self, function: Callable[[T], R], argument: T) -> R:
        """What the function gives, in time; else this process ends."""
        signal.setitimer(signal.ITIMER_REAL, self.seconds)
        try:
            return function(argument)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
