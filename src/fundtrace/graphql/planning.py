"""Plans: an operation as statements, kept for the next time; and what is bound to them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from graphql import FieldNode, GraphQLError, type_from_ast

from fundtrace.graphql.compiling import Compiler
from fundtrace.graphql.keeping import Keeping
from fundtrace.graphql.preparing import Prepared
from fundtrace.graphql.rooting import Resolve, Rooting, Statement
from fundtrace.graphql.schema import served_schema
from fundtrace.graphql.selecting import Bind, Selector, Slot, symbolic
from fundtrace.graphql.unfolding import check_parts
from fundtrace.query.resolving import near, resolve
from fundtrace.query.results import Answering

PLANS: Final = 256
"""Plans that are kept."""
PLAN_CHARACTERS: Final = 4 << 20
"""Characters of SQL and documents that are kept with them."""
_PARSED: Final = 20
"""What a character of a parsed document weighs against one of SQL."""

INTROSPECTIVE: Final = frozenset({"__schema", "__type"})
"""Root fields that the schema answers, not the index."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The statements of an operation in the order of the answer, and its fields that cannot be answered as asked.

    `failures` are by field node; `introspective` holds the root fields that the schema answers.
    """

    prepared: Prepared
    slots: Mapping[str, Any]
    keys: tuple[str, ...]
    statements: tuple[Statement, ...]
    introspective: Mapping[str, list[FieldNode]]
    failures: tuple[tuple[FieldNode, GraphQLError], ...]

    @property
    def size(self) -> int:
        """Characters of its SQL."""
        return sum(len(one.sql) for one in self.statements)


class Plans:
    """Plans by release, document, operation and shape of the variables."""

    def __init__(self) -> None:
        self._kept: Keeping[Plan] = Keeping(PLANS, PLAN_CHARACTERS)

    def get(self, release: Answering, version: str, source: str, prepared: Prepared) -> tuple[Plan, bool]:
        """The plan of an operation, and whether it was kept. Raises `GraphQLError` for what is too much."""
        slots = slots_of(prepared)
        shape = repr(sorted(slots.items()))
        key = (release.base, release.namespace, version, source, prepared.name, shape)
        found = self._kept.get(key)
        if found is not None:
            return found, True
        made = make_plan(release, version, prepared, slots)
        self._kept.put(key, made, made.size + _PARSED * len(source) + len(shape))
        return made, False


def slots_of(prepared: Prepared) -> dict[str, Any]:
    """The variables with a slot for each text and number."""
    schema = served_schema()
    return {
        name: symbolic(prepared.variables[name], type_from_ast(schema, one.type), (name,))
        for one in prepared.operation.variable_definitions or ()
        if (name := one.variable.name.value) in prepared.variables
    }


def make_plan(
    release: Answering,
    version: str,
    prepared: Prepared,
    slots: Mapping[str, Any],
    failed: tuple[tuple[FieldNode, GraphQLError], ...] = (),
) -> Plan:
    """The plan of an operation; `failed` are fields whose values are known to be out of bounds.

    Raises `GraphQLError` when it unfolds to too many fields.
    """
    selector = Selector(served_schema(), prepared.fragments, slots, failures=[*failed])
    check_parts(selector, prepared.operation.selection_set)
    rooting = Rooting(Compiler(selector, release.base, version), release.namespace, candidates(release))
    roots = selector.roots(rooting.query, prepared.operation.selection_set)
    introspective = {key: nodes for key, nodes in roots.items() if nodes[0].name.value in INTROSPECTIVE}
    statements = tuple(
        rooting.statement(key, nodes) for key, nodes in roots.items() if key not in introspective
    )
    if selector.failures and not failed:
        return make_plan(release, version, prepared, slots, tuple(selector.failures))
    return Plan(prepared, slots, tuple(roots), statements, introspective, tuple(selector.failures))


def candidates(release: Answering) -> Resolve:
    """How a text is resolved to documents: the way and the key of each, as a JSON list."""

    def found(text: str) -> str:
        resolution = resolve(release, text)
        start = f"{release.base}id/"
        matches, way = resolution.matches, resolution.way
        if not matches and resolution.number is not None:
            matches, way = near(release, resolution.number), "near"
        keys = [one.iri.removeprefix(start) for one in matches if one.class_name == "FundingDocument"]
        return json.dumps([[way, key] for key in keys[:100]], ensure_ascii=False)

    return found


def parameters(
    statement: Statement, variables: Mapping[str, Any], notes: Callable[[str], None]
) -> tuple[dict[str, Any], list[tuple[FieldNode, GraphQLError]]]:
    """The parameters of a statement, and the fields whose values are out of bounds."""
    made: dict[str, Any] = {}
    failed: dict[int, tuple[FieldNode, GraphQLError]] = {}
    for bind in statement.binds:
        value = known(bind, variables)
        try:
            made[bind.name] = bind.make(value)
        except GraphQLError as error:
            failed.setdefault(id(bind.field), (bind.field, error))
        else:
            if bind.note is not None and (note := bind.note(value)):
                notes(note)
    return {name: made.get(name, value) for name, value in statement.constants.items()}, [*failed.values()]


def known(bind: Bind, variables: Mapping[str, Any]) -> Any:
    """The value of a bind in these variables."""

    def value(of: Any) -> Any:
        if isinstance(of, Slot):
            return of.value(variables)
        return [value(one) for one in of] if isinstance(of, list) else of

    return value(bind.value)
