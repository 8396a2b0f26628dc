"""What numbers, titles and codes name, looked up in the index: a thousand at a time, with the money under each document."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Final

import sqlalchemy as sa

from fundtrace.citations import DocumentNumber
from fundtrace.index import Index, metadata, naming, sqlite
from fundtrace_server.matching import label_column, numbered
from fundtrace_server.views.linking import Base

NEAR: Final = 5
"""Near numbers that are named beside one that nobody cites."""

_Statement = sa.Select[Any]


@dataclass(frozen=True, slots=True)
class Named:
    """An entity that a number, a title or a code names, and its number in the index."""

    n: int
    class_name: str
    key: str
    label: str
    title: str | None

    @property
    def path(self) -> str:
        """The path of its page."""
        return f"/page/{self.key}"


@dataclass(frozen=True, slots=True)
class Money:
    """The projects funded under a document, or one project, of one fiscal year and stage.

    `yuan` is the sum of the budgets of `projects` distinct projects, None when none of them prints one (`unknown` do not);
    `shared` of them are funded under other documents too.
    """

    base: Base
    projects: int
    shared: int
    unknown: int
    yuan: Decimal | None


def documents(index: Index, numbers: Iterable[str], language: str) -> dict[str, list[Named]]:
    """Documents by canonical number, also those that a number was merged into."""
    return _named(index, _documents_query, numbers, language)


def titled(index: Index, titles: Iterable[str], language: str) -> dict[str, list[Named]]:
    """Documents by a title that was seen."""
    return _named(index, _titles_query, titles, language)


def coded(index: Index, codes: Iterable[str], language: str) -> dict[str, list[Named]]:
    """Projects by code: one for each fiscal year and stage."""
    return _named(index, _codes_query, codes, language)


def money_under(index: Index, found: Iterable[int]) -> dict[int, list[Money]]:
    """The money of documents and projects, by their number in the index; newest year first, never one over years or stages."""
    listed = json.dumps(sorted(set(found)))
    money: dict[int, list[Money]] = {}
    for make in (_totals_query, _own_query):
        sql, parameters = make()
        rows = index.run(sql, {**parameters, "wanted": listed}).rows
        for n, year, stage, projects, shared, known, total in rows:
            base = Base(None if year is None else str(year), stage and stage.rpartition("/")[2])
            yuan = Decimal(total) / sqlite.UNITS if known else None
            money.setdefault(n, []).append(Money(base, projects, shared, projects - known, yuan))
    return money


def near(index: Index, number: DocumentNumber, language: str) -> list[Named]:
    """Documents of the same issuer and year, nearest serial first, and those of other issuers with the same year and serial."""
    if number.year is None:
        return []
    sql, parameters = _near_query(language)
    values = {"issuer": number.issuer, "year": number.year, "serial": number.serial}
    return [Named(*row) for row in index.run(sql, {**parameters, **values}).rows]


def _named(
    index: Index, make: Callable[[str], tuple[str, dict[str, Any]]], wanted: Iterable[str], language: str
) -> dict[str, list[Named]]:
    sql, parameters = make(language)
    listed = json.dumps(sorted(set(wanted)), ensure_ascii=False)
    found: dict[str, list[Named]] = {}
    for asked, *row in index.run(sql, {**parameters, "wanted": listed}).rows:
        found.setdefault(asked, []).append(Named(*row))
    return found


def _tables() -> Mapping[str, sa.Table]:
    return metadata().tables


def _document_columns(language: str) -> tuple[sa.ColumnElement[Any], ...]:
    document = _tables()["FundingDocument"]
    title = _tables()["FundingDocument_title"].alias("seen")
    titles = sa.select(sa.func.min(title.c.object)).where(title.c.subject == document.c.n).scalar_subquery()
    shown = sa.func.coalesce(document.c.number, label_column(document, language))
    return (document.c.n, sa.literal("FundingDocument"), document.c.key, shown, titles)


@cache
def _documents_query(language: str) -> tuple[str, dict[str, Any]]:
    document, merge = _tables()["FundingDocument"], _tables()["Merge"]
    columns = _document_columns(language)
    by_number = sa.select(document.c.number, *columns).where(document.c.number.in_(numbered("wanted")))
    merged = (
        sa.select(merge.c.mergedName, *columns)
        .join_from(merge, document, document.c.n == merge.c.mergedInto)
        .where(merge.c.mergedName.in_(numbered("wanted")))
    )
    return sqlite.compile(sa.union(by_number, merged))


@cache
def _titles_query(language: str) -> tuple[str, dict[str, Any]]:
    document, title = _tables()["FundingDocument"], _tables()["FundingDocument_title"]
    rows: _Statement = (
        sa.select(title.c.object, *_document_columns(language))
        .join_from(title, document, document.c.n == title.c.subject)
        .where(title.c.object.in_(numbered("wanted")))
        .order_by(document.c.n)
    )
    return sqlite.compile(rows)


@cache
def _codes_query(language: str) -> tuple[str, dict[str, Any]]:
    project = _tables()["Project"]
    rows: _Statement = (
        sa.select(
            project.c.code,
            project.c.n,
            sa.literal("Project"),
            project.c.key,
            project.c.code,
            label_column(project, language),
        )
        .where(project.c.code.in_(numbered("wanted")))
        .order_by(project.c.fiscalYear.desc(), project.c.n)
    )
    return sqlite.compile(rows)


@cache
def _totals_query() -> tuple[str, dict[str, Any]]:
    total, stage = _tables()["Total_document"], _tables()["Entity"].alias("stage")
    rows: _Statement = (
        sa.select(
            total.c.document,
            total.c.fiscalYear,
            stage.c.key,
            total.c.projects,
            total.c.shared,
            total.c.totalBudget_count,
            total.c.totalBudget_sum,
        )
        .join_from(total, stage, stage.c.n == total.c.stage, isouter=True)
        .where(total.c.document.in_(numbered("wanted")))
        .order_by(total.c.document, total.c.fiscalYear.desc(), stage.c.key)
    )
    return sqlite.compile(rows)


@cache
def _own_query() -> tuple[str, dict[str, Any]]:
    project, stage = _tables()["Project"], _tables()["Entity"].alias("stage")
    known = sa.case((project.c.totalBudget.is_(None), 0), else_=1)
    rows: _Statement = (
        sa.select(
            project.c.n,
            project.c.fiscalYear,
            stage.c.key,
            sa.literal(1),
            sa.literal(0),
            known,
            project.c.totalBudget,
        )
        .join_from(project, stage, stage.c.n == project.c.stage, isouter=True)
        .where(project.c.n.in_(numbered("wanted")))
    )
    return sqlite.compile(rows)


@cache
def _near_query(language: str) -> tuple[str, dict[str, Any]]:
    document = _tables()["FundingDocument"]
    issuer, serial = (sa.bindparam(name, type_=sa.Text) for name in ("issuer", "serial"))
    year = sa.bindparam("year", type_=sa.Integer)
    found = naming.near(issuer, year, serial, NEAR, elsewhere=True).subquery()
    rows: _Statement = (
        sa.select(*_document_columns(language))
        .join_from(found, document, document.c.n == found.c.n)
        .order_by(found.c.place, found.c.n)
    )
    return sqlite.compile(rows)
