"""Operations that were run before, found again by all that decides their plan, without being read, measured or coerced anew."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from graphql import GraphQLID, GraphQLList, GraphQLNonNull, GraphQLString, type_from_ast

from fundtrace.graphql.keeping import Keeping
from fundtrace.graphql.planning import PLAN_CHARACTERS, PLANS, Described, Plan
from fundtrace.graphql.preparing import DOCUMENT_CHARACTERS, DOCUMENTS, Prepared
from fundtrace.graphql.schema import served_schema

_FEW: Final = 32
"""Variables that are looked through."""
_MOST: Final = 10_000
"""Characters of variables that are looked through: as JSON they are within the limit, however they are escaped."""
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class _Open:
    """The variables of an operation whose texts decide nothing: those that are one, and those that are lists of them."""

    texts: frozenset[str]
    lists: frozenset[str]


class Recalled:
    """Plans by release, document, operation and all of the variables but the texts that are bound as they come."""

    def __init__(self) -> None:
        self._open: Keeping[_Open] = Keeping(DOCUMENTS, DOCUMENT_CHARACTERS)
        self._kept: Keeping[tuple[Plan, Prepared]] = Keeping(PLANS, PLAN_CHARACTERS)

    def find(
        self, release: Described, version: str, source: str, given: Mapping[str, Any], name: str | None
    ) -> tuple[Plan, Prepared] | None:
        """The plan of an operation and the operation with these variables; None where it is not known or they are many."""
        left_open = self._open.get((source, name))
        shape = _shape(given, left_open) if left_open is not None else None
        if shape is None or left_open is None:
            return None
        found = self._kept.get((release.base, release.namespace, version, source, name, shape))
        if found is None:
            return None
        plan, prepared = found
        texts = {
            one: value
            for one, value in given.items()
            if value is not None and (one in left_open.texts or one in left_open.lists)
        }
        if texts:
            prepared = Prepared(prepared.document, prepared.operation, {**prepared.variables, **texts})
        return plan, prepared

    def put(
        self,
        release: Described,
        version: str,
        source: str,
        given: Mapping[str, Any],
        name: str | None,
        plan: Plan,
        prepared: Prepared,
    ) -> None:
        """Keep the plan of an operation that is in order."""
        left_open = self._open.get((source, name))
        if left_open is None:
            left_open = _left_open(prepared)
            self._open.put((source, name), left_open, len(source))
        shape = _shape(given, left_open)
        if shape is not None:
            key = (release.base, release.namespace, version, source, name, shape)
            self._kept.put(key, (plan, prepared), plan.weight(source))


def _left_open(prepared: Prepared) -> _Open:
    texts: set[str] = set()
    lists: set[str] = set()
    for one in prepared.operation.variable_definitions or ():
        kind = _nullable(type_from_ast(served_schema(), one.type))
        if kind in {GraphQLString, GraphQLID}:
            texts.add(one.variable.name.value)
        elif isinstance(kind, GraphQLList) and _nullable(kind.of_type) in {GraphQLString, GraphQLID}:
            lists.add(one.variable.name.value)
    return _Open(frozenset(texts), frozenset(lists))


def _nullable(kind: Any) -> Any:
    return kind.of_type if isinstance(kind, GraphQLNonNull) else kind


def _shape(given: Mapping[str, Any], left_open: _Open) -> Hashable | None:
    """All that variables are but their open texts; None where they are many, long, or no Unicode."""
    shape: list[Hashable] = []
    left = _MOST
    if len(given) > _FEW:
        return None
    for name, value in given.items():
        if type(value) is str and name in left_open.texts:
            shape.append(name)
            left -= _size(value)
        elif type(value) is list and name in left_open.lists and all(type(one) is str for one in value):
            shape.append((name, len(value)))
            left -= sum(map(_size, value))
        else:
            # Python's own text of a value tells 1 from 1.0 and true.
            shape.append((name, told := repr(value)))
            left -= len(told)
        if left < 0:
            return None
    return tuple(shape)


def _size(text: str) -> int:
    return len(text) if text.isascii() or not _SURROGATE.search(text) else _MOST + 1
