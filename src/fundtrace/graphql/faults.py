"""Errors as a response tells them: what a client can act on in two languages, failures of ours in one plain sentence."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLError

from fundtrace.errors import FundtraceError


def formatted(error: GraphQLError, request: str = "") -> dict[str, Any]:
    """An error as the GraphQL specification has it, with `extensions.code` and the Chinese text in `extensions.zh`.

    `extensions.request` is the id of the request, where it has one.
    """
    told: dict[str, Any] = dict(error.formatted)
    extensions: dict[str, Any] = dict(error.extensions or {})
    original = error.original_error
    if isinstance(original, FundtraceError):
        told["message"] = original.en
        extensions = {"code": original.code, "zh": original.zh}
    elif original is not None and not isinstance(original, GraphQLError):
        told["message"] = "something went wrong here; it has been logged"
        extensions = {"code": "internal", "zh": "服务内部出错，已记录"}
    if request:
        extensions["request"] = request
    return {**told, "extensions": extensions} if extensions else told
