"""`/inspect`: what would be read from a document that somebody drops, in a process that is thrown away. Nothing is stored."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from fundtrace.errors import UsageError
from fundtrace.query.workers import RETRY_AFTER
from fundtrace.settings import Settings
from fundtrace_server import confined
from fundtrace_server.bodies import media_type
from fundtrace_server.lines import MULTIPART, Upload, form_of
from fundtrace_server.negotiation import prefers_html
from fundtrace_server.problems import Problem, not_found
from fundtrace_server.rendering import page
from fundtrace_server.views.inspected import view_inspected

MEMORY_MIB: Final = 2048
"""Address space of the process that reads; its readers keep below 1 GiB."""

OUTPUT_MIB: Final = 32
"""What it may print, and the size of any file that it may write."""

AT_ONCE: Final = 2
"""Documents that one server process has read at the same time."""

_MIB: Final = 1024 * 1024
_BUSY: Final = threading.BoundedSemaphore(AT_ONCE)
_NAME: Final = re.compile(r"[^\w.()（）〔〕-]+")
_LONGEST_NAME: Final = 80


async def inspect(request: Request) -> Response:
    """`GET /inspect`: the form; `POST`: what is read from its `file`, as a page, or as JSON by `Accept` or `format=json`.

    404 when it is switched off; 400 for a file that cannot be read, 413, 415; 503 when too many are being read, when one takes
    too long, and where no process can be kept from the network.
    """
    settings: Settings = request.app.state.settings
    if not settings.inspect_mib:
        raise not_found(request.url.path)
    limits = {"mib": settings.inspect_mib, "seconds": f"{settings.inspect_seconds:g}"}
    if request.method != "POST":
        return page(request, "inspect.html", {"limits": limits, "view": None})
    if media_type(request) != MULTIPART:
        raise Problem(
            415,
            "unsupported-media-type",
            f"请求正文应为 {MULTIPART}，文件放在 file 中",
            f"the body must be {MULTIPART} with the file in the field file",
            headers={"Accept-Post": MULTIPART},
        )
    fields = await form_of(request, settings.inspect_mib * _MIB)
    file = fields.get("file")
    if not isinstance(file, Upload) or not file.data:
        raise Problem(400, "no-file", "请选择一个文件", "choose a file")
    read = await run_in_threadpool(inspected, file, settings)
    if fields.get("format") == "json" or not prefers_html(request.headers.get("accept")):
        return JSONResponse(read, headers={"Cache-Control": "no-store"})
    response = await run_in_threadpool(
        page, request, "inspect.html", {"limits": limits, "view": view_inspected(read)}
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def inspected(file: Upload, settings: Settings) -> dict[str, Any]:
    """What `fundtrace inspect --json` says of a file.

    Raises `UsageError` `not-read` with its message for a file that it cannot read, `Problem` 503 as told in `inspect`.
    """
    if not _BUSY.acquire(blocking=False):
        raise _unavailable(
            "inspect-busy",
            "正在检视其他文件，请稍后再试",
            "other documents are being read; try again in a moment",
        )
    try:
        with tempfile.TemporaryDirectory(prefix="fundtrace-inspect-") as folder:
            return _read(Path(folder), file, settings.inspect_seconds)
    finally:
        _BUSY.release()


def file_name(name: str) -> str:
    """A name that is safe to write: the last part of a path, letters and digits of any script, its suffix kept."""
    last = _NAME.sub("-", name.replace("\\", "/").rpartition("/")[2]).strip(".-")
    stem, dot, suffix = last.rpartition(".")
    return (
        f"{(stem or suffix or 'document')[:_LONGEST_NAME]}{dot}{suffix[:12]}"
        if dot
        else last[:_LONGEST_NAME] or "document"
    )


def _read(folder: Path, file: Upload, seconds: float) -> dict[str, Any]:
    path = folder / file_name(file.name)
    path.write_bytes(file.data)
    bounds = [str(MEMORY_MIB), str(int(seconds) + 1), str(OUTPUT_MIB)]
    command = [sys.executable, "-m", "fundtrace_server.confined", path.name, *bounds]
    told, said = folder / ".told", folder / ".said"
    with told.open("wb") as output, said.open("wb") as errors:
        process = subprocess.Popen(  # noqa: S603 - our own module; the name is ours
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            env=_environment(folder),
            start_new_session=True,
        )
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise _unavailable(
                "inspect-too-slow",
                f"读取超过 {seconds:g} 秒，已停止；可在自己的机器上运行 fundtrace inspect",
                f"reading took more than {seconds:g} s and was stopped; run fundtrace inspect on your own machine",
            ) from error
        finally:
            _end(process)
    if process.returncode == confined.UNCONFINED:
        raise _unavailable(
            "inspect-not-confined",
            "本机无法隔离读取进程，检视功能不可用",
            "this machine cannot keep a process from the network, so nothing is read here",
        )
    if process.returncode not in {0, 1}:
        raise _not_read(said.read_bytes(), file.name)
    try:
        read: dict[str, Any] = json.loads(told.read_bytes())
    except ValueError as error:
        raise _not_read(said.read_bytes(), file.name) from error
    read["source"]["file"] = file.name
    return read


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of the server's own: no settings, no keys."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "NO_COLOR": "1",
    }


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and whatever it has started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _not_read(said: bytes, name: str) -> UsageError:
    lines = [line.strip() for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
    reason = lines[-1][:500] if lines else "—"
    return UsageError(
        "not-read",
        f"无法读取 {name[:_LONGEST_NAME]}：{reason}",
        f"{name[:_LONGEST_NAME]} cannot be read: {reason}",
    )


def _unavailable(code: str, zh: str, en: str) -> Problem:
    return Problem(503, code, zh, en, headers={"Retry-After": str(RETRY_AFTER)})
