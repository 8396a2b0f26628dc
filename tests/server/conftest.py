"""A small release, the application over it, and a client that speaks to it without a network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from starlette.types import ASGIApp
from tests.serving import SECONDS, until

from fundtrace.release import Account, Release, build_release, open_release
from fundtrace.settings import Settings
from fundtrace_server.app import create_app

BASE = "http://localhost:8000/"
STATEMENTS = Path(__file__).parent / "release.ttl"


def statements(extra: str = "") -> list[str]:
    """The fixture's statements as N-Triples lines, with more Turtle behind them."""
    text = STATEMENTS.read_text(encoding="utf-8") + extra
    return [
        f"{triple.subject} {triple.predicate} {triple.object} ."
        for triple in ox.parse(text, format=ox.RdfFormat.TURTLE)
    ]


class Client:
    """Sends requests to an application in this process; faults become answers, as they do behind a server."""

    def __init__(self, app: ASGIApp, portal: BlockingPortal) -> None:
        self._portal = portal
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=transport, base_url="http://server.test", timeout=SECONDS)

    def request(self, method: str, url: str, **options: Any) -> httpx.Response:
        """Any method."""
        return self._portal.call(partial(self._client.request, method, url, **options))

    def get(self, url: str, **options: Any) -> httpx.Response:
        """As a program asks."""
        return self.request("GET", url, **options)

    def page(self, url: str, **headers: str) -> httpx.Response:
        """As a browser asks."""
        return self.get(url, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", **headers})

    def post(self, url: str, **options: Any) -> httpx.Response:
        """With a body in `content`, `data` or `json`."""
        return self.request("POST", url, **options)


@asynccontextmanager
async def _started(app: ASGIApp) -> AsyncIterator[None]:
    inbox: asyncio.Queue[Any] = asyncio.Queue()
    outbox: asyncio.Queue[Any] = asyncio.Queue()
    task = asyncio.create_task(app({"type": "lifespan", "asgi": {"version": "3.0"}}, inbox.get, outbox.put))
    await inbox.put({"type": "lifespan.startup"})
    message = await outbox.get()
    assert message["type"] == "lifespan.startup.complete", message
    try:
        yield
    finally:
        await inbox.put({"type": "lifespan.shutdown"})
        await outbox.get()
        await task


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the fixture as its current release."""
    folder = tmp_path_factory.mktemp("data")
    build_release(folder, statements(), BASE, f"{BASE}ontology#", Account(), dumps=True)
    return folder


@pytest.fixture(scope="session")
def portal() -> Iterator[BlockingPortal]:
    """The event loop that applications of the tests run in."""
    with start_blocking_portal() as portal:
        yield portal


@pytest.fixture(scope="session")
def connect(portal: BlockingPortal) -> Callable[[Settings], Any]:
    """Gives a context manager: a client of the application with these settings."""

    def connect(settings: Settings) -> Any:
        @asynccontextmanager
        async def running() -> AsyncIterator[Client]:
            app = create_app(settings)
            async with _started(app):
                yield Client(app, portal)

        return portal.wrap_async_context_manager(running())

    return connect


@pytest.fixture(scope="session")
def client(connect: Callable[[Settings], Any], data: Path) -> Iterator[Client]:
    """A client of the application over the fixture, with narrow limits."""
    settings = Settings(data=str(data), sparql_processes=1, sparql_seconds=60, request_kib=64)
    with connect(settings) as client:
        yield client


@pytest.fixture(scope="session")
def release(data: Path) -> Release:
    """The fixture as a release."""
    return open_release(data)


@pytest.fixture(scope="session")
def publish() -> Callable[[Path, str], str]:
    """Makes another release current in a data folder: the fixture with more Turtle; gives its version."""

    def publish(folder: Path, extra: str) -> str:
        built = build_release(folder, statements(extra), BASE, f"{BASE}ontology#", Account())
        return built.release.version

    return publish


@pytest.fixture(scope="session")
def taken_up() -> Callable[[Client, str], None]:
    """Waits until a client's server answers from a release, which it looks for several times a second."""

    def taken_up(client: Client, version: str) -> None:
        until(lambda: client.get("/readyz").json() == {"release": version})

    return taken_up
