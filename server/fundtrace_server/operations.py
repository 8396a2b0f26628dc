"""What a client asks of `/graphql`, read from its request: bounded and strict (GraphQL over HTTP, section 5)."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn
from urllib.parse import parse_qsl

from starlette.requests import Request

from fundtrace_server.bodies import decode, media_type, read_body
from fundtrace_server.problems import Problem
from fundtrace_server.trusted import TrustedDocuments, digest

JSON = "application/json"

_LONGEST_NUMBER = 400
"""Digits of a number; JSON itself knows no bound."""
_DEEPEST = 64
"""Objects and lists that may lie within each other."""
_LONGEST_ID = 256
_MOST_PARAMETERS = 20
_ASKING = frozenset({"query", "documentId", "extensions"})


@dataclass(frozen=True, slots=True)
class Operation:
    """What is asked: the document, its variables, and which operation of it."""

    document: str
    variables: Mapping[str, Any]
    name: str | None

    def key(self, *of: str) -> str:
        """A digest that two requests with the same answer share; `of` names what else decides the answer."""
        told = json.dumps([*of, self.document, self.name, self.variables], sort_keys=True)
        return hashlib.blake2b(told.encode(), digest_size=15).hexdigest()


def asks(request: Request) -> bool:
    """Whether a request brings an operation, rather than to look at the endpoint."""
    return request.method == "POST" or not _ASKING.isdisjoint(request.query_params)


async def read_operation(request: Request, trusted: TrustedDocuments, *, trusted_only: bool) -> Operation:
    """The operation of a request, its document looked up when it is named by hash or id.

    Raises `Problem`: 400 for what is no request of GraphQL, 403 for a document that is not trusted where only those are
    answered, 408, 413 and 415 for the body.
    """
    limit = request.app.state.settings.request_kib * 1024
    asked = await _from_body(request, limit) if request.method == "POST" else _from_address(request)
    query = _text(asked, "query")
    variables = _object(asked, "variables")
    name = _text(asked, "operationName") or None
    named = _id(asked)
    if query is not None and not query.strip() and named is None:
        raise _bad("query 应为非空的文字", "query must be a text that is not empty")
    if query:
        if named and named.startswith("sha256:") and named.removeprefix("sha256:") != digest(query):
            raise _bad("查询与所给的 sha256Hash 不符", "the document does not have the hash that is given")
        if trusted_only and not trusted.trusts(query):
            raise Problem(
                403,
                "document-not-trusted",
                "本服务只回答受信任的查询；请用其编号（documentId）",
                "only trusted documents are answered here; name one by documentId",
            )
        return Operation(query, variables, name)
    if named is None:
        raise _bad("请给出 query 或 documentId", "give a query, or a documentId")
    found = trusted.find(named)
    if found is None:
        raise _unknown(named, bool(trusted.texts))
    return Operation(found, variables, name)


async def _from_body(request: Request, limit: int) -> dict[str, Any]:
    if media_type(request) != JSON:
        raise Problem(
            415,
            "unsupported-media-type",
            f"请求正文应为 {JSON}",
            f"the body must be {JSON}",
            headers={"Accept-Post": JSON},
        )
    asked = _read_json(decode(await read_body(request, limit)))
    if isinstance(asked, list):
        raise _bad(
            "不支持一次发送多个操作", "several operations in one request are not taken; send them one by one"
        )
    if not isinstance(asked, dict):
        raise _bad("正文应为一个 JSON 对象", "the body must be one JSON object")
    return asked


def _from_address(request: Request) -> dict[str, Any]:
    try:
        pairs = parse_qsl(
            request.scope["query_string"].decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_PARAMETERS,
        )
    except ValueError as error:
        raise _bad("无法读取地址中的参数", "the parameters of the address cannot be read") from error
    asked: dict[str, Any] = dict(pairs)
    if len(asked) < len(pairs):
        raise _bad("地址中有重复的参数", "a parameter stands in the address twice")
    for name in ("variables", "extensions"):
        if name in asked:
            asked[name] = _read_json(asked[name]) if asked[name].strip() else None
    return asked


def _id(asked: Mapping[str, Any]) -> str | None:
    """The id of a trusted document; a hash of Apollo's protocol is marked as SHA-256."""
    named = _text(asked, "documentId")
    persisted = _object(asked, "extensions").get("persistedQuery")
    if not named and persisted is not None:
        told = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
        if not isinstance(told, str):
            raise _bad(
                "extensions.persistedQuery 应有 sha256Hash", "extensions.persistedQuery must have sha256Hash"
            )
        named = f"sha256:{told.lower()}"
    if named and len(named) > _LONGEST_ID:
        raise _bad(f"编号长于 {_LONGEST_ID} 个字符", f"the id is longer than {_LONGEST_ID} characters")
    return named or None


def _text(asked: Mapping[str, Any], name: str) -> str | None:
    value = asked.get(name)
    if value is not None and not isinstance(value, str):
        raise _bad(f"{name} 应为文字", f"{name} must be a text")
    return value


def _object(asked: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = asked.get(name)
    if value is not None and not isinstance(value, dict):
        raise _bad(f"{name} 应为 JSON 对象", f"{name} must be a JSON object")
    return value or {}


def _read_json(text: str) -> Any:
    try:
        told = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, ValueError) else "nesting"
        raise _bad(f"无法读取 JSON：{reason}", f"the JSON cannot be read: {reason}") from error
    if text.count("{") + text.count("[") > _DEEPEST and _is_too_deep(told):
        raise _bad(f"JSON 嵌套超过 {_DEEPEST} 层", f"the JSON is nested deeper than {_DEEPEST}")
    return told


def _is_too_deep(told: object) -> bool:
    level = [told]
    for _ in range(_DEEPEST):
        level = [
            below
            for one in level
            if isinstance(one, dict | list)
            for below in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return False
    return True


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _integer(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise ValueError(f"{digits[:20]}…")
    return int(digits)


def _decimal(digits: str) -> float:
    value = float(digits)
    if math.isinf(value) or len(digits) > _LONGEST_NUMBER:
        raise ValueError(f"{digits[:20]}…")
    return value


_DECODER: Final = json.JSONDecoder(parse_constant=_no_constant, parse_int=_integer, parse_float=_decimal)


def _bad(zh: str, en: str) -> Problem:
    return Problem(400, "bad-graphql-request", zh, en)


def _unknown(named: str, any_known: bool) -> Problem:
    # The words and codes are those that Apollo's and urql's links look for.
    if any_known:
        return Problem(
            404, "PERSISTED_QUERY_NOT_FOUND", f"没有编号为 {named} 的查询", "PersistedQueryNotFound"
        )
    return Problem(
        404, "PERSISTED_QUERY_NOT_SUPPORTED", "本服务没有设置受信任的查询", "PersistedQueryNotSupported"
    )
