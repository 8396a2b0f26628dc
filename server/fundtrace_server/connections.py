"""A connection: HTTP/1.1 as uvicorn and llhttp read it, with bounds on what a stranger may send before anybody looks at it."""

from __future__ import annotations

import asyncio
import json
import os
import socket
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote_from_bytes

import httptools
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.server import ServerState

from fundtrace.query.patterns import Pattern
from fundtrace_server.bodies import WHOLE
from fundtrace_server.metrics import count_problem
from fundtrace_server.problems import Problem

MOST_HEAD_BYTES: Final = 128 * 1024
"""Bytes that the head of a request may have."""
MOST_HEADERS: Final = 100
"""Headers that a request may have."""
MOST_ADDRESS_BYTES: Final = 65_536
"""Bytes that the address of a request may have, written with percent signs."""
IDLE_SECONDS: Final = 75
"""Seconds that a connection is kept for a next request: longer than proxies keep theirs, so that they hang up first."""

CONNECTION: Final = "fundtrace.connection"
"""Where the scope of a request holds its `Connection`."""
WRITTEN: Final = "fundtrace.written"
"""Where the scope of a request that has come whole holds its bytes, and those that came with them, if they are few."""

_FEW: Final = 8_192
_LINGER_SECONDS: Final = 1.0
"""Seconds for which what still comes is thrown away: who is hung up on while it sends may never read the answer."""
_OLD: Final = "1.0"
_ASCII: Final = bytes(range(0x80))


