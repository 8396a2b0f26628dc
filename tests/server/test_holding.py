"""The current release and its change to a new one while requests go on."""

from __future__ import annotations

import asyncio
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.serving import SECONDS

from fundtrace.errors import SystemFailure
from fundtrace.release.layout import STATEMENTS
from fundtrace.settings import Settings
from fundtrace_server.holding import Holder

MORE = '<region/130000> a ft:Region ; rdfs:label "河北省"@zh ; ft:code "130000" .\n'
PAGE = "/page/region/130000"


def _settings(folder: Path) -> Settings:
    return Settings(data=str(folder), sparql_processes=1)


@pytest.fixture
def own_data(tmp_path: Path, data: Path) -> Path:
    """A data folder that a test may change."""
    folder = tmp_path / "data"
    shutil.copytree(data, folder)
    return folder


def test_a_new_release_is_taken_up_without_a_restart(
    connect: Callable, own_data: Path, publish: Callable
) -> None:
    """Soon after the switch requests are answered from the new release, SPARQL too, and until then from the old one."""
    with connect(_settings(own_data)) as client:
        assert client.page(PAGE).status_code == 404
        version = publish(own_data, MORE)
        deadline = time.monotonic() + SECONDS
        while (answer := client.page(PAGE)).headers["x-release"] != version:
            assert answer.status_code == 404
            assert time.monotonic() < deadline
        assert answer.status_code == 200
        answer = client.get(
            "/sparql", params={"query": "ASK { <http://localhost:8000/id/region/130000> ?p ?o }"}
        )
        assert answer.json()["boolean"] is True
        assert answer.headers["x-release"] == version


def test_a_release_that_cannot_be_opened_changes_nothing(own_data: Path, publish: Callable) -> None:
    """The old one goes on answering: the new one is not there, is no file that can be read, or is named nowhere."""
    holder = Holder(_settings(own_data), None)
    holder.open()
    old = holder.serving
    version = publish(own_data, MORE)
    statements = own_data / "releases" / version / STATEMENTS
    whole = statements.read_bytes()
    statements.unlink()
    statements.mkdir()
    for broken in (version, "ffffffffffff"):
        (own_data / "current").write_text(f"{broken}\n")
        assert holder.is_stale()
        holder.refresh()
        assert holder.serving is old
        assert not holder.is_stale()
    (own_data / "current").unlink()
    holder.refresh()
    assert holder.serving is old
    statements.rmdir()
    statements.write_bytes(whole)
    (own_data / "current").write_text(f"{version}\n")
    holder.refresh()
    assert holder.serving.release.version == version
    holder.close()


def test_the_old_release_is_kept_open_while_it_is_used(own_data: Path, publish: Callable) -> None:
    """Its workers end when the last request that uses them has been answered, not before."""
    holder = Holder(_settings(own_data), None)

    async def scene() -> None:
        holder.open()
        old = holder.serving
        assert holder.enter() is old
        publish(own_data, MORE)
        assert holder.is_stale()
        holder.refresh()
        assert holder.serving is not old
        assert (await old.pool.answer("ASK {}")).form == "boolean"
        old.leave()
        with pytest.raises(Exception, match="query-closed"):
            await old.pool.answer("ASK {}")
        assert old.is_over
        current = holder.enter()
        assert current is holder.serving
        current.leave()

    asyncio.run(scene())
    holder.refresh()
    holder.close()
    holder.close()
    with pytest.raises(SystemFailure, match="not-serving"):
        _ = holder.serving


def test_many_requests_at_the_switch_open_the_release_once(own_data: Path, publish: Callable) -> None:
    """Threads that see the change together do the work once."""
    holder = Holder(_settings(own_data), None)
    holder.open()
    publish(own_data, MORE)
    seen = []

    def refresh() -> None:
        holder.refresh()
        seen.append(holder.serving)

    threads = [threading.Thread(target=refresh) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [holder.serving] * 6
    assert not holder.is_stale()
    holder.close()


def test_a_named_release_stays(own_data: Path, publish: Callable, release) -> None:
    """`--release` is served whatever becomes current."""
    holder = Holder(_settings(own_data), release.version)
    holder.open()
    publish(own_data, MORE)
    assert not holder.is_stale()
    assert holder.serving.release.version == release.version
    holder.close()


def test_nothing_is_served_before_a_release_is_there(tmp_path: Path) -> None:
    """The message says what to run."""
    with pytest.raises(SystemFailure, match="fundtrace build"):
        Holder(_settings(tmp_path), None).open()
