"""Operations over the index of a release, from text to response."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Final, Protocol

import apsw
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    execute_sync,
    get_operation_ast,
    specified_rules,
    type_from_ast,
    validate,
)
from graphql.execution.values import get_variable_values

from fundtrace.errors import FundtraceError
from fundtrace.graphql import limits
from fundtrace.graphql.answering import PLANS, Plan, make_plan, parameters
from fundtrace.graphql.identity import refused
from fundtrace.graphql.schema import served_schema
from fundtrace.graphql.selecting import Selector, symbolic
from fundtrace.graphql.summing import MIXED
from fundtrace.index import Index, open_index
from fundtrace.query.resolving import resolve
from fundtrace.query.results import Answering

_log = logging.getLogger(__name__)
SECONDS: Final = 10.0
"""What one statement may take."""

_NOTES: Final = {
    MIXED: "金额跨多个年度或阶段，不予合计；请用 filter 选定一个 fiscalYear 和一个 stage，或用 groupBy 按二者分组。\n"
    "The rows span several fiscal years or stages, so money is null; choose one fiscalYear and one stage with filter, or "
    "group by both with groupBy."
}


class OpenRelease(Answering, Protocol):
    """A release, as far as an answer needs it."""

    @property
    def version(self) -> str: ...  # noqa: D102
    @property
    def path(self) -> Path: ...  # noqa: D102


@lru_cache(maxsize=4)
def _index(folder: Path) -> Index:
    return open_index(folder)


@dataclass(frozen=True, slots=True)
class Checked:
    """A document that has been parsed, and what is wrong with it."""

    document: DocumentNode
    errors: tuple[GraphQLError, ...]


@lru_cache(maxsize=512)
def _checked(source: str) -> Checked:
    document = _read(source)
    return Checked(document, tuple(validate(served_schema(), document, specified_rules, max_errors=20)))


class _Plans:
    """Plans by release, document, operation and shape of the variables; the oldest go first."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, ...], Plan] = {}
        self._lock = Lock()

    def get(self, key: tuple[str, ...], make: Any) -> Plan:
        with self._lock:
            found = self._kept.pop(key, None)
        if found is None:
            found = make()
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > PLANS:
                del self._kept[next(iter(self._kept))]
        return found


_PLANS = _Plans()


def execute(
    release: OpenRelease,
    document: str,
    variables: Mapping[str, Any] | None = None,
    operation_name: str | None = None,
) -> dict[str, Any]:
    """The response to an operation: `data` and `errors` as the GraphQL specification has them, and `extensions`.

    `extensions.release` names the release; `extensions.notes` says why a figure is null. A response without the key `data`
    was refused before it was run. Whatever the document and the variables hold, the answer is a response, never an
    exception.
    """
    given = dict(variables or {})
    extensions: dict[str, Any] = {"release": release.version}
    try:
        _check_texts(document, given)
        checked = _checked(document)
        operation = _operation(checked.document, operation_name)
        limits.check(served_schema(), checked.document, operation, given)
        if checked.errors:
            return {"errors": [_formatted(one) for one in checked.errors], "extensions": extensions}
        if _introspects(operation, checked.document):
            return _introspected(checked.document, given, operation_name, extensions)
        values = _coerced(operation, given)
        plan = _plan(release, document, checked.document, operation, values)
    except GraphQLError as error:
        refusal: dict[str, Any] = {"errors": [_formatted(error)], "extensions": extensions}
        if error.path:
            refusal = {"data": None, **refusal}
        return refusal
    except _Uncoerced as error:
        return {"errors": [_formatted(one) for one in error.errors], "extensions": extensions}
    return _run(release, plan, values, extensions, operation)


class _Uncoerced(Exception):
    def __init__(self, errors: list[GraphQLError]) -> None:
        self.errors = errors
        super().__init__()


