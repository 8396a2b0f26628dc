"""The graph as an embedded store on disk."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from fundtrace.errors import SystemFailure

PIECE_LINES = 500_000
"""Statements that are loaded at once: about 550 MB. A load in one go takes 1.4 GB for two million and ends sooner by a third."""


def load_store(statements: Path, folder: Path) -> None:
    """Makes a store in a folder that does not exist yet, from a file of N-Triples, whose size does not matter to memory.

    The file is trusted to hold valid IRIs, because they were made by `Iris`. Raises `SystemFailure` for text that is
    no N-Triples, naming the place, and for a disk that fails.
    """
    loaded = 0
    try:
        store = ox.Store(str(folder))
        with statements.open("rb") as file:
            while piece := list(islice(file, PIECE_LINES)):
                store.bulk_load(b"".join(piece), ox.RdfFormat.N_TRIPLES, lenient=True)
                loaded += len(piece)
        store.optimize()
        store.flush()
    except (OSError, RuntimeError, SyntaxError, ValueError) as error:
        raise not_loaded(folder, error, loaded) from error


def not_loaded(folder: Path, error: Exception, after: int | None = None) -> SystemFailure:
    """The failure `store-load` of a store, `after` so many lines if that is known."""
    zh, en = ("", "") if after is None else (f"（第 {after} 行之后）", f" (after line {after})")
    return SystemFailure(
        "store-load",
        f"无法装入图数据库{zh}：{error}；检查磁盘空间，再运行 fundtrace build",
        f"cannot load the graph store{en}: {error}; check the space on the disk and run fundtrace build again",
        subject=str(folder),
    )


def open_store(folder: Path) -> ox.Store:
    """The store in a folder, read-only: several processes may hold it at once. Raises `OSError`, for damaged files too."""
    try:
        return ox.Store.read_only(str(folder))
    except RuntimeError as error:
        # What the engine calls corruption is none of Python's input errors.
        raise OSError(str(error)) from error
