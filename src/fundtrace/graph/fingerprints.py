"""What a record says, apart from where it says it: the hash by which two sources agree or disagree."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from fundtrace.records import DepartmentStatement, Document, Project

# Adapters give bytes, which is what is hashed.
_DOCUMENTS, _PROJECTS, _STATEMENTS = (
    TypeAdapter(Document),
    TypeAdapter(Project),
    TypeAdapter(DepartmentStatement),
)

_PLACE = {"line", "position"}
_INDICATORS = {"__all__": _PLACE}
_STATEMENT: dict[str, Any] = {"line": True, "position": True, "rows": True, "indicators": _INDICATORS}
_PROJECT: dict[str, Any] = {**_STATEMENT, "citations": {"__all__": _PLACE}}
_HEAD = {"title", "fiscal_year", "stage", "unit_of_money", "department"}
_TAIL = {"budget_tables", "goals", "citations"}
_WITHOUT_PLACES: dict[str, Any] = {
    "budget_tables": {"__all__": {"line": True, "rows": {"__all__": _PLACE}}},
    "goals": {"__all__": {"line"}},
    "citations": {"__all__": _PLACE},
}


@dataclass(frozen=True, slots=True)
class Prints:
    """The hashes of one document in hexadecimal.

    `file` is what two files of one department and year are ordered by: what they say, their format, the lines that
    they say it on, and last, if all of these are equal, the bytes. `projects` and `statements` have a hash each, of all
    that is said of them, without lines, positions and rows.
    """

    file: tuple[str, str, str, str]
    projects: tuple[str, ...]
    statements: tuple[str, ...]


def prints(document: Document) -> Prints:
    """The hashes of a document. Each record is written out once: the document's text is put together from those of its parts."""
    projects = [_PROJECTS.dump_json(project, exclude=_PROJECT) for project in document.projects]
    statements = [_STATEMENTS.dump_json(statement, exclude=_STATEMENT) for statement in document.statements]
    head = _DOCUMENTS.dump_json(document, include=_HEAD)
    tail = _DOCUMENTS.dump_json(document, include=_TAIL, exclude=_WITHOUT_PLACES)
    says = b'%b,"projects":[%b],"statements":[%b],%b' % (
        head[:-1],
        b",".join(projects),
        b",".join(statements),
        tail[1:],
    )
    source = document.source
    lines = ",".join(map(str, _lines(document))).encode()
    return Prints(
        (_digest(says), source.format, _digest(lines), source.sha256),
        _digests(projects),
        _digests(statements),
    )


def _lines(document: Document) -> list[int]:
    lines: list[int] = []
    for record in document.projects + document.statements:
        lines += [record.line, *[indicator.line for indicator in record.indicators]]
    return lines + [told.line for told in document.budget_tables + document.goals + document.citations]


def _digests(texts: Sequence[bytes]) -> tuple[str, ...]:
    return tuple(map(_digest, texts))


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()