def _coerced(operation: OperationDefinitionNode, given: Mapping[str, Any]) -> dict[str, Any]:
    found = get_variable_values(served_schema(), operation.variable_definitions or (), dict(given))
    if isinstance(found, list):
        raise _Uncoerced(found)
    return dict(found.coerced)


def _plan(
    release: OpenRelease,
    source: str,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    values: dict[str, Any],
) -> Plan:
    slots = {
        name: symbolic(values[name], type_from_ast(served_schema(), one.type), (name,))
        for one in operation.variable_definitions or ()
        if (name := one.variable.name.value) in values
    }
    named = operation.name.value if operation.name else ""
    key = (release.base, release.namespace, release.version, source, named, repr(sorted(slots.items())))

    def candidates(text: str) -> str:
        resolution = resolve(release, text)
        start = f"{release.base}id/"
        keys = [
            one.iri.removeprefix(start) for one in resolution.matches if one.class_name == "FundingDocument"
        ]
        return json.dumps([[resolution.way, key] for key in keys[:100]], ensure_ascii=False)

    of = (release.base, release.namespace, release.version)
    return _PLANS.get(key, lambda: make_plan(document, operation, slots, of, candidates))


def _run(
    release: OpenRelease,
    plan: Plan,
    values: dict[str, Any],
    extensions: dict[str, Any],
    operation: OperationDefinitionNode,
) -> dict[str, Any]:
    data: dict[str, Any] | None = {}
    errors: list[dict[str, Any]] = []
    notes: set[str] = set()
    for statement in plan.statements:
        value = None
        try:
            answered = _index(release.path).run(statement.sql, parameters(statement, values), SECONDS)
            notes |= answered.notes
            rows = answered.rows
            value = json.loads(rows[0][0]) if rows and rows[0][0] is not None else None
        except (GraphQLError, FundtraceError, OSError, apsw.Error) as error:
            node = _node(operation, statement.key)
            extra = error.extensions if isinstance(error, GraphQLError) else None
            original = None if isinstance(error, GraphQLError) else error
            message = error.message if isinstance(error, GraphQLError) else str(error)
            wrapped = GraphQLError(
                message, node, path=[statement.key], original_error=original, extensions=extra
            )
            errors.append(_formatted(wrapped))
            if isinstance(error, OSError | apsw.Error):
                _log.error("a statement failed: %s", error, exc_info=error)
        if value is None and statement.required:
            data = None
        elif data is not None:
            data[statement.key] = value
    response: dict[str, Any] = {"data": data}
    if errors:
        response["errors"] = errors
    if notes:
        extensions["notes"] = [_NOTES[one] for one in sorted(notes)]
    return {**response, "extensions": extensions}


def _node(operation: OperationDefinitionNode, key: str) -> FieldNode | None:
    for one in operation.selection_set.selections:
        if isinstance(one, FieldNode) and (one.alias or one.name).value == key:
            return one
    return None


def _introspects(operation: OperationDefinitionNode, document: DocumentNode) -> bool:
    """Whether an operation asks of the schema; it may ask of nothing else then."""
    fragments = {
        one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
    }
    selector = Selector(served_schema(), fragments, _Everything())
    query = served_schema().query_type
    assert query is not None  # noqa: S101
    names = {nodes[0].name.value for nodes in selector.roots(query, operation.selection_set).values()}
    return bool(names & {"__schema", "__type"})


class _Everything(dict[str, bool]):
    def __missing__(self, name: str) -> bool:
        return True


def _introspected(
    document: DocumentNode, given: Mapping[str, Any], name: str | None, extensions: dict[str, Any]
) -> dict[str, Any]:
    result = execute_sync(served_schema(), document, variable_values=dict(given), operation_name=name or None)
    response: dict[str, Any] = {"data": result.data}
    if result.errors:
        response["errors"] = [_formatted(one) for one in result.errors]
    return {**response, "extensions": extensions}


def _read(document: str) -> DocumentNode:
    if not document.strip():
        raise refused("document-missing", "没有给出查询", "there is no document to execute")
    return limits.read(document)


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
