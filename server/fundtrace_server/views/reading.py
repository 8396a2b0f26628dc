"""What was read from a source document: how much, what was not understood, and its findings by rule."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa

from fundtrace.index import Index
from fundtrace.release import Release
from fundtrace_server.indexed import ask, prepared, table, value
from fundtrace_server.views.findings import NOT_UNDERSTOOD, PER_PAGE, FindingView, findings_in, rules_in

_COUNTED: Final = (
    ("Project", "Project_source"),
    ("Indicator", "Indicator_source"),
    ("Citation", "Citation_source"),
    ("BudgetTable", "BudgetTable_source"),
    ("SourceRow", "SourceRow_source"),
)


@dataclass(frozen=True, slots=True)
class ReadView:
    """What a release holds of a source: entities by class, findings by rule, how many say that something was not read.

    `findings` are the first of `finding_count`.
    """

    counts: tuple[tuple[str, int], ...]
    rules: tuple[tuple[str, str, int], ...]
    not_understood: int
    findings: tuple[FindingView, ...]
    finding_count: int


def view_read(release: Release, source: int, language: str) -> ReadView:
    """What was read from a source, by its number in the index."""
    index = release.index
    rules = rules_in(index, source)
    return ReadView(
        counts=read_from(index, source),
        rules=rules,
        not_understood=sum(count for code, _, count in rules if code in NOT_UNDERSTOOD),
        findings=findings_in(index, source, language, PER_PAGE),
        finding_count=sum(count for _, _, count in rules),
    )


@prepared
def _read(link: str) -> sa.Select[Any]:
    read = table(link)
    return sa.select(sa.func.count()).where(read.c.object == value("source"))


@lru_cache(maxsize=1024)
def read_from(index: Index, source: int) -> tuple[tuple[str, int], ...]:
    """How many entities of each class were read from a source."""
    return tuple((name, int(ask(index, _read(link), source=source)[0][0])) for name, link in _COUNTED)
