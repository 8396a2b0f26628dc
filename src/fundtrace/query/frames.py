"""What goes through the pipes between a pool and its workers: a JSON header, then bytes.

A frame is the length of its header (4 bytes, big-endian), the header, and as many bytes as the header's `length` says.
"""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO, Final, TypeAlias

Header: TypeAlias = dict[str, Any]

_LENGTH: Final = struct.Struct(">I")


def pack(header: Header, body: bytes = b"") -> bytes:
    """A frame."""
    text = json.dumps({**header, "length": len(body)}).encode("ascii")
    return _LENGTH.pack(len(text)) + text + body


def unpack(data: bytearray) -> tuple[Header, bytes] | None:
    """The first frame of what has been read so far, taken out of it; None while it is incomplete."""
    if len(data) < _LENGTH.size:
        return None
    end = _LENGTH.size + _LENGTH.unpack_from(data)[0]
    if len(data) < end:
        return None
    header: Header = json.loads(bytes(data[_LENGTH.size : end]))
    length: int = header["length"]
    if len(data) < end + length:
        return None
    body = bytes(memoryview(data)[end : end + length])
    del data[: end + length]
    return header, body


def read(stream: BinaryIO) -> Header | None:
    """The header of the next frame of a blocking stream; None at its end."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    text = stream.read(_LENGTH.unpack(head)[0])
    try:
        header: Header = json.loads(text)
    except ValueError:
        return None
    return header
