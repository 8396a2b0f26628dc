"""The schema, and the execution of operations over a release."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

import strawberry
from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    build_schema,
    get_operation_ast,
)
from strawberry.extensions import SchemaExtension, ValidationCache
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext
from strawberry.types.execution import PreExecutionError

from fundtrace.errors import FundtraceError
from fundtrace.graphql import limits
from fundtrace.graphql.identity import refused
from fundtrace.graphql.money import DECIMAL, DecimalText
from fundtrace.graphql.roots import NODE_TYPES, Query
from fundtrace.graphql.session import OpenRelease, Session

_log = logging.getLogger(__name__)


class _Schema(strawberry.Schema):
    def process_errors(
        self,
        errors: list[GraphQLError],
        execution_context: ExecutionContext | None = None,  # noqa: ARG002 - the signature is the library's
    ) -> None:
        """Log what is our fault, and nothing that a client can do to us."""
        for error in errors:
            if _is_ours(error):
                _log.error("a resolver failed: %s", error, exc_info=error.original_error)


class _Parsed(SchemaExtension):
    """Hands over the document that was parsed and measured, so that it is not parsed again."""

    def on_parse(self) -> Iterator[None]:
        session: Session = self.execution_context.context
        self.execution_context.graphql_document = session.document
        yield


def _validation_cache() -> SchemaExtension:
    return ValidationCache(maxsize=256)


@cache
def make_schema() -> strawberry.Schema:
    """The schema; made once."""
    return _Schema(
        query=Query,
        types=tuple(NODE_TYPES.values()),
        extensions=[_Parsed, _validation_cache],
        config=StrawberryConfig(scalar_map={DecimalText: DECIMAL}),
    )


@cache
def sdl() -> str:
    """The schema in the schema definition language."""
    return make_schema().as_str() + "\n"


def execute(
    release: OpenRelease,
    document: str,
    variables: Mapping[str, Any] | None = None,
    operation_name: str | None = None,
) -> dict[str, Any]:
    """The response to an operation: `data` and `errors` as the GraphQL specification has them, and `extensions`.

    `extensions.release` names the release; `extensions.notes` says why a figure is null. A response without the key `data`
    was refused before it was run. Whatever the document and the variables hold, the answer is a response, never an
    exception. Not to be called in a thread with a running event loop.
    """
    given = dict(variables or {})
    try:
        _check_texts(document, given)
        parsed = _read(document)
        operation = _operation(parsed, operation_name)
        limits.check(_shape(), parsed, operation, given)
    except GraphQLError as error:
        return {"errors": [_formatted(error)], "extensions": {"release": release.version}}
    session = Session(release, parsed)
    result = asyncio.run(
        make_schema().execute(
            document, variable_values=given, context_value=session, operation_name=operation_name
        )
    )
    response: dict[str, Any] = {} if isinstance(result, PreExecutionError) else {"data": result.data}
    if result.errors:
        response["errors"] = [_formatted(error) for error in result.errors]
    response["extensions"] = {
        "release": release.version,
        **({"notes": session.notes} if session.notes else {}),
    }
    return response


@cache
def _shape() -> GraphQLSchema:
    return build_schema(sdl())


@lru_cache(maxsize=256)
def _parsed(document: str) -> DocumentNode:
    return limits.read(document)


def _read(document: str) -> DocumentNode:
    if not document.strip():
        raise refused("document-missing", "没有给出查询", "there is no document to execute")
    return _parsed(document)


def _operation(parsed: DocumentNode, name: str | None) -> OperationDefinitionNode:
    operation = get_operation_ast(parsed, name or None)
    if operation is None:
        names = [
            one.name.value if one.name else "（未命名 unnamed）"
            for one in parsed.definitions
            if isinstance(one, OperationDefinitionNode)
        ]
        raise refused(
            "operation-unknown",
            f"请用 operationName 指定一个操作；查询中有：{'、'.join(names) or '无'}",
            f"name one operation with operationName; the document holds: {', '.join(names) or 'none'}",
        )
    if operation.operation is not OperationType.QUERY:
        raise refused(
            "operation-kind", "本接口只读，只回答 query", "this API is read-only and answers queries alone"
        )
    return operation


def _check_texts(document: str, variables: Mapping[str, Any]) -> None:
    try:
        document.encode()
        text = json.dumps(variables, ensure_ascii=False, allow_nan=False)
        text.encode()
    except UnicodeEncodeError as error:
        raise refused(
            "text-encoding",
            "查询或变量含有不合法的 Unicode 文本",
            "the document or a variable is no valid Unicode text",
        ) from error
    except (TypeError, ValueError, RecursionError) as error:
        raise refused("variables", "变量不是合法的 JSON", "the variables are no valid JSON") from error
    limits.check_variables(len(text))


def _formatted(error: GraphQLError) -> dict[str, Any]:
    original = error.original_error
    if isinstance(original, FundtraceError):
        return {
            **error.formatted,
            "message": original.en,
            "extensions": {"code": original.code, "zh": original.zh},
        }
    if _is_ours(error):
        hidden = {"code": "internal", "zh": "服务内部出错，已记录"}
        return {
            **error.formatted,
            "message": "something went wrong here; it has been logged",
            "extensions": hidden,
        }
    return dict(error.formatted)


def _is_ours(error: GraphQLError) -> bool:
    original = error.original_error
    return original is not None and not isinstance(original, GraphQLError | FundtraceError)
