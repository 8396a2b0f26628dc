"""One build at a time in a data folder: a lock that the system takes back from a process that dies."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fundtrace.errors import SystemFailure


@contextmanager
def build_lock(file: Path) -> Iterator[None]:
    """Holds the lock; raises `SystemFailure` `build-running` at once if another process holds it."""
    with file.open("ab") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SystemFailure(
                "build-running",
                "另一个构建正在写入这个数据文件夹；等它结束后再试，或用 --data 另选文件夹",
                "another build is writing to this data folder; try again when it has ended, or choose another --data",
                subject=str(file.parent),
            ) from error
        yield
