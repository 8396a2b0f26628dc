"""A worker's side of the connections that are lent to it: it answers what is quick, and gives the rest back unread.

A request is only looked at until its answer is there. So whatever ends the worker meanwhile - its alarm, its memory - the
request is still there for who lent the connection, and is asked again in the usual way.
"""

from __future__ import annotations

import array
import gzip
import io
import resource
import select
import signal
import socket
import time
from collections.abc import Callable
from typing import Final

from fundtrace.errors import QueryError
from fundtrace.query.answers import LARGEST, Answer, is_lasting
from fundtrace.query.guarding import guard
from fundtrace.query.loans import Terms, Told, back, read_terms, told
from fundtrace.query.patterns import LARGEST_REQUEST

WORTH_PACKING: Final = 1024
"""Bytes below which gzip saves nothing."""

Evaluate = Callable[[str, Terms, io.BytesIO], tuple[str, str] | None]
"""Writes the answer to a query; its media type and form, or None where it is no answer of the format that is wanted."""

_MOST_DESCRIPTORS: Final = 8
_DESCRIPTORS: Final = socket.CMSG_SPACE(_MOST_DESCRIPTORS * array.array("i").itemsize)
_HTTP_DATE: Final = "%a, %d %b %Y %H:%M:%S GMT"
_WALL_FACTOR: Final = 10
_SILENT_SECONDS: Final = 0.2
_MOST_TOLD: Final = 64
_MOST_KNOWN: Final = 8_192


