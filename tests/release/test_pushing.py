"""Pushing a release into the store of another server: a real one, killed and started again, and servers that answer badly."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from tests.serving import SECONDS, until

from fundtrace.errors import FundtraceError, SystemFailure, UsageError
from fundtrace.graph.exchange import Credentials, Patience
from fundtrace.graph.remote import RemoteStore
from fundtrace.release import Account, Release, build_release, open_release
from fundtrace.release.pushing import Pushed, push
from fundtrace.release.registered import (
    counted,
    read_register,
    register_graph,
    release_graph,
    write_register,
)

BASE = "http://localhost:8000/"
QUICK = Patience(attempts=2_000, first=0.05, longest=0.1)
NOBODY = Credentials()


@pytest.fixture(scope="module")
def release(lines: Callable[..., list[str]], tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of some hundred statements."""
    data = tmp_path_factory.mktemp("data")
    build_release(data, lines(count=60), BASE, f"{BASE}ontology#", Account(), dumps=False)
    return open_release(data)


def remote(address: str, patience: Patience = QUICK, **options: Any) -> RemoteStore:
    """The store at an address, asked with little patience."""
    return RemoteStore(address, NOBODY, patience=patience, **{"seconds": float(SECONDS), **options})


def pushed(release: Release, store: RemoteStore, told: Callable[[int, int], object] | None = None) -> Pushed:
    """A push in pieces of 20 statements."""
    return push(release, store, told or (lambda done, total: None), piece_lines=20)


def test_a_release_is_loaded_once_and_made_current(
    release: Release, store_server: Callable[..., Any]
) -> None:
    """The graph has the release's statements and no other; pushing again sends nothing; the register names it."""
    store = remote(store_server().address)
    graph, count = release_graph(BASE, release.version), release.info.statements
    assert pushed(release, store) == Pushed(graph, count, count, was_current=False)
    assert counted(store, graph) == count
    register = read_register(store, BASE)
    assert (dict(register.whole), register.current) == ({graph: count}, graph)
    assert pushed(release, store) == Pushed(graph, count, 0, was_current=True)


def test_a_store_that_is_killed_in_the_middle_loses_nothing(
    release: Release, store_server: Callable[..., Any], tmp_path: Path
) -> None:
    """The push waits until the store is there again and goes on, without transactions too."""
    server = store_server(tmp_path / "store")
    store = remote(server.address, graphs="store?no_transaction")
    restarted: list[threading.Thread] = []

    def told(done: int, total: int) -> None:
        if done > total // 2 and not restarted:
            server.kill()
            restarted.append(threading.Thread(target=lambda: (time.sleep(0.3), server.start())))
            restarted[0].start()

    done = pushed(release, store, told)
    restarted[0].join()
    assert done.sent == release.info.statements == counted(store, done.graph)
    assert read_register(store, BASE).current == done.graph


def test_a_store_that_forgets_in_the_middle_gets_everything_again(
    release: Release, store_server: Callable[..., Any]
) -> None:
    """A store that comes back empty is filled by a second pass."""
    server = store_server()
    store = remote(server.address)
    killed: list[int] = []

    def told(done: int, total: int) -> None:
        if done > total // 2 and not killed:
            killed.append(done)
            server.kill()
            server.start()

    done = pushed(release, store, told)
    assert done.sent == 2 * release.info.statements
    assert counted(store, done.graph) == release.info.statements


def test_a_push_that_was_ended_goes_on_where_it_stopped(
    release: Release, store_server: Callable[..., Any]
) -> None:
    """Only the last piece is sent twice, and until it is whole nothing is current."""

    def told(done: int, total: int) -> None:
        if done >= 200:
            raise KeyboardInterrupt

    store = remote(store_server().address)
    with pytest.raises(KeyboardInterrupt):
        pushed(release, store, told)
    assert read_register(store, BASE).current is None
    assert pushed(release, store).sent == release.info.statements - 180


