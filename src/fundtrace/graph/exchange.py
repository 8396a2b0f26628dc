"""HTTP to a remote store: credentials, time limits, answers that are whole, and what of it may be tried again.

An answer is given only when it is whole: it says its length or comes in chunks, and all of it has arrived. What a server says of
itself in HTML is never an answer of a store. Nothing is redirected, so credentials go to the address they were meant for.
"""

from __future__ import annotations

import base64
import http.client
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from fundtrace import __version__
from fundtrace.errors import FundtraceError, SystemFailure, UsageError

PASSING: Final = frozenset({502, 503, 504})
"""Statuses that say that the store is away for now; with broken connections they are all that is tried again."""

_SHOWN: Final = 200
_LARGEST_REFUSAL: Final = 64 << 10


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks: a name and password (Basic), or a token (Bearer). Empty for nobody. Never shown."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @classmethod
    def of(cls, environ: Mapping[str, str] | None = None) -> Credentials:
        """From `FUNDTRACE_STORE_USER` and `FUNDTRACE_STORE_PASSWORD`, or `FUNDTRACE_STORE_TOKEN`, which comes first."""
        given = os.environ if environ is None else environ
        names = ("FUNDTRACE_STORE_USER", "FUNDTRACE_STORE_PASSWORD", "FUNDTRACE_STORE_TOKEN")
        return cls(*(given.get(name, "") for name in names))

    @property
    def headers(self) -> dict[str, str]:
        """The header that says it, if there is anybody."""
        if self.token:
            return {"Authorization": f"Bearer {self.token}"}
        if self.user:
            pair = base64.b64encode(f"{self.user}:{self.password}".encode()).decode("ascii")
            return {"Authorization": f"Basic {pair}"}
        return {}


