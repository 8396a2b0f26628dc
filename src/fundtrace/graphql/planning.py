"""Plans: an operation as statements, kept for the next time; and what is bound to them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from graphql import FieldNode, GraphQLError, type_from_ast

from fundtrace.graphql.compiling import Compiler
from fundtrace.graphql.keeping import Keeping
from fundtrace.graphql.preparing import Prepared
from fundtrace.graphql.rooting import Rooting, Statement
from fundtrace.graphql.schema import served_schema
from fundtrace.graphql.selecting import Selector, Slot, symbolic
from fundtrace.graphql.unfolding import check_parts

PLANS: Final = 256
"""Plans that are kept."""
PLAN_CHARACTERS: Final = 4 << 20
"""Characters of SQL and documents that are kept with them."""
_PARSED: Final = 20
"""What a character of a parsed document weighs against one of SQL."""

INTROSPECTIVE: Final = frozenset({"__schema", "__type"})
"""Root fields that the schema answers, not the index."""


@dataclass(slots=True)
class Pace:
    """The seconds of processor time that a plan took when it was last run; infinite if it was stopped."""

    seconds: float = math.inf


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
    pace: Pace = field(default_factory=Pace)

    def weight(self, source: str) -> int:
        """Characters of its SQL, and of the document that is kept with it."""
        return sum(len(one.sql) for one in self.statements) + _PARSED * len(source)


class Described(Protocol):
    """A release, as far as a plan needs it."""

    @property
    def base(self) -> str: ...  # noqa: D102
    @property
    def namespace(self) -> str: ...  # noqa: D102


class Plans:
    """Plans by release, document, operation and shape of the variables."""

    def __init__(self) -> None:
        self._kept: Keeping[Plan] = Keeping(PLANS, PLAN_CHARACTERS)

    def get(self, release: Described, version: str, source: str, prepared: Prepared) -> tuple[Plan, bool]:
        """The plan of an operation, and whether it was kept. Raises `GraphQLError` for what is too much."""
        slots = slots_of(prepared)
        key = _key(release, version, source, prepared, slots)
        found = self._kept.get(key)
        if found is not None:
            return found, True
        made = make_plan(release, version, prepared, slots)
        self._kept.put(key, made, made.weight(source) + len(key[-1]))
        return made, False


def _key(
    release: Described, version: str, source: str, prepared: Prepared, slots: Mapping[str, Any]
) -> tuple[str, ...]:
    shape = repr(sorted(slots.items()))
    return release.base, release.namespace, version, source, prepared.name, shape


def slots_of(prepared: Prepared) -> dict[str, Any]:
    """The variables with a slot for each text and number."""
    schema = served_schema()
    return {
        name: symbolic(prepared.variables[name], type_from_ast(schema, one.type), (name,))
        for one in prepared.operation.variable_definitions or ()
        if (name := one.variable.name.value) in prepared.variables
    }


def make_plan(
    release: Described,
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
    rooting = Rooting(Compiler(selector, release.base, version), release.namespace)
    roots = selector.roots(rooting.query, prepared.operation.selection_set)
    introspective = {key: nodes for key, nodes in roots.items() if nodes[0].name.value in INTROSPECTIVE}
    statements = tuple(
        rooting.statement(key, nodes) for key, nodes in roots.items() if key not in introspective
    )
    if selector.failures and not failed:
        return make_plan(release, version, prepared, slots, tuple(selector.failures))
    return Plan(prepared, slots, tuple(roots), statements, introspective, tuple(selector.failures))


def parameters(
    statement: Statement, variables: Mapping[str, Any], notes: Callable[[str], None]
) -> tuple[dict[str, Any], list[tuple[FieldNode, GraphQLError]]]:
    """The parameters of a statement, and the fields whose values are out of bounds."""
    made: dict[str, Any] = {}
    failed: dict[int, tuple[FieldNode, GraphQLError]] = {}
    for bind in statement.binds:
        value = known(bind.value, variables)
        try:
            made[bind.name] = bind.make(value)
        except GraphQLError as error:
            failed.setdefault(id(bind.field), (bind.field, error))
        else:
            if bind.note is not None and (note := bind.note(value)):
                notes(note)
    return {name: made.get(name, value) for name, value in statement.constants.items()}, [*failed.values()]


def known(value: Any, variables: Mapping[str, Any]) -> Any:
    """A value of a bind, its slots filled from these variables."""
    if isinstance(value, Slot):
        return value.value(variables)
    return [known(one, variables) for one in value] if isinstance(value, list) else value
