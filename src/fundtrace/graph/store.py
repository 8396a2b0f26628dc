"""The graph as an embedded store on disk."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from fundtrace.errors import SystemFailure


def load_store(statements: Path, folder: Path) -> None:
    """Makes a store in a folder that does not exist yet, from a file of N-Triples.

    The file is trusted to hold valid IRIs, because they were made by `Iris`. Raises `SystemFailure` for text that is
    no N-Triples, naming the place, and for a disk that fails.
    """
    try:
        store = ox.Store(str(folder))
        store.bulk_load(path=str(statements), format=ox.RdfFormat.N_TRIPLES, lenient=True)
        store.optimize()
        store.flush()
    except (OSError, SyntaxError, ValueError) as error:
        raise SystemFailure(
            "store-load",
            f"无法装入图数据库：{error}",
            f"cannot load the graph store: {error}",
            subject=str(folder),
        ) from error


def open_store(folder: Path) -> ox.Store:
    """The store in a folder, read-only: several processes may hold it at once. Raises `OSError`."""
    return ox.Store.read_only(str(folder))
