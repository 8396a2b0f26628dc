"""Request bodies, bounded in bytes and in time."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from typing import Final

from starlette.requests import Request
from starlette.types import Receive

from fundtrace.query.patterns import unescaped
from fundtrace_server.problems import Problem

BODY_SECONDS = 20.0
"""How long a client may take to send its body."""

WHOLE: Final = "fundtrace.whole"
"""Stands in the scope of a request whose body had come before it was looked at."""

_MOST_FIELDS: Final = 100


async def read_body(request: Request, limit: int) -> bytes:
    """The whole body, at most `limit` bytes. Raises what `received` raises."""
    declared = request.headers.get("content-length", "").encode("latin-1")
    return await received(request.receive, limit, declared, whole=WHOLE in request.scope)


async def received(receive: Receive, limit: int, declared: bytes = b"", *, whole: bool = False) -> bytes:
    """The whole body of a request that nobody has read, at most `limit` bytes; `declared` is its `Content-Length`.

    `whole` says that all of it has come already, so that nobody has to watch the time.

    Raises `Problem` 413 beyond the limit, 408 for a client that is too slow, 400 for one that went away.
    """
    if declared.isdigit() and len(declared) < 20 and int(declared) > limit:
        raise _too_large(limit)
    if whole:
        return await _pieces(receive, limit)
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await _pieces(receive, limit)
    except TimeoutError as error:
        raise Problem(408, "body-too-slow", "请求正文发送过慢", "the request body came too slowly") from error


async def _pieces(receive: Receive, limit: int) -> bytes:
    chunks: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Problem(400, "client-gone", "客户端已断开", "the client went away")
        chunk, more = message.get("body", b""), message.get("more_body", False)
        size += len(chunk)
        if size > limit:
            raise _too_large(limit)
        chunks.append(chunk)
    return b"".join(chunks)


def decode(body: bytes) -> str:
    """The body as text; `Problem` 400 when it is not UTF-8."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(
            400,
            "not-utf-8",
            f"请求正文不是 UTF-8（第 {error.start} 字节）",
            f"the body is not UTF-8 (byte {error.start})",
        ) from error


def decode_form(body: bytes) -> list[tuple[str, str]]:
    """Fields of an `application/x-www-form-urlencoded` body, percent-decoded exactly once. Raises `Problem` 400."""
    parts = body.split(b"&")
    if len(parts) > _MOST_FIELDS:
        raise Problem(
            400,
            "bad-form",
            f"表单超过 {_MOST_FIELDS} 个字段",
            f"the form has more than {_MOST_FIELDS} fields",
        )
    fields = [part.partition(b"=") for part in parts if part]
    try:
        return [
            (unescaped(name).decode("utf-8"), unescaped(value).decode("utf-8")) for name, _, value in fields
        ]
    except UnicodeDecodeError as error:
        raise Problem(
            400, "bad-form", f"无法读取表单：{error}", f"the form cannot be read: {error}"
        ) from error


def media_type(request: Request) -> str:
    """The media type of the body, without parameters, in lower case; empty when not named."""
    return media_type_of(request.headers.get("content-type", "").encode("latin-1"))


@lru_cache(64)
def media_type_of(named: bytes) -> str:
    """The media type of a `Content-Type` header, as `media_type` gives it."""
    return named.decode("latin-1").split(";")[0].strip().lower()


def _too_large(limit: int) -> Problem:
    return Problem(
        413,
        "body-too-large",
        f"请求正文超过 {limit // 1024} KiB 的上限",
        f"the body is larger than {limit // 1024} KiB",
    )
