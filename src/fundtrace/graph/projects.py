"""Projects, their series, and whole-unit statements."""

from __future__ import annotations

from collections.abc import Iterable

from fundtrace.graph.cited import CitedDocuments
from fundtrace.graph.citing import write_project_citations
from fundtrace.graph.indicators import Lists, write_goals, write_indicators
from fundtrace.graph.money import write_lines, write_schedule
from fundtrace.graph.pen import Pen
from fundtrace.graph.provenance import Provenance
from fundtrace.graph.sourcing import Source, Telling
from fundtrace.records import DepartmentStatement, Project, StatementBudget
from fundtrace.vocab import classes as c
from fundtrace.vocab import properties as p

_SHORTCUTS = {
    "total": p.totalBudget,
    "fiscal": p.fiscalBudget,
    "carryover": p.carryoverBudget,
    "other": p.otherBudget,
}


def write_project(pen: Pen, telling: Telling[Project], lists: Lists, cited: CitedDocuments) -> None:
    """States a project with all its parts."""
    project, key = telling.record, telling.key
    iri = pen.iris.iri("project", key)
    provenance = Provenance(pen, telling)
    subject = pen.entity(c.Project, iri, project.name)
    pen.text(subject, p.code, project.code)
    pen.text(subject, p.name, project.name)
    pen.text(subject, p.implementingUnit, project.implementing_unit)
    pen.text(subject, p.purpose, project.purpose)
    if project.unit is not None:
        pen.link(subject, p.unit, pen.iris.iri("unit", telling.source.unit_key(project.unit)))
    _write_setting(pen, subject, telling.source)
    pen.concept(subject, p.fundLevel, "fund-level", project.fund_level)
    pen.boolean(subject, p.directFunds, project.direct_funds)
    pen.concept(subject, p.withoutNumber, "without-number", project.without_number)
    pen.link(subject, p.inSeries, pen.iris.iri("series", telling.stem))
    pen.integer(subject, p.line, project.line)
    provenance.sources(subject)
    provenance.all_rows(subject)
    amounts = [(kind, getattr(project.budget, kind)) for kind in _SHORTCUTS]
    for kind, money in amounts:
        pen.decimal(subject, _SHORTCUTS[kind], money.yuan if money is not None else None)
    write_lines(pen, subject, key, amounts, provenance)
    if project.schedule is not None:
        write_schedule(pen, subject, key, project.schedule, provenance)
    write_goals(pen, subject, key, project.goals, provenance)
    write_indicators(pen, iri, key, lists, provenance)
    write_project_citations(pen, iri, key, cited, telling, provenance)


def write_series(pen: Pen, tellings: Iterable[Telling[Project]]) -> None:
    """States the series behind the projects: labelled by its latest year, of equal years by the last key."""
    latest: dict[str, tuple[int, str, Telling[Project]]] = {}
    sources: dict[str, set[str]] = {}
    for telling in tellings:
        rank = (telling.source.document.fiscal_year or 0, telling.key, telling)
        known = latest.get(telling.stem)
        if known is None or known[:2] < rank[:2]:
            latest[telling.stem] = rank
        sources.setdefault(telling.stem, set()).update(
            pen.iris.iri("source", source.key) for source, _ in telling.tellers
        )
    for stem, (_, _, telling) in sorted(latest.items()):
        subject = pen.entity(c.ProjectSeries, pen.iris.iri("series", stem), telling.record.name)
        pen.text(subject, p.code, telling.record.code)
        for source in sorted(sources[stem]):
            pen.link(subject, p.source, source)


def write_statement(pen: Pen, telling: Telling[DepartmentStatement], lists: Lists) -> None:
    """States a whole-unit statement with its parts, whose keys have `whole` in them."""
    statement, source = telling.record, telling.source
    iri = pen.iris.iri("statement", telling.key)
    stem = f"{telling.key}-whole"
    provenance = Provenance(pen, telling)
    year = f"（{source.document.fiscal_year}年）" if source.document.fiscal_year else ""
    subject = pen.entity(c.DepartmentStatement, iri, f"{statement.unit.name}整体支出绩效目标{year}")
    pen.link(subject, p.unit, pen.iris.iri("unit", source.unit_key(statement.unit)))
    _write_setting(pen, subject, source)
    pen.integer(subject, p.line, statement.line)
    provenance.sources(subject)
    provenance.all_rows(subject)
    amounts = ((kind, getattr(statement.budget, kind)) for kind in StatementBudget.model_fields)
    write_lines(pen, subject, stem, amounts, provenance)
    write_goals(pen, subject, stem, statement.goals, provenance)
    write_indicators(pen, iri, stem, lists, provenance)


def _write_setting(pen: Pen, subject: str, source: Source) -> None:
    if source.region:
        pen.link(subject, p.region, pen.iris.region(source.region))
    if source.department:
        pen.link(subject, p.department, pen.iris.iri("department", source.department))
    pen.year(subject, p.fiscalYear, source.document.fiscal_year)
    pen.concept(subject, p.stage, "stage", source.document.stage)
