"""Budget tables as data sets, and the goals of the narrative."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest

from fundtrace.graph import Iris, statements
from fundtrace.records import Document

BASE = "http://localhost:8000/"
NS = f"{BASE}ontology#"
SOURCE = "130636-323-2021"


class Store:
    """The statements about one document."""

    def __init__(self, document: Document) -> None:
        self.store = ox.Store()
        lines = sorted(set(statements([document], Iris(BASE), NS)))
        self.store.load("\n".join(lines), ox.RdfFormat.N_TRIPLES)

    def values(self, path: str, term: str) -> list[str]:
        """The values of a property, IRIs without their base, in order."""
        subject = ox.NamedNode(f"{BASE}id/{path}")
        quads = self.store.quads_for_pattern(subject, ox.NamedNode(NS + term), None, None)
        return sorted(quad.object.value.removeprefix(f"{BASE}id/") for quad in quads)  # type: ignore[union-attr]


def _row(make: Any, row: int, **changes: Any) -> dict[str, Any]:
    return {
        "side": None,
        "code": "2080101",
        "name": "行政运行",
        "level": "项",
        "leaf": True,
        "cells": {"合计": make.money("5130000", "513.00", "万元")},
        "line": 200 + row,
        "position": {"page": 4, "table": 9, "row": row},
        **changes,
    }


def _table(*rows: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "title": "部门预算支出总表",
        "kind": "expenditure",
        "columns": ["合计", "基本支出"],
        "rows": rows,
        "note": "注：单位为万元",
        "line": 199,
        **changes,
    }


@pytest.fixture
def told(make: Any) -> Store:
    """A table of four rows, and a two-sided one whose sides share a printed row."""
    quantity = {"yuan": None, "printed": "3", "unit": None}
    rows = [
        _row(make, 4),
        _row(make, 5, code="2089898", name="某项", cells={"合计": quantity, "基本支出": make.money("1")}),
        _row(make, 6, code=None, name="合计", level="合计", leaf=False, cells={"基本支出": make.money("7")}),
        _row(make, 7, cells={"合计": {"yuan": None, "printed": " ", "unit": None}}),
    ]
    sides = [
        _row(make, 3, code=None, name="拨款收入", level=None, side="收入"),
        _row(make, 3, code=None, name="教育支出", level=None, side="支出"),
    ]
    two_sided = _table(*sides, kind="income_expenditure", note=None)
    return Store(make.document(budget_tables=[_table(*rows), two_sided]))


def test_a_table_is_a_data_set_of_its_own(told: Store) -> None:
    """Kind, title, columns, note, year, stage, department and region."""
    table = f"table/{SOURCE}-1"
    assert told.values(table, "tableKind") == ["concept/table-expenditure"]
    assert told.values(table, "title") == ["部门预算支出总表"]
    assert told.values(table, "note") == ["注：单位为万元"]
    assert told.values(table, "column") == ["合计", "基本支出"]
    assert told.values(table, "fiscalYear") == ["2021"]
    assert told.values(table, "stage") == ["concept/stage-budget"]
    assert told.values(table, "department") == ["department/130636-323"]
    assert told.values(table, "region") == ["region/130636"]
    assert told.values(table, "line") == ["199"]
    assert told.values(f"table/{SOURCE}-2", "note") == []


def test_cells_with_text_are_observations(told: Store) -> None:
    """One observation a cell that holds text, numbered through the table; blank cells are absent."""
    assert told.values(f"table/{SOURCE}-1", "observation") == [
        f"observation/{SOURCE}-1-{place}" for place in ("1-1", "2-1", "2-2", "3-2")
    ]
    observation = f"observation/{SOURCE}-1-1-1"
    expected = {
        "code": "2080101",
        "name": "行政运行",
        "rowLevel": "项",
        "isLeaf": "true",
        "column": "合计",
        "yuan": "5130000",
        "printed": "513.00",
        "printedUnit": "万元",
        "ordinal": "1",
        "row": "4",
        "sourceRow": f"row/{SOURCE}-9-4",
        "source": f"source/{SOURCE}",
        "classification": "concept/functional-2019-2080101",
    }
    assert {term: told.values(observation, term) for term in expected} == {
        term: [value] for term, value in expected.items()
    }
    assert told.values(f"observation/{SOURCE}-1-3-2", "ordinal") == ["4"]
    assert told.values(f"observation/{SOURCE}-1-3-2", "isLeaf") == ["false"]


def test_a_quantity_is_printed_and_has_no_yuan(told: Store) -> None:
    """What is no amount keeps its text."""
    quantity = f"observation/{SOURCE}-1-2-1"
    assert told.values(quantity, "printed") == ["3"]
    assert told.values(quantity, "yuan") == []
    assert told.values(quantity, "printedUnit") == []


def test_an_unknown_code_is_kept_with_a_finding(told: Store) -> None:
    """The code stays as printed, without a concept; one finding a table names the codes."""
    assert told.values(f"observation/{SOURCE}-1-2-1", "code") == ["2089898"]
    assert told.values(f"observation/{SOURCE}-1-2-1", "classification") == []
    finding = f"finding/table-{SOURCE}-1-unknown-classification-code"
    assert told.values(finding, "severity") == ["concept/severity-info"]
    assert told.values(finding, "about") == [f"table/{SOURCE}-1"]
    assert all("2089898" in message for message in told.values(finding, "message"))
    assert told.values(f"finding/table-{SOURCE}-2-unknown-classification-code", "code") == []


def test_rows_are_stated_once_for_both_sides(told: Store) -> None:
    """A printed row has its place and its texts; in a two-sided table it holds both sides."""
    assert told.values(f"row/{SOURCE}-9-4", "cells") == ["2080101\t行政运行\t513.00"]
    assert told.values(f"row/{SOURCE}-9-4", "page") == ["4"]
    assert told.values(f"row/{SOURCE}-9-4", "line") == ["204"]
    assert told.values(f"row/{SOURCE}-9-3", "cells") == ["拨款收入\t513.00\t教育支出\t513.00"]
    assert told.values(f"row/{SOURCE}-9-7", "cells") == []
    assert told.values(f"observation/{SOURCE}-2-2-1", "side") == ["支出"]


def test_a_row_of_a_project_is_not_stated_twice(make: Any) -> None:
    """Where a project was read from the same printed row, that row has the project's cells alone."""
    project = make.project(
        rows=[{"page": 4, "table": 9, "row": 4, "line": 204, "cells": ["项目", "513.00"]}],
    )
    tables = [_table(_row(make, 4), _row(make, 5, position=make.position()))]
    graph = Store(make.document(projects=[project], budget_tables=tables))
    assert graph.values(f"row/{SOURCE}-9-4", "cells") == ["项目\t513.00"]
    assert graph.values(f"observation/{SOURCE}-1-2-1", "sourceRow") == []


def test_goals_of_the_narrative_belong_to_the_file(make: Any) -> None:
    """A goal has its section, its own heading and its text; a blank one is absent and still counted."""
    goal = {"section": "分项绩效目标", "heading": "（一）就业", "text": "扩大就业", "line": 5}
    blank = {**goal, "text": " "}
    plain = {**goal, "section": "总体绩效目标", "heading": None}
    graph = Store(make.document(goals=[goal, blank, plain]))
    paths = [f"goal/{SOURCE}-narrative-{ordinal}" for ordinal in (1, 3)]
    assert graph.values(f"source/{SOURCE}", "goal") == paths
    for term, value in (
        ("section", "分项绩效目标"),
        ("heading", "（一）就业"),
        ("text", "扩大就业"),
        ("line", "5"),
    ):
        assert graph.values(paths[0], term) == [value]
    assert graph.values(paths[1], "heading") == []
    assert graph.values(paths[1], "ordinal") == ["3"]
