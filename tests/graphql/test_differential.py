"""The compiler answers as a naive executor does: random operations, asked both ways."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Any

import pytest
from graphql import parse, validate
from hypothesis import HealthCheck, Phase, assume, given, note, settings
from hypothesis import strategies as st
from tests.benchmarks.corpus import lines
from tests.graphql.operations import Operation, operations
from tests.graphql.reference.execution import Reference
from tests.graphql.reference.world import World

from fundtrace.graphql import execute
from fundtrace.graphql.cursors import read_cursor
from fundtrace.graphql.schema import served_schema
from fundtrace.index import INDEX, Index, build_index, open_index
from fundtrace.release import Release

EXAMPLES = int(os.environ.get("FUNDTRACE_OPERATIONS", "80"))
"""How many operations are asked; set the environment variable to ask more."""


@dataclass(frozen=True)
class Both:
    """The same statements as an index and as plain objects."""

    index: Index
    world: World
    store: Any
    version: str = "both"

    @property
    def base(self) -> str:
        """What IRIs begin with."""
        return self.index.base

    @property
    def namespace(self) -> str:
        """That of the ontology."""
        return self.index.namespace


@pytest.fixture(scope="module")
def both(sample_release: Release, tmp_path_factory: pytest.TempPathFactory) -> Both:
    """The samples, and made-up documents that share what they cite."""
    folder = tmp_path_factory.mktemp("both")
    told = {line.rstrip("\n") for line in sample_release.statements()}
    told.update(lines(4_000))
    statements = sorted(told)
    base, namespace = sample_release.base, sample_release.namespace
    build_index(statements, folder / INDEX, base, namespace)
    return Both(open_index(folder), World(statements, base, namespace, "both"), sample_release.store)


def test_the_world_holds_what_the_index_holds(both: Both) -> None:
    """The reference answers from the same entities."""
    rows = both.index.run('SELECT key, "class" FROM "Entity"', {}).rows
    assert {(one.key, one.cls) for one in both.world.entities.values()} == set(rows)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    # The gate asks the same every time, and who wants more wants others.
    derandomize="FUNDTRACE_OPERATIONS" not in os.environ,
    database=None,
    # Shrinking an operation takes minutes; what fails is written out as it is.
    phases=[Phase.generate],
    suppress_health_check=[*HealthCheck],
)
@given(data=st.data())
def test_random_operations_are_answered_alike(both: Both, data: st.DataObject) -> None:
    """Data, notes and the codes of errors are those of the reference."""
    operation: Operation = data.draw(operations(both.world))
    assume(not validate(served_schema(), parse(operation.text)))
    response = execute(both, operation.text, operation.variables)
    codes = {one["extensions"]["code"] for one in response.get("errors", ())}
    assume("data" in response or not any(code.startswith("limit-") for code in codes))
    note(operation.text)
    note(json.dumps(operation.variables, ensure_ascii=False))
    assert "data" in response, response
    expected, wrong, notes = Reference(both.world).execute(operation.text, operation.variables)
    assert _plain(response["data"]) == _plain(expected)
    assert [*_keys(response["data"])] == [*_keys(expected)]
    assert set(wrong) <= codes
    assert bool(wrong) == bool(codes)
    assert len(notes) <= len(response["extensions"].get("notes", ()))


def _plain(value: Any) -> Any:
    """An answer whose cursors are read, since JSON may spell a number in several ways."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return (read_cursor(value) or value) if isinstance(value, str) else value


def _keys(value: Any) -> Any:
    """The names of an answer in their order."""
    for name, one in value.items() if isinstance(value, dict) else ():
        yield name
        yield from _keys(one)
    for one in value if isinstance(value, list) else ():
        yield from _keys(one)
