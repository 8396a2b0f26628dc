"""Reads a PDF in a process of its own, which may take only so much memory and time."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
from dataclasses import asdict
from typing import Any

from fundtrace.errors import InputError
from fundtrace.reading.limits import Limits
from fundtrace.reading.pdf import reader
from fundtrace.reading.refusals import refusal
from fundtrace.reading.sheets import Cell, Paragraph, Row, Sheets, Table
from fundtrace.reading.source import Source

_SECONDS = 50
"""Processor time of one reading."""
_WAIT = 180
"""Seconds that a reading may take on a busy machine."""
_MIB = 960
"""Address space of the process."""


def read(source: Source) -> tuple[Sheets, ...]:
    """The one reading of a PDF. Raises `InputError`, also too-slow and too-large where the process was ended."""
    head = json.dumps(
        {
            "name": source.name,
            "format": source.format,
            "limits": asdict(source.limits),
            "memory": _MIB,
            "seconds": _SECONDS,
        }
    )
    command = [sys.executable, "-m", "fundtrace.reading.pdf.confined"]
    try:
        done = subprocess.run(  # noqa: S603 (our own module)
            command,
            input=head.encode() + b"\n" + source.data,
            capture_output=True,
            timeout=_WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise refusal("too-slow", source.name, limit=_WAIT) from error
    except OSError:
        # Whoever may start no process is confined already.
        return reader.read(source)
    if done.returncode in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise refusal("too-slow", source.name, limit=_SECONDS)
    if done.returncode == -signal.SIGSEGV:
        raise refusal("damaged-pdf", source.name, reason="pdfium: SIGSEGV")
    if done.returncode:
        raise refusal(
            "too-large", source.name, what="读取所需的 MiB 内存", what_en="MiB of memory", limit=_MIB
        )
    said = json.loads(done.stdout)
    if "code" in said:
        raise InputError(said["code"], said["zh"], said["en"], subject=source.name)
    return (source.sheets([_block(block) for block in said["blocks"]], said["pages"]),)


def _block(said: dict[str, Any]) -> Paragraph | Table:
    if "rows" not in said:
        return Paragraph(**said)
    rows = tuple(
        Row(tuple(Cell(*cell) for cell in row["cells"]), row["number"], row["line"], row["page"])
        for row in said["rows"]
    )
    return Table(said["number"], rows, said["line"], said["page"], said["continues"])


def _plain(block: Paragraph | Table) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return asdict(block)
    rows = [
        {
            "cells": [(cell.text, cell.line, cell.merged) for cell in row.cells],
            "number": row.number,
            "line": row.line,
            "page": row.page,
        }
        for row in block.rows
    ]
    return {
        "number": block.number,
        "rows": rows,
        "line": block.line,
        "page": block.page,
        "continues": block.continues,
    }


def main() -> None:
    """Read the PDF on standard input and print its blocks, or the refusal, as JSON."""
    head = json.loads(sys.stdin.buffer.readline())
    resource.setrlimit(resource.RLIMIT_AS, (head["memory"] * 1024 * 1024,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (head["seconds"], head["seconds"] + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    data = sys.stdin.buffer.read()
    source = Source(head["name"], data, head["format"], Limits(**head["limits"]))
    said: dict[str, Any]
    try:
        (sheets,) = reader.read(source)
        said = {"blocks": [_plain(block) for block in sheets.blocks], "pages": sheets.pages}
    except InputError as error:
        said = {"code": error.code, "zh": error.zh, "en": error.en}
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main()