class Connection(HttpToolsProtocol):
    """One client's connection. A head that is too slow is hung up on, one that is too large or broken is refused.

    `head_seconds` is the time for a head, and for the first byte of the first one. Of more connections than `most`, one that
    asks nothing makes room for a new one. `quick_at`, `quick_in_a_row` and `pattern` belong to who lends it.
    """

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        head_seconds: float,
        most: int,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._head_seconds = head_seconds
        self._most = most
        self._head_timer: asyncio.TimerHandle | None = None
        self._head_size = 0
        self._in_head = self._over = self._stopping = False
        self._data, self._between = b"", True
        self._recall: Callable[[], object] | None = None
        self.quick_at, self.quick_in_a_row = -1.0, 0
        self.pattern: Pattern | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """A client is there."""
        super().connection_made(transport)
        self._expect_head()
        if len(self.connections) > self._most:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone, or was hung up on."""
        self._stop_timers()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Part of a request, or several."""
        if self._over:
            return
        if self._between:
            self._data = data
        elif len(self._data) <= _FEW:
            self._data += data
        if not data.isascii() and not self._in_head and (self.cycle is None or not self.cycle.more_body):
            data = _readable(data)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            # It is answered as if it had not asked for another protocol; what follows may not be HTTP.
            self.cycle.keep_alive = False
        except httptools.HttpParserError as error:
            cause = error.__context__
            self._refuse(cause if isinstance(cause, Problem) else _malformed())
            return
        if self._in_head:
            # A single header without end reaches no callback.
            self._head_size += len(data)
            if self._head_size > MOST_HEAD_BYTES:
                self._refuse(_head_too_large())
            elif self._head_timer is None:
                self._expect_head()

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        super().on_message_begin()
        self._in_head = True
        self._between = False
        self.scope[CONNECTION] = self  # type: ignore[typeddict-unknown-key]  # ASGI lets a server add keys of its own

    def on_headers_complete(self) -> None:
        """The head is whole: the application is called, or it is refused."""
        self._in_head = False
        self._head_size = 0
        self._stop_timers()
        headers = self.headers
        if len(self.url) > MOST_ADDRESS_BYTES:
            raise _address_too_long()
        if (
            len(headers) > MOST_HEADERS
            or sum(len(name) + len(value) for name, value in headers) > MOST_HEAD_BYTES
        ):
            raise _head_too_large()
        # RFC 9112, section 6.1: no chunks in HTTP/1.0, and no coding but these, of which a proxy may think otherwise.
        codings = [value.strip().lower() for name, value in headers if name == b"transfer-encoding"]
        if codings and (codings != [b"chunked"] or self.parser.get_http_version() == _OLD):
            raise _malformed()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The body is whole."""
        super().on_message_complete()
        self.scope[WHOLE] = True  # type: ignore[typeddict-unknown-key]  # as above
        self._between = True
        if len(self._data) <= _FEW:
            self.scope[WRITTEN] = self._data  # type: ignore[typeddict-unknown-key]  # as above
        self._data = b""

    def on_response_complete(self) -> None:
        """An answer is whole. What is left of a body that nobody wanted is not waited for."""
        if self.cycle.more_body and not self.pipeline:
            self.flow.resume_reading()
            self._hang_up()
        else:
            super().on_response_complete()

    def shutdown(self) -> None:
        """The server is told to stop: what is under way is finished."""
        if self._recall is not None:
            self._stopping = True
            self._recall()
        else:
            super().shutdown()

    def lend(self, recall: Callable[[], object]) -> int | None:
        """Leave it to somebody else until `take_back`; its file descriptor, or None where something is still under way.

        `recall` is called when the server is told to stop.
        """
        if (
            self._over
            or self._in_head
            or self.pipeline
            or self.transport.is_closing()
            or not (self.cycle.response_complete and self.cycle.keep_alive)
            or self.transport.get_write_buffer_size()
        ):
            return None
        self._recall = recall
        self._stop_timers()
        self.transport.pause_reading()
        return self._descriptor

    def take_back(self, rest: bytes, *, sure: bool) -> None:
        """Send what is left of an answer, and listen again.

        Where it is not `sure` that the last request was answered, and there is no other one, it is hung up: clients ask again.
        """
        self._recall = None
        if self.transport.is_closing():
            return
        if rest:
            self.transport.write(rest)
        with socket.socket(fileno=os.dup(self._descriptor)) as connection:
            # Whoever had it may have ended while it waited for the rest of a request.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1)
            asked = sure or _has_unread(connection)
        if self._stopping or not asked:
            self.transport.close()
            return
        self.timeout_keep_alive_task = self.loop.call_later(
            self.timeout_keep_alive, self.timeout_keep_alive_handler
        )
        self.transport.resume_reading()

    @property
    def is_idle(self) -> bool:
        """Whether it is open and no request is being answered."""
        return (
            not self.transport.is_closing()
            and self._recall is None
            and (self.cycle is None or self.cycle.response_complete)
        )

    @property
    def _descriptor(self) -> int:
        number: int = self.transport.get_extra_info("socket").fileno()
        return number

    def _make_room(self) -> None:
        # In no order: who opens many connections has most of those that are idle.
        for one in self.connections:
            if one is not self and isinstance(one, Connection) and one.is_idle:
                one.transport.close()
                return

    def _expect_head(self) -> None:
        self._head_timer = self.loop.call_later(self._head_seconds, self.transport.close)

    def _stop_timers(self) -> None:
        self._unset_keepalive_if_required()
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _refuse(self, problem: Problem) -> None:
        """Answer what no handler will see, or will see no more. Into an answer that has begun nothing can be said."""
        if self.cycle is not None and not self.cycle.response_complete:
            if self.pipeline or self.cycle.response_started:
                self._over = True
                self.transport.close()
                return
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        count_problem(problem.code)
        error = {"code": problem.code, "message": {"zh": problem.zh, "en": problem.en}}
        body = json.dumps({"error": error}, ensure_ascii=False).encode()
        head = (
            b"content-type: application/json\r\nx-content-type-options: nosniff\r\ncache-control: no-store\r\n"
            b"connection: close\r\ncontent-length: %d\r\n\r\n" % len(body)
        )
        self.transport.write(STATUS_LINE[problem.status] + head + body)
        self._hang_up()

    def _hang_up(self) -> None:
        """Say nothing more, and listen for a moment."""
        self._over = True
        self._stop_timers()
        if self.transport.is_closing():
            return
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.timeout_keep_alive_task = self.loop.call_later(_LINGER_SECONDS, self.transport.close)


def _has_unread(connection: socket.socket) -> bool:
    try:
        return bool(connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
    except OSError:
        return False


def _readable(data: bytes) -> bytes:
    """A request whose address is written as people read it (`/resolve?q=冀财社`, as curl sends it), with percent signs."""
    address, end, rest = data.partition(b"\r\n")
    return quote_from_bytes(address, _ASCII).encode("ascii") + end + rest


def _malformed() -> Problem:
    return Problem(400, "bad-http", "请求不合 HTTP/1.1", "this is no proper HTTP/1.1 request")


def _head_too_large() -> Problem:
    return Problem(
        431,
        "head-too-large",
        f"请求头超过 {MOST_HEAD_BYTES // 1024} KiB 或 {MOST_HEADERS} 项",
        f"the head of the request has more than {MOST_HEAD_BYTES // 1024} KiB or {MOST_HEADERS} headers",
    )


def _address_too_long() -> Problem:
    return Problem(
        414,
        "address-too-long",
        f"地址超过 {MOST_ADDRESS_BYTES} 字节；查询可用 POST 发送",
        f"the address has more than {MOST_ADDRESS_BYTES} bytes; a query can be sent by POST",
    )
