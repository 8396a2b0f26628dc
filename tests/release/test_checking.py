"""The cheap checks: what passes by is counted, and the store must agree."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from fundtrace.errors import SystemFailure
from fundtrace.release.checking import Tally, compare, count_entities

BASE = "http://localhost:8000/"
NS = f"{BASE}ontology#"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


@pytest.fixture
def counted(lines: Callable[..., list[str]], tmp_path: Path) -> tuple[ox.Store, Tally]:
    """A store and the tally of the same statements."""
    tally, store = Tally(BASE, NS, tmp_path), ox.Store()
    store.load("\n".join(tally.watch(sorted(set(lines())))), ox.RdfFormat.N_TRIPLES)
    tally.close()
    return store, tally


def test_a_store_that_agrees(counted: tuple[ox.Store, Tally]) -> None:
    """Equal numbers of statements and of entities pass."""
    store, tally = counted
    compare(store, tally)
    assert count_entities(store) == tally.classes
    assert tally.severities == {"info": 1}


def test_a_store_that_lost_a_statement(counted: tuple[ox.Store, Tally]) -> None:
    """Another number of statements is refused."""
    store, tally = counted
    tally.statements += 1
    with pytest.raises(SystemFailure, match="number of statements"):
        compare(store, tally)


def test_a_store_with_other_entities(counted: tuple[ox.Store, Tally]) -> None:
    """Another number of entities of a class is refused."""
    store, tally = counted
    tally.classes["Project"] += 1
    with pytest.raises(SystemFailure, match="number of entities"):
        compare(store, tally)


def test_blank_nodes_are_refused_as_subjects(tmp_path: Path) -> None:
    """Even where they only have a type."""
    with pytest.raises(SystemFailure, match="blank node"):
        list(Tally(BASE, NS, tmp_path).watch([f"_:b {TYPE} <{NS}Project> ."]))
