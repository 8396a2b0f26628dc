"""Sums of projects and statements that their printed parts do not give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from fundtrace.citations import find_mentions
from fundtrace.recognising.cite import stated_amount
from fundtrace.recognising.memo import memo
from fundtrace.recognising.money import amounts_in
from fundtrace.recognising.rules.evidence import Evidence
from fundtrace.recognising.rules.figures import Figure, disagrees, exceeds, figure, summed, total, written
from fundtrace.recognising.rules.telling import Owner, Place, of_document, of_project, row_of, shown
from fundtrace.recognising.rules.words import rule_words
from fundtrace.recognising.widths import compact, narrow
from fundtrace.records import DepartmentStatement, Finding, Money, Project

_LABEL = 20
"""No label of money has more letters."""

_NAMED_AMOUNT = re.compile(r"\(([0-9.,\s]+(?:亿|万)?元?)\)\s*$")


def budget_parts_differ(evidence: Evidence) -> Iterator[Finding]:
    """budget-parts-differ: the printed parts of a project's budget do not add up to it, or pass it."""
    for number, project in enumerate(evidence.document.projects):
        budget = project.budget
        whole = figure(budget.total)
        parts = _known(figure(part) for part in (budget.fiscal, budget.carryover, budget.other))
        if whole is None or not parts:
            continue
        if _contradicts(whole, parts, figure(budget.carryover), complete=_all_parts(project)):
            said = written(parts)
            yield of_project(
                "budget-parts-differ",
                "warning",
                f"预算数为“{whole.told}”，其分项“{said}”合计为 {total(parts, whole.unit)}",
                f"the budget is printed as {whole.told}; its parts {said} make {total(parts, whole.unit)}",
                number,
                row_of(project, whole.printed),
            )


def stated_amount_differs(evidence: Evidence) -> Iterator[Finding]:
    """stated-amount-differs: the purpose or name states an amount handed down that is not the budget.

    It is told only as a matter to look at: a budget may be a part of what was handed down, or have other parts.
    """
    for number, project in enumerate(evidence.document.projects):
        whole = figure(project.budget.total)
        for text in (project.purpose, project.name):
            stated = figure(_stated(text, is_name=text is project.name)) if text else None
            if whole and stated and disagrees(whole, [stated]):
                yield of_project(
                    "stated-amount-differs",
                    "info",
                    f"文字中写明“{stated.printed}”，预算数为“{whole.told}”",
                    f"the text states {stated.printed}; the budget is printed as {whole.told}",
                    number,
                    row_of(project, text),
                )


def projects_sum_differs(evidence: Evidence) -> Iterator[Finding]:
    """projects-sum-differs: the projects of a document do not add up to the 项目支出 that it prints elsewhere.

    The two may have unlike scopes, so this is told and never called an error.
    """
    projects = evidence.document.projects
    for name, printed, place, members in _project_expenditures(evidence):
        whole = figure(printed)
        parts = _known(figure(project.budget.total) for project in members)
        if whole is None or not parts or len(parts) < len(members) or not disagrees(whole, parts):
            continue
        every = len(members) == len(projects)
        yield of_document(
            "projects-sum-differs",
            "info",
            f"“{shown(name)}”印有项目支出“{whole.told}”，{'全部' if every else '其'} {len(parts)} 个项目的预算数合计为"
            f" {total(parts, whole.unit)}；两者口径可能不同",
            f"{shown(name)} prints a project expenditure of {whole.told}; its {len(parts)} projects make "
            f"{total(parts, whole.unit)}; the scopes may differ",
            place,
        )


def statement_parts_differ(evidence: Evidence) -> Iterator[Finding]:
    """statement-parts-differ: figures of a whole-unit statement that are not the sum of the parts printed beside them."""
    for statement in evidence.document.statements:
        budget = statement.budget
        basic = figure(budget.basic_total)
        spent, income = figure(budget.expenditure_total), figure(budget.income_total)
        project, carried = figure(budget.project), figure(budget.carryover)
        people, public = figure(budget.basic_personnel), figure(budget.basic_public)
        yield from _compare(statement, ("基本支出合计", "basic expenditure"), basic, [people, public])
        # The total may hold more than the two: money carried over, or kinds of expenditure that have no label here.
        yield from _compare(
            statement, ("支出合计", "total expenditure"), spent, [basic, project], closed=False
        )
        other = figure(budget.other)
        sources = [figure(budget.fiscal), carried, other]
        yield from _compare(statement, ("收入合计", "total income"), income, sources, carried)


