"""The releases that answer: the current one and its change to a new one without a restart, and older ones by name."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request

from fundtrace.errors import SystemFailure
from fundtrace.query import Stored, WorkerPool
from fundtrace.query.remoting import RemotePool
from fundtrace.release import Release, list_releases, open_release
from fundtrace.release.layout import STATEMENTS, STORE
from fundtrace.release.opening import forget_stores
from fundtrace.settings import Settings
from fundtrace_server.remote import remote_pool

_log = logging.getLogger(__name__)
_READY_SECONDS = 30.0
SCOPE_KEY = "fundtrace"
"""Where a request's scope holds the `Serving` that answers it."""

CURRENT_KEY = "fundtrace.current"
"""Where the scope of a request that names a release holds the version that answers when none is named."""

LOOK_SECONDS = 0.2
"""How often a server process looks whether another release has become current."""

MOST_OLD = 2
"""Releases beside the current one that are open at once; the one that was asked for longest ago is closed."""


class Serving:
    """One open release, and the worker processes that evaluate SPARQL over it, started when they are first needed.

    It counts the requests that use it, and closes its workers when it is retired and the last one has left.
    """

    def __init__(self, release: Release, settings: Settings) -> None:
        self.release = release
        self._settings = settings
        self._pool: WorkerPool | RemotePool | None = None
        self._users = 0
        self._retired = False
        self._over = False
        self._lock = threading.Lock()

    @property
    def is_over(self) -> bool:
        """Whether it was retired and the last request has left it."""
        return self._over

    @property
    def pool(self) -> WorkerPool | RemotePool:
        """The workers, or the remote store in their place. Raises `SystemFailure` once the release has been let go."""
        if self._pool is not None:
            return self._pool
        with self._lock:
            if self._pool is None:
                if self._retired and not self._users:
                    raise _not_serving()
                release = self.release
                if self._settings.store:
                    self._pool = remote_pool(release, self._settings)
                    return self._pool
                stored = Stored(
                    release.path / STORE,
                    release.namespace,
                    release.path / STATEMENTS,
                    release.info.statements,
                )
                self._pool = WorkerPool(stored, self._settings)
            return self._pool

    def enter(self) -> None:
        """Keep it open for a request, until `leave`."""
        with self._lock:
            self._users += 1

    def leave(self) -> None:
        """A request has been answered."""
        with self._lock:
            self._users -= 1
            last = self._retired and self._users == 0
            self._over = self._over or last
        if last:
            self._close()

    def retire(self) -> None:
        """Close it as soon as nobody uses it."""
        with self._lock:
            idle = self._users == 0 and not self._retired
            self._retired = True
            self._over = self._over or idle
        if idle:
            self._close()
        elif isinstance(self._pool, WorkerPool):
            self._pool.retire()

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.close()


def serving_of(request: Request) -> Serving:
    """The release that answers a request."""
    serving: Serving = request.scope[SCOPE_KEY]
    return serving


class Holder:
    """Opens the current release (or a named one), the next when `data/current` changes, and older ones on demand.

    `on_open` is called with each release that is about to answer, when its workers are ready.
    """

    def __init__(
        self, settings: Settings, version: str | None, on_open: Callable[[Release], object] | None = None
    ) -> None:
        self._settings = settings
        self._on_open = on_open
        self._version = version
        self._mark: tuple[int, int, int] | None = None
        self._serving: Serving | None = None
        self._old: OrderedDict[str, Serving] = OrderedDict()
        self._lock = threading.Lock()
        self._refreshing = threading.Lock()

    def open(self) -> None:
        """Open the release. Raises `SystemFailure` when there is none."""
        self._mark = self._read_mark()
        self._serving = self._make()

    def close(self) -> None:
        """Let the releases go."""
        with self._lock:
            held = [*self._old.values(), *([self._serving] if self._serving else [])]
            self._old.clear()
            self._serving = None
        for one in held:
            one.retire()

    @property
    def serving(self) -> Serving:
        """What answers now. Raises `SystemFailure` before `open` and after `close`."""
        if self._serving is None:
            raise _not_serving()
        return self._serving

    def enter(self) -> Serving:
        """What answers now, kept open for a request until it is left. Raises `SystemFailure` as `serving` does."""
        while True:
            serving = self.serving
            serving.enter()
            # It may have been retired by another thread after it was looked up; then there is a newer one.
            if not serving.is_over:
                return serving
            serving.leave()

    def named(self, version: str) -> Serving:
        """The release of a version, opened if it is not; of old ones two stay open.

        Raises `SystemFailure` `no-release` when it is not kept, `corrupt-release` when it cannot be opened.
        """
        with self._lock:
            if version == self.serving.release.version:
                return self.serving
            found = self._old.pop(version, None)
            if found is None:
                found = Serving(open_release(self._settings.data_path, version), self._settings)
            self._old[version] = found
            while len(self._old) > MOST_OLD:
                self._old.popitem(last=False)[1].retire()
            return found

    def versions(self) -> tuple[str, ...]:
        """The versions that are kept, newest first."""
        return tuple(info.version for info in list_releases(self._settings.data_path))[::-1]

    def is_stale(self) -> bool:
        """Whether another release has become current: one look at the file's number, time and size."""
        return self._version is None and self._read_mark() != self._mark

    async def follow(self) -> None:
        """Take up each new release, until it is cancelled; requests go on with the old one while the new one is read."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if self.is_stale():
                await asyncio.to_thread(self.refresh)

    def refresh(self) -> None:
        """Open the new current release and retire the old one; keep the old one when the new cannot be opened."""
        with self._refreshing:
            mark = self._read_mark()
            if mark == self._mark:
                return
            self._mark = mark
            try:
                _check(open_release(self._settings.data_path, self._version))
                fresh = self._make()
            except (SystemFailure, OSError) as error:
                # The release may be made anew under its name, and must then be opened anew.
                forget_stores()
                _log.error("the new release is not taken up: %s", error)
                return
            with self._lock:
                old, self._serving = self._serving, fresh
            if old:
                old.retire()
            else:
                # It was closed meanwhile.
                self.close()

    def _make(self) -> Serving:
        release = open_release(self._settings.data_path, self._version)
        serving = Serving(release, self._settings)
        # Started here, before anybody waits for it; one that comes later than this is not lost.
        serving.pool.wait(_READY_SECONDS)
        if self._on_open is not None:
            self._on_open(release)
        return serving

    def _read_mark(self) -> tuple[int, int, int] | None:
        try:
            status = (Path(self._settings.data) / "current").stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns, status.st_size


def _check(release: Release) -> None:
    """Refuse a release that is damaged anywhere, while there is a whole one to go on with."""
    _ = release.index
    if not release.is_intact():
        raise SystemFailure(
            "corrupt-release",
            "版本已损坏；重新运行 fundtrace build，它会重建这个版本",
            "the release is damaged; run fundtrace build again, which makes it anew",
            subject=str(release.path),
        )


def _not_serving() -> SystemFailure:
    return SystemFailure("not-serving", "服务正在启动或停止", "the server is starting or stopping")
