"""Runs the application in several processes: uvicorn in each, forked from one that has loaded everything."""

from __future__ import annotations

import errno
import logging.config
import os
import resource
import socket
from collections.abc import Callable
from functools import partial

import uvicorn

from fundtrace.errors import SystemFailure
from fundtrace.graphql.schema import served_schema
from fundtrace.query import load_questions
from fundtrace.release import open_release
from fundtrace.release.opening import forget_stores
from fundtrace.settings import Settings
from fundtrace_server.app import create_app
from fundtrace_server.assets import check_bundle
from fundtrace_server.connections import IDLE_SECONDS, Connection
from fundtrace_server.logs import configuration
from fundtrace_server.remote import check_store
from fundtrace_server.supervising import STOP_SECONDS, Failing, Supervisor
from fundtrace_server.trusted import read_trusted

_MOST_CONNECTIONS = 10_000
_WAITING = 2_048
"""Connections that may wait to be accepted."""


def serve_release(settings: Settings, version: str | None, *, echo: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; `echo` is told the address once every process is ready.

    Raises `SystemFailure` when there is no such release, when the pages' bundle is missing, when a saved question is
    wrong, when the port is taken, or when the processes fail again and again; `UsageError` when a remote store is named
    that holds another release.
    """
    release = open_release(settings.data_path, version)
    base = release.base
    if settings.store:
        check_store(release, settings, current=version is None)
    del release
    # A store that is open while the processes are forked would be shared by them.
    forget_stores()
    check_bundle()
    # Read once here, inherited by every process.
    load_questions()
    served_schema()
    read_trusted(settings.graphql_documents)
    _bound(settings.host, settings.port, shared=False).close()
    # Held until the end, so that nobody else takes the address while a process is replaced.
    with _bound(settings.host, settings.port, shared=True):
        logging.config.dictConfig(configuration(settings.log_format))
        supervisor = Supervisor(
            partial(_serve, settings, version, os.getpid()),
            settings.workers,
            partial(_announce, settings, base, echo),
        )
        try:
            supervisor.run()
        except Failing as failing:
            raise SystemFailure(
                "server-stopped",
                "服务进程反复失败，已停止；原因见上面的日志",
                "the server processes failed again and again; the log above says why",
            ) from failing


class _Server(uvicorn.Server):
    """Says when it listens."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], object]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open the release and listen."""
        await super().startup(sockets)
        self._ready()


def _serve(
    settings: Settings,
    version: str | None,
    supervisor: int,
    ready: Callable[[], object],
) -> None:
    """What a server process does until it is told to stop."""
    config = uvicorn.Config(
        create_app(settings, version, supervisor=supervisor),
        http=partial(Connection, head_seconds=settings.head_seconds, most=_most_connections()),  # type: ignore[arg-type]  # what makes one will do
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        # Who asks behind a proxy is settled by `callers`.
        proxy_headers=False,
        backlog=_WAITING,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=round(STOP_SECONDS) - 1,
    )
    # Each process has a socket of its own, over which the system shares out connections. Of one socket, the process that wakes first would
    # take all that come together.
    _Server(config, ready).run([_bound(settings.host, settings.port, shared=True)])


def _most_connections() -> int:
    """How many this process can have, since each is an open file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return min(_MOST_CONNECTIONS, hard - hard // 4 if hard != resource.RLIM_INFINITY else _MOST_CONNECTIONS)


def _bound(host: str, port: int, *, shared: bool) -> socket.socket:
    """A socket with the address, alone or beside others that share it, which does not listen yet. Raises `SystemFailure`."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _cannot_listen(host, port, error) from error
    try:
        # Without this, connections that ended a moment ago would count as a busy port.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise _cannot_listen(host, port, error) from error
    return listener


def _cannot_listen(host: str, port: int, error: OSError) -> SystemFailure:
    if error.errno == errno.EADDRINUSE:
        return SystemFailure(
            "port-busy",
            f"端口 {port} 已被占用，请用 --port 换一个",
            f"port {port} is already in use; choose another with --port",
            subject=f"{host}:{port}",
        )
    return SystemFailure(
        "cannot-listen",
        f"无法监听：{error.strerror or error}",
        f"cannot listen: {error.strerror or error}",
        subject=f"{host}:{port}",
    )


def _announce(settings: Settings, base: str, echo: Callable[[str], None]) -> None:
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    echo(f"fundtrace 已就绪 | ready: http://{shown}:{settings.port}/  (base {base})")
