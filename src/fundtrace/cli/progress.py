"""Progress of long work: a bar on a terminal, plain lines in a log, and one JSON object a line for programs."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from fundtrace.errors import UsageError

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
        self._start = self._last = time.monotonic()

    def __enter__(self) -> BuildProgress:
        if self._console.is_terminal:
            self._bar = Progress(
                TextColumn("读取文件 reading"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[note]}"),
                TimeRemainingColumn(),
                console=self._console,
                transient=True,
            )
            self._bar.start()
            self._task = self._bar.add_task("", total=None, note="")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def step(self, done: int, total: int, *, failed: bool = False) -> None:
        """`done` of `total` documents have been dealt with; `failed` is about the newest of them."""
        self._failed += failed
        now = time.monotonic()
        rate = done / max(now - self._start, 0.001)
        note = f"失败 failed {self._failed}" if self._failed else ""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done, total=total, note=f"{rate:.1f}/s {note}".rstrip())
        elif done == total or now - self._last >= PLAIN_SECONDS:
            self._last = now
            left = f"{rate:.1f}/s 剩余 left {(total - done) / rate:.0f} s" if done < total else ""
            self._console.print(
                " ".join(filter(None, (f"读取 read {done}/{total}", left, note))), highlight=False
            )


@contextmanager
def event_log(path: Path | None) -> Iterator[Callable[[str, Mapping[str, object]], None]]:
    """Gives what writes events to a file, one JSON object a line with its time; to nowhere without a path.

    Raises `UsageError` `output-file` for a file that cannot be written.
    """
    if path is None:
        yield _nowhere
        return
    try:
        file = path.open("a", encoding="utf-8", buffering=1)
    except OSError as error:
        raise UsageError(
            "output-file",
            f"无法写入：{error.strerror}",
            f"cannot be written: {error.strerror}",
            subject=str(path),
        ) from error
    with file:

        def write(event: str, about: Mapping[str, object]) -> None:
            told = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **about}
            file.write(json.dumps(told, ensure_ascii=False) + "\n")

        yield write


def _nowhere(event: str, about: Mapping[str, object]) -> None:
    """Forgets it."""
