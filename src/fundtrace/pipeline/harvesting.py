"""Reading many files on an engine: a file that kills its reader is set aside, and the others are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from fundtrace.engines import Engine, Failed
from fundtrace.pipeline.documents import Outcome

T = TypeVar("T")


class Step(Protocol):
    """Is told after each file how many of how many are done, and whether this one failed."""

    def __call__(self, done: int, total: int, *, failed: bool = False) -> None:
        """Takes note."""


DIED = Outcome(
    code="reader-died",
    zh="读取这个文件的进程意外终止，可能是内存不足；请拆分文件，或换一种格式另存",
    en="the process that read this file died, perhaps for want of memory; split the file or save it in another format",
)
"""What becomes of a file whose reader died twice."""


def harvest(
    work: Iterable[T], total: int, engine: Engine, step: Step, read: Callable[[T], Outcome]
) -> Iterator[tuple[int, Outcome]]:
    """What `read` made of each of `total` pieces of work, with its number, as they are done. Raises what the engine raises."""
    for done, (number, found) in enumerate(engine.run(read, work), start=1):
        outcome = _failed(found) if isinstance(found, Failed) else found
        step(done, total, failed=bool(outcome.code))
        yield number, outcome


def _failed(failure: Failed) -> Outcome:
    if not failure.error:
        return DIED
    return Outcome(
        code="reader-failed",
        zh=f"读取程序出错（{failure.error}）；请把文件和这条消息报告给我们",
        en=f"the reader has a fault ({failure.error}); please report it with the file",
    )
