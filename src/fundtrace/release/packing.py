"""The text of a release on its way to the disk: written, completed by what the release says of itself, packed."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO

_BATCH = 4_096
"""Lines that are written at once."""
_BLOCK = 1 << 20


def write_lines(path: Path, lines: Iterable[str]) -> str:
    """Writes the lines; gives the SHA-256 of the file."""
    digest, waiting = hashlib.sha256(), iter(lines)
    with path.open("wb") as file:
        while batch := list(islice(waiting, _BATCH)):
            encoded = "\n".join([*batch, ""]).encode()
            digest.update(encoded)
            file.write(encoded)
    return digest.hexdigest()


def splice(content: Path, own: Sequence[str], whole: Path) -> str:
    """Writes the content with the sorted lines of one more subject in their place; gives the SHA-256 of the file."""
    digest = hashlib.sha256()
    lines = "".join(f"{line}\n" for line in own).encode()
    with content.open("rb") as source, whole.open("wb") as target:
        rest = _place(source, lines)
        source.seek(0)
        for size, then in ((rest, lines), (content.stat().st_size - rest, b"")):
            while block := source.read(min(size, _BLOCK)):
                digest.update(block)
                target.write(block)
                size -= len(block)
            digest.update(then)
            target.write(then)
    return digest.hexdigest()


def _place(file: BinaryIO, wanted: bytes) -> int:
    """The offset in a file of sorted lines at which these belong."""

    def line_from(offset: int) -> bytes:
        file.seek(max(0, offset - 1))
        if offset:
            file.readline()
        return file.readline() or b"\xff"

    offset = bisect_left(range(file.seek(0, os.SEEK_END)), wanted, key=line_from)
    found = line_from(offset)
    return file.tell() - (len(found) if found != b"\xff" else 0)


def pack(plain: Path, packed: Path) -> None:
    """Compresses a file: equal bytes give equal bytes."""
    with (
        plain.open("rb") as source,
        packed.open("wb") as target,
        gzip.GzipFile(filename="", mode="wb", fileobj=target, mtime=0, compresslevel=6) as file,
    ):
        shutil.copyfileobj(source, file, 1 << 20)
