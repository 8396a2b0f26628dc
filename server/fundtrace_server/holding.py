"""The release that is being served, and its change to a new one without a restart."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from fundtrace.errors import SystemFailure
from fundtrace.query import WorkerPool
from fundtrace.release import Release, open_release
from fundtrace.settings import Settings

_log = logging.getLogger(__name__)
SCOPE_KEY = "fundtrace"
"""Where a request's scope holds the `Serving` that answers it."""


class Serving:
    """One open release and the worker processes that evaluate SPARQL over it.

    It counts the requests that use it, and closes its workers when it is retired and the last one has left.
    """

    def __init__(self, release: Release, pool: WorkerPool) -> None:
        self.release = release
        self.pool = pool
        self._users = 0
        self._retired = False
        self._lock = threading.Lock()

    @contextmanager
    def used(self) -> Iterator[Serving]:
        """Keep it open for one request."""
        with self._lock:
            self._users += 1
        try:
            yield self
        finally:
            with self._lock:
                self._users -= 1
                last = self._retired and self._users == 0
            if last:
                self.pool.close()

    def retire(self) -> None:
        """Close it as soon as nobody uses it."""
        with self._lock:
            idle = self._users == 0 and not self._retired
            self._retired = True
        if idle:
            self.pool.close()


def serving_of(request: Request) -> Serving:
    """The release that answers a request."""
    serving: Serving = request.scope[SCOPE_KEY]
    return serving


class Holder:
    """Opens the current release (or a named one), and opens the next when `data/current` changes."""

    def __init__(self, settings: Settings, version: str | None) -> None:
        self._settings = settings
        self._version = version
        self._mark: tuple[int, int, int] | None = None
        self._serving: Serving | None = None
        self._lock = threading.Lock()

    def open(self) -> None:
        """Open the release. Raises `SystemFailure` when there is none."""
        self._mark = self._read_mark()
        self._serving = self._make()

    def close(self) -> None:
        """Let the release go."""
        if self._serving:
            self._serving.retire()
            self._serving = None

    @property
    def serving(self) -> Serving:
        """What answers now. Raises `SystemFailure` before `open` and after `close`."""
        if self._serving is None:
            raise SystemFailure("not-serving", "服务正在启动或停止", "the server is starting or stopping")
        return self._serving

    def is_stale(self) -> bool:
        """Whether another release has become current: one look at the file's number, time and size."""
        return self._version is None and self._read_mark() != self._mark

    def refresh(self) -> None:
        """Open the new current release and retire the old one; keep the old one when the new cannot be opened."""
        with self._lock:
            mark = self._read_mark()
            if mark == self._mark:
                return
            self._mark = mark
            try:
                fresh = self._make()
            except SystemFailure as error:
                _log.error("the new release is not taken up: %s", error)
                return
            old, self._serving = self._serving, fresh
            if old:
                old.retire()

    def _make(self) -> Serving:
        release = open_release(self._settings.data_path, self._version)
        return Serving(release, WorkerPool(release.path / "store", self._settings))

    def _read_mark(self) -> tuple[int, int, int] | None:
        try:
            status = (Path(self._settings.data) / "current").stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns, status.st_size


class ReleaseMiddleware:
    """Gives each request the release that is current when it comes, and keeps that one open until it is answered."""

    def __init__(self, app: ASGIApp, holder: Holder) -> None:
        self._app = app
        self._holder = holder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the release of this moment."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if self._holder.is_stale():
            await run_in_threadpool(self._holder.refresh)
        with self._holder.serving.used() as serving:
            scope[SCOPE_KEY] = serving
            await self._app(scope, receive, send)
