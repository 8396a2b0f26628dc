"""Errands: one file to read each, and the ways on which they go to where they are done and come back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from fundtrace.pipeline.documents import Outcome, read_file
from fundtrace.pipeline.remembering import Memory
from fundtrace.pipeline.reviewed import Reviewed


@dataclass(frozen=True, slots=True)
class Errand:
    """A file to read, where its records go, and the corrections of it."""

    path: Path
    key: str | None
    memory: Memory
    reviewed: Reviewed


def fetch(errand: Errand) -> Outcome:
    """Reads a file, remembers what became of it, and gives no more than the reason why it could not be read."""
    outcome = read_file(errand.path, errand.reviewed.corrections)
    if outcome.code != "correction-not-found":
        errand.memory.keep(errand.key, errand.path, outcome, errand.reviewed)
    return Outcome(code=outcome.code, zh=outcome.zh, en=outcome.en)


class Way(Protocol):
    """How an errand goes to another process, and how its records come into the data folder of this one."""

    @property
    def read(self) -> Callable[[Any], Outcome]:
        """The function that does there what was packed here."""
        ...

    def pack(self, errand: Errand) -> object:
        """What is sent. Raises `SystemFailure` for what cannot be sent."""
        ...

    def unpack(self, errand: Errand, outcome: Outcome) -> None:
        """Takes in what came of it. Raises `SystemFailure` when it did not arrive."""
        ...


class Here:
    """Processes of this machine, which see what this one sees."""

    read = staticmethod(fetch)

    def pack(self, errand: Errand) -> Errand:
        """The errand itself."""
        return errand

    def unpack(self, errand: Errand, outcome: Outcome) -> None:
        """It is there already."""
