"""What several rooms' tests stand on: the sample documents, and a release of them, built once."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as examples
from playwright.sync_api import Browser, sync_playwright
from tests.serving import free_port, is_heard, until

import fundtrace
from fundtrace.pipeline import build
from fundtrace.release import Release, open_release
from fundtrace.settings import Settings

# What a run of the gate makes up is the same in every run, so that it fails by nothing but a change. `tests/fuzz` makes up other input.
# How long an example takes says nothing: another process may have the machine.
examples.register_profile("fuzz", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("ci")


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of the sample documents."""
    return Path(fundtrace.__file__).parent / "samples" / "documents"


@pytest.fixture(scope="session")
def sample_data(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one release of the samples, built once for all processes of a run. Nothing may write to it."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    data = shared / "sample-data"
    with (shared / "sample-data.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (data / "current").exists():
            build([samples], Settings(data=str(data), jobs=1))
    return data


@pytest.fixture(scope="session")
def sample_release(sample_data: Path) -> Release:
    """The release of the samples."""
    return open_release(sample_data)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A headless Chromium that asks nobody anything by itself.

    It lives as long as one module: while it runs, the thread has an event loop, which other tests must not find.
    """
    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ]
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


class StoreServer:
    """An `oxigraph serve` of its own on a port, over a folder, or in memory without one."""

    def __init__(self, port: int, folder: Path | None = None) -> None:
        self._folder = folder
        self.port = port
        self.address = f"http://127.0.0.1:{port}"
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Run until it listens."""
        command = [str(Path(sys.executable).parent / "oxigraph"), "serve", "--bind", f"127.0.0.1:{self.port}"]
        command += ["--location", str(self._folder)] if self._folder else []
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._process = process
        until(lambda: is_heard(self.port) or process.poll() is not None)
        assert process.poll() is None, "oxigraph has ended"

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        if self._process:
            self._process.kill()
            self._process.wait()


@pytest.fixture
def store_server() -> Iterator[Callable[..., StoreServer]]:
    """Starts store servers that end with the test."""
    with ExitStack() as started:

        def start(folder: Path | None = None) -> StoreServer:
            server = StoreServer(started.enter_context(free_port()), folder)
            started.callback(server.kill)
            return server

        yield start


class OddServer(BaseHTTPRequestHandler):
    """Answers every request with the next of the answers it was given, the last again and again."""

    answers: list[tuple[int, str, bytes, dict[str, str]]]
    seen: list[str | None]

    def do_POST(self) -> None:
        """The next answer."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append(self.headers["Authorization"])
        status, media_type, body, headers = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        time.sleep(float(headers.get("Delay", "0")))
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        if headers.get("Content-Length") != "none":
            self.send_header("Content-Length", headers.get("Content-Length", str(len(body))))
        self.end_headers()
        with suppress(ConnectionError):
            self.wfile.write(body)

    do_PUT = do_POST  # noqa: N815 - the name that the server looks for

    def log_message(self, *args: object) -> None:
        """Nothing is logged."""


@pytest.fixture
def odd_server() -> Iterator[Callable[..., tuple[str, list[str | None]]]]:
    """Starts a server with answers; gives its address, and the credentials that it sees."""
    servers: list[ThreadingHTTPServer] = []

    def start(
        *answers: tuple[int, str, bytes] | tuple[int, str, bytes, dict[str, str]],
    ) -> tuple[str, list[str | None]]:
        seen: list[str | None] = []
        given = [(*one, {})[:4] for one in answers]
        handler = type("Given", (OddServer,), {"answers": given, "seen": seen})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}", seen

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
