"""All findings of a release, a page at a time: by rule, severity, department or source."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa

from fundtrace.index import Index
from fundtrace_server.indexed import ask, concept_number, concepts, number_of, prepared, table
from fundtrace_server.problems import Problem
from fundtrace_server.views.findings import PER_PAGE, SEVERITIES, FindingView, chosen, grades, listed, views
from fundtrace_server.views.linking import Link
from fundtrace_server.views.naming import links
from fundtrace_server.views.wanted import page_number

_KEPT: Final = 64
_FORMS: Final[Mapping[str, re.Pattern[str]]] = {
    "rule": re.compile(r"[a-z0-9-]{1,60}"),
    "severity": re.compile("error|warning|info"),
    "department": re.compile(r"[\w~-]{1,150}"),
    "source": re.compile(r"[\w~-]{1,150}"),
}


@dataclass(frozen=True, slots=True)
class FindingsWanted:
    """Which findings are listed: a rule (`basis-missing`), a severity (`warning`), keys of a department and a source."""

    rule: str | None = None
    severity: str | None = None
    department: str | None = None
    source: str | None = None
    page: int = 1

    def query(self, **changed: str | int | None) -> dict[str, str | int]:
        """The query of its address, with some of it changed; a change other than of the page leads to the first page."""
        other = replace(self, **{"page": 1, **changed})  # type: ignore[arg-type]  # the names are those of the fields
        told = {one.name: getattr(other, one.name) for one in fields(FindingsWanted)}
        return {
            name: found for name, found in told.items() if found is not None and (name, found) != ("page", 1)
        }

    def filters(self) -> dict[str, str]:
        """The filters that are set."""
        return {name: found for name in _FORMS if (found := getattr(self, name))}


@dataclass(frozen=True, slots=True)
class Counted:
    """How many findings: of a rule, a severity or a department; `value` stands in the address."""

    value: str
    label: str
    severity: str | None
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class FindingsView:
    """The page of findings: what is listed, how many the filters leave, and all of the release by rule and department."""

    wanted: FindingsWanted
    rows: tuple[FindingView, ...]
    count: int
    all: int
    rules: tuple[Counted, ...]
    severities: tuple[Counted, ...]
    departments: tuple[Counted, ...]
    source: Link | None

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.count // PER_PAGE))


def read_findings_wanted(query: Mapping[str, str]) -> FindingsWanted:
    """What the query of an address asks for. Raises `Problem`: 400 `bad-filter`, 404 for a page that cannot be."""
    found = {}
    for name, form in _FORMS.items():
        text = query.get(name, "").strip()
        if text and not form.fullmatch(text):
            raise Problem(
                400,
                "bad-filter",
                f"筛选条件 {name} 不能是“{text[:40]}”；请从本页的列表中选择",
                f"{name} cannot be {text[:40]!r}; choose from the lists of this page",
            )
        if text:
            found[name] = text
    return FindingsWanted(**found, page=page_number(query))


def view_findings(index: Index, wanted: FindingsWanted, language: str) -> FindingsView:
    """The view of a page of findings."""
    values = _parameters(index, wanted)
    names = frozenset(wanted.filters())
    rules, departments = _by_rule(index), _by_department(index)
    rows: tuple[FindingView, ...] = ()
    count = 0
    if values is not None:
        count = int(ask(index, _count(names), **values)[0][0])
        start = (wanted.page - 1) * PER_PAGE
        found = ask(index, listed(names), **values, **grades(index), limit=PER_PAGE, offset=start)
        rows = views(index, [n for (n,) in found], language)
    codes = concepts(index)
    named = links(index, {n for n, _ in departments}, language)
    by_severity: dict[str, int] = defaultdict(int)
    for _, severity, several in rules:
        by_severity[codes.get(severity, "")] += several
    source = number_of(index, f"source/{wanted.source}") if wanted.source else None
    return FindingsView(
        wanted=wanted,
        rows=rows,
        count=count,
        all=sum(by_severity.values()),
        rules=tuple(
            Counted(code, code, codes.get(severity), several, wanted.rule == code)
            for code, severity, several in rules
        ),
        severities=tuple(
            Counted(short, code, code, by_severity[code], wanted.severity == short)
            for code in SEVERITIES
            if by_severity[code]
            for short in (code.removeprefix("severity-"),)
        ),
        departments=tuple(
            Counted(key, link.label, None, several, wanted.department == key)
            for n, several in departments
            for link in (named[n],)
            for key in ((link.path or "").rpartition("/")[2],)
        ),
        source=links(index, [source], language).get(source) if source else None,
    )


def _parameters(index: Index, wanted: FindingsWanted) -> dict[str, Any] | None:
    found: dict[str, Any] = dict(wanted.filters())
    if wanted.severity:
        found["severity"] = concept_number(index, f"severity-{wanted.severity}")
    for kind in ("department", "source"):
        if kind in found:
            found[kind] = number_of(index, f"{kind}/{found[kind]}")
    return None if None in found.values() else found


@prepared
def _count(names: frozenset[str]) -> sa.Select[Any]:
    found, conditions = chosen(names)
    return sa.select(sa.func.count()).select_from(found).where(*conditions)


@prepared
def _rules() -> sa.Select[Any]:
    finding = table("Finding")
    count = sa.func.count()
    columns = finding.c.code, finding.c.severity
    return sa.select(*columns, count).group_by(*columns).order_by(count.desc(), finding.c.code)


@lru_cache(maxsize=_KEPT)
def _by_rule(index: Index) -> tuple[tuple[str, int, int], ...]:
    return tuple((code, severity, count) for code, severity, count in ask(index, _rules()))


@prepared
def _departments() -> sa.Select[Any]:
    read, source = table("Finding_source"), table("SourceDocument")
    count = sa.func.count()
    return (
        sa.select(source.c.department, count)
        .select_from(read.join(source, source.c.n == read.c.object))
        .where(source.c.department.is_not(None))
        .group_by(source.c.department)
        .order_by(count.desc(), source.c.department)
    )


@lru_cache(maxsize=_KEPT)
def _by_department(index: Index) -> tuple[tuple[int, int], ...]:
    return tuple((n, count) for n, count in ask(index, _departments()))
