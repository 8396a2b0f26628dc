"""Outlines: what the first round wants to know of a document, so that it need not see the records themselves.

An outline follows from its document alone, so whoever reads the document can make it, in another process or years before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from fundtrace.graph.fingerprints import prints
from fundtrace.graph.sourcing import make_source, plain_source_key, project_stems, statement_stems
from fundtrace.records import Document
from fundtrace.records.document import Stage

Told: TypeAlias = tuple[str, str]
"""The key of what a record is about, without year and letter, and the hash of all that the record says of it."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One document: the name of its file, its key without a letter, and what `prints` says of it.

    `projects` and `statements` are in printed order.
    """

    file: str
    plain: str
    prints: tuple[str, str, str, str]
    fiscal_year: int | None
    stage: Stage
    projects: tuple[Told, ...]
    statements: tuple[Told, ...]


def outline(document: Document) -> Outline:
    """The outline of a document."""
    found, source = prints(document), make_source(document, "")
    return Outline(
        document.source.file,
        plain_source_key(document),
        found.file,
        document.fiscal_year,
        document.stage,
        tuple(zip(project_stems(source), found.projects, strict=True)),
        tuple(zip(statement_stems(source), found.statements, strict=True)),
    )
