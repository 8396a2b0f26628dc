"""What surrounds every request: ids, log lines, limits."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from anyio.from_thread import BlockingPortal
from starlette.responses import FileResponse, PlainTextResponse
from starlette.types import Receive, Scope, Send

from fundtrace.settings import Settings
from fundtrace_server.identifying import REQUEST_ID
from fundtrace_server.logs import AccessLog, Answered, Lines, configuration
from fundtrace_server.problems import Problem
from fundtrace_server.surrounding import Surroundings

SECRET = "某某的名字"


@pytest.fixture
def ask(portal: BlockingPortal) -> Callable[..., Any]:
    """Asks a small application within the surroundings of some settings; gives the answers and the lines of the log."""

    def ask(settings: Settings, *requests: tuple[str, str, dict[str, str]], app: Any = _echo) -> Any:
        written: list[bytes] = []
        surrounded = Surroundings(app, {}, settings, AccessLog(settings.log_format, written.append))

        async def run() -> list[httpx.Response]:
            transport = httpx.ASGITransport(surrounded, raise_app_exceptions=False, client=("192.0.2.7", 1))
            async with httpx.AsyncClient(transport=transport, base_url="http://server.test") as client:
                return [await client.request(*one[:2], headers=one[2]) for one in requests]

        return portal.call(run), [line.decode() for line in written]

    return ask


async def _echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with the id that it finds."""
    headers = {"Referrer-Policy": "no-referrer"} if scope["path"] == "/own" else {}
    await PlainTextResponse(REQUEST_ID.get(), headers=headers)(scope, receive, send)


def _get(path: str = "/", **headers: str) -> tuple[str, str, dict[str, str]]:
    return "GET", path, {name.replace("_", "-"): value for name, value in headers.items()}


def test_every_request_has_an_id_of_its_own(ask) -> None:
    """In the header, for who answers, and in the log; what a client calls it counts for nothing."""
    answers, lines = ask(Settings(), _get(x_request_id="given-by-client"), _get(traceparent=TRACE))
    ids = [answer.headers["x-request-id"] for answer in answers]
    assert len(set(ids)) == 2
    assert all(re.fullmatch(r"[0-9a-f]{20}", one) for one in ids)
    assert [answer.text for answer in answers] == ids
    assert [line.rpartition("request=")[2].strip() for line in lines] == ids
    assert REQUEST_ID.get() == ""


TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@pytest.mark.parametrize(
    ("source", "given", "taken"),
    [
        ("x-request-id", "given-by-proxy_1.2", "given-by-proxy_1.2"),
        ("x-request-id", "short", None),
        ("x-request-id", "x" * 65, None),
        ("x-request-id", 'quote"quote', None),
        ("traceparent", TRACE, "4bf92f3577b34da6a3ce929d0e0e4736"),
        ("traceparent", TRACE.replace("4bf92f3577b34da6a3ce929d0e0e4736", "0" * 32), None),
        ("traceparent", "00-xyz", None),
    ],
)
def test_an_id_is_taken_over_only_by_setting_and_when_it_is_sane(ask, source, given, taken) -> None:
    """Anything else is given one of ours."""
    (answer,), _ = ask(Settings(request_ids=source), ("GET", "/", {source: given}))
    found = answer.headers["x-request-id"]
    assert (found == taken) if taken else re.fullmatch(r"[0-9a-f]{20}", found)


def test_a_line_for_each_request(ask, tmp_path: Path) -> None:
    """With time, id, method, path, status, milliseconds, bytes and client, for people and for programs; no query, no body."""
    answers, lines = ask(
        Settings(log_format="json", trusted_proxies="192.0.2.7"),
        _get(f"/search?q={SECRET}", x_forwarded_for="2001:db8::5"),
        ("BREW", "/a b\u202e" + "x" * 500, {}),
    )
    first, second = map(json.loads, lines)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", first.pop("time"))
    assert first.pop("ms") >= 0
    assert first == {
        "request": answers[0].headers["x-request-id"],
        "method": "GET",
        "route": "none",
        "path": "/search",
        "status": 200,
        "bytes": 20,
        "client": "2001:db8::5",
    }
    assert (second["method"], second["path"][:16]) == ("other", "/a%20b%E2%80%AEx")
    assert len(second["path"]) < 300
    assert SECRET not in "".join(lines)
    (_,), (line,) = ask(Settings(), _get("/page/document/冀财社-2020-186?q=x"))
    assert re.fullmatch(
        r"\S+Z GET /page/document/冀财社-2020-186 200 [\d.]+ms 20B 192\.0\.2\.7 request=[0-9a-f]{20}\n", line
    )
    (_,), lines = ask(Settings(log_access=False), _get())
    assert lines == []
    (tmp_path / "file").write_bytes(b"x" * 1000)
    (answer,), (line,) = ask(Settings(), _get(), app=FileResponse(tmp_path / "file"))
    assert " 1000B " in line
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_what_has_no_answer_is_noted_all_the_same(ask) -> None:
    """A fault before the first byte has status 0 in the log."""

    async def fail(scope: Scope, receive: Receive, send: Send) -> None:
        raise ConnectionResetError

    _, (line,) = ask(Settings(), _get(), app=fail)
    assert " GET / 0 " in line


