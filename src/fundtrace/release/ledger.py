"""Every IRI that was ever published, with its last release, its label, its successor and its letter.

One text file, `ledger/<version>`, sorted like the statements and read by bisection. It is written before the release of
that version becomes current, and only the one of the current release counts: so the ledger and the release change in one
step. IRIs stand in it without their base (`project/…`).
"""

from __future__ import annotations

import hashlib
import heapq
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, Literal

from fundtrace.errors import SystemFailure
from fundtrace.graph import Letters, Mark
from fundtrace.graph.terms import LABEL
from fundtrace.release.entities import readable
from fundtrace.release.layout import Layout, sync
from fundtrace.release.opening import Release, current_version
from fundtrace.release.succession import Place, successors
from fundtrace.vocab import properties as p

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
    """The letters that were given up to the current release. Raises `SystemFailure` `corrupt-ledger`."""
    return Letters(
        {row.path: row.mark for row in read_rows(layout, current_version(layout.data)) if row.mark}
    )


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


def write_ledger(
    layout: Layout,
    release: Release,
    letters: Letters | None = None,
    moved: Mapping[str, str] | None = None,
) -> None:
    """Writes the ledger that is to count when this release is current: the present one and what the release tells.

    Depends on these alone. `letters` has the marks of what is told; without them those of the present ledger stay. `moved`
    is path to path of what a person merged, which goes before what can be told from the places. Raises
    `SystemFailure`: `corrupt-ledger`, `corrupt-release`.
    """
    current = current_version(layout.data)
    if release.version == current and layout.ledger(release.version).exists():
        return
    draft = layout.draft()
    gone: dict[str, Place | None] = {}
    fresh: dict[str, Place | None] = {}
    left: dict[tuple[str, str], str] = {}
    lost: dict[str, tuple[str, str]] = {}
    with draft.open("w", encoding="utf-8", newline="\n") as file:
        told = _told(release, letters.marks if letters else {})
        for row, was in _merged(read_rows(layout, current), told):
            if row.last == release.version:
                if was is None or was.last != current:
                    fresh[row.path] = row.place
                if row.mark is not None:
                    left.setdefault(row.same, row.path)
            elif row.last == current:
                gone[row.path] = row.place
                if row.mark is not None:
                    lost[row.path] = row.same
            file.write(f"{row.to_line()}\n")
    siblings = {path: left[same] for path, same in lost.items() if same in left}
    known = {**successors(gone, fresh, siblings), **(moved or {})}
    _finish(draft, known)
    layout.ledger(release.version).parent.mkdir(exist_ok=True)
    draft.replace(layout.ledger(release.version))
    sync(layout.ledger(release.version).parent)


def _merged(old: Iterator[Row], new: Iterator[Row]) -> Iterator[tuple[Row, Row | None]]:
    """Each row as it is to be written, with what the present ledger has."""
    merged = heapq.merge(
        (("old", row) for row in old), (("new", row) for row in new), key=lambda pair: _order(pair[1].path)
    )
    for _, pairs in groupby(merged, key=lambda pair: pair[1].path):
        sides = dict(pairs)
        was, now = sides.get("old"), sides.get("new")
        if now is not None:
            yield (replace(now, mark=was.mark) if was is not None and now.mark is None else now), was
        elif was is not None:
            yield was, was


def _told(release: Release, marks: dict[str, Mark]) -> Iterator[Row]:
    """The rows of what a release tells."""
    namespace, start = release.namespace, len(release.base) + len("<id/")
    line_, source, sha256 = (f"<{namespace}{name}>" for name in (p.line, p.source, p.sha256))
    hashes = release.source_hashes
    wanted, subject, found = frozenset({LABEL, line_, source, sha256}), "", dict[str, list[str]]()

    def row() -> Row:
        path, place = subject[start:-1], None
        labels, lines, sources = (found.get(name, []) for name in (LABEL, line_, source))
        label = next((value for value in labels if value.endswith("@zh")), labels[0] if labels else '""')
        if sha256 in found and path.startswith("source/"):
            place = Place(readable(found[sha256][0])[:16], 0)
        elif len(lines) == len(sources) == 1 and sources[0][1:-1] in hashes:
            place = Place(hashes[sources[0][1:-1]][:16], int(readable(lines[0])))
        return Row(path, release.version, readable(label), place=place, mark=marks.get(path))

    for line in release.statements():
        told, predicate, rest = line.split(" ", 2)
        if told != subject:
            if subject:
                yield row()
            subject, found = told, {}
        if predicate in wanted:
            found.setdefault(predicate, []).append(rest[:-3])
    yield row()


def _finish(draft: Path, known: dict[str, str]) -> None:
    """Adds the successors, if there are any, and the checksum."""
    digest = hashlib.sha256()
    final = draft.with_name(f"{draft.name}-1")
    with draft.open(encoding="utf-8", newline="\n") as source, final.open("wb") as file:
        for line in source:
            path = line.partition("\t")[0]
            if path in known:
                line = f"{replace(Row.from_line(line), to=known[path]).to_line()}\n"
            digest.update(line.encode())
            file.write(line.encode())
        file.write(f"#{digest.hexdigest()}\n".encode())
        file.flush()
        os.fsync(file.fileno())
    final.replace(draft)


def _order(path: str) -> bytes:
    return f"{path}>".encode()  # as the statements are sorted


def _find(file: BinaryIO, path: str) -> Row | None:
    """The row of a path, by bisection over the bytes of the file. Raises `ValueError` for what is no ledger."""
    wanted = _order(path)
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
