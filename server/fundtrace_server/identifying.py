"""The id of a request, by which a client's report, an answer and a line of the log find each other."""

from __future__ import annotations

import itertools
import os
import re
from contextvars import ContextVar
from typing import Final

from starlette.types import Scope

REQUEST_ID: Final[ContextVar[str]] = ContextVar("fundtrace_request_id", default="")
"""The id of the request that is being answered, also in the threads that work for it; empty outside of one."""

HEADER: Final = b"x-request-id"
"""The header in which an answer names it."""

_SANE: Final = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_TRACE: Final = re.compile(rb"[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
"""The header `traceparent` of W3C Trace Context, of which the trace id is taken."""


class RequestIds:
    """Gives ids: 12 hex digits of this process and a count; or that of a header, where `source` names one and it is sane."""

    def __init__(self, source: str) -> None:
        self._header = b"" if source == "own" else source.encode()
        self._sane = _TRACE if source == "traceparent" else _SANE
        self._process = own_prefix()
        self._count = itertools.count(1)

    def of(self, scope: Scope) -> str:
        """The id of a request."""
        if self._header:
            for name, value in scope["headers"]:
                if name == self._header and (found := self._sane.fullmatch(value)):
                    text: bytes = found[1] if found.re.groups else found[0]
                    return text.decode("ascii")
        return f"{self._process}{next(self._count):08x}"


def own_prefix() -> str:
    """What ids of ours begin with that are counted together; 8 hex digits of the count follow."""
    return os.urandom(6).hex()