class _Loan:
    __slots__ = ("connection", "count", "half", "served", "terms")

    def __init__(self, connection: socket.socket, terms: Terms) -> None:
        self.connection = connection
        self.terms = terms
        self.count = 0
        self.served = True
        self.half = False

    def wait_for(self, size: int) -> None:
        """Have the connection be told of when so many bytes have come."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, size)
        self.half = size > 1


class Borrower:
    """The worker's channel, and the connections that it has; `recv` answers these as long as nothing comes through the channel.

    To be made before the process is confined, since it needs a file descriptor of its own.
    """

    def __init__(self, channel: socket.socket, evaluate: Evaluate) -> None:
        self._channel = channel
        self._evaluate = evaluate
        self._hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        self._poll = select.epoll()
        self._poll.register(channel, select.EPOLLIN)
        self._descriptors: list[int] = []
        self._loans: dict[int, _Loan] = {}
        self._told: list[Told] = []
        self._known: set[int] = set()
        self._look_by = 0.0
        self._date = _Date()

    def recv(self, size: int) -> bytes:
        """The next bytes of the channel. The file descriptors that come with them are kept for `borrow`."""
        if self._loans:
            self._serve()
        # While it waits here, no query is evaluated that could make use of them.
        resource.setrlimit(resource.RLIMIT_NOFILE, (self._hard, self._hard))
        try:
            data, ancillary, _, _ = self._channel.recvmsg(size, _DESCRIPTORS)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (0, self._hard))
        for _, _, content in ancillary:
            found = array.array("i")
            found.frombytes(content[: len(content) - len(content) % found.itemsize])
            self._descriptors.extend(found)
        return data

    def borrow(self, terms: bytes) -> None:
        """Take the connection that came with `Terms`."""
        connection = socket.socket(fileno=self._descriptors.pop(0))
        connection.setblocking(False)
        self._loans[connection.fileno()] = _Loan(connection, read_terms(terms))
        self._poll.register(connection, select.EPOLLIN)
        self._look_by = time.monotonic() + _SILENT_SECONDS

    def give_back_all(self) -> None:
        """Have none any more."""
        for loan in list(self._loans.values()):
            self._give_back(loan)

    def _serve(self) -> None:
        """Answer until something comes through the channel, or all are given back."""
        channel = self._channel.fileno()
        while self._loans:
            events = self._poll.poll(_SILENT_SECONDS)
            for descriptor, _ in events:
                if descriptor == channel:
                    self._tell()
                    return
                loan = self._loans[descriptor]
                if not self._answer(loan):
                    self._give_back(loan)
            now = time.monotonic()
            if now >= self._look_by:
                self._look_by = now + _SILENT_SECONDS
                self._tell()
                for loan in list(self._loans.values()):
                    if not loan.served:
                        self._give_back(loan)
                    loan.served = False

    def _answer(self, loan: _Loan) -> bool:
        """Whether there was a request of the pattern that is answered, or the first part of one."""
        began = time.perf_counter()
        connection, terms = loan.connection, loan.terms
        try:
            data = connection.recv(LARGEST_REQUEST, socket.MSG_PEEK)
        except OSError:
            return False
        found = terms.pattern.query_in(data)
        if found is None:
            length = terms.pattern.length_of(data)
            if not len(data) < length < LARGEST_REQUEST:
                return False
            # Many clients send the body of a request by itself.
            loan.wait_for(length)
            return True
        answer = self._answer_to(found, terms)
        if answer is None:
            return False
        loan.served = True
        loan.count += 1
        body = answer.body
        packed = terms.gzip and len(body) > WORTH_PACKING
        if packed:
            body = gzip.compress(body, 5, mtime=0)
        message = b"%b%b%bx-request-id: %b%08x\r\ncontent-length: %d\r\n\r\n%b" % (
            terms.head,
            self._date.line(answer.media_type),
            _extra(answer, terms, packed=packed),
            terms.ids.encode(),
            loan.count,
            len(body),
            body,
        )
        connection.recv(len(data))
        if loan.half:
            loan.wait_for(1)
        try:
            sent = connection.send(message)
        except BlockingIOError:
            sent = 0
        except OSError:
            # The client has gone.
            sent = len(message)
        self._told.append(Told(terms.number, len(body), time.perf_counter() - began, time.time()))
        if len(self._told) >= _MOST_TOLD:
            self._tell()
        if sent < len(message):
            self._give_back(loan, message[sent:])
        return True

    def _answer_to(self, query: bytes, terms: Terms) -> Answer | None:
        """The answer to a query that is asked for the first time; None for one that is to be asked in the usual way."""
        try:
            text = query.decode()
            guard(text)
        except (UnicodeDecodeError, QueryError):
            return None
        if not text.strip():
            return None
        if is_lasting(text):
            # Who lends keeps what is asked again and again; this process would have to evaluate it each time.
            known = hash((text, terms.solutions, terms.graph))
            if known in self._known:
                return None
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known.add(known)
        output = io.BytesIO()
        # Of its own time, since a machine with other work makes nobody slow; and of all time, since a disk may.
        signal.setitimer(signal.ITIMER_PROF, terms.quick_seconds)
        signal.setitimer(signal.ITIMER_REAL, _WALL_FACTOR * terms.quick_seconds)
        found = self._evaluate(text, terms, output)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)
        if found is None or output.tell() > LARGEST:
            return None
        return Answer(output.getvalue(), *found)

    def _give_back(self, loan: _Loan, rest: bytes = b"") -> None:
        if self._loans.pop(loan.connection.fileno(), None) is None:
            return
        self._poll.unregister(loan.connection)
        if loan.half:
            loan.wait_for(1)
        loan.connection.close()
        self._tell()
        self._channel.sendall(back(loan.terms.number, rest))

    def _tell(self) -> None:
        if self._told:
            self._channel.sendall(told(self._told))
            self._told.clear()


class _Date:
    """The header lines that are the same for a second, by media type."""

    def __init__(self) -> None:
        self._second = 0
        self._lines: dict[str, bytes] = {}

    def line(self, media_type: str) -> bytes:
        second = int(time.time())
        if second != self._second:
            self._second = second
            self._lines.clear()
        line = self._lines.get(media_type)
        if line is None:
            date = time.strftime(_HTTP_DATE, time.gmtime(second))
            line = f"date: {date}\r\ncontent-type: {media_type}\r\n".encode()
            self._lines[media_type] = line
        return line


def _extra(answer: Answer, terms: Terms, *, packed: bool) -> bytes:
    """The header lines that some answers have."""
    lines = b"content-encoding: gzip\r\n" if packed else b""
    if terms.version:
        lines += f'etag: "{terms.version}-{answer.digest}{"-gzip" if packed else ""}"\r\n'.encode()
    return lines