def test_a_graph_with_other_statements_is_refused_until_it_is_loaded_afresh(
    release: Release, store_server: Callable[..., Any]
) -> None:
    """Too many statements, and as many but other ones, are wrong counts; `afresh` replaces them."""
    store = remote(store_server().address)
    graph = release_graph(BASE, release.version)
    other = [f'<{BASE}id/x/{n}> <{BASE}ontology#purpose> "x" .\n' for n in range(release.info.statements + 1)]
    store.replace(graph, "".join(other[:-1]).encode())
    with pytest.raises(SystemFailure, match="store-count"):
        pushed(release, store)
    store.add(graph, other[-1].encode())
    with pytest.raises(SystemFailure, match="store-count"):
        pushed(release, store)
    assert read_register(store, BASE).current is None
    push(release, store, lambda done, total: None, piece_lines=20, afresh=True)
    assert read_register(store, BASE).current == graph


def test_a_release_that_lost_statements_is_not_whole_while_it_is_mended(
    release: Release, store_server: Callable[..., Any]
) -> None:
    """The register forgets it before the first piece is sent, and keeps what it says of other releases."""
    store = remote(store_server().address)
    graph = release_graph(BASE, release.version)
    older = release_graph(BASE, "0123456789ab")
    write_register(
        store,
        BASE,
        read_register(store, BASE).with_release(older, 5).with_release(graph, release.info.statements),
    )
    seen: list[Any] = []
    pushed(release, store, lambda done, total: seen.append(read_register(store, BASE)))
    assert (dict(seen[0].whole), seen[0].current) == ({older: 5}, None)
    assert set(read_register(store, BASE).whole) == {older, graph}


JSON = "application/sparql-results+json"
NONE = b'{"head":{"vars":["subject"]},"results":{"bindings":[]}}'
BRIEF = Patience(attempts=3, first=0.01, longest=0.01)


@pytest.mark.parametrize(
    ("answer", "code", "exit_code", "asked"),
    [
        ((200, "text/html; charset=utf-8", b"<html>Welcome</html>"), "store-html", 4, 1),
        ((500, "text/html", b"<html>Oops</html>"), "store-html", 4, 1),
        ((401, "text/plain", b""), "store-credentials", 2, 1),
        ((403, "text/html", b"<html>no</html>"), "store-credentials", 2, 1),
        ((404, "text/html", b"<html>none</html>"), "store-not-found", 2, 1),
        ((413, "text/plain", b""), "store-piece", 4, 1),
        ((302, "text/plain", b""), "store-refused", 4, 1),
        ((500, "text/plain", b"disk  full\n"), "store-refused", 4, 1),
        ((503, "text/html", b"<html>soon</html>"), "store-away", 4, 3),
        ((200, JSON, NONE[:-20]), "store-answer", 4, 1),
        ((200, JSON, b'{"head":{},"boolean":true}'), "store-answer", 4, 1),
        ((200, "text/plain", NONE), "store-answer", 4, 1),
        ((200, JSON, NONE, {"Content-Length": "none"}), "store-answer-end", 4, 1),
        ((200, JSON, NONE, {"Content-Length": "999"}), "store-away", 4, 3),
        ((200, JSON, b" " * ((16 << 20) + 1)), "store-answer-size", 4, 1),
    ],
)
def test_what_is_no_answer_of_a_store_is_an_error_with_a_code(
    release: Release,
    odd_server: Callable[..., Any],
    answer: tuple[int, str, bytes],
    code: str,
    exit_code: int,
    asked: int,
) -> None:
    """Web pages, refusals, halves and other formats are told apart; only what may pass is asked for again."""
    address, seen = odd_server(answer)
    with pytest.raises(FundtraceError) as raised:
        pushed(release, remote(address, BRIEF))
    assert (raised.value.code, raised.value.exit_code, len(seen)) == (code, exit_code, asked)
    assert str(raised.value).startswith(address)


def test_a_store_that_is_away_for_a_moment_is_asked_again(
    release: Release, odd_server: Callable[..., Any]
) -> None:
    """Two 503 and a 502 do not end a question; what a store says in bad faith of a count does."""
    away = (503, "text/plain", b"")
    counts = b'{"head":{"vars":["statements"]},"results":{"bindings":[{"statements":{"type":"literal","value":"many"}}]}}'
    address, seen = odd_server(away, away, (502, "text/plain", b""), (200, JSON, NONE), (200, JSON, counts))
    with pytest.raises(SystemFailure, match="store-answer"):
        pushed(release, remote(address))
    assert len(seen) == 5


