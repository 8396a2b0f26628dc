"""Fingerprints: what is put together from parts is the hash of the whole text, without places."""

from __future__ import annotations

import hashlib
from typing import Any

from fundtrace.graph.fingerprints import prints

_PLACE = {"line", "position"}
_RECORD: dict[str, Any] = {"line": True, "position": True, "rows": True, "indicators": {"__all__": _PLACE}}


def test_a_document_is_hashed_as_one_text(make: Any) -> None:
    """Letters of earlier releases stay: the hash is that of the JSON of the whole document, places left out."""
    statement = {
        **{
            name: make.project()[name] for name in ("unit", "goals", "indicators", "rows", "line", "position")
        },
        "budget": {},
    }
    row = {
        "side": None,
        "code": "208",
        "name": "甲",
        "level": "类",
        "leaf": True,
        "cells": {"合计": make.money("1")},
    }
    table = {"title": "表", "kind": "income", "columns": ["合计"], "note": None, "line": 3}
    document = make.document(
        statements=[statement],
        budget_tables=[{**table, "rows": [{**row, "line": 4, "position": make.position(1, 2)}]}],
        goals=[{"section": "总体绩效目标", "heading": None, "text": "目标", "line": 5}],
        citations=[make.citation(place="narrative")],
    )
    text = document.model_dump_json(
        exclude={
            "source": True,
            "coverage": True,
            "findings": True,
            "projects": {"__all__": {**_RECORD, "citations": {"__all__": _PLACE}}},
            "statements": {"__all__": _RECORD},
            "budget_tables": {"__all__": {"line": True, "rows": {"__all__": _PLACE}}},
            "goals": {"__all__": {"line"}},
            "citations": {"__all__": _PLACE},
        }
    )
    assert prints(document).file[0] == hashlib.sha256(text.encode()).hexdigest()


def test_places_do_not_count_and_order_equal_files(make: Any) -> None:
    """The same words on other lines: equal records, and files that differ by their lines alone."""
    one, other = prints(make.document()), prints(make.document(projects=[make.project(line=11)]))
    assert (one.projects, one.file[0], one.file[3]) == (other.projects, other.file[0], other.file[3])
    assert one.file != other.file
