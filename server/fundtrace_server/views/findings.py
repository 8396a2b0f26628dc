"""Findings about the printed text: of an entity and its parts, of a source, and all of a release by rule and department."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from fundtrace.index import Index
from fundtrace_server.indexed import ask, concept_number, concepts, prepared, table, value
from fundtrace_server.views.linking import Link
from fundtrace_server.views.naming import among, links, numbers

SEVERITIES: Final = ("severity-error", "severity-warning", "severity-info")
"""The grave ones first."""

NOT_UNDERSTOOD: Final = ("table-not-understood", "row-not-understood", "cell-unclaimed", "amount-not-read")
"""Findings that say that something printed was not read."""

PER_PAGE: Final = 50
MOST: Final = 1_000
"""Findings of one entity that its page lists."""


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding: its code, severity (concept code), message by language, line, its page, and what it speaks of."""

    code: str
    severity: str
    message: Mapping[str, str]
    line: int | None
    path: str
    about: tuple[Link, ...]
    source: Link | None


def findings_about(index: Index, keys: Iterable[str], language: str) -> tuple[FindingView, ...]:
    """Findings about entities by their keys (an entity and its parts), the gravest first."""
    found = ask(index, _about(), keys=_json(keys), **grades(index))
    return views(index, [n for (n,) in found], language)


def findings_in(index: Index, source: int, language: str, limit: int = PER_PAGE) -> tuple[FindingView, ...]:
    """The first findings in a source document, the gravest first."""
    found = ask(index, listed(frozenset({"source"})), source=source, **grades(index), limit=limit, offset=0)
    return views(index, [n for (n,) in found], language)


def rules_in(index: Index, source: int) -> tuple[tuple[str, str, int], ...]:
    """How many findings a source document has by code and severity, the most first."""
    codes = concepts(index)
    found = ask(index, _counted_in(), source=source)
    return tuple((code, codes.get(severity, ""), count) for code, severity, count in found)


def _json(keys: Iterable[str]) -> str:
    return json.dumps([*keys], ensure_ascii=False)


def grades(index: Index) -> dict[str, int]:
    """The numbers of the severities, as `listed` takes them."""
    return {name.removeprefix("severity-"): concept_number(index, name) or -1 for name in SEVERITIES[:2]}


def chosen(names: frozenset[str]) -> tuple[sa.FromClause, list[sa.ColumnElement[bool]]]:
    """The findings under filters: the tables, and the conditions."""
    finding, read, source = table("Finding"), table("Finding_source"), table("SourceDocument")
    found: sa.FromClause = finding
    conditions: list[sa.ColumnElement[bool]] = []
    if "rule" in names:
        conditions.append(finding.c.code == value("rule"))
    if "severity" in names:
        conditions.append(finding.c.severity == value("severity"))
    if names & {"department", "source"}:
        found = finding.join(read, read.c.subject == finding.c.n)
    if "source" in names:
        conditions.append(read.c.object == value("source"))
    if "department" in names:
        of = sa.select(source.c.n).where(source.c.department == value("department"))
        conditions.append(read.c.object.in_(of))
    return found, conditions


def _graded() -> tuple[sa.ColumnElement[Any], ...]:
    finding = table("Finding")
    grade = sa.case(
        (finding.c.severity == value("error"), 0), (finding.c.severity == value("warning"), 1), else_=2
    )
    return grade, finding.c.code, finding.c.n


@prepared
def listed(names: frozenset[str]) -> sa.Select[Any]:
    """The numbers of a page of findings under filters, the gravest first."""
    found, conditions = chosen(names)
    rows = sa.select(table("Finding").c.n).select_from(found).where(*conditions).order_by(*_graded())
    return rows.limit(value("limit")).offset(value("offset"))


@prepared
def _about() -> sa.Select[Any]:
    finding, about, entity = table("Finding"), table("Finding_about"), table("Entity")
    joined = entity.join(about, about.c.object == entity.c.n).join(finding, finding.c.n == about.c.subject)
    rows = sa.select(finding.c.n).distinct().select_from(joined).where(entity.c.key.in_(among("keys")))
    return rows.order_by(*_graded()).limit(MOST)


@prepared
def _counted_in() -> sa.Select[Any]:
    finding, read = table("Finding"), table("Finding_source")
    count = sa.func.count()
    return (
        sa.select(finding.c.code, finding.c.severity, count)
        .select_from(finding.join(read, read.c.subject == finding.c.n))
        .where(read.c.object == value("source"))
        .group_by(finding.c.code, finding.c.severity)
        .order_by(count.desc(), finding.c.code)
    )


@prepared
def _told() -> sa.Select[Any]:
    finding, read = table("Finding"), table("Finding_source")
    source = sa.select(sa.func.min(read.c.object)).where(read.c.subject == finding.c.n).scalar_subquery()
    columns = (finding.c[name] for name in ("n", "key", "code", "severity", "line"))
    return sa.select(*columns, source).where(finding.c.n.in_(among("ns")))


@prepared
def _messages() -> sa.Select[Any]:
    message = table("Finding_message")
    return sa.select(message.c.subject, message.c.lang, message.c.object).where(
        message.c.subject.in_(among("ns"))
    )


@prepared
def _spoken_of() -> sa.Select[Any]:
    about = table("Finding_about")
    return sa.select(about.c.subject, about.c.object).where(about.c.subject.in_(among("ns")))


def views(index: Index, ns: list[int], language: str) -> tuple[FindingView, ...]:
    """Findings by their numbers, in the order given."""
    told_of = numbers(ns)
    messages: dict[int, dict[str, str]] = defaultdict(dict)
    for n, lang, text in ask(index, _messages(), ns=told_of):
        messages[n][lang] = text
    about: dict[int, list[int]] = defaultdict(list)
    for n, target in ask(index, _spoken_of(), ns=told_of):
        about[n].append(target)
    told = {row[0]: row[1:] for row in ask(index, _told(), ns=told_of)}
    named = links(
        index,
        {*(one for many in about.values() for one in many[:3]), *(row[4] for row in told.values())},
        language,
    )
    codes = concepts(index)
    found = []
    for n in ns:
        key, code, severity, line, source = told[n]
        found.append(
            FindingView(
                code=code or "",
                severity=codes.get(severity, ""),
                message=messages[n],
                line=line,
                path=f"/page/{key}",
                about=tuple(named[one] for one in about[n][:3]),
                source=named.get(source),
            )
        )
    return tuple(found)
