"""The page of sources: what the release was read from, how much of it was understood, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath
from typing import Any, Final

import sqlalchemy as sa

from fundtrace.index import Index
from fundtrace.release import Release
from fundtrace.release.info import Coverage
from fundtrace_server.indexed import ask, concepts, prepared, table, value
from fundtrace_server.views.findings import NOT_UNDERSTOOD
from fundtrace_server.views.linking import Base, Link
from fundtrace_server.views.naming import among, links, numbers, to

PER_PAGE: Final = 100
"""Sources on a page."""

LEFT_OUT: Final = 200
"""Names of files that were not read that a page lists."""


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source document: where it is from, and how much was read from it."""

    source: Link
    file: str | None
    department: Link | None
    region: Link | None
    base: Base
    projects: int
    findings: int
    not_understood: int


@dataclass(frozen=True, slots=True)
class SourcesView:
    """One page of the sources, the coverage of all of them, and the files that were not read: name and reason by language."""

    rows: tuple[SourceView, ...]
    count: int
    number: int
    coverage: Coverage | None
    skipped: tuple[str, ...]
    unread: tuple[tuple[str, dict[str, str]], ...]
    left_out: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.count // PER_PAGE))


def view_sources(release: Release, language: str, number: int) -> SourcesView:
    """The view of the sources of a release."""
    index, info = release.index, release.info
    return SourcesView(
        rows=_rows(index, language, number),
        count=_count(index),
        number=number,
        coverage=info.coverage,
        skipped=tuple(PurePath(path).name for path in info.skipped[:LEFT_OUT]),
        unread=tuple(
            (PurePath(one.path).name, {"zh": one.zh, "en": one.en}) for one in info.quarantined[:LEFT_OUT]
        ),
        left_out=len(info.skipped) + len(info.quarantined),
    )


@prepared
def _page() -> sa.Select[Any]:
    source, read, found = table("SourceDocument"), table("Project_source"), table("Finding_source")
    projects = sa.select(sa.func.count()).where(read.c.object == source.c.n).scalar_subquery()
    findings = sa.select(sa.func.count()).where(found.c.object == source.c.n).scalar_subquery()
    names = ("n", "key", "label_zh", "label_en", "fileName", "department", "region", "fiscalYear", "stage")
    return (
        sa.select(*(source.c[name] for name in names), projects, findings)
        .order_by(source.c.n)
        .limit(value("limit"))
        .offset(value("offset"))
    )


@prepared
def _not_understood() -> sa.Select[Any]:
    read, finding = table("Finding_source"), table("Finding")
    return (
        sa.select(read.c.object, sa.func.count())
        .select_from(read.join(finding, finding.c.n == read.c.subject))
        .where(read.c.object.in_(among("ns")), sa.or_(*(finding.c.code == code for code in NOT_UNDERSTOOD)))
        .group_by(read.c.object)
    )


@prepared
def _counted() -> sa.Select[Any]:
    return sa.select(sa.func.count()).select_from(table("SourceDocument"))


@lru_cache(maxsize=8)
def _count(index: Index) -> int:
    return int(ask(index, _counted())[0][0])


def _rows(index: Index, language: str, number: int) -> tuple[SourceView, ...]:
    found = ask(index, _page(), limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
    missed = dict(ask(index, _not_understood(), ns=numbers(row[0] for row in found)))
    named = links(index, {n for row in found for n in row[5:7]}, language)
    codes = concepts(index)
    return tuple(
        SourceView(
            source=to(key, zh, en, language),
            file=file,
            department=named.get(department),
            region=named.get(region),
            base=Base(None if year is None else str(year), codes.get(stage)),
            projects=projects,
            findings=findings,
            not_understood=missed.get(n, 0),
        )
        for n, key, zh, en, file, department, region, year, stage, projects, findings in found
    )
