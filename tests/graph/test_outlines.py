"""Outlines: all that the first round wants to know of a document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import TypeAdapter

from fundtrace.graph import Iris, Letters, Outline, outline, statements
from fundtrace.records import Document


def _several(make: Any) -> list[Document]:
    """Documents that agree, disagree, and are copies of each other."""
    project = make.project()
    return [
        make.document(),
        make.document(source={**make.document().source.model_dump(), "sha256": "1" * 64}),
        make.document(projects=[{**project, "purpose": "另有用途"}]),
        make.document(projects=[make.project(code=None), make.project(code=None)], fiscal_year=None),
    ]


def test_with_outlines_the_documents_are_gone_through_once(make: Any) -> None:
    """Whoever has the outlines, even as JSON, gets the same statements and letters from one round."""
    told, rounds = _several(make), 0
    kept = TypeAdapter(tuple[Outline, ...])
    outlines = kept.validate_json(kept.dump_json(tuple(map(outline, told))))

    def documents() -> Iterator[Document]:
        nonlocal rounds
        rounds += 1
        return iter(told)

    letters, others = Letters(), Letters()
    with_outlines = sorted(statements(documents, Iris(make.base), make.namespace, letters, lambda: outlines))
    assert rounds == 1
    assert with_outlines == sorted(statements(documents, Iris(make.base), make.namespace, others))
    assert rounds == 3
    assert letters.marks == others.marks
    assert any("~b" in path for path in letters.marks)


def test_an_outline_does_not_depend_on_the_name_of_the_file(make: Any) -> None:
    """The name stands in it, and nothing else follows from it."""
    one = make.document()
    other = make.document(source={**one.source.model_dump(), "file": "another name.txt"})
    first, second = outline(one), outline(other)
    assert (first.file, second.file) == (one.source.file, "another name.txt")
    assert (first.plain, first.prints, first.projects, first.statements) == (
        second.plain,
        second.prints,
        second.projects,
        second.statements,
    )


def test_nothing_is_read_before_the_first_statement_is_asked_for(make: Any) -> None:
    """So what fails in the first round fails where the statements are taken, and is cleared away with them."""

    def broken() -> Iterator[Outline]:
        raise RuntimeError("read")
        yield

    stated = statements([make.document()], Iris(make.base), make.namespace, None, broken)
    with pytest.raises(RuntimeError, match="read"):
        next(stated)
