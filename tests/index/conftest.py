"""An index of the sample release, and small indexes of statements that a test writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from fundtrace.index import INDEX, Index, IndexInfo, build_index, open_index
from fundtrace.release import Release

BASE = "http://example.org/"
FT = "http://example.org/ontology#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
XSD = "http://www.w3.org/2001/XMLSchema#"

Build = Callable[..., tuple[IndexInfo, Index]]


def line(subject: str, predicate: str, value: str) -> str:
    """A statement about `{base}id/{subject}`; a predicate without a colon is of the ontology, and `@x/y` an entity."""
    term = predicate if ":" in predicate else FT + predicate
    object_ = f"<{BASE}id/{value[1:]}>" if value.startswith("@") else value
    return f"<{BASE}id/{subject}> <{term}> {object_} ."


def entity(subject: str, kind: str, *facts: tuple[str, str]) -> list[str]:
    """The statements of an entity with a class, a label and other facts."""
    return [
        line(subject, TYPE, f"<{FT}{kind}>"),
        line(subject, LABEL, f'"{subject}"@zh'),
        *(line(subject, *fact) for fact in facts),
    ]


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Build]:
    """Builds and opens an index of some lines, which are sorted first."""
    opened: list[Index] = []

    def built(lines: Iterable[str]) -> tuple[IndexInfo, Index]:
        info = build_index(sorted(lines), tmp_path / INDEX, BASE, FT)
        opened.append(open_index(tmp_path))
        return info, opened[-1]

    yield built
    for index in opened:
        index.close()


@pytest.fixture(scope="session")
def sample_index(sample_release: Release) -> Iterator[Index]:
    """The index of the samples."""
    index = open_index(sample_release.path)
    yield index
    index.close()
