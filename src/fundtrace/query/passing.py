"""Messages between a server and the processes that its workers are forked from, with connections that are passed along.

Apart from `forking`, because the server needs them before it has loaded anything else.
"""

from __future__ import annotations

import json
import socket
from typing import Any, Final, NamedTuple

LARGEST_MESSAGE: Final = 1 << 16
"""Bytes of the largest message."""


class Wanted(NamedTuple):
    """A graph that workers are wanted for."""

    store: str
    text: str | None
    namespace: str


def socket_pair() -> tuple[socket.socket, socket.socket]:
    """Two ends of a local connection that keeps messages apart and tells when the other end has gone."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def receive(connection: socket.socket) -> tuple[Any, int | None] | None:
    """The next message and its file descriptor; None when the other end has gone."""
    try:
        data, descriptors, _, _ = socket.recv_fds(connection, LARGEST_MESSAGE, 1)
    except ConnectionError:
        return None
    if not data:
        return None
    return json.loads(data), descriptors[0] if descriptors else None


def send(connection: socket.socket, message: object, descriptor: int | None = None) -> None:
    """Send a message. Raises `OSError` when the other end has gone."""
    socket.send_fds(connection, [json.dumps(message).encode()], [] if descriptor is None else [descriptor])