@dataclass(frozen=True, slots=True)
class Patience:
    """How often something is tried, and how many seconds lie between: `first`, then twice as many, at most `longest`."""

    attempts: int = 8
    first: float = 0.5
    longest: float = 15.0

    def pause(self, failed: int) -> float:
        """Seconds to wait after so many failures."""
        return float(min(self.longest, self.first * 2 ** (failed - 1)))


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer of a store: status, media type without parameters, and body."""

    status: int
    media_type: str
    body: bytes

    @property
    def told(self) -> str:
        """The beginning of what it says, on one line, for a message."""
        return " ".join(self.body[: _SHOWN * 4].decode("utf-8", "replace").split())[:_SHOWN]


class StoreAway(SystemFailure):
    """The store cannot be reached, or says that it is away: it may be there again in a moment."""


def check_address(address: str) -> str:
    """The address of a store without a slash at its end.

    Raises `UsageError` `store-address` for what is no http(s) address, or holds credentials, a query or a fragment.
    """
    try:
        parts = urlsplit(address)
        named = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        named = False
    if not named or parts.username or parts.query or parts.fragment or not address.isascii():
        raise UsageError(
            "store-address",
            "存储的地址应为 http(s) 网址，不带用户名、? 和 #；用户名与密码放在环境变量 FUNDTRACE_STORE_USER、"
            "FUNDTRACE_STORE_PASSWORD 里",
            "the address of a store must be an http(s) address without user, ? and #; user and password belong into the "
            "environment, FUNDTRACE_STORE_USER and FUNDTRACE_STORE_PASSWORD",
        )
    return address.rstrip("/")


class Exchange:
    """Requests to the addresses of one store. Safe from any thread: each request has a connection of its own."""

    def __init__(self, credentials: Credentials, seconds: float, patience: Patience) -> None:
        self._headers = {"User-Agent": f"fundtrace/{__version__}", **credentials.headers}
        self._seconds = seconds
        self._patience = patience

    def ask(
        self,
        method: str,
        address: str,
        body: bytes | None,
        headers: Mapping[str, str],
        *,
        limit: int,
        opened: Callable[[http.client.HTTPConnection], object] | None = None,
    ) -> Reply:
        """The answer to a request that may be sent more than once. It has at most `limit` bytes.

        `opened` is told the connection, so that another thread can end it. Raises `StoreAway` once patience has ended,
        `UsageError` or `SystemFailure` for what trying again cannot change.
        """
        failed = 0
        while True:
            try:
                return self._once(method, address, body, headers, limit, opened)
            except StoreAway:
                failed += 1
                if failed >= self._patience.attempts:
                    raise
                time.sleep(self._patience.pause(failed))

    def _once(
        self,
        method: str,
        address: str,
        body: bytes | None,
        headers: Mapping[str, str],
        limit: int,
        opened: Callable[[http.client.HTTPConnection], object] | None,
    ) -> Reply:
        parts = urlsplit(address)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=self._seconds)
        path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        late = threading.Event()
        try:
            if opened:
                opened(connection)
            connection.request(method, path, body, {**self._headers, **headers})
            with _cut_after(self._seconds, connection, late), closing(connection.getresponse()) as answer:
                reply = _whole(answer, limit if answer.status < 300 else _LARGEST_REFUSAL, address)
        except ssl.SSLCertVerificationError as error:
            raise SystemFailure(
                "store-certificate",
                f"存储的证书不可信：{error.verify_message}",
                f"the certificate of the store is not trusted: {error.verify_message}",
                subject=address,
            ) from error
        except (OSError, http.client.HTTPException) as error:
            if isinstance(error, TimeoutError) or late.is_set():
                raise StoreAway(
                    "store-time",
                    f"存储在 {self._seconds:g} 秒内没有回答完",
                    f"the store did not answer within {self._seconds:g} seconds",
                    subject=address,
                ) from error
            raise StoreAway(
                "store-away",
                f"连不上存储，或连接中断：{error or type(error).__name__}",
                f"the store cannot be reached, or the connection broke: {error or type(error).__name__}",
                subject=address,
            ) from error
        finally:
            connection.close()
        _check(reply, address.partition("?")[0])
        return reply


@contextmanager
def _cut_after(
    seconds: float, connection: http.client.HTTPConnection, late: threading.Event
) -> Iterator[None]:
    """Ends a connection after so long: its own time limit begins anew with every byte that comes."""
    made = connection.sock

    def cut() -> None:
        late.set()
        with suppress(OSError):
            made.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _whole(answer: http.client.HTTPResponse, limit: int, address: str) -> Reply:
    """All of an answer. Raises `http.client.IncompleteRead` for a part, `SystemFailure` for more than `limit`."""
    media_type = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    framed = answer.chunked or answer.length is not None
    body = answer.read(limit + 1)
    if len(body) > limit:
        raise SystemFailure(
            "store-answer-size",
            f"存储的回答超过 {limit} 字节",
            f"the store's answer has more than {limit} bytes",
            subject=address,
        )
    if answer.length:
        raise http.client.IncompleteRead(body, answer.length)
    if body and not framed:
        # Its end cannot be told from a broken connection.
        raise SystemFailure(
            "store-answer-end",
            "存储的回答没有长度，也不分块，无法知道是否完整",
            "the store's answer has neither a length nor chunks, so nobody can tell whether it is whole",
            subject=address,
        )
    return Reply(answer.status, media_type, body)


def _check(reply: Reply, address: str) -> None:
    """Raises for every answer that is not a store's success."""
    status = reply.status
    error: FundtraceError
    if status in {401, 403}:
        error = UsageError(
            "store-credentials",
            f"存储拒绝了访问（{status}）；请在环境变量 FUNDTRACE_STORE_USER、FUNDTRACE_STORE_PASSWORD 或 FUNDTRACE_STORE_TOKEN "
            "中给出凭据",
            f"the store refuses ({status}); give credentials in the environment, FUNDTRACE_STORE_USER and "
            "FUNDTRACE_STORE_PASSWORD, or FUNDTRACE_STORE_TOKEN",
            subject=address,
        )
    elif status in PASSING:
        error = StoreAway(
            "store-away",
            f"存储暂时不可用（{status}）",
            f"the store is away for now ({status})",
            subject=address,
        )
    elif reply.body.strip() and reply.media_type in {"text/html", "application/xhtml+xml"} and status != 404:
        error = SystemFailure(
            "store-html",
            f"这个地址回答的是网页（{status}），不是存储；请核对 --store 与代理",
            f"this address answers with a web page ({status}), it is no store; check --store and any proxy",
            subject=address,
        )
    elif status in {404, 410}:
        error = UsageError(
            "store-not-found",
            f"这个地址没有存储（{status}）；请核对 --store、store_query 与 store_graphs",
            f"there is no store at this address ({status}); check --store, store_query and store_graphs",
            subject=address,
        )
    elif status == 413:
        error = SystemFailure(
            "store-piece",
            "存储不收这么大的一块；用 --piece-mib 减小",
            "the store takes no piece of this size; make it smaller with --piece-mib",
            subject=address,
        )
    elif not 200 <= status < 300:
        error = StoreRefusal(
            status,
            "store-refused",
            f"存储拒绝了请求（{status}）：{reply.told}",
            f"the store refused the request ({status}): {reply.told}",
            subject=address,
        )
    else:
        return
    raise error


class StoreRefusal(SystemFailure):
    """The store did not do what it was asked for a reason of its own; `status` is what it answered."""

    def __init__(self, status: int, code: str, zh: str, en: str, *, subject: str | None = None) -> None:
        super().__init__(code, zh, en, subject=subject)
        self.status = status
