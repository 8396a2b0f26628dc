"""Reads the old Word format and RTF, which LibreOffice turns into docx where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from fundtrace.reading import docx
from fundtrace.reading.refusals import refusal
from fundtrace.reading.sheets import Sheets
from fundtrace.reading.source import Source

_SECONDS = 45
"""How long a conversion may take; the documents this was measured on took three."""
_BOUNDED = f'ulimit -t {_SECONDS} -d {1024 * 1024}; exec "$0" "$@"'
"""Starts a program with bounds on its processor time (seconds) and its memory (KiB)."""


def read(source: Source) -> tuple[Sheets, ...]:
    """The one reading of a `.doc`. Raises `InputError`: missing-soffice where LibreOffice is not installed."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise refusal("missing-soffice", source.name)
    with TemporaryDirectory(prefix="fundtrace-") as folder:
        converted = _convert(program, Path(folder), source)
    inner = replace(source, data=converted, format="docx")
    (sheets,) = docx.read(inner)
    return (replace(sheets, format="doc", sha256=sha256(source.data).hexdigest()),)


def _convert(program: str, folder: Path, source: Source) -> bytes:
    given = folder / "document.doc"
    given.write_bytes(source.data)
    command = [
        "/bin/sh",
        "-c",
        _BOUNDED,
        program,
        "--headless",
        "--norestore",
        "--nolockcheck",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder),
        str(given),
    ]
    try:
        # The program is found by name; the file's own name never reaches the command.
        process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise refusal("missing-soffice", source.name) from error
    with process:
        try:
            _, said = process.communicate(timeout=_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise refusal("too-slow", source.name, limit=_SECONDS) from error
        finally:
            # What LibreOffice has started outlives the program that is waited for.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    if process.returncode in {126, 127}:
        raise refusal("missing-soffice", source.name)
    made = folder / "document.docx"
    if not made.is_file():
        lines = said.decode("utf-8", errors="replace").strip().splitlines()
        reason = lines[-1][:120] if lines else f"exit {process.returncode}"
        raise refusal("damaged-doc", source.name, reason=reason)
    return made.read_bytes()