def test_an_answer_keeps_the_headers_that_it_sets(ask) -> None:
    """The others are added once."""
    (answer,), _ = ask(Settings(), _get("/own"))
    assert answer.headers.get_list("referrer-policy") == ["no-referrer"]
    assert answer.headers.get_list("x-content-type-options") == ["nosniff"]


def test_who_asks_too_often_is_told_when_to_come_again(ask) -> None:
    """429 with `Retry-After`, in the shape that each face has for errors; health and figures are always answered."""
    limited = Settings(rate_limit=0.01, rate_burst=2)
    asked = [
        *(_get(path) for path in ("/healthz", "/readyz", "/metrics") * 3),
        _get(),
        _get(),
        _get(),
        _get(accept="text/html"),
        _get("/graphql"),
    ]
    answers, lines = ask(limited, *asked)
    assert [one.status_code for one in answers] == [200] * 11 + [429] * 3
    data, page, graphql = answers[-3:]
    for one in (data, page, graphql):
        assert 90 <= int(one.headers["retry-after"]) <= 100
        assert one.headers["cache-control"] == "no-store"
        assert one.headers["x-request-id"] in one.text
        assert "content-security-policy" in one.headers
    error = data.json()["error"]
    assert (error["code"], error["request"]) == ("rate-limit", data.headers["x-request-id"])
    assert error["help"] == "/docs/reference/errors#rate-limit"
    assert "/docs/reference/errors#rate-limit" in page.text
    (refused,) = graphql.json()["errors"]
    assert refused["extensions"]["code"] == "rate-limit"
    assert [" 429 " in line for line in lines] == [False] * 11 + [True] * 3


def test_nothing_but_requests_is_surrounded(portal) -> None:
    """The start and the end of the application pass through."""
    seen = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["type"])

    portal.call(Surroundings(app, {}, Settings()), {"type": "lifespan"}, None, None)
    assert seen == ["lifespan"]


@contextmanager
def _named(request: str) -> Iterator[None]:
    token = REQUEST_ID.set(request)
    try:
        yield
    finally:
        REQUEST_ID.reset(token)


def test_other_lines_of_the_log_name_the_request() -> None:
    """An event and its traceback, as an object of one line or as text; where nobody asks, no id stands there."""
    try:
        raise ZeroDivisionError("detail")
    except ZeroDivisionError as error:
        failure = (type(error), error, error.__traceback__)
    record = logging.LogRecord("fundtrace", logging.ERROR, "", 0, "a %s", ("fault",), failure)
    with _named("0123456789"):
        told = json.loads(Lines("json").format(record))
        text = Lines("human").format(record)
    assert "\n" not in Lines("json").format(record)
    assert (told["level"], told["message"], told["request"]) == ("error", "a fault", "0123456789")
    assert told["failure"].endswith("ZeroDivisionError: detail")
    assert re.match(r"\S+Z ERROR a fault request=0123456789\nTraceback", text)
    assert "request=" not in Lines("human").format(record)
    record.exc_info = None
    assert set(json.loads(Lines("json").format(record))) == {"time", "level", "logger", "message"}


def test_all_loggers_write_in_one_form_on_standard_error() -> None:
    """Those of the server too."""
    made = configuration("json")
    assert made["root"]["handlers"] == made["loggers"]["uvicorn.error"]["handlers"] == ["lines"]
    assert isinstance(made["formatters"]["lines"]["()"](style="json"), Lines)


def test_an_access_log_that_nobody_takes_costs_no_answer(capfd, monkeypatch) -> None:
    """Lines go to standard error in one piece each; a broken one is passed over."""
    from fundtrace_server import logs

    log = AccessLog("human")
    log.note(Answered("id", 200, 0.001, 5, "192.0.2.7"), "GET", "/", "/")
    assert capfd.readouterr().err.endswith("Z GET / 200 1.0ms 5B 192.0.2.7 request=id\n")
    monkeypatch.setattr(logs, "_STANDARD_ERROR", 1_000_000)
    log.note(Answered("id", 200, 0.001, 5, "192.0.2.7"), "GET", "/", "/")


def test_a_problem_outside_of_a_request_names_none() -> None:
    """As when a static site is written."""
    assert Problem(404, "not-found", "无", "none").details == {}
    with _named("0123456789"):
        assert Problem(404, "not-found", "无", "none").details == {"request": "0123456789"}
