"""Every IRI that was ever published, with its last release, its label, its successor and its letter.

One text file, `ledger/<version>`, sorted like the statements and read by bisection. It is written before the release of
that version becomes current, and only the one of the current release counts: so the ledger and the release change in one
step. IRIs stand in it without their base (`project/…`).
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from fundtrace.errors import SystemFailure
from fundtrace.graph import Letters, Mark
from fundtrace.release.layout import Layout
from fundtrace.release.opening import current_version
from fundtrace.release.succession import Place, Thing

State = Literal["live", "moved", "gone", "unknown"]

_PATH = re.compile(r"(?:(.*)/id/)?([a-z-]+/[^/]+)\Z", re.DOTALL)
_MOST_MOVES = 32


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of an IRI.

    `live`: the current release tells of it. `moved`: `to` is the IRI that stands for it now. `gone`: `release` is the last
    version that told of it, `label` what it was called there. `unknown`: it never was in a release.
    """

    state: State
    to: str | None = None
    label: str | None = None
    release: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the ledger; `mark` only for what can have a letter, `place` only for what was read at one line."""

    path: str
    last: str
    label: str
    to: str = ""
    place: Place | None = None
    mark: Mark | None = None

    @property
    def same(self) -> tuple[str, str]:
        """Kind and key without a letter: what the tellings of one thing share."""
        return self.path.partition("/")[0], self.mark.plain if self.mark else self.path.partition("/")[2]

    @property
    def thing(self) -> Thing:
        """What succession knows of it."""
        return Thing(self.path, self.label, self.place)

    def to_line(self) -> str:
        """The line, without its end."""
        mark, place = self.mark, self.place
        told = [mark.plain, str(mark.rank), mark.says, ",".join(sorted(mark.files))] if mark else [""] * 4
        where = f"{place.file}:{place.line}" if place else ""
        return "\t".join([self.path, self.last, self.to, where, *told, " ".join(self.label.split())])

    @classmethod
    def from_line(cls, line: str) -> Row:
        """Reads a line. Raises `ValueError` for one that is none."""
        path, last, to, where, plain, rank, says, files, label = line.rstrip("\n").split("\t")
        file, _, number = where.partition(":")
        return cls(
            path,
            last,
            label,
            to,
            Place(file, int(number)) if where else None,
            Mark(plain, int(rank), says, frozenset(files.split(","))) if plain else None,
        )


def lookup(data: Path, iri: str) -> Standing:
    """What became of an IRI, or of its path behind `id/`, under whatever base it was published.

    Raises `SystemFailure` `corrupt-ledger`.
    """
    version, found = current_version(data), _PATH.match(iri)
    if version is None or found is None:
        return Standing("unknown")
    base, path = found.groups()
    try:
        with Layout(data).ledger(version).open("rb") as file:
            row = _find(file, path)
            if row is None:
                return Standing("unknown")
            end = row
            for _ in range(_MOST_MOVES):
                after = _find(file, end.to) if end.to and end.last != version else None
                if after is None:
                    break
                end = after
    except FileNotFoundError:
        return Standing("unknown")
    except (OSError, ValueError) as error:
        raise _corrupt(Layout(data).ledger(version), str(error)) from error
    if end.last != version:
        return Standing("gone", label=row.label, release=row.last)
    if end is row:
        return Standing("live", label=row.label, release=version)
    return Standing("moved", f"{base}/id/{end.path}" if base else end.path, row.label, row.last)


def read_letters(layout: Layout) -> Letters:
    """The letters that were given up to the current release, read when they are wanted.

    Raises `SystemFailure` `corrupt-ledger`, then and now.
    """
    version = current_version(layout.data)
    return Letters(lambda: ((row.path, row.mark) for row in read_rows(layout, version) if row.mark))


def read_rows(layout: Layout, version: str | None) -> Iterator[Row]:
    """The rows of a ledger, none where there is no ledger. Raises `SystemFailure` `corrupt-ledger` at the end if not before."""
    if version is None or not layout.ledger(version).exists():
        return
    digest, last = hashlib.sha256(), ""
    try:
        with layout.ledger(version).open("rb") as file:
            for line in file:
                last = line.decode()
                if last.startswith("#"):
                    break
                digest.update(line)
                yield Row.from_line(last)
    except (OSError, ValueError) as error:
        raise _corrupt(layout.ledger(version), str(error)) from error
    if last != f"#{digest.hexdigest()}\n":
        raise _corrupt(layout.ledger(version), "SHA-256")


def path_order(path: str) -> bytes:
    """What paths are sorted by."""
    return f"{path}>".encode()  # as the statements are sorted


def _find(file: BinaryIO, path: str) -> Row | None:
    """The row of a path, by bisection over the bytes of the file. Raises `ValueError` for what is no ledger."""
    wanted = path_order(path)
    low, high = 0, file.seek(0, os.SEEK_END)
    while low < high:
        middle = (low + high) // 2
        file.seek(middle)
        if middle:
            file.readline()  # the rest of a line, whose start is left of the middle
        line = file.readline()
        if not line or line.startswith(b"#") or _order_of(line) > wanted:
            high = middle
        elif _order_of(line) == wanted:
            return Row.from_line(line.decode())
        else:
            low = middle + 1
    file.seek(0)
    first = file.readline()
    return Row.from_line(first.decode()) if _order_of(first) == wanted else None


def _order_of(line: bytes) -> bytes:
    return line.partition(b"\t")[0] + b">"


def _corrupt(path: Path, detail: str) -> SystemFailure:
    return SystemFailure(
        "corrupt-ledger",
        f"IRI 登记簿已损坏（{detail}）；请从备份恢复这个文件，删除它则从头登记（已给出的字母会失去）",
        f"the ledger of IRIs is damaged ({detail}); restore the file from a copy; without it a new one is begun, "
        "and letters once given are lost",
        subject=str(path),
    )
