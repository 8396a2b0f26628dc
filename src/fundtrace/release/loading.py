"""The store of a release, filled while its statements are still being sorted."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import pyoxigraph as ox

from fundtrace.graph import not_loaded


class Loading:
    """A store in a folder that does not exist yet, loaded in a thread beside from files of N-Triples as they come.

    Loading goes on outside the interpreter, so it takes a processor that sorting leaves idle. A file is loaded at once, so its size is
    what decides about memory. What goes wrong is told at the end, because text that no release may have is better told by those who check it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._thread = ThreadPoolExecutor(1)
        self._store: ox.Store | None = None
        self._pieces: list[Future[None]] = []
        self._ended = False

    def __enter__(self) -> Loading:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Lets go of the store when nothing is loaded any more, so that its folder can be moved or removed."""
        self._ended = True
        self._thread.shutdown()
        self._store = None

    @property
    def begun(self) -> bool:
        """Whether there was anything to load."""
        return bool(self._pieces)

    def add(self, run: Path) -> None:
        """Takes a file, which may go when this returns."""
        # One is loaded and one waits, so that no disk is filled with files that nobody has taken yet.
        wait(self._pieces[:-1])
        self._pieces.append(self._thread.submit(self._load, run.open("rb")))

    def finish(self, rest: Iterable[str]) -> None:
        """Adds the rest, lines without line ends, and leaves the store complete on the disk. Raises `SystemFailure` `store-load`."""
        try:
            for piece in self._pieces:
                piece.result()
            store = self._open()
            store.bulk_load("".join(f"{line}\n" for line in rest), ox.RdfFormat.N_TRIPLES, lenient=True)
            store.optimize()
            store.flush()
        except (OSError, RuntimeError, SyntaxError, ValueError) as error:
            raise not_loaded(self._folder, error) from error
        finally:
            self._store = None

    def _load(self, run: BinaryIO) -> None:
        with run:
            if not self._ended:
                self._open().bulk_load(run.read(), ox.RdfFormat.N_TRIPLES, lenient=True)

    def _open(self) -> ox.Store:
        if self._store is None:
            self._store = ox.Store(str(self._folder))
        return self._store
