"""One run of a plan: its statements one after the other within a time, and what they answer as JSON."""

from __future__ import annotations

import json
import logging
import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, overload

import apsw
from graphql import DocumentNode, GraphQLError, OperationDefinitionNode, SelectionSetNode, execute_sync

from fundtrace.errors import FundtraceError
from fundtrace.graphql.containing import Containment
from fundtrace.graphql.planning import Described, Plan, make_plan, parameters
from fundtrace.graphql.preparing import Prepared
from fundtrace.graphql.rooting import Statement
from fundtrace.graphql.schema import served_schema
from fundtrace.graphql.selecting import Selector
from fundtrace.index import Index

_log = logging.getLogger(__name__)
_NULL: Final = b"null"


class OpenRelease(Described, Protocol):
    """A release, as far as an answer needs it."""

    @property
    def version(self) -> str: ...  # noqa: D102
    @property
    def index(self) -> Index: ...  # noqa: D102


def dumped(value: object) -> bytes:
    """A value as JSON in UTF-8."""
    # A message may quote what a client wrote, which need not be whole characters.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


@dataclass(slots=True)
class Run:
    """A run of an operation over a release, which may take so many seconds; its errors and notes are known afterwards."""

    release: OpenRelease
    prepared: Prepared
    seconds: float
    explains: bool = False
    notes: set[str] = field(default_factory=set)
    errors: list[GraphQLError] = field(default_factory=list)
    explained: list[dict[str, Any]] = field(default_factory=list)
    begun: float = field(default_factory=time.monotonic)

    @property
    def ran_out(self) -> bool:
        """Whether a statement was stopped since the time was over."""
        return any(getattr(one.original_error, "code", "") == "too-slow" for one in self.errors)

    @overload
    def data(self, plan: Plan) -> list[bytes]: ...
    @overload
    def data(self, plan: Plan, *, patient: bool) -> list[bytes] | None: ...
    def data(self, plan: Plan, *, patient: bool = True) -> list[bytes] | None:
        """The data as JSON in parts. Values out of bounds make a plan of their own, in which their fields fail; None if not `patient`."""
        begun = time.thread_time()
        given, failed = self._parameters(plan)
        if failed:
            if not patient:
                return None
            failures = (*plan.failures, *failed)
            plan = make_plan(self.release, self.release.version, plan.prepared, plan.slots, failures)
            given, _ = self._parameters(plan)
        data = self._data(plan, given)
        plan.pace.seconds = math.inf if self.ran_out else time.thread_time() - begun
        return data

    def _data(self, plan: Plan, given: list[dict[str, Any]]) -> list[bytes]:
        found = self._introspected(plan)
        for statement, values in zip(plan.statements, given, strict=True):
            found[statement.key] = self._answer(plan, statement, values)
        if any(one.required and found[one.key] == _NULL for one in plan.statements):
            return [_NULL]
        parts: list[bytes] = []
        for key in plan.keys:
            parts += (b',"%s":' if parts else b'{"%s":') % key.encode(), found[key]
        return [*parts, b"}"] if parts else [b"{}"]

    def _parameters(self, plan: Plan) -> tuple[list[dict[str, Any]], list[Any]]:
        given: list[dict[str, Any]] = []
        failed: list[Any] = []
        for statement in plan.statements:
            values, wrong = parameters(statement, self.prepared.variables, self.notes.add)
            given.append(values)
            failed += wrong
        return given, failed

    def _answer(self, plan: Plan, statement: Statement, values: Mapping[str, Any]) -> bytes:
        try:
            index = self.release.index
            left = self.seconds - (time.monotonic() - self.begun)
            answered = index.run(statement.sql, values, max(0.0, left))
            self.notes |= answered.notes
            if self.explains:
                self._explain(index, statement, values, answered.seconds)
            text: bytes = answered.rows[0][0] or _NULL
        except (FundtraceError, OSError, apsw.Error) as error:
            if isinstance(error, OSError | apsw.Error):
                _log.error("a statement failed: %s", error, exc_info=error)
            nodes = [statement.nodes[0]]
            self.errors.append(GraphQLError(str(error), nodes, path=[statement.key], original_error=error))
            return _NULL
        name = statement.nodes[0].name.value
        if not plan.failures or name == "__typename":
            return text
        query = served_schema().query_type
        assert query is not None  # noqa: S101 - there is one
        selector = Selector(served_schema(), plan.prepared.fragments, plan.slots)
        containment = Containment(selector, plan.failures)
        kind = query.fields[name].type
        whole = containment.value(json.loads(text), kind, list(statement.nodes), (statement.key,))
        self.errors += containment.errors
        return dumped(whole)

    def _explain(self, index: Index, statement: Statement, values: Mapping[str, Any], seconds: float) -> None:
        steps = index.run(f"EXPLAIN QUERY PLAN {statement.sql}", values, 1.0).rows
        self.explained.append(
            {
                "field": statement.key,
                "sql": statement.sql,
                "parameters": dict(values),
                "plan": [str(step[-1]) for step in steps],
                "seconds": round(seconds, 6),
            }
        )

    def _introspected(self, plan: Plan) -> dict[str, bytes]:
        """What the schema answers of itself."""
        if not plan.introspective:
            return {}
        operation = plan.prepared.operation
        nodes = tuple(node for nodes in plan.introspective.values() for node in nodes)
        asked = OperationDefinitionNode(
            operation=operation.operation,
            variable_definitions=operation.variable_definitions,
            selection_set=SelectionSetNode(selections=nodes),
        )
        document = DocumentNode(definitions=(asked, *plan.prepared.fragments.values()))
        result = execute_sync(served_schema(), document, variable_values=dict(self.prepared.variables))
        self.errors += result.errors or []
        return {key: dumped(value) for key, value in (result.data or {}).items()}
