"""Hand-made records for the tests of the graph."""

from __future__ import annotations

from typing import Any

import pytest

from fundtrace.records import Document

BASE = "http://localhost:8000/"
NAMESPACE = "http://localhost:8000/ontology#"


def _money(yuan: str, printed: str | None = None, unit: str = "元") -> dict[str, Any]:
    return {"yuan": yuan, "printed": printed or yuan, "unit": unit}


def _position(table: int | None = None, row: int | None = None) -> dict[str, Any]:
    return {"page": None, "table": table, "row": row}


def _indicator(**changes: Any) -> dict[str, Any]:
    return {
        "level1": "产出指标",
        "level2": "数量指标",
        "name": "培训人数",
        "description": None,
        "target": {"printed": "≥60人", "comparator": ">=", "value": "60", "unit": "人", "kind": "numeric"},
        "basis": {"printed": "甲财社【2020】7号", "category": "document"},
        "line": 20,
        "position": _position(1, 3),
        **changes,
    }


def _citation(**changes: Any) -> dict[str, Any]:
    return {
        "printed": "甲财社【2020】7号",
        "number": "甲财社〔2020〕7号",
        "kind": "numbered",
        "title": None,
        "article": None,
        "issuers": [],
        "place": "name",
        "role": "funds",
        "reason": "name-hands-down",
        "indicator": None,
        "line": 12,
        "position": _position(1, 1),
        **changes,
    }


def _project(**changes: Any) -> dict[str, Any]:
    return {
        "code": "13063621TESTTESTTEST1",
        "name": "技能培训补助",
        "unit": {"code": "323001", "name": "顺平县人力资源和社会保障局（本级）"},
        "implementing_unit": None,
        "budget": {"total": _money("220000", "220000.00"), "fiscal": _money("220000", "220000.00")},
        "purpose": "用于技能培训",
        "schedule": {
            "kind": "percent_cumulative",
            "inferred": True,
            "points": [{"month": 6, "printed": "50.00%"}, {"month": 12, "printed": "100%"}],
        },
        "goals": ["完成全年培训任务"],
        "indicators": [_indicator()],
        "citations": [_citation(), _citation(place="basis", role="basis", reason="basis-cell", indicator=0)],
        "rows": [
            {"page": None, "table": 1, "row": 1, "line": 10, "cells": ["项目编码", "13063621TESTTESTTEST1"]},
            {"page": None, "table": 1, "row": 2, "line": 14, "cells": ["预算数", " 220000.00"]},
            {"page": None, "table": 1, "row": 3, "line": 20, "cells": ["培训人数", "≥60人"]},
        ],
        "line": 10,
        "position": _position(1, 1),
        **changes,
    }


def _document(**changes: Any) -> Document:
    record: dict[str, Any] = {
        "source": {"file": "a.txt", "sha256": "0" * 64, "format": "text", "pages": None},
        "title": "顺平县人社局 2021 年绩效目标",
        "fiscal_year": 2021,
        "stage": "budget",
        "unit_of_money": "元",
        "department": {
            "code": "323",
            "derived": True,
            "name": "顺平县人力资源和社会保障局",
            "region": {"code": "130636", "name": "顺平县"},
        },
        "projects": [_project()],
        "statements": [],
        "budget_tables": [],
        "goals": [],
        "citations": [],
        "coverage": {"cells": 0, "used": 0, "ignored": 0, "unclaimed": []},
        "findings": [],
        **changes,
    }
    return Document.model_validate(record)


class Make:
    """Builders of records; every one takes the fields that differ from a plain example."""

    base = BASE
    namespace = NAMESPACE
    money = staticmethod(_money)
    position = staticmethod(_position)
    indicator = staticmethod(_indicator)
    citation = staticmethod(_citation)
    project = staticmethod(_project)
    document = staticmethod(_document)


@pytest.fixture(scope="session")
def make() -> type[Make]:
    """The builders of records."""
    return Make
