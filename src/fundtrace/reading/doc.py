"""Reads the old Word format and RTF, which LibreOffice turns into docx where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from fundtrace.reading import docx
from fundtrace.reading.refusals import refusal
from fundtrace.reading.sheets import Sheets
from fundtrace.reading.source import Source

_SECONDS = 120


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
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise refusal("too-slow", source.name, limit=_SECONDS) from error
    except OSError as error:
        raise refusal("missing-soffice", source.name) from error
    made = folder / "document.docx"
    if not made.is_file():
        said = done.stderr.decode("utf-8", errors="replace").strip().splitlines()
        raise refusal(
            "damaged-doc", source.name, reason=said[-1][:120] if said else f"exit {done.returncode}"
        )
    return made.read_bytes()
