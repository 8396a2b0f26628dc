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


def test_a_text_may_end_with_a_quotation_mark(tmp_path: Path) -> None:
    """Only a value without any text is empty."""
    told = [
        rf'<{BASE}id/a> <{NS}name> "说\"" .',
        rf'<{BASE}id/a> <{NS}name> " \" \""@zh .',
    ]
    assert list(Tally(BASE, NS, tmp_path).watch(told)) == told
    for empty in ('"" .', '" \u3000"@zh .', f'" "^^<{NS}a> .'):
        with pytest.raises(SystemFailure, match="value is empty"):
            list(Tally(BASE, NS, tmp_path).watch([f"<{BASE}id/a> <{NS}name> {empty}"]))


def test_what_passes_by_is_counted_for_void(tmp_path: Path) -> None:
    """Statements, subjects, predicates and classes, those of the release's own lines too."""
    tally = Tally(BASE, NS, tmp_path)
    list(tally.watch([f"<{BASE}id/a> {TYPE} <{NS}Project> .", f'<{BASE}id/a> <{NS}name> "a" .']))
    tally.add([f"<{BASE}id/b> {TYPE} <{NS}Release> ."])
    told = tally.counted
    assert (told.statements, told.subjects) == (3, 2)
    assert told.predicates == {TYPE: 2, f"<{NS}name>": 1}
    assert told.classes == {f"<{NS}Project>": 1, f"<{NS}Release>": 1}


def test_what_is_asked_for_is_set_aside(tmp_path: Path) -> None:
    """The first line of each subject and all with a wanted predicate, in their order."""
    first, second = (f'<{BASE}id/a> <{NS}{name}> "1" .' for name in ("code", "name"))
    other = f'<{BASE}id/b> <{NS}code> "2" .'
    tally = Tally(BASE, NS, tmp_path, frozenset({f"<{NS}name>"}))
    passed = [first, f'<{BASE}id/a> <{NS}line> "1" .', second, other]
    assert list(tally.watch(passed)) == passed
    assert tally.aside.read_text(encoding="utf-8").splitlines() == [first, second, other]
