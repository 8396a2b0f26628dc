"""Commands of `fundtrace` without the wait for an interpreter: a process that has loaded it forks for each of them.

`python forked.py SOCKET` serves. A command has the arguments, folder, environment and streams of who asks for it, and a process of its own.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import click

import fundtrace.api
import fundtrace.graphql
import fundtrace.pipeline.building
import fundtrace.pipeline.rehearsing  # noqa: F401
import fundtrace_server.site  # noqa: F401
from fundtrace.cli import main as fundtrace_command


def main(path: str) -> None:
    """Serve until the process is ended."""
    context = click.Context(fundtrace_command)
    for name in fundtrace_command.list_commands(context):
        fundtrace_command.get_command(context, name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        # The place is there when it is listened at, not before.
        listening.bind(f"{path}-bound")
        listening.listen()
        Path(f"{path}-bound").rename(path)
        while True:
            line, _ = listening.accept()
            if os.fork() == 0:
                listening.close()
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                _run(line)
            line.close()


def _run(line: socket.socket) -> None:
    size, streams, _, _ = socket.recv_fds(line, 4, 3)
    asked = b""
    while len(asked) < int.from_bytes(size, "big"):
        asked += line.recv(65_536)
    arguments, folder, environment = json.loads(asked)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    code: Any = 70
    try:
        fundtrace_command(args=arguments, prog_name="fundtrace")
    except SystemExit as ended:
        code = ended.code
    finally:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError):
                stream.flush()
        line.sendall(bytes([code or 0]))
        os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