def test_a_store_that_keeps_nothing_is_found_out(release: Release, odd_server: Callable[..., Any]) -> None:
    """A server that takes everything and holds nothing, and one that forgets the register, do not pass."""
    address, _ = odd_server(
        (200, JSON, NONE), (200, JSON, _counted(release.info.statements)), (200, JSON, NONE)
    )
    with pytest.raises(SystemFailure, match="store-count"):
        pushed(release, remote(address))
    entities = b'{"head":{"vars":["class","entities"]},"results":{"bindings":[%s]}}' % b",".join(
        b'{"class":{"type":"uri","value":"%sontology#%s"},"entities":{"type":"literal","value":"%d"}}'
        % (BASE.encode(), name.encode(), count)
        for name, count in release.info.counts.items()
    )
    address, _ = odd_server(
        (200, JSON, NONE),
        (200, JSON, _counted(release.info.statements)),
        (200, JSON, entities),
        (204, "", b""),
        (200, JSON, NONE),
    )
    with pytest.raises(SystemFailure, match="store-register"):
        pushed(release, remote(address))


def _counted(count: int) -> bytes:
    return (
        b'{"head":{"vars":["statements"]},"results":{"bindings":[{"statements":{"type":"literal","value":"%d"}}]}}'
        % count
    )


def test_a_store_that_is_slow_or_gone_is_away(release: Release, odd_server: Callable[..., Any]) -> None:
    """A refused connection and a silent one are errors of their own, after so many attempts."""
    address, seen = odd_server((200, JSON, NONE, {"Delay": "600"}))
    with pytest.raises(SystemFailure, match="store-time"):
        pushed(release, remote(address, BRIEF, seconds=0.5))
    until(lambda: len(seen) >= 3)
    assert len(seen) == 3
    gone = "http://127.0.0.1:9"
    with pytest.raises(SystemFailure, match="store-away"):
        pushed(release, remote(gone, BRIEF))


def test_a_store_that_answers_byte_by_byte_is_away() -> None:
    """A question has so much time in all, however often something comes."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            line, _ = server.accept()
            with line, suppress(OSError):
                line.sendall(
                    b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: 99\r\n\r\n" % JSON.encode()
                )
                while line.send(b" "):
                    time.sleep(0.02)

        thread = threading.Thread(target=drip)
        thread.start()
        store = remote(f"http://127.0.0.1:{server.getsockname()[1]}", Patience(attempts=1), seconds=0.3)
        with pytest.raises(SystemFailure, match="store-time"):
            read_register(store, BASE)
        thread.join()


def test_credentials_come_from_the_environment_and_are_not_shown(odd_server: Callable[..., Any]) -> None:
    """A token comes before a name and password; neither is in the text of the object."""
    address, seen = odd_server((200, JSON, NONE))
    named = {"FUNDTRACE_STORE_USER": "maria", "FUNDTRACE_STORE_PASSWORD": "s3cret"}
    for environ in (named, {**named, "FUNDTRACE_STORE_TOKEN": "t0ken"}):
        credentials = Credentials.of(environ)
        assert "s3cret" not in repr(credentials)
        assert "t0ken" not in repr(credentials)
        read_register(RemoteStore(address, credentials, patience=BRIEF), BASE)
    assert seen == ["Basic bWFyaWE6czNjcmV0", "Bearer t0ken"]


def test_an_empty_page_after_a_write_is_no_page(odd_server: Callable[..., Any]) -> None:
    """Some stores name every answer HTML, of whatever length."""
    address, seen = odd_server((201, "text/html; charset=UTF-8", b""))
    remote(address, BRIEF).add(f"{BASE}id/x", b"")
    assert len(seen) == 1


@pytest.mark.parametrize(
    "address",
    [
        "localhost:7878",
        "ftp://localhost/",
        "http://maria:s3cret@localhost/",
        "http://localhost/?x=1",
        "http://[/",
    ],
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    """It must be http(s), and hold neither credentials nor a query."""
    with pytest.raises(UsageError, match="store-address") as raised:
        RemoteStore(address)
    assert "s3cret" not in str(raised.value)


def test_the_services_of_a_store_may_lie_elsewhere() -> None:
    """Both addresses are relative to that of the store, or absolute."""
    store = RemoteStore("http://localhost:3030/ds/", query="sparql", graphs="http://localhost:3031/data")
    assert (store._query, store._graphs) == ("http://localhost:3030/ds/sparql", "http://localhost:3031/data")
    assert register_graph(BASE) == f"{BASE}id/release/current"
