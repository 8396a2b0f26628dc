"""Answers other than success, and what happens when we fail."""

from __future__ import annotations

import asyncio
import logging

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request

from fundtrace.errors import InputError, NoMatch, QueryError, SystemFailure
from fundtrace_server import assets, bodies, pages
from fundtrace_server.bodies import read_body
from fundtrace_server.problems import Problem, from_error, on_http_exception


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (QueryError("a", "甲", "a"), 400),
        (QueryError("a", "甲", "a", kind="refused"), 400),
        (QueryError("a", "甲", "a", kind="too-large"), 413),
        (QueryError("a", "甲", "a", kind="not-acceptable"), 406),
        (QueryError("a", "甲", "a", kind="unavailable"), 503),
        (NoMatch("a", "甲", "a"), 404),
        (InputError("a", "甲", "a"), 400),
        (SystemFailure("a", "甲", "a"), 503),
    ],
)
def test_errors_of_the_rooms_below_have_a_status(error, status: int) -> None:
    """What a client may try again says when."""
    problem = from_error(error)
    assert problem.status == status
    assert ("Retry-After" in problem.headers) == (status == 503)


def test_a_fault_of_ours_is_one_sentence_and_a_log_entry(client, monkeypatch, caplog) -> None:
    """500 as a page or as JSON, with the security headers on, and nothing of the traceback."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(pages, "view_home", fail)
    with caplog.at_level(logging.ERROR):
        page, data = client.page("/"), client.get("/")
    assert page.status_code == data.status_code == 500
    assert "服务器出现故障" in page.text
    assert data.json()["error"]["code"] == "server-fault"
    assert "secret" not in page.text + data.text
    assert "content-security-policy" in page.headers
    assert "secret detail" in caplog.text


def test_errors_raised_on_pages_are_answered(client, monkeypatch) -> None:
    """An error of the rooms below becomes a page with its status."""

    def fail(*_: object) -> None:
        raise SystemFailure("disk", "磁盘出错", "the disk failed")

    monkeypatch.setattr(pages, "view_home", fail)
    response = client.page("/")
    assert response.status_code == 503
    assert "磁盘出错" in response.text


def test_other_refusals_of_the_framework_keep_their_status(client) -> None:
    """405 names the methods; what the framework says otherwise is passed on."""
    response = client.post("/")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD" or response.headers["allow"] == "HEAD, GET"
    request = Request({"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b""})
    answer = asyncio.run(on_http_exception(request, HTTPException(421, "elsewhere")))
    assert answer.status_code == 421


def _request(messages: list[dict], headers: list[tuple[bytes, bytes]] | None = None) -> Request:
    async def receive() -> dict:
        if messages:
            return messages.pop(0)
        await asyncio.sleep(60)
        raise AssertionError

    return Request({"type": "http", "method": "POST", "headers": headers or []}, receive)


def test_a_client_that_is_too_slow_or_gone_is_let_go(monkeypatch) -> None:
    """408 after a while, 400 for one that closed the connection."""
    monkeypatch.setattr(bodies, "BODY_SECONDS", 0.05)
    slow = _request([{"type": "http.request", "body": b"x", "more_body": True}])
    with pytest.raises(Problem) as caught:
        asyncio.run(read_body(slow, 10))
    assert caught.value.status == 408
    with pytest.raises(Problem) as caught:
        asyncio.run(read_body(_request([{"type": "http.disconnect"}]), 10))
    assert caught.value.status == 400


def test_a_body_within_its_bounds_is_read_whole() -> None:
    """In as many pieces as it comes; a length that is no number is ignored."""
    pieces = [
        {"type": "http.request", "body": b"ab", "more_body": True},
        {"type": "http.request", "body": b"cd", "more_body": False},
    ]
    request = _request(pieces, [(b"content-length", b"many")])
    assert asyncio.run(read_body(request, 4)) == b"abcd"


def test_a_missing_bundle_says_what_to_run(monkeypatch, tmp_path) -> None:
    """Found at start, not at the first page."""
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    assets._manifest.cache_clear()
    with pytest.raises(SystemFailure, match="make install"):
        assets.check_bundle()
    assets._manifest.cache_clear()
