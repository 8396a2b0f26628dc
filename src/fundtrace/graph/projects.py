"""Projects, their series, and whole-unit statements."""

from __future__ import annotations

from fundtrace.graph.cited import CitedDocuments
from fundtrace.graph.citing import write_project_citations
from fundtrace.graph.indicators import Lists, write_goals, write_indicators
from fundtrace.graph.money import write_lines, write_schedule
from fundtrace.graph.pen import Pen
from fundtrace.graph.provenance import Provenance, keep_places
from fundtrace.graph.sourcing import Source, Telling
from fundtrace.graph.surveying import Survey
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
    """States a project with all its parts, or what a later teller adds to it."""
    project, key, begun = telling.record, telling.key, len(pen.lines)
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
    provenance.source(subject)
    provenance.all_rows(subject)
    amounts = [(kind, getattr(project.budget, kind)) for kind in _SHORTCUTS]
    for kind, money in amounts:
        pen.decimal(subject, _SHORTCUTS[kind], money.yuan if money is not None else None)
    write_lines(pen, subject, key, amounts, provenance)
    if project.schedule is not None:
        write_schedule(pen, subject, key, project.schedule, provenance)
    write_goals(pen, subject, key, project.goals, provenance)
    write_indicators(pen, iri, key, project.indicators, lists, provenance)
    write_project_citations(pen, telling, cited, provenance)
    if not telling.first:
        keep_places(pen, begun)


class SeriesBook:
    """The series behind the projects: labelled by its latest year, of equal years by the last key."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._latest: dict[str, tuple[int, str, str, str | None]] = {}

    def add(self, pen: Pen, telling: Telling[Project]) -> None:
        """States the series of a project at once where no other project can be in it, else keeps its name."""
        project, stem = telling.record, telling.stem
        pen.link(f"<{pen.iris.iri('series', stem)}>", p.source, telling.source.iri)
        if not self._survey.is_shared(stem):
            _write_series(pen, stem, project.name, project.code)
        elif telling.first:
            told = telling.source.document.fiscal_year or 0, telling.key, project.name, project.code
            self._latest[stem] = max(told, self._latest.get(stem, told), key=lambda one: one[:2])

    def write(self, pen: Pen) -> None:
        """States the others."""
        for stem, (_, _, name, code) in self._latest.items():
            _write_series(pen, stem, name, code)


def _write_series(pen: Pen, stem: str, name: str, code: str | None) -> None:
    subject = pen.entity(c.ProjectSeries, pen.iris.iri("series", stem), name)
    pen.text(subject, p.code, code)


def write_statement(pen: Pen, telling: Telling[DepartmentStatement], lists: Lists) -> None:
    """States a whole-unit statement with its parts, whose keys have `whole` in them, or what a later teller adds."""
    statement, source, begun = telling.record, telling.source, len(pen.lines)
    iri = pen.iris.iri("statement", telling.key)
    stem = f"{telling.key}-whole"
    provenance = Provenance(pen, telling)
    year = f"（{source.document.fiscal_year}年）" if source.document.fiscal_year else ""
    subject = pen.entity(c.DepartmentStatement, iri, f"{statement.unit.name}整体支出绩效目标{year}")
    pen.link(subject, p.unit, pen.iris.iri("unit", source.unit_key(statement.unit)))
    _write_setting(pen, subject, source)
    pen.integer(subject, p.line, statement.line)
    provenance.source(subject)
    provenance.all_rows(subject)
    amounts = ((kind, getattr(statement.budget, kind)) for kind in StatementBudget.model_fields)
    write_lines(pen, subject, stem, amounts, provenance)
    write_goals(pen, subject, stem, statement.goals, provenance)
    write_indicators(pen, iri, stem, statement.indicators, lists, provenance)
    if not telling.first:
        keep_places(pen, begun)


def _write_setting(pen: Pen, subject: str, source: Source) -> None:
    if source.region:
        pen.link(subject, p.region, pen.iris.region(source.region))
    if source.department:
        pen.link(subject, p.department, pen.iris.iri("department", source.department))
    pen.year(subject, p.fiscalYear, source.document.fiscal_year)
    pen.concept(subject, p.stage, "stage", source.document.stage)
