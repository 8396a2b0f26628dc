"""Project codes and years that do not go with the others of a document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from fundtrace.recognising.regions import code_of, year_of
from fundtrace.recognising.rules.evidence import Evidence
from fundtrace.recognising.rules.telling import Place, of_document, of_project, row_of, shown
from fundtrace.recognising.widths import compact, narrow
from fundtrace.records import Finding, Project

_WHOLE = 21
_LIKE = re.compile(r"[0-9]{6}[0-9A-Z]{11,19}", re.IGNORECASE)


def project_code_malformed(evidence: Evidence) -> Iterator[Finding]:
    """project-code-malformed: a code that nearly is one of 21 characters: a character more or less, or a strange one.

    Six digits of the region, two of the year, then thirteen digits or capital letters. Codes of another make are
    not asked; one that is more than a character off is, only where the document's other codes have 21.
    """
    projects = evidence.document.projects
    sound = any(code_of(project.code or "") for project in projects)
    for number, project in enumerate(projects):
        code = "".join(narrow(project.code or "").split())
        if code_of(code) or not _LIKE.fullmatch(code):
            continue
        if sound or abs(len(code) - _WHOLE) <= 1:
            yield of_project(
                "project-code-malformed",
                "warning",
                f"项目编码“{shown(project.code)}”不合 21 位项目编码的写法（{len(code)} 位）",
                f"the project code {shown(project.code)} is not written as codes of 21 characters are "
                f"({len(code)} characters)",
                number,
                _at(project),
            )


def project_code_repeated(evidence: Evidence) -> Iterator[Finding]:
    """project-code-repeated: one code stands with two projects of unlike name or budget."""
    first: dict[str, Project] = {}
    for number, project in enumerate(evidence.document.projects):
        if not project.code:
            continue
        known = first.setdefault("".join(narrow(project.code).split()), project)
        if known is not project and (compact(known.name), known.budget.total) != (
            compact(project.name),
            project.budget.total,
        ):
            yield of_project(
                "project-code-repeated",
                "warning",
                f"项目编码“{shown(project.code)}”已印在第 {known.line} 行的“{shown(known.name)}”上",
                f"the project code {shown(project.code)} also stands with {shown(known.name)} (line {known.line})",
                number,
                _at(project),
            )


def project_code_other_region(evidence: Evidence) -> Iterator[Finding]:
    """project-code-other-region: a code begins with another region than most codes of the document."""
    projects = evidence.document.projects
    regions = Counter(code for project in projects if project.code and (code := code_of(project.code)))
    ranked = regions.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return
    usual = ranked[0][0]
    for number, project in enumerate(projects):
        region = code_of(project.code or "")
        if region is not None and region != usual:
            yield of_project(
                "project-code-other-region",
                "info",
                f"项目编码“{project.code}”的区划为“{region}”，本文件其他项目多为“{usual}”",
                f"the project code {project.code} begins with the region {region}; most others here with {usual}",
                number,
                _at(project),
            )


def project_code_earlier_year(evidence: Evidence) -> Iterator[Finding]:
    """project-code-earlier-year: a code carries an earlier year than the budget's, as money carried over does."""
    year = evidence.document.fiscal_year
    usual = _usual_year(evidence)
    for number, project in enumerate(evidence.document.projects):
        own = year_of(project.code or "")
        if year is not None and own is not None and own < year and own != usual:
            yield of_project(
                "project-code-earlier-year",
                "info",
                f"项目编码“{project.code}”为 {own} 年，预算年度为 {year} 年，可能是结转或延续项目",
                f"the project code {project.code} is of {own}, the budget of {year}: perhaps carried over or continued",
                number,
                _at(project),
            )


def fiscal_year_differs(evidence: Evidence) -> Iterator[Finding]:
    """fiscal-year-differs: the heading names another fiscal year than most project codes carry."""
    year, usual = evidence.document.fiscal_year, _usual_year(evidence)
    if year is not None and usual is not None and usual != year:
        title = evidence.document.title
        first = next(p for p in evidence.document.projects if year_of(p.code or "") == usual)
        yield of_document(
            "fiscal-year-differs",
            "info",
            f"{f'标题“{shown(title)}”' if title else '文件的表名'}为 {year} 年，多数项目编码为 {usual} 年",
            f"the heading{f' {shown(title)}' if title else ''} is of {year}; most project codes are of {usual}",
            _at(first),
        )


def _usual_year(evidence: Evidence) -> int | None:
    """The year that more than half of the 21-character codes carry, where it is not the budget's; else None."""
    years = [year for project in evidence.document.projects if (year := year_of(project.code or ""))]
    found = Counter(years).most_common(1)
    if not found or found[0][1] * 2 <= len(years) or found[0][0] == evidence.document.fiscal_year:
        return None
    return found[0][0]


def _at(project: Project) -> Place:
    return row_of(project, project.code)
