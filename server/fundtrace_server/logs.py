"""The log: one line for each event, on standard error, for people or as JSON, with the id of the request that it is about."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from fundtrace_server.identifying import REQUEST_ID

JSON: Final = "json"
"""The value of `log_format` for lines that are JSON objects."""

_STANDARD_ERROR: Final = 2
_LONGEST_PATH: Final = 200
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Lines(logging.Formatter):
    """Records of the log in the form of its lines. A traceback is a member of the JSON object, or stands below the line."""

    def __init__(self, style: str) -> None:
        super().__init__()
        self._json = style == JSON

    def format(self, record: logging.LogRecord) -> str:
        """One record."""
        when, request = _stamp(record.created), REQUEST_ID.get()
        message = record.getMessage()
        failure = self.formatException(record.exc_info) if record.exc_info else ""
        if self._json:
            told = {
                "time": when,
                "level": record.levelname.lower(),
                "logger": record.name,
                "request": request,
                "message": message,
                "failure": failure,
            }
            return _encode({name: value for name, value in told.items() if value})
        line = f"{when} {record.levelname} {message}{f' request={request}' if request else ''}"
        return f"{line}\n{failure}" if failure else line


class Answered(NamedTuple):
    """A request that was answered: its id, the status (0 for none), how long it took, the bytes of the body, who asked.

    `moment` is when it was answered, in seconds since 1970; now, where it is not told.
    """

    request: str
    status: int
    seconds: float
    size: int
    client: str
    moment: float | None = None


class AccessLog:
    """Writes one line for each request, past the machinery of `logging`, which costs more than the line.

    The path is written to 200 characters; the query and the body, in which people write what they want to know, never are.
    """

    def __init__(self, style: str, write: Callable[[bytes], object] | None = None) -> None:
        self._json = style == JSON
        self._write = write or _to_standard_error

    def note(self, answered: Answered, method: str, route: str, path: str) -> None:
        """One request, and the route that answered it."""
        request, status, seconds, size, client, moment = answered
        when, shown = _stamp(time.time() if moment is None else moment), _shown(path)
        if self._json:
            told = {
                "time": when,
                "request": request,
                "method": method,
                "route": route,
                "path": shown,
                "status": status,
                "ms": round(seconds * 1000, 1),
                "bytes": size,
                "client": client,
            }
            line = _encode(told)
        else:
            line = (
                f"{when} {method} {shown} {status} {seconds * 1000:.1f}ms {size}B {client} request={request}"
            )
        self._write(f"{line}\n".encode())


def configuration(style: str) -> dict[str, Any]:
    """For `logging.config.dictConfig`: everything on standard error in one form, the server's own lines too."""
    ours = {"handlers": ["lines"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": Lines, "style": style}},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
        # What uvicorn warns of is what strangers send.
        "loggers": {"uvicorn.error": {**ours, "level": "ERROR"}},
        "root": {"handlers": ["lines"], "level": "WARNING"},
    }


def _to_standard_error(line: bytes) -> None:
    # In one call, so that lines of several processes do not mix. A log that nobody takes must not cost an answer.
    with suppress(OSError):
        os.write(_STANDARD_ERROR, line)


def _shown(path: str) -> str:
    """A path within bounds, on one line and as one word."""
    cut = path[:_LONGEST_PATH] or "-"
    return cut if cut.isprintable() and " " not in cut else quote(cut, safe="/-_.~", errors="replace")


class _Second:
    """The text of the second that was asked for last: formatting a date takes longer than the rest of a line."""

    whole = -1
    text = ""


def _stamp(moment: float) -> str:
    whole = int(moment)
    if whole != _Second.whole:
        _Second.text = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(whole))
        _Second.whole = whole
    return f"{_Second.text}.{int(moment % 1 * 1000):03d}Z"
