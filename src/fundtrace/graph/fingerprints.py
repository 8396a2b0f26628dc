"""What a record says, apart from where it says it: the hash by which two sources agree or disagree."""

from __future__ import annotations

import hashlib
from typing import Any

from fundtrace.records import DepartmentStatement, Document, Project

_PLACE = {"line", "position"}
_INDICATORS = {"__all__": _PLACE}
_STATEMENT: dict[str, Any] = {"line": True, "position": True, "rows": True, "indicators": _INDICATORS}
_PROJECT: dict[str, Any] = {**_STATEMENT, "citations": {"__all__": _PLACE}}
_DOCUMENT: dict[str, Any] = {
    "source": True,
    "coverage": True,
    "findings": True,
    "budget_tables": {"__all__": {"line": True, "rows": {"__all__": _PLACE}}},
    "projects": {"__all__": _PROJECT},
    "statements": {"__all__": _STATEMENT},
    "goals": {"__all__": {"line"}},
    "citations": {"__all__": _PLACE},
}


def of_project(project: Project) -> str:
    """The hash of all that is said of a project, without lines, positions and rows."""
    return _digest(project.model_dump_json(exclude=_PROJECT))


def of_statement(statement: DepartmentStatement) -> str:
    """The hash of a whole-unit statement, without lines, positions and rows."""
    return _digest(statement.model_dump_json(exclude=_STATEMENT))


def of_document(document: Document) -> tuple[str, str, str, str]:
    """What two files of one department and year are ordered by.

    What they say, their format, the whole record with its positions, and last, if all of these are equal, the bytes.
    """
    whole = document.model_dump_json(exclude={"source": {"file", "sha256"}})
    return (
        _digest(document.model_dump_json(exclude=_DOCUMENT)),
        document.source.format,
        _digest(whole),
        document.source.sha256,
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
