"""The index of a release, opened read-only and immutable: one connection for each thread that asks."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from weakref import WeakSet

import apsw
import sqlalchemy as sa

from fundtrace.errors import QueryError, SystemFailure
from fundtrace.index import searching, sqlite
from fundtrace.index.building import INDEX, fingerprint
from fundtrace.index.metadata import INFO, metadata
from fundtrace.vocab import classes as c
from fundtrace.vocab import properties as p

_STEPS: Final = 20_000
"""Steps of SQLite's machine between two looks at the clock: about a millisecond."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of a statement, the codes that it gave to `note`, and how long it took in seconds."""

    rows: list[tuple[Any, ...]]
    notes: frozenset[str]
    seconds: float


class Index:
    """An open index. Made by `open_index`; may be used by any number of threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._open: WeakSet[apsw.Connection] = WeakSet()
        tables = metadata().tables
        try:
            connection = self.connect()
            if not sqlite.is_whole(connection, path):
                raise _corrupt(path, "truncated")
            info = tables[INFO]
            rows = connection.execute(sqlite.compile(sa.select(info.c.name, info.c.value))[0])
            self._info = {str(name): str(value) for name, value in rows}
            if self._info.get("fingerprint") != fingerprint():
                raise SystemFailure(
                    "foreign-index",
                    "这个索引是另一版 fundtrace 建立的；重新运行 fundtrace build，它会重建索引",
                    "the index was made by another version of fundtrace; run fundtrace build again, which makes it anew",
                    subject=str(path),
                )
            version = sa.select(tables[c.Release].c[p.version]).order_by(tables[c.Release].c.n).limit(1)
            self._version = str(connection.execute(*sqlite.compile(version)).get or "")
        except (apsw.Error, OSError) as error:
            raise _corrupt(path, str(error)) from error

    @property
    def base(self) -> str:
        """The base of the release's IRIs."""
        return self._info["base"]

    @property
    def namespace(self) -> str:
        """The namespace of the ontology in this release."""
        return self._info["namespace"]

    @property
    def version(self) -> str:
        """The version that the release states of itself; empty if it states none."""
        return self._version

    def connect(self) -> apsw.Connection:
        """The connection of this thread: read-only, with every function of the index. Raises `apsw.Error`."""
        if not hasattr(self._local, "connection"):
            self._local.notes = set()
            connection = sqlite.open_finished(self.path)
            sqlite.add_functions(connection, self._local.notes)
            searching.add_functions(connection)
            self._open.add(connection)
            self._local.connection = connection
        found: apsw.Connection = self._local.connection
        return found

    def run(self, sql: str, parameters: Mapping[str, Any], seconds: float | None = None) -> Answer:
        """Runs a statement of ours in this thread.

        Raises `QueryError` `too-slow` (unavailable) after `seconds`, `SystemFailure` `corrupt-index` for a damaged file.
        """
        connection, begun = self.connect(), time.perf_counter()
        notes: set[str] = self._local.notes
        notes.clear()
        if seconds is not None:
            end = begun + seconds
            connection.set_progress_handler(lambda: time.perf_counter() > end, _STEPS)
        try:
            rows = connection.execute(sql, parameters).fetchall()
        except apsw.InterruptError as error:
            raise QueryError(
                "too-slow",
                f"查询超过 {seconds:g} 秒，已停止；缩小范围再试",
                f"the query took more than {seconds:g} s and was stopped; ask for less",
                kind="unavailable",
            ) from error
        except (apsw.CorruptError, apsw.NotADBError, apsw.IOError) as error:
            raise _corrupt(self.path, str(error)) from error
        finally:
            connection.set_progress_handler(None)
        return Answer(rows, frozenset(notes), time.perf_counter() - begun)

    def search(
        self,
        text: str,
        classes: Sequence[str] = (),
        limit: int = 20,
        offset: int = 0,
        seconds: float | None = None,
    ) -> list[searching.Match]:
        """The entities that hold every word of a text from anybody, of these classes (all when empty), best first.

        A word is found inside longer ones too. Raises as `run` does.
        """
        sql, parameters = searching.page(classes)
        page = self.run(sql, {**parameters, "text": text, "limit": limit, "offset": offset}, seconds)
        found = []
        for n, key, kind, label_zh, label_en, rank in page.rows:
            place, snippet = searching.locate(self.connect(), n, text)
            found.append(searching.Match(n, key, kind, label_zh, label_en, rank, place, snippet))
        return found

    def count_matches(self, text: str, classes: Sequence[str] = (), seconds: float | None = None) -> int:
        """How many entities `search` finds in all. Raises as `run` does."""
        sql, parameters = searching.count(classes)
        return int(self.run(sql, {**parameters, "text": text}, seconds).rows[0][0])

    def close(self) -> None:
        """Closes the connections of all threads. No statement may be running."""
        for connection in [*self._open]:
            connection.close()
        self._local = threading.local()


def open_index(folder: Path) -> Index:
    """The index in the folder of a release.

    Raises `SystemFailure`: `no-index`, `corrupt-index`, or `foreign-index` for one that another version made.
    """
    path = folder / INDEX
    if not path.is_file():
        raise SystemFailure(
            "no-index",
            "这个版本没有索引；重新运行 fundtrace build，它会建立索引",
            "the release has no index; run fundtrace build again, which makes it",
            subject=str(path),
        )
    return Index(path)


def _corrupt(path: Path, detail: str) -> SystemFailure:
    return SystemFailure(
        "corrupt-index",
        f"索引已损坏（{detail}）；重新运行 fundtrace build，它会重建索引",
        f"the index is damaged ({detail}); run fundtrace build again, which makes it anew",
        subject=str(path),
    )
