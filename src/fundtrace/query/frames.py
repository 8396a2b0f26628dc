"""What goes through the channels between a pool and its workers: a JSON header, then bytes.

A frame is the lengths of its header and of what follows it (4 bytes each, big-endian), the header, and the bytes. Most
headers are one of a few, and are written and read once.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, Protocol, TypeAlias

Header: TypeAlias = Mapping[str, Any]

_LENGTHS: Final = struct.Struct(">II")
_AT_ONCE: Final = 1 << 16
_KEPT: Final = 256


def written(header: Header) -> bytes:
    """A header as it stands in a frame, for those who send it again and again."""
    return json.dumps(header).encode("ascii")


def pack(header: Header | bytes, body: bytes = b"") -> bytes:
    """A frame, of a header or of one that is written."""
    text = header if isinstance(header, bytes) else written(header)
    return _LENGTHS.pack(len(text), len(body)) + text + body


def unpack(data: bytearray) -> tuple[Header, bytes] | None:
    """The first frame of what has been read so far, taken out of it; None while it is incomplete.

    Headers are shared and must not be changed. Raises `ValueError` for what is no frame.
    """
    if len(data) < _LENGTHS.size:
        return None
    header, body = _LENGTHS.unpack_from(data)
    start = _LENGTHS.size + header
    end = start + body
    if len(data) < end:
        return None
    frame = _read(bytes(data[_LENGTHS.size : start])), bytes(memoryview(data)[start:end])
    del data[:end]
    return frame


def only(data: bytes) -> tuple[Header, bytes] | None:
    """The frame that some bytes are, when they are one and nothing else. Raises `ValueError` as `unpack` does."""
    if len(data) < _LENGTHS.size:
        return None
    header, body = _LENGTHS.unpack_from(data)
    start = _LENGTHS.size + header
    if start + body != len(data):
        return None
    return _read(data[_LENGTHS.size : start]), data[start:]


class Channel(Protocol):
    """What bytes come from: a blocking socket, or what reads one."""

    def recv(self, size: int, /) -> bytes:
        """The next bytes, at most so many; none at the end."""


def incoming(channel: Channel) -> Iterator[tuple[Header, bytes]]:
    """The frames that come through a channel, until its end or until something that is none."""
    data = bytearray()
    while piece := channel.recv(_AT_ONCE):
        try:
            if not data and (whole := only(piece)):
                yield whole
                continue
            data += piece
            while frame := unpack(data):
                yield frame
        except ValueError:
            return


@lru_cache(_KEPT)
def _read(text: bytes) -> Header:
    header: Header = json.loads(text)
    return header
