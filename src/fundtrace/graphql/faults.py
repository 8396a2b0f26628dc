"""Errors as a response tells them: what a client can act on in two languages, failures of ours in one plain sentence."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLError

from fundtrace.errors import FundtraceError


def formatted(error: GraphQLError) -> dict[str, Any]:
    """An error as the GraphQL specification has it, with `extensions.code` and the Chinese text in `extensions.zh`."""
    original = error.original_error
    if isinstance(original, FundtraceError):
        extensions = {"code": original.code, "zh": original.zh}
        return {**error.formatted, "message": original.en, "extensions": extensions}
    if original is not None and not isinstance(original, GraphQLError):
        hidden = {"code": "internal", "zh": "服务内部出错，已记录"}
        message = "something went wrong here; it has been logged"
        return {**error.formatted, "message": message, "extensions": hidden}
    return dict(error.formatted)
