"""Progress of long work: a bar on a terminal, plain lines in a log."""

from __future__ import annotations

import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

PLAIN_SECONDS = 5.0
"""How often a log without a terminal gets a line."""


class BuildProgress:
    """Counts documents as they are read. Use as a context manager; call `step` once a document.

    Everything goes to the console it is given (stderr), so that the command's answer stays alone on stdout.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._failed = 0
        self._last = time.monotonic()

    def __enter__(self) -> BuildProgress:
        if self._console.is_terminal:
            self._bar = Progress(
                TextColumn("读取文件 reading"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[failed]}"),
                TimeRemainingColumn(),
                console=self._console,
                transient=True,
            )
            self._bar.start()
            self._task = self._bar.add_task("", total=None, failed="")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def step(self, done: int, total: int, *, failed: bool = False) -> None:
        """`done` of `total` documents have been dealt with; `failed` is about the newest of them."""
        self._failed += failed
        note = f"失败 failed {self._failed}" if self._failed else ""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done, total=total, failed=note)
        elif done == total or time.monotonic() - self._last >= PLAIN_SECONDS:
            self._last = time.monotonic()
            self._console.print(f"读取 read {done}/{total} {note}".rstrip(), highlight=False)
