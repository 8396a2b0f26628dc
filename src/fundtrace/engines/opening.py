"""Opens an engine by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from fundtrace.engines.bounding import Bounds
from fundtrace.engines.local import Local
from fundtrace.engines.running import Engine
from fundtrace.errors import UsageError

ENGINES: Final = ("local", "dask")
"""The names of the engines."""


@contextmanager
def opened(
    name: str, jobs: int, scheduler: str, likeness: Callable[[], str], bounds: Bounds | None = None
) -> Iterator[Engine]:
    """The engine of a name, closed in the end.

    `jobs` is the number of processes on this machine, `scheduler` the address of a Dask scheduler (empty for what Dask's own
    configuration names, else a cluster of this machine). `likeness` is run on every worker and here, and must give the same. Raises
    `UsageError` `engine-missing` where Dask is not installed, and what `cluster.connected` raises.
    """
    if name == "local":
        yield Local(jobs, bounds)
        return
    try:
        from fundtrace.engines.cluster import connected
    except ModuleNotFoundError as error:
        raise UsageError(
            "engine-missing",
            f"没有安装 {error.name}；请运行 pip install 'fundtrace[dask]'",
            f"{error.name} is not installed; run: pip install 'fundtrace[dask]'",
            subject="--engine dask",
        ) from error
    with connected(jobs, scheduler, likeness, bounds or Bounds()) as engine:
        yield engine
