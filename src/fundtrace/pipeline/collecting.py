"""Every file of a build read once in its life: what is remembered is not read, what is read is remembered at once.

So a build that is stopped goes on where it was, and no more than one document need be in memory at a time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from fundtrace.engines import Engine
from fundtrace.errors import SystemFailure, UsageError
from fundtrace.graph import Outline, outline
from fundtrace.pipeline.documents import Outcome, read_file
from fundtrace.pipeline.errands import Errand, Here, Way
from fundtrace.pipeline.harvesting import DIED, Step, harvest
from fundtrace.pipeline.remembering import Memory
from fundtrace.pipeline.reviewed import NOTHING, Reviewed
from fundtrace.records import Document
from fundtrace.release import Coverage

Log: TypeAlias = Callable[[str, Mapping[str, object]], None]
"""Is told what happened, in one word, and about what."""


@dataclass(slots=True)
class Collected:
    """The files of a build in their order, as far as they could be read; `refused` maps their number to the reason.

    `unchanged` of them were not read again.
    """

    errands: Sequence[Errand]
    refused: Mapping[int, Outcome]
    unchanged: int
    cells: list[int] = field(default_factory=lambda: [0, 0, 0, 0])

    @property
    def files(self) -> int:
        """The number of files that could be read."""
        return len(self.errands) - len(self.refused)

    @property
    def coverage(self) -> Coverage:
        """The cells of the documents that have been given so far."""
        cells, used, ignored, unclaimed = self.cells
        return Coverage(cells=cells, used=used, ignored=ignored, unclaimed=unclaimed)

    def outlines(self) -> Iterator[Outline]:
        """The outlines of all documents, in the order of `documents`."""
        for number, errand in enumerate(self.errands):
            if number not in self.refused:
                known = errand.memory.outlines(errand.key)
                yield from map(outline, _documents(errand)) if known is None else known

    def documents(self) -> Iterator[Document]:
        """All documents, one file in memory at a time."""
        self.cells = [0, 0, 0, 0]
        for number, errand in enumerate(self.errands):
            if number not in self.refused:
                for document in _documents(errand):
                    told = document.coverage
                    counts = told.cells, told.used, told.ignored, len(told.unclaimed)
                    self.cells = [one + two for one, two in zip(self.cells, counts, strict=True)]
                    yield document


def collect(
    files: Sequence[tuple[Path, str]],
    data: Path,
    engine: Engine,
    step: Step,
    log: Log,
    reviewed: Reviewed = NOTHING,
    *,
    retry: bool = False,
    way: Way | None = None,
) -> Collected:
    """Reads the files (path and name for people) that are not remembered; `retry` reads refused ones again.

    `way` leads to where the engine works, if that is not this machine. Raises `UsageError` `correction-not-found` for a correction
    that does not fit what was read, and what the engine and the way raise.
    """
    road: Way = way or Here()
    memory = Memory(data)
    errands = [Errand(path, memory.key(path, reviewed), memory, reviewed) for path, _ in files]
    refused: dict[int, Outcome] = {}
    rest: list[int] = []
    known = 0
    for number, errand in enumerate(errands):
        refusal = None if retry else memory.refusal(errand.key)
        if refusal is not None:
            refused[number] = refusal
        elif not memory.holds(errand.key):
            rest.append(number)
            continue
        known += 1
        step(known, len(errands), failed=refusal is not None)
    unchanged = known - len(refused)
    log("found", {"files": len(errands), "known": known})

    def told(done: int, total: int, *, failed: bool = False) -> None:
        step(known + done, known + total, failed=failed)

    start = time.monotonic()
    packed = (road.pack(errands[number]) for number in rest)
    for place, outcome in harvest(packed, len(rest), engine, told, road.read):
        number = rest[place]
        if outcome == DIED:
            memory.keep(errands[number].key, errands[number].path, outcome, reviewed)
        if outcome.code == "correction-not-found":
            raise UsageError(outcome.code, outcome.zh, outcome.en)
        road.unpack(errands[number], outcome)
        if outcome.code:
            refused[number] = outcome
        seconds = round(time.monotonic() - start, 3)
        log("read", {"file": files[number][1], "code": outcome.code or None, "seconds": seconds})
    memory.forget_others()
    return Collected(errands, dict(sorted(refused.items())), unchanged)


def _documents(errand: Errand) -> tuple[Document, ...]:
    known = errand.memory.recall(errand.key) or read_file(errand.path, errand.reviewed.corrections)
    if known.code:
        raise SystemFailure(
            "file-changed",
            f"文件在构建当中变了或不见了（{known.zh}）；请等它写完再构建",
            f"the file changed or went away during the build ({known.en}); build again when it is complete",
            subject=str(errand.path),
        )
    return known.documents
