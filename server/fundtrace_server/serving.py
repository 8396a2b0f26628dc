"""Runs the application in several processes that granian starts, restarts and stops."""

from __future__ import annotations

import errno
import math
import os
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from functools import partial

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from fundtrace.errors import SystemFailure
from fundtrace.graphql.schema import served_schema
from fundtrace.query import load_questions, zygote
from fundtrace.release import open_release
from fundtrace.release.opening import forget_stores
from fundtrace.settings import Settings
from fundtrace_server.app import create_app
from fundtrace_server.assets import check_bundle
from fundtrace_server.logs import configuration
from fundtrace_server.remote import check_store
from fundtrace_server.trusted import read_trusted

_STOP_SECONDS = 10
_MOST_HEAD_BYTES = 128 * 1024
_READY_SECONDS = 60.0
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - what to ask when listening everywhere


def serve_release(settings: Settings, version: str | None, *, echo: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; `echo` is told the address once a request has been answered.

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
    _check_port(settings.host, settings.port)
    # All server processes share it. Where they are not forked, each starts its own.
    if not settings.store:
        zygote.shared()
    server = Granian(
        "fundtrace_server.app:create_app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        workers=settings.workers,
        websockets=False,
        # Proxies speak HTTP/1.1, and browsers speak HTTP/2 to nobody without TLS: there is less to bound.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(
            header_read_timeout=math.ceil(settings.head_seconds * 1000), max_buffer_size=_MOST_HEAD_BYTES
        ),
        respawn_failed_workers=True,
        workers_kill_timeout=_STOP_SECONDS,
        log_level=LogLevels.warning,
        log_dictconfig=configuration(settings.log_format),
    )
    announcer = threading.Thread(target=_announce, args=(settings, base, echo), daemon=True)
    server.on_startup(announcer.start)
    loader = partial(create_app, settings, version, supervisor=os.getpid())
    try:
        server.serve(target_loader=loader, wrap_loader=False)
    except SystemExit as stopped:
        if stopped.code and not server.interrupt_signal:
            raise SystemFailure(
                "server-stopped",
                "服务进程反复失败，已停止；原因见上面的日志",
                "the server processes failed again and again; the log above says why",
            ) from stopped


def _check_port(host: str, port: int) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            # Without this, connections that ended a moment ago would count as a busy port.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise SystemFailure(
                "port-busy",
                f"端口 {port} 已被占用，请用 --port 换一个",
                f"port {port} is already in use; choose another with --port",
                subject=f"{host}:{port}",
            ) from error
        raise SystemFailure(
            "cannot-listen",
            f"无法监听：{error.strerror or error}",
            f"cannot listen: {error.strerror or error}",
            subject=f"{host}:{port}",
        ) from error


def _announce(settings: Settings, base: str, echo: Callable[[str], None]) -> None:
    host = _EVERYWHERE.get(settings.host, settings.host)
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    asked = f"http://{f'[{host}]' if ':' in host else host}:{settings.port}/healthz"
    end = time.monotonic() + _READY_SECONDS
    while time.monotonic() < end:
        # The processes are forked in this moment; a thread that is asleep holds no lock that they would inherit.
        time.sleep(0.3)
        try:
            with urllib.request.urlopen(asked, timeout=5):
                break
        except (urllib.error.URLError, OSError):
            continue
    else:
        return
    echo(f"fundtrace 已就绪 | ready: http://{shown}:{settings.port}/  (base {base})")
