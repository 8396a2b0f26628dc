"""Writing the ledger that counts from the next release on: what there was, what the release tells, and who stands for whom."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from fundtrace.graph import Letters, Mark
from fundtrace.graph.terms import LABEL
from fundtrace.release.entities import readable
from fundtrace.release.layout import Layout, sync
from fundtrace.release.ledger import Row, path_order, read_rows
from fundtrace.release.opening import Release, current_version
from fundtrace.release.succession import Place, Side, Thing, successors
from fundtrace.vocab import properties as p

_NONE: list[str] = []
_GATHERED = ("department/", "unit/")
"""What is named by whole files, and by several: its place is the first of them."""


def write_ledger(
    layout: Layout,
    release: Release,
    letters: Letters | None = None,
    moved: Mapping[str, str] | None = None,
    told: Path | None = None,
) -> None:
    """Writes the ledger that is to count when this release is current: the present one and what the release tells.

    Depends on these alone. `letters` has the marks of what is told; without them those of the present ledger stay. `moved`
    is path to path of what a person merged, which goes before what can be told from the places. `told` is a file with the first of
    the release's statements about each subject and all with `asked` predicates, which is enough and sooner read than them all. Raises
    `SystemFailure`: `corrupt-ledger`, `corrupt-release`.
    """
    current = current_version(layout.data)
    if release.version == current and layout.ledger(release.version).exists():
        return
    draft = layout.draft()
    arrived = draft.with_name(f"{draft.name}-fresh")
    gone: list[Thing] = []
    lost: dict[str, tuple[str, str]] = {}
    before: dict[str, str] = {}
    with (
        draft.open("w", encoding="utf-8", newline="\n") as file,
        arrived.open("w", encoding="utf-8", newline="\n") as fresh,
    ):
        lines = release.statements() if told is None else _lines(told)
        rows = _told(lines, release, letters.mark if letters else _unmarked)
        for row, was in _merged(read_rows(layout, current), rows):
            line = f"{row.to_line()}\n"
            if row.last == release.version:
                if was is None or was.last != current:
                    fresh.write(line)
            elif row.last == current:
                gone.append(row.thing)
                if row.mark is not None:
                    lost[row.path] = row.same
            if was is not None and was.place is not None and row.path.startswith("source/"):
                before[was.place.file] = row.path
            file.write(line)
    after = {sha256[:16]: iri.rpartition("/id/")[2] for iri, sha256 in release.source_hashes.items()}
    known = successors(
        Side(lambda: gone, before),
        Side(lambda: (row.thing for row in _rows(arrived)), after),
        _siblings(lost, draft, release.version) if lost else {},
    )
    arrived.unlink()
    _finish(draft, {**known, **(moved or {})})
    layout.ledger(release.version).parent.mkdir(exist_ok=True)
    draft.replace(layout.ledger(release.version))
    sync(layout.ledger(release.version).parent)


def _merged(old: Iterator[Row], new: Iterator[Row]) -> Iterator[tuple[Row, Row | None]]:
    """Each row as it is to be written, with what the present ledger has."""
    was = next(old, None)
    for now in new:
        while was is not None and path_order(was.path) < path_order(now.path):
            yield was, was
            was = next(old, None)
        if was is None or was.path != now.path:
            yield now, None
        else:
            yield (replace(now, mark=was.mark) if now.mark is None else now), was
            was = next(old, None)
    while was is not None:
        yield was, was
        was = next(old, None)


def asked(namespace: str) -> frozenset[str]:
    """The predicates of the statements that the ledger is made of."""
    return frozenset({LABEL, *(f"<{namespace}{name}>" for name in (p.line, p.source, p.sha256))})


def _told(lines: Iterable[str], release: Release, mark: Callable[[str], Mark | None]) -> Iterator[Row]:
    """The rows of what a release tells."""
    namespace, start = release.namespace, len(release.base) + len("<id/")
    line_, source, sha256 = (f"<{namespace}{name}>" for name in (p.line, p.source, p.sha256))
    hashes = release.source_hashes
    wanted, subject, found = asked(namespace), "", dict[str, list[str]]()

    def row() -> Row:
        path, place = subject[start:-1], None
        labels, lines, sources = found.get(LABEL, _NONE), found.get(line_, _NONE), found.get(source, _NONE)
        label = labels[0] if labels else '""'
        if len(labels) > 1:
            label = next((value for value in labels if value.endswith("@zh")), label)
        if sha256 in found and path.startswith("source/"):
            place = Place(readable(found[sha256][0])[:16], 0)
        elif len(lines) == len(sources) == 1 and sources[0][1:-1] in hashes:
            place = Place(hashes[sources[0][1:-1]][:16], int(readable(lines[0])))
        elif path.startswith(_GATHERED) and sources and sources[0][1:-1] in hashes:
            place = Place(hashes[sources[0][1:-1]][:16], 0)
        return Row(path, release.version, readable(label), place=place, mark=mark(path))

    for line in lines:
        told, predicate, rest = line.split(" ", 2)
        if told != subject:
            if subject:
                yield row()
            subject, found = told, {}
        if predicate in wanted:
            found.setdefault(predicate, []).append(rest[:-3])
    yield row()


def _siblings(lost: Mapping[str, tuple[str, str]], draft: Path, version: str) -> dict[str, str]:
    """For each telling that is gone, one that is left of the same thing."""
    wanted, left = set(lost.values()), dict[tuple[str, str], str]()
    for row in _rows(draft):
        if row.last == version and row.mark is not None and row.same in wanted:
            left.setdefault(row.same, row.path)
    return {path: left[same] for path, same in lost.items() if same in left}


def _rows(path: Path) -> Iterator[Row]:
    return map(Row.from_line, _lines(path))


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="\n") as file:
        yield from file


def _unmarked(path: str) -> None:
    """Knows of no mark."""


def _finish(draft: Path, known: dict[str, str]) -> None:
    """Adds the successors, if there are any, and the checksum."""
    if known:
        final = draft.with_name(f"{draft.name}-1")
        with final.open("w", encoding="utf-8", newline="\n") as file:
            for line in _lines(draft):
                path = line.partition("\t")[0]
                if path in known:
                    line = f"{replace(Row.from_line(line), to=known[path]).to_line()}\n"
                file.write(line)
        final.replace(draft)
    with draft.open("r+b") as whole:
        whole.write(f"#{hashlib.file_digest(whole, 'sha256').hexdigest()}\n".encode())
        whole.flush()
        os.fsync(whole.fileno())
