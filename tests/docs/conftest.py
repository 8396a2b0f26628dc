"""A process that has loaded `fundtrace`, for the many commands of the tutorials."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.serving import until

FORKED = Path(__file__).with_name("forked.py")


@pytest.fixture(scope="module")
def commands() -> Iterator[Path]:
    """A folder for PATH, in which `fundtrace` is asked of a process that forks."""
    with tempfile.TemporaryDirectory(prefix="fundtrace-docs-") as name:
        folder = Path(name)
        address = folder / "socket"
        with subprocess.Popen([sys.executable, str(FORKED), str(address)]) as process:
            try:
                until(lambda: address.exists() or process.poll() is not None)
                assert process.poll() is None
                shim = f"#!{sys.executable} -SE\n"
                (folder / "fundtrace").write_text(shim + SHIM.format(address=str(address)), encoding="utf-8")
                (folder / "fundtrace").chmod(0o755)
                yield folder
            finally:
                process.terminate()


SHIM = """
import json, os, socket, sys
with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
    line.connect({address!r})
    asked = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
    socket.send_fds(line, [len(asked).to_bytes(4, "big")], [0, 1, 2])
    line.sendall(asked)
    said = line.recv(1)
sys.exit(said[0] if said else 70)
"""
"""Stands in for `fundtrace`: hands over arguments, folder, environment and streams, and ends with the code that it is told."""
