"""Operations over the index of a release, from text to response."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import apsw
from graphql import (
    DocumentNode,
    GraphQLError,
    OperationDefinitionNode,
    SelectionSetNode,
    execute_sync,
)

from fundtrace.errors import FundtraceError
from fundtrace.graphql.containing import Containment
from fundtrace.graphql.cursors import FOREIGN
from fundtrace.graphql.faults import formatted
from fundtrace.graphql.limits import SECONDS
from fundtrace.graphql.planning import Plan, Plans, make_plan, parameters
from fundtrace.graphql.preparing import Prepared, Refused, prepare
from fundtrace.graphql.rooting import Statement
from fundtrace.graphql.schema import served_schema
from fundtrace.graphql.selecting import Selector
from fundtrace.graphql.summing import MIXED
from fundtrace.index import Index
from fundtrace.query.results import Answering

_log = logging.getLogger(__name__)
_PLANS: Final = Plans()
_NOTES: Final = {
    MIXED: "金额跨多个年度或阶段，不予合计；请用 filter 选定一个 fiscalYear 和一个 stage，或用 groupBy 按二者分组。\n"
    "The rows span several fiscal years or stages, so money is null; choose one fiscalYear and one stage with filter, or "
    "group by both with groupBy.",
    FOREIGN: "游标取自另一版本；其间增减的条目可能使前后两页不相衔接。\n"
    "A cursor was taken from another release; what came or went since may lie on neither page.",
}


class OpenRelease(Answering, Protocol):
    """A release, as far as an answer needs it."""

    @property
    def version(self) -> str: ...  # noqa: D102
    @property
    def index(self) -> Index: ...  # noqa: D102


def execute(
    release: OpenRelease,
    document: str,
    variables: Mapping[str, Any] | None = None,
    operation_name: str | None = None,
    *,
    explain: bool = False,
) -> dict[str, Any]:
    """The response to an operation: `data` and `errors` as the GraphQL specification has them, and `extensions`.

    `extensions.release` names the release; `extensions.notes` says why a figure is null, or that a cursor is of another
    release. With `explain`, `extensions.explain` has the SQL of each root field, its parameters, how SQLite goes about it,
    and seconds. A response without the key `data` was refused before it was run. Whatever the document and the variables
    hold, the answer is a response, never an exception.
    """
    extensions: dict[str, Any] = {"release": release.version}
    begun = time.perf_counter()
    try:
        prepared = prepare(document, dict(variables or {}), operation_name)
        ready = time.perf_counter()
        plan, kept = _PLANS.get(release, release.version, document, prepared)
    except Refused as refusal:
        return {"errors": [formatted(one) for one in refusal.errors], "extensions": extensions}
    except GraphQLError as error:
        return {"errors": [formatted(error)], "extensions": extensions}
    run = _Run(release, prepared, explains=explain)
    planned = time.perf_counter()
    response = run.response(plan)
    notes = [_NOTES[one] for one in sorted(run.notes)]
    if notes:
        extensions["notes"] = notes
    if explain:
        seconds = {"prepare": ready - begun, "plan": planned - ready, "run": time.perf_counter() - planned}
        rounded = {name: round(value, 6) for name, value in seconds.items()}
        extensions["explain"] = {"planKept": kept, "seconds": rounded, "statements": run.explained}
    return {**response, "extensions": extensions}


@dataclass(slots=True)
class _Run:
    release: OpenRelease
    prepared: Prepared
    explains: bool
    notes: set[str] = field(default_factory=set)
    errors: list[GraphQLError] = field(default_factory=list)
    explained: list[dict[str, Any]] = field(default_factory=list)
    end: float = field(default_factory=lambda: time.monotonic() + SECONDS)

    def response(self, plan: Plan) -> dict[str, Any]:
        """Data and errors. Values out of bounds make a plan of their own, in which their fields fail."""
        given: list[dict[str, Any]] = []
        failed = [*plan.failures]
        for statement in plan.statements:
            values, wrong = parameters(statement, self.prepared.variables, self.notes.add)
            given.append(values)
            failed += wrong
        if len(failed) > len(plan.failures):
            plan = make_plan(self.release, self.release.version, plan.prepared, plan.slots, tuple(failed))
            variables = self.prepared.variables
            given = [parameters(one, variables, self.notes.add)[0] for one in plan.statements]
        found = self._introspected(plan)
        for statement, values in zip(plan.statements, given, strict=True):
            found[statement.key] = self._answer(plan, statement, values)
        data: dict[str, Any] | None = {key: found[key] for key in plan.keys}
        if any(one.required and found[one.key] is None for one in plan.statements):
            data = None
        errors = {"errors": [formatted(one) for one in self.errors]} if self.errors else {}
        return {"data": data, **errors}

    def _answer(self, plan: Plan, statement: Statement, values: Mapping[str, Any]) -> Any:
        try:
            index = self.release.index
            answered = index.run(statement.sql, values, max(0.0, self.end - time.monotonic()))
            self.notes |= answered.notes
            if self.explains:
                self._explain(index, statement, values, answered.seconds)
            text = answered.rows[0][0] if answered.rows else None
            value = json.loads(text) if text is not None else None
        except (FundtraceError, OSError, apsw.Error) as error:
            if isinstance(error, OSError | apsw.Error):
                _log.error("a statement failed: %s", error, exc_info=error)
            nodes = [statement.nodes[0]]
            self.errors.append(GraphQLError(str(error), nodes, path=[statement.key], original_error=error))
            return None
        if not plan.failures:
            return value
        query = served_schema().query_type
        assert query is not None  # noqa: S101 - there is one
        name = statement.nodes[0].name.value
        if name == "__typename":
            return value
        selector = Selector(served_schema(), plan.prepared.fragments, plan.slots)
        containment = Containment(selector, plan.failures)
        kind = query.fields[name].type
        whole = containment.value(value, kind, list(statement.nodes), (statement.key,))
        self.errors += containment.errors
        return whole

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

    def _introspected(self, plan: Plan) -> dict[str, Any]:
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
        return dict(result.data or {})
