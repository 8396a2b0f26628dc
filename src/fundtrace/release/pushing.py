"""A release loaded into one named graph of a remote store, piece by piece, counted, and made current last.

It can be ended at any moment and asked for again: the sorted statements go in order, so what a store counts tells where to go on,
and a piece that is sent twice changes nothing. What has been counted whole stands in the store's register (`registered`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from fundtrace.errors import SystemFailure
from fundtrace.graph.remote import RemoteStore
from fundtrace.release.opening import Release
from fundtrace.release.registered import (
    Register,
    classes,
    counted,
    read_register,
    release_graph,
    write_register,
)

PIECE_LINES: Final = 10_000
"""Statements of a piece at most: a store that adds a piece in one transaction takes more than twice as long for twice as many."""

PIECE_BYTES: Final = 8 << 20
"""Bytes of a piece at most, unless asked otherwise."""

Told = Callable[[int, int], object]
"""Is told how many of how many statements are there."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did: the named graph, its statements, how many of them were sent (again), and whether it was current before."""

    graph: str
    statements: int
    sent: int
    was_current: bool


def push(
    release: Release,
    store: RemoteStore,
    told: Told,
    *,
    piece_lines: int = PIECE_LINES,
    piece_bytes: int = PIECE_BYTES,
    afresh: bool = False,
) -> Pushed:
    """Load a release into its graph of a store and make it current there.

    `afresh` replaces whatever the graph holds. Raises `SystemFailure` `store-count` when the store counts other statements
    or entities than the release has, and what the store raises; the release that was current before stays current then.
    """
    graph = release_graph(release.base, release.version)
    expected = release.info.statements
    register = read_register(store, release.base)
    present = 0 if afresh else counted(store, graph)
    if present > expected:
        raise _miscounted(graph, expected, present)
    sent = 0
    if present < expected:
        register = _withdrawn(store, release, register, graph)
        sender = _Sender(release, store, graph, told, piece_lines, piece_bytes)
        sent = sender.send_missing(present, afresh=afresh)
    _check_classes(store, release, graph)
    complete = register.with_release(graph, expected)
    if complete != register:
        write_register(store, release.base, complete)
        if read_register(store, release.base) != complete:
            raise SystemFailure(
                "store-register",
                "存储没有记下当前版本；请再推送一次",
                "the store has not kept which release is current; push again",
                subject=graph,
            )
    return Pushed(graph, expected, sent, register.current == graph)


def _withdrawn(store: RemoteStore, release: Release, register: Register, graph: str) -> Register:
    """The register without a release that is about to be loaded: while it is not whole, nobody may take it for that."""
    if graph not in register.whole:
        return register
    left = register.without(graph)
    write_register(store, release.base, left)
    return left


@dataclass(frozen=True, slots=True)
class _Sender:
    """Sends the statements of a release, in pieces of so many lines and bytes at most."""

    release: Release
    store: RemoteStore
    graph: str
    told: Told
    most_lines: int
    most_bytes: int

    def send_missing(self, present: int, *, afresh: bool) -> int:
        """Send what is missing, the first piece in place of everything if `afresh`; how many statements were sent."""
        expected, sent, found = self.release.info.statements, 0, present
        # A store may have kept a part of the piece that was under way, in any order: that piece is sent again. When that was not
        # all that is missing, the store has lost something earlier, and everything is sent once more.
        for start in (max(0, present - self.most_lines), 0):
            sent += self._send_from(start, afresh=afresh)
            found = counted(self.store, self.graph)
            if found >= expected:
                break
        if found != expected:
            raise _miscounted(self.graph, expected, found)
        return sent

    def _send_from(self, start: int, *, afresh: bool) -> int:
        done = start
        for count, piece in self._pieces(start):
            if afresh and done == 0:
                self.store.replace(self.graph, piece)
            else:
                self.store.add(self.graph, piece)
            done += count
            self.told(done, self.release.info.statements)
        return done - start

    def _pieces(self, start: int) -> Iterator[tuple[int, bytes]]:
        """The statements from one on, as pieces of N-Triples with the number of statements in each."""
        lines: list[bytes] = []
        size = 0
        for line in islice(self.release.statements(), start, None):
            encoded = line.encode()
            if lines and (len(lines) == self.most_lines or size + len(encoded) > self.most_bytes):
                yield len(lines), b"".join(lines)
                lines, size = [], 0
            lines.append(encoded)
            size += len(encoded)
        if lines:
            yield len(lines), b"".join(lines)


def _check_classes(store: RemoteStore, release: Release, graph: str) -> None:
    found = classes(store, graph)
    for name, expected in release.info.counts.items():
        if found.get(name, 0) != expected:
            raise _miscounted(f"{graph} ({name})", expected, found.get(name, 0))


def _miscounted(subject: str, expected: int, found: int) -> SystemFailure:
    return SystemFailure(
        "store-count",
        f"应有 {expected}，存储数得 {found}；用 --afresh 重新装入这个图",
        f"there should be {expected}, the store counts {found}; load this graph anew with --afresh",
        subject=subject,
    )
