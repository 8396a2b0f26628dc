"""From text to an operation that may be run: parsed, validated, within its limits, its variables coerced."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    get_operation_ast,
    specified_rules,
    validate,
)
from graphql.execution.values import get_variable_values

from fundtrace.graphql import measuring
from fundtrace.graphql.identity import refused
from fundtrace.graphql.keeping import Keeping
from fundtrace.graphql.schema import served_schema
from fundtrace.graphql.sizing import sizes

DOCUMENTS: Final = 256
"""Parsed documents that are kept."""
DOCUMENT_CHARACTERS: Final = 256 << 10
"""Characters of the documents that are kept: a parsed one takes some hundred bytes for each."""
_MAX_ERRORS: Final = 20
_PARSED: Final[Keeping[DocumentNode]] = Keeping(DOCUMENTS, DOCUMENT_CHARACTERS)
_VALIDATED: Final[Keeping[tuple[GraphQLError, ...]]] = Keeping(DOCUMENTS, DOCUMENT_CHARACTERS)
_MEASURED: Final[Keeping[bool]] = Keeping(DOCUMENTS, DOCUMENT_CHARACTERS)
"""Operations that are known to be within their limits, with the sizes of their variables."""


class Refused(Exception):
    """A request that is not run, with all that is wrong with it."""

    def __init__(self, *errors: GraphQLError) -> None:
        self.errors = errors
        super().__init__(*errors)


@dataclass(frozen=True, slots=True)
class Prepared:
    """An operation of a valid document, and its variables as the schema coerces them."""

    document: DocumentNode
    operation: OperationDefinitionNode
    variables: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The name of the operation; empty if it has none."""
        return self.operation.name.value if self.operation.name else ""

    @property
    def fragments(self) -> dict[str, FragmentDefinitionNode]:
        """The fragments of the document by name."""
        return {
            one.name.value: one
            for one in self.document.definitions
            if isinstance(one, FragmentDefinitionNode)
        }


def prepare(source: str, given: Mapping[str, Any], name: str | None) -> Prepared:
    """The operation that a request asks for. Raises `Refused`."""
    try:
        _check_texts(source, given)
        document = _parsed(source)
        operation = _operation(document, name)
        measured = (source, name, sizes(given))
        if _MEASURED.get(measured) is None:
            measuring.check(served_schema(), document, operation, given)
            _MEASURED.put(measured, True, len(source))
    except GraphQLError as error:
        raise Refused(error) from error
    if errors := _invalid(source, document):
        raise Refused(*errors)
    defined = operation.variable_definitions or ()
    found = get_variable_values(served_schema(), defined, dict(given), max_errors=_MAX_ERRORS)
    if isinstance(found, list):
        raise Refused(*found)
    return Prepared(document, operation, dict(found.coerced))


def _parsed(source: str) -> DocumentNode:
    kept = _PARSED.get(source)
    if kept is not None:
        return kept
    if not source.strip():
        raise refused("document-missing", "没有给出查询", "there is no document to execute")
    document = measuring.read(source)
    _PARSED.put(source, document, len(source))
    return document


def _invalid(source: str, document: DocumentNode) -> tuple[GraphQLError, ...]:
    kept = _VALIDATED.get(source)
    if kept is not None:
        return kept
    found = validate(served_schema(), document, specified_rules, max_errors=_MAX_ERRORS)
    # What made a value impossible is the client's affair: an error of ours has another as its origin.
    errors = tuple(GraphQLError(one.message, one.nodes) for one in found)
    _VALIDATED.put(source, errors, len(source))
    return errors


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
    measuring.check_variables(len(text))
