"""`/sparql` answered by a remote store: a real one that goes, loses what it had, and comes back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.serving import SECONDS

from fundtrace.errors import UsageError
from fundtrace.graph.exchange import Credentials
from fundtrace.graph.remote import RemoteStore
from fundtrace.release import Release
from fundtrace.release.pushing import push
from fundtrace.release.registered import read_register, register_graph, write_register
from fundtrace.settings import Settings
from fundtrace_server.remote import check_store

PROJECT = "project/13063621KBZ5IOG4SDMWN-2021"
SERIES = "series/13063621KBZ5IOG4SDMWN"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def pushed(release: Release, address: str) -> RemoteStore:
    """A store that holds the release."""
    store = RemoteStore(address, Credentials())
    push(release, store, lambda done, total: None)
    return store


def settings_of(data: Path, address: str) -> Settings:
    """A server of the fixture's release over a store."""
    return Settings(data=str(data), sparql_processes=1, sparql_seconds=60, store=address)


def data_of(client: Any, path: str) -> set[str]:
    """What is told of an entity, as lines of N-Triples."""
    answer = client.get(f"/data/{path}.nt")
    assert answer.status_code == 200
    return set(answer.text.splitlines())


def counted(client: Any, mark: str = "") -> Any:
    """The answer to a count; a mark makes it one that nobody has asked before."""
    return client.get("/sparql", params={"query": f"{COUNT} # {mark}"})


def test_sparql_is_answered_by_the_store_and_everything_else_without_it(
    data: Path, release: Release, connect: Any, store_server: Callable[..., Any], tmp_path: Path
) -> None:
    """Equal answers to queries and of entities; 503 with Retry-After while it is away or without the release; recovery without a restart."""
    server = store_server(tmp_path / "store")
    store = pushed(release, server.address)
    with connect(settings_of(data, server.address)) as client:
        found = counted(client).json()["results"]["bindings"][0]["n"]["value"]
        assert found == str(release.info.statements)
        told = client.get("/sparql", headers={"Accept": "text/turtle"}).text
        assert "remote store" in told
        assert "extensionFunction" not in told
        with connect(Settings(data=str(data), sparql_processes=1)) as other:
            assert data_of(client, PROJECT) == data_of(other, PROJECT)
        assert client.get("/data/project/nothing.nt").status_code == 404
        server.kill()
        assert data_of(client, PROJECT)
        unheard = client.get(f"/data/{SERIES}.ttl")
        assert (unheard.status_code, unheard.headers["Retry-After"].isdigit()) == (503, True)
        assert client.page(f"/page/{SERIES}").status_code == 200
        away = counted(client, "1")
        assert (away.status_code, away.json()["error"]["code"]) == (503, "store-away")
        assert away.headers["Retry-After"]
        assert client.page("/").status_code == 200
        server.start()
        assert counted(client, "1").status_code == 200
        register = read_register(store, release.base)
        store.replace(register_graph(release.base), b"")
        lost = counted(client, "2")
        assert (lost.status_code, lost.json()["error"]["code"]) == (503, "store-release")
        write_register(store, release.base, register)
        assert counted(client, "2").status_code == 200


def test_a_store_that_keeps_silent_about_an_entity_is_not_believed(
    data: Path, release: Release, connect: Any, odd_server: Callable[..., Any]
) -> None:
    """An empty description of what the release tells of is 503, never an empty answer."""
    graph = f"{release.base}id/release/{release.version}"
    held = (
        b'{"head":{"vars":["subject","property","object"]},"results":{"bindings":[{"subject":{"type":"uri","value":"%s"},'
        b'"property":{"type":"uri","value":"http://rdfs.org/ns/void#triples"},"object":{"type":"literal","value":"%d"}}]}}'
        % (graph.encode(), release.info.statements)
    )
    address, _ = odd_server(
        (200, "application/n-triples", b""), (200, "application/sparql-results+json", held)
    )
    with connect(settings_of(data, address)) as client:
        silent = client.get(f"/data/{SERIES}.ttl")
    assert (silent.status_code, silent.json()["error"]["code"]) == (503, "store-answer")


def test_a_store_with_another_release_is_refused(
    data: Path, release: Release, store_server: Callable[..., Any]
) -> None:
    """An empty store, and one whose current release is another, end with exit code 2; a whole one that is named does not."""
    server = store_server()
    settings = settings_of(data, server.address)
    command = [sys.executable, "-m", "fundtrace", "serve", "--data", str(data), "--store", server.address]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)
    assert (ended.returncode, "[store-release]" in ended.stderr) == (2, True)
    store = pushed(release, server.address)
    check_store(release, settings, current=True)
    other = f"{release.base}id/release/ffffffffffff"
    write_register(store, release.base, read_register(store, release.base).with_release(other, 1))
    check_store(release, settings, current=False)
    with pytest.raises(UsageError, match="store-release"):
        check_store(release, settings, current=True)
