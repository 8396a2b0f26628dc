"""Real servers for tests: processes of their own, on ports that no other test takes, and however long they take."""

from __future__ import annotations

import os
import select
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

T = TypeVar("T")

SECONDS: Final = 240
"""The longest that a test waits for one thing: only what never comes takes as long, on however busy a machine."""

_LOOK_SECONDS: Final = 0.05
_TRIES: Final = 5


def until(asked: Callable[[], T]) -> T:
    """What a question gives as soon as that is true. Raises `AssertionError` when it does not become true."""
    end = time.monotonic() + SECONDS
    while not (found := asked()):
        assert time.monotonic() < end, found
        time.sleep(_LOOK_SECONDS)
    return found


@contextmanager
def free_port() -> Iterator[int]:
    """A port of this machine on which nobody listens, and which nobody else gets here until the end."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port: int = probe.getsockname()[1]
        # Another process of the tests may be given the same a moment later. The one that has this address besides may keep it.
        with socket.socket(type=socket.SOCK_DGRAM) as claim:
            try:
                claim.bind(("127.0.0.1", port))
            except OSError:
                continue
            yield port
            return


def is_heard(port: int) -> bool:
    """Whether somebody listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def command(pid: int) -> bytes:
    """What a process was started with; nothing for one that has ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        # What nobody has waited for is still there, and has no command.
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def alive(pids: set[int]) -> set[int]:
    """Those processes that have not ended."""
    return {pid for pid in pids if command(pid)}


def family(pid: int) -> set[int]:
    """A process and all that it has started, as far as they have not ended."""
    found = {pid}
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        # A thread may end between the two looks.
        with suppress(FileNotFoundError, ProcessLookupError):
            for child in path.read_text(encoding="ascii").split():
                found |= family(int(child))
    return alive(found)


@dataclass(frozen=True)
class Serving:
    """`fundtrace serve` as a process that is ready; `folder` is for its temporary files and its log."""

    process: subprocess.Popen[bytes]
    port: int
    folder: Path

    @property
    def address(self) -> str:
        """Where it answers, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What it writes on standard error."""
        return self.folder / "log"

    def family(self) -> set[int]:
        """It and all that it has started."""
        return family(self.process.pid)

    def close(self) -> None:
        """Stop it as an operator does."""
        self.process.terminate()
        try:
            self.process.communicate(timeout=SECONDS)
        finally:
            self.process.kill()


@contextmanager
def serving(
    data: Path,
    *flags: str,
    environment: Mapping[str, str] | None = None,
    preexec_fn: Callable[[], object] | None = None,
) -> Iterator[Serving]:
    """A server over a data folder, with one server process if the flags do not say otherwise, which is stopped in the end."""
    with tempfile.TemporaryDirectory(prefix="fundtrace-tests-", ignore_cleanup_errors=True) as name:
        for _ in range(_TRIES):
            with free_port() as port:
                one = _started(Path(name), port, ["--data", str(data), *flags], environment or {}, preexec_fn)
                try:
                    if _says_something(one.process):
                        yield one
                        return
                finally:
                    one.close()
            said = one.log.read_text(encoding="utf-8")
            # Somebody who is no test of ours has been quicker.
            assert "[port-busy]" in said, said
        raise AssertionError("every port was taken")


def _started(
    folder: Path,
    port: int,
    flags: list[str],
    environment: Mapping[str, str],
    preexec_fn: Callable[[], object] | None,
) -> Serving:
    command = [sys.executable, "-m", "fundtrace", "serve", "--port", str(port), "--workers", "1", *flags]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **environment, "TMPDIR": str(folder)},
            stdout=subprocess.PIPE,
            stderr=log,
            preexec_fn=preexec_fn,
        )
    return Serving(process, port, folder)


def _says_something(process: subprocess.Popen[bytes]) -> bool:
    """Waits for the line that it prints when it is ready; whether there was one before it ended."""
    assert process.stdout is not None
    assert select.select([process.stdout], [], [], SECONDS)[0], "it is neither ready nor has it ended"
    return bool(process.stdout.readline())
