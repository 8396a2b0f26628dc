"""Opens a file, finds out what it really is, and hands it to its reader."""

from __future__ import annotations

from pathlib import Path

from fundtrace.errors import InputError
from fundtrace.reading.formats import FORMATS, format_of
from fundtrace.reading.limits import DEFAULT, Limits
from fundtrace.reading.refusals import refusal
from fundtrace.reading.sheets import Sheets
from fundtrace.reading.sniffing import true_format
from fundtrace.reading.source import Allowance, Source


def read(path: Path, limits: Limits = DEFAULT) -> tuple[Sheets, ...]:
    """What a file holds: one `Sheets`, or several for an archive.

    The content decides how a file is read when it contradicts the suffix (a PDF that is called `.txt`). Raises
    `InputError` with a code of `refusals.CODES` for whatever cannot be read within the limits.
    """
    kind = format_of(path)
    if kind is None:
        raise unknown_format(path.name)
    try:
        with path.open("rb") as file:
            data = file.read(limits.input_bytes + 1)
    except OSError as error:
        raise refusal("unreadable-file", path.name, reason=error.strerror or type(error).__name__) from error
    return read_bytes(data, path.name, kind, limits)


def read_bytes(
    data: bytes,
    name: str,
    kind: str,
    limits: Limits = DEFAULT,
    *,
    archives: int = 0,
    allowance: Allowance | None = None,
) -> tuple[Sheets, ...]:
    """What the bytes of one file hold; `kind` is the format that its name promises. See `read`.

    `archives` counts the archives that the file lies in, `allowance` is what they share.
    """
    if len(data) > limits.input_bytes:
        limit = limits.input_bytes // (1024 * 1024)
        raise refusal("too-large", name, what="文件的 MiB 数", what_en="MiB in one file", limit=limit)
    if not data:
        raise refusal("empty-file", name)
    source = Source(
        name, data, true_format(data, kind), limits, archives, allowance or Allowance(limits.expanded_bytes)
    )
    return FORMATS[source.format].reader(source)


def unknown_format(name: str) -> InputError:
    """The refusal of a file that no reader is for."""
    suffixes = " ".join(suffix for kind in FORMATS.values() for suffix in kind.suffixes)
    return refusal("unknown-format", name, formats=suffixes)
