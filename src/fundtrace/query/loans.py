"""What goes with a connection that a server lends to a worker, and what the worker tells of the answers that it gave.

A client that asks one quick query after the other over one connection is answered by the worker itself, which spares it two processes that wake
each other for each query. `lending` is the pool's side, `borrowing` the worker's.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, NamedTuple, Protocol

from fundtrace.query import frames
from fundtrace.query.patterns import Pattern

LEND: Final = frames.written({"lend": True})
"""The header of a frame that brings a connection, as its file descriptor, and `Terms`."""
RECALL: Final = frames.pack({"recall": True})
"""The frame upon which a worker gives back all connections."""
BACK: Final = frames.written({"back": True})
"""The header of a frame that gives one back: its number, then what is still to be sent over it."""
TOLD: Final = frames.written({"told": True})
"""The header of a frame that tells of answers."""

_NUMBER: Final = struct.Struct(">I")
_RECORD: Final = struct.Struct(">IIfd")
_TEXT: Final = "latin-1"


@dataclass(frozen=True, slots=True)
class Terms:
    """How the requests of a connection look and how they are answered.

    `solutions` and `graph` are the names of the formats wanted, None for one that the client cannot take. `head` is the
    beginning of every answer, status line included, `ids` what its request ids begin with, `version` that of the release
    where answers have an `ETag`, else empty; `gzip` says whether the client takes that. `seconds` is the processor time that any
    query may take, `quick_seconds` that after which the system ends the worker in the middle of one.
    """

    number: int
    pattern: Pattern
    solutions: str | None
    graph: str | None
    head: bytes
    ids: str
    version: str
    gzip: bool
    seconds: float
    quick_seconds: float

    def numbered(self, number: int) -> Terms:
        """The same for the loan of a number."""
        return replace(self, number=number)

    def written(self) -> bytes:
        """As it stands in a frame."""
        return json.dumps(asdict(self), default=_decoded).encode()


class Told(NamedTuple):
    """An answer that a worker gave: the number of its loan, the bytes of its body, how long it took, and when it was over."""

    number: int
    size: int
    seconds: float
    moment: float


class Borrowed(Protocol):
    """Who lends a connection. It is called within the event loop."""

    def on_told(self, told: Told) -> None:
        """An answer was given over it."""

    def on_back(self, rest: bytes, *, sure: bool) -> None:
        """It is back, with what is still to be sent over it.

        Where it is not `sure`, its worker has ended, and may have read a request that it did not answer.
        """


def read_terms(text: bytes) -> Terms:
    """What `Terms.written` wrote."""
    fields: dict[str, Any] = json.loads(text)
    pattern: dict[str, Any] = {
        name: value.encode(_TEXT) if isinstance(value, str) else value
        for name, value in fields.pop("pattern").items()
    }
    return Terms(**{**fields, "pattern": Pattern(**pattern), "head": fields["head"].encode(_TEXT)})


def back(number: int, rest: bytes) -> bytes:
    """The frame that gives a connection back."""
    return frames.pack(BACK, _NUMBER.pack(number) + rest)


def read_back(body: bytes) -> tuple[int, bytes]:
    """The number of the loan, and what is still to be sent."""
    return _NUMBER.unpack_from(body)[0], body[_NUMBER.size :]


def told(records: Iterable[Told]) -> bytes:
    """The frame that tells of answers."""
    return frames.pack(TOLD, b"".join(_RECORD.pack(*one) for one in records))


def read_told(body: bytes) -> Iterator[Told]:
    """The answers that a frame tells of."""
    return map(Told._make, _RECORD.iter_unpack(body))


def _decoded(value: bytes) -> str:
    return value.decode(_TEXT)
