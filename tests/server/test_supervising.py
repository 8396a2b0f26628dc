"""The processes of a server, each doing little: replaced, given up on, and ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest

SECONDS = 60
PROGRAM = """
import os, sys, time, signal
from fundtrace_server import supervising
from fundtrace_server.supervising import Failing, Supervisor
supervising.STOP_SECONDS = 1.0
{work}
try:
    Supervisor(work, 2, lambda: os.write(1, b"ready\\n")).run()
except Failing:
    os.write(1, b"failing\\n")
os.write(1, b"ended\\n")
"""
WAITING = """
def work(ready):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    ready()
    os.write(1, b"%d\\n" % os.getpid())
    time.sleep(600)
"""
DEAF = """
def work(ready):
    os.write(1, b"%d\\n" % os.getpid())
    ready()
    time.sleep(600)
"""
FAILING = """
def work(ready):
    os.write(1, b"%d\\n" % os.getpid())
    sys.exit(3)
"""


def _start(work: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(work=work)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def _end(process: subprocess.Popen[str]) -> None:
    """Ends a supervisor and the processes that it leaves when it is killed, which hold its output too."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _lines(process: subprocess.Popen[str], count: int) -> list[str]:
    assert process.stdout is not None
    return [process.stdout.readline().strip() for _ in range(count)]


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_is_ready_when_all_processes_are_and_replaces_the_dead() -> None:
    """However many die, one after the other; and it says only once that it is ready."""
    process = _start(WAITING)
    try:
        said = _lines(process, 3)
        said.remove("ready")
        pids = said
        for _ in range(6):
            os.kill(int(pids.pop()), signal.SIGKILL)
            pids += _lines(process, 1)
        process.terminate()
        assert _lines(process, 1) == ["ended"]
        assert process.wait(SECONDS) == 0
        assert not any(_is_there(int(pid)) for pid in pids)
    finally:
        _end(process)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_processes_that_do_not_end_are_killed(number: signal.Signals) -> None:
    """After the time for the requests at hand."""
    process = _start(DEAF)
    try:
        *pids, _ = _lines(process, 3)
        begun = time.monotonic()
        process.send_signal(number)
        assert _lines(process, 1) == ["ended"]
        assert time.monotonic() - begun >= 1
        assert not any(_is_there(int(pid)) for pid in pids)
    finally:
        _end(process)


def test_it_gives_up_when_processes_are_never_ready() -> None:
    """After a few, and says so."""
    process = _start(FAILING)
    said = process.communicate(timeout=SECONDS)[0].split()
    assert said[-2:] == ["failing", "ended"]
    assert 4 <= len(said[:-2]) <= 6
