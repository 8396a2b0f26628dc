"""What stands behind a table."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pyoxigraph as ox

from fundtrace.query import Provenance, ask, load_questions, provenance, turtle_bytes
from fundtrace.query.describing import entities
from fundtrace.query.workbooks import xlsx_bytes


def test_the_statements_about_all_entities_of_a_table(elsewhere: Any) -> None:
    """Turtle holds every statement of what the table names, and of nothing else."""
    table = ask(elsewhere, load_questions()["documents/by-budget"])
    quads = list(ox.parse(turtle_bytes(elsewhere, table), format=ox.RdfFormat.TURTLE))
    assert {quad.subject.value for quad in quads} == set(entities(table))
    assert len(quads) == sum(
        len(list(elsewhere.store.quads_for_pattern(ox.NamedNode(iri), None, None))) for iri in entities(table)
    )


def test_a_table_that_names_nothing_has_no_statements(elsewhere: Any) -> None:
    """A table of figures alone."""
    table = ask(elsewhere, load_questions()["indicators/by-basis"])
    assert turtle_bytes(elsewhere, table) == b""


def test_totals_rest_on_sources_and_departments(store: ox.Store) -> None:
    """An Excel file says on what, and which rows to sum."""
    found = provenance(store)
    assert found == Provenance("2021-01", 2, 2)
    table = ask(store, load_questions()["export/projects-and-documents"])
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(table, "zh", found)))
    said = {row[0].value: row[1].value for row in book["说明"].iter_rows()}
    assert said["本版收录来源"] == said["本版收录部门"] == 2
    assert "不是支出" in said["求和"]
    texts = [row[1].value for row in book["说明"].iter_rows()]
    assert any("计入合计" in str(text) and "恰好计一次" in str(text) for text in texts)
