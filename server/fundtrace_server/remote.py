"""A store of another server behind `/sparql`: whether it holds what the data folder holds, and the pool that asks it."""

from __future__ import annotations

from fundtrace.errors import UsageError
from fundtrace.graph.exchange import Patience
from fundtrace.graph.remote import RemoteStore
from fundtrace.query.remoting import RemotePool
from fundtrace.release import Release
from fundtrace.release.registered import read_register, release_graph
from fundtrace.settings import Settings

_AT_START = Patience(attempts=5, first=0.5, longest=4.0)
_WHILE_SOMEBODY_WAITS = Patience(attempts=2, first=0.1, longest=0.1)


def check_store(release: Release, settings: Settings, *, current: bool) -> None:
    """Raises `UsageError` `store-release` unless the store holds the whole release, as its current one if `current`.

    Raises what the store raises when it does not answer.
    """
    register = read_register(_store(settings, settings.store_seconds, _AT_START), release.base)
    graph = release_graph(release.base, release.version)
    whole = register.whole.get(graph) == release.info.statements
    if not whole or (current and register.current != graph):
        raise UsageError(
            "store-release",
            f"数据文件夹的版本是 {release.version}，存储的当前版本是 {register.current or '—'}；先运行 fundtrace release push",
            f"the data folder holds release {release.version}, the current one of the store is {register.current or '—'}; "
            "run fundtrace release push first",
            subject=settings.store,
        )


def remote_pool(release: Release, settings: Settings) -> RemotePool:
    """The pool that answers the queries of the public from the store."""
    store = _store(settings, settings.sparql_seconds, _WHILE_SOMEBODY_WAITS)
    graph, expected = release_graph(release.base, release.version), release.info.statements

    def held() -> bool:
        return read_register(store, release.base).whole.get(graph) == expected

    return RemotePool(store, graph, held, settings)


def _store(settings: Settings, seconds: float, patience: Patience) -> RemoteStore:
    return RemoteStore(
        settings.store,
        query=settings.store_query,
        graphs=settings.store_graphs,
        seconds=seconds,
        patience=patience,
    )
