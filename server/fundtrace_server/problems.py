"""What the server answers when it cannot answer: one shape for programs, one page for people."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from fundtrace.errors import FundtraceError, NoMatch, QueryError, SystemFailure
from fundtrace.query.workers import RETRY_AFTER
from fundtrace_server.identifying import REQUEST_ID
from fundtrace_server.linker import linker_of
from fundtrace_server.metrics import count_problem
from fundtrace_server.negotiation import prefers_html
from fundtrace_server.rendering import page

_log = logging.getLogger(__name__)
_QUERY_STATUS = {
    "malformed": 400,
    "refused": 400,
    "unavailable": 503,
    "too-large": 413,
    "not-acceptable": 406,
    "too-many": 429,
}


class Problem(Exception):
    """An answer other than success: status, stable code, message in Chinese and English, and details.

    `details` are further members of the JSON answer (`line`, `column`, `available`); one of them is `request`, the id of the
    request that is being answered.
    """

    def __init__(
        self,
        status: int,
        code: str,
        zh: str,
        en: str,
        *,
        headers: Mapping[str, str] | None = None,
        details: Mapping[str, object] | None = None,
    ) -> None:
        self.status = status
        self.code = code
        self.zh = zh
        self.en = en
        self.headers = dict(headers or {})
        request = REQUEST_ID.get()
        self.details = {**(details or {}), **({"request": request} if request else {})}
        super().__init__(status, code, zh, en)


def not_found(what: str) -> Problem:
    """404 for a path or resource that is not in this release."""
    return Problem(404, "not-found", f"本版中没有 {what}", f"{what} is not in this release")


def not_acceptable(available: Mapping[str, str]) -> Problem:
    """406 that lists what is available: format names and their media types."""
    listed = ", ".join(f"{name} ({media_type})" for name, media_type in available.items())
    return Problem(
        406,
        "not-acceptable",
        f"没有所要的格式；可用的有：{listed}",
        f"none of the formats asked for is available; there are: {listed}",
        details={"available": dict(available)},
    )


def from_error(error: FundtraceError) -> Problem:
    """The answer to an error of the rooms below."""
    if isinstance(error, QueryError):
        status = _QUERY_STATUS.get(error.kind, 400)
    elif isinstance(error, NoMatch):
        status = 404
    else:
        status = 503 if isinstance(error, SystemFailure) else 400
    headers = {"Retry-After": str(RETRY_AFTER)} if status in {429, 503} else {}
    return Problem(status, error.code, error.zh, error.en, headers=headers)


def answer(request: Request, problem: Problem) -> Response:
    """The problem as a page for a browser, else as JSON."""
    count_problem(problem.code)
    response: Response
    if prefers_html(request.headers.get("accept")):
        response = page(request, "problem.html", {"problem": problem}, status=problem.status)
    else:
        error = {
            "code": problem.code,
            "message": {"zh": problem.zh, "en": problem.en},
            **problem.details,
            "help": linker_of(request).file("/docs/reference/errors") + f"#{problem.code}",
        }
        response = JSONResponse({"error": error}, status_code=problem.status)
    response.headers.update(problem.headers)
    response.headers["Vary"] = "Accept"
    response.headers["Cache-Control"] = "no-store"
    return response


def graphql_answer(problem: Problem, status: int, media_type: str) -> Response:
    """The problem as a response of GraphQL with `errors`, which is what its clients show."""
    count_problem(problem.code)
    extensions = {"code": problem.code, "zh": problem.zh, **problem.details}
    headers = {**problem.headers, "Cache-Control": "no-store", "Vary": "Accept"}
    body = {"errors": [{"message": problem.en, "extensions": extensions}]}
    # A text of the client that stands in a message may hold what no UTF-8 has.
    return Response(
        json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"), status, headers, media_type
    )


async def on_problem(request: Request, error: Exception) -> Response:
    """Starlette's handler for `Problem`."""
    assert isinstance(error, Problem)  # noqa: S101 - starlette's signature is wider than its promise
    return answer(request, error)


async def on_fundtrace_error(request: Request, error: Exception) -> Response:
    """Starlette's handler for the errors of the rooms below."""
    assert isinstance(error, FundtraceError)  # noqa: S101
    return answer(request, from_error(error))


async def on_http_exception(request: Request, error: Exception) -> Response:
    """Starlette's handler for its own refusals: no such path, no such method."""
    assert isinstance(error, HTTPException)  # noqa: S101
    if error.status_code == 404:
        return answer(request, not_found(request.url.path))
    if error.status_code == 405:
        allowed = (error.headers or {}).get("Allow", "")
        problem = Problem(
            405,
            "method-not-allowed",
            f"此地址不接受 {request.method}，可用：{allowed}",
            f"this address does not take {request.method}, only {allowed}",
            headers=error.headers,
        )
        return answer(request, problem)
    return answer(request, Problem(error.status_code, "http-error", error.detail, error.detail))


async def on_failure(request: Request, error: Exception) -> Response:
    """The last handler: a fault of ours, logged in full and told in one sentence."""
    _log.error("fault while answering %s %s", request.method, request.url.path, exc_info=error)
    return answer(
        request,
        Problem(
            500, "server-fault", "服务器出现故障，已记入日志", "the server has failed; the fault was logged"
        ),
    )