def income_expenditure_differ(evidence: Evidence) -> Iterator[Finding]:
    """income-expenditure-differ: the income total of a whole-unit statement is not its expenditure total."""
    for statement in evidence.document.statements:
        income = figure(statement.budget.income_total)
        spent = figure(statement.budget.expenditure_total)
        if income and spent and disagrees(income, [spent]):
            yield of_document(
                "income-expenditure-differ",
                "warning",
                f"“{shown(statement.unit.name)}”收入合计为“{income.told}”，支出合计为“{spent.told}”",
                f"{shown(statement.unit.name)}: total income is printed as {income.told}, "
                f"total expenditure as {spent.told}",
                row_of(statement, income.printed),
            )


def _compare(
    statement: DepartmentStatement,
    name: tuple[str, str],
    whole: Figure | None,
    parts: Sequence[Figure | None],
    within: Figure | None = None,
    *,
    closed: bool = True,
) -> Iterator[Finding]:
    known = _known(parts)
    if whole is None or not known:
        return
    complete = closed and len(known) == len(parts) and not _has_further_parts(statement)
    if _contradicts(whole, known, within, complete=complete):
        zh, en = name
        yield of_document(
            "statement-parts-differ",
            "warning",
            f"“{shown(statement.unit.name)}”{zh}为“{whole.told}”，其分项“{written(known)}”合计为 {total(known, whole.unit)}",
            f"{shown(statement.unit.name)}: the {en} is printed as {whole.told}; "
            f"its parts {written(known)} make {total(known, whole.unit)}",
            _row_of_parts(statement, known),
        )


def _project_expenditures(
    evidence: Evidence,
) -> Iterator[tuple[str, Money | None, Place, list[Project]]]:
    """Each printed 项目支出 with what prints it, its place, and the projects that it may be the sum of."""
    document = evidence.document
    department = compact(document.department.name or "") if document.department else ""
    for statement in document.statements:
        name = compact(statement.unit.name)
        printed = statement.budget.project
        own = [project for project in document.projects if name in _units(project)]
        members = list(document.projects) if name == department else own
        yield statement.unit.name, printed, row_of(statement, printed.printed if printed else None), members
    for table in document.budget_tables:
        row = next((row for row in table.rows if row.level == "合计" and row.side is None), None)
        if table.kind == "expenditure" and row is not None:
            place = (row.line, row.position)
            yield table.title, row.cells.get("项目支出"), place, list(document.projects)


def _contradicts(whole: Figure, parts: Sequence[Figure], within: Figure | None, *, complete: bool) -> bool:
    """Whether parts are no parts of a whole: they pass it, or, all being known, do not give it.

    Money carried over (`within`) is a part beside the others in some forms, and in others a part of 财政资金.
    """
    ways = [list(parts), [part for part in parts if part != within]]
    if any(way and not disagrees(whole, way) for way in ways):
        return False
    least = min((summed(way) for way in ways if way), key=lambda way: way.yuan)
    return complete or exceeds(least, whole)


def _row_of_parts(statement: DepartmentStatement, parts: Sequence[Figure]) -> Place:
    """The row that prints all parts, else that of the last."""
    together = row_of(statement, *(part.printed for part in parts))
    begins = (statement.line, statement.position)
    return row_of(statement, parts[-1].printed) if together == begins else together


def _has_further_parts(owner: Owner) -> bool:
    """Whether a form prints a label of money that is none of the parts that are read."""
    return any(_is_further_part(cell) for row in owner.rows for cell in row.cells if len(cell) < _LABEL)


@memo
def _is_further_part(cell: str) -> bool:
    return any(word in cell for word in rule_words("further_parts"))


def _units(project: Project) -> set[str]:
    names = {project.implementing_unit, project.unit.name if project.unit else None}
    return {compact(name) for name in names if name}


def _all_parts(project: Project) -> bool:
    """Whether every part that the form has a label for is printed."""
    budget = project.budget
    if budget.fiscal is None or budget.other is None or _has_further_parts(project):
        return False
    return budget.carryover is not None or not any(
        "结转" in cell and len(cell) < _LABEL for row in project.rows for cell in row.cells
    )


def _stated(text: str, *, is_name: bool) -> Money | None:
    if is_name:
        match = _NAMED_AMOUNT.search(narrow(text))
        amounts = amounts_in(match[1]) if match else ()
        return amounts[0] if len(amounts) == 1 else None
    return stated_amount(text, find_mentions(text))


def _known(figures: Iterable[Figure | None]) -> list[Figure]:
    return [one for one in figures if one is not None]
