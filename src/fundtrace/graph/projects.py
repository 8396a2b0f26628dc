"""Projects, their series, and whole-unit statements."""

from __future__ import annotations

from fundtrace.graph.cited import CitedDocuments
from fundtrace.graph.citing import write_project_citations
from fundtrace.graph.forms import BOOLEAN, DECIMAL, INTEGER, IRI, TEXT, YEAR, Form, code_of
from fundtrace.graph.indicators import Lists, write_goals, write_indicators
from fundtrace.graph.money import write_lines, write_schedule
from fundtrace.graph.pen import Pen
from fundtrace.graph.provenance import Provenance, keep_places
from fundtrace.graph.sourcing import Source, Telling
from fundtrace.graph.surveying import Survey
from fundtrace.records import DepartmentStatement, Project, StatementBudget
from fundtrace.vocab import classes as c
from fundtrace.vocab import properties as p

_SETTING = ((p.region, IRI), (p.department, IRI), (p.fiscalYear, YEAR), (p.stage, code_of("stage")))
_PROJECT = Form(
    c.Project,
    (p.code, TEXT),
    (p.name, TEXT),
    (p.implementingUnit, TEXT),
    (p.purpose, TEXT),
    (p.unit, IRI),
    (p.fundLevel, code_of("fund-level")),
    (p.directFunds, BOOLEAN),
    (p.withoutNumber, code_of("without-number")),
    (p.inSeries, IRI),
    (p.line, INTEGER),
    (p.source, IRI),
    (p.totalBudget, DECIMAL),
    (p.fiscalBudget, DECIMAL),
    (p.carryoverBudget, DECIMAL),
    (p.otherBudget, DECIMAL),
    *_SETTING,
)
_KINDS = ("total", "fiscal", "carryover", "other")
"""The kinds of a project's budget lines, in the order of the shortcuts above."""
_SERIES = Form(c.ProjectSeries, (p.code, TEXT), (p.source, IRI))
_STATEMENT = Form(c.DepartmentStatement, (p.unit, IRI), (p.line, INTEGER), (p.source, IRI), *_SETTING)


def write_project(pen: Pen, telling: Telling[Project], lists: Lists, cited: CitedDocuments) -> None:
    """States a project with all its parts, or what a later teller adds to it."""
    project, source, key, begun = telling.record, telling.source, telling.key, len(pen.lines)
    iri = pen.iris.iri("project", key)
    provenance = Provenance(pen, telling)
    amounts = [(kind, getattr(project.budget, kind)) for kind in _KINDS]
    subject = pen.state[_PROJECT](
        iri,
        project.name,
        project.code,
        project.name,
        project.implementing_unit,
        project.purpose,
        pen.iris.iri("unit", source.unit_key(project.unit)) if project.unit is not None else None,
        project.fund_level,
        project.direct_funds,
        project.without_number,
        pen.iris.iri("series", telling.stem),
        project.line,
        source.iri,
        *(money.yuan if money is not None else None for _, money in amounts),
        *_setting(pen, source),
    )
    provenance.write_rows(pen, subject)
    write_lines(pen, subject, key, amounts, provenance)
    if project.schedule is not None:
        write_schedule(pen, subject, key, project.schedule, provenance)
    write_goals(pen, subject, key, project.goals, provenance)
    indicators = write_indicators(pen, iri, key, project.indicators, lists, provenance)
    write_project_citations(pen, telling, cited, provenance, indicators)
    if not telling.first:
        keep_places(pen, begun)


class SeriesBook:
    """The series behind the projects: labelled by its latest year, of equal years by the last key."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._latest: dict[str, tuple[int, str, str, str | None]] = {}

    def add(self, pen: Pen, telling: Telling[Project]) -> None:
        """States the series of a project at once where no other project can be in it, else keeps its name."""
        project, stem, source = telling.record, telling.stem, telling.source.iri
        if not self._survey.is_shared(stem):
            pen.state[_SERIES](pen.iris.iri("series", stem), project.name, project.code, source)
            return
        pen.link(f"<{pen.iris.iri('series', stem)}>", p.source, source)
        if telling.first:
            told = telling.source.document.fiscal_year or 0, telling.key, project.name, project.code
            self._latest[stem] = max(told, self._latest.get(stem, told), key=lambda one: one[:2])

    def write(self, pen: Pen) -> None:
        """States the others."""
        for stem, (_, _, name, code) in self._latest.items():
            pen.state[_SERIES](pen.iris.iri("series", stem), name, code, None)


def write_statement(pen: Pen, telling: Telling[DepartmentStatement], lists: Lists) -> None:
    """States a whole-unit statement with its parts, whose keys have `whole` in them, or what a later teller adds."""
    statement, source, begun = telling.record, telling.source, len(pen.lines)
    iri = pen.iris.iri("statement", telling.key)
    stem = f"{telling.key}-whole"
    provenance = Provenance(pen, telling)
    year = f"（{source.document.fiscal_year}年）" if source.document.fiscal_year else ""
    subject = pen.state[_STATEMENT](
        iri,
        f"{statement.unit.name}整体支出绩效目标{year}",
        pen.iris.iri("unit", source.unit_key(statement.unit)),
        statement.line,
        source.iri,
        *_setting(pen, source),
    )
    provenance.write_rows(pen, subject)
    amounts = ((kind, getattr(statement.budget, kind)) for kind in StatementBudget.model_fields)
    write_lines(pen, subject, stem, amounts, provenance)
    write_goals(pen, subject, stem, statement.goals, provenance)
    write_indicators(pen, iri, stem, statement.indicators, lists, provenance)
    if not telling.first:
        keep_places(pen, begun)


def _setting(pen: Pen, source: Source) -> tuple[str | None, str | None, int | None, str]:
    """Region, department, fiscal year and stage, which every project and statement of a source has in common."""
    return (
        pen.iris.region(source.region) if source.region else None,
        pen.iris.iri("department", source.department) if source.department else None,
        source.document.fiscal_year,
        source.document.stage,
    )
