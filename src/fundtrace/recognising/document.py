"""The whole of recognising: a source as read becomes one document of records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fundtrace.errors import InputError
from fundtrace.reading.sheets import Paragraph, Sheets, Table
from fundtrace.recognising import heading, rules
from fundtrace.recognising.budget_tables import BudgetTables, read_budget_tables
from fundtrace.recognising.captions import Caption, is_furniture
from fundtrace.recognising.cite import Passage, cite_project
from fundtrace.recognising.columns import read_columns
from fundtrace.recognising.contacts import Withheld, without_contacts
from fundtrace.recognising.coverage import Ledger
from fundtrace.recognising.described import read_described
from fundtrace.recognising.flat import FlatTable, flat_tables
from fundtrace.recognising.forms import Sorted, sort_forms
from fundtrace.recognising.grid import Printed, PrintedRow, each_row, rows_of
from fundtrace.recognising.labelled import read_labelled
from fundtrace.recognising.labels import labels
from fundtrace.recognising.narrative import cite_blocks, read_goals
from fundtrace.recognising.project_list import read_lists
from fundtrace.recognising.project_table import ReadProject, read_project
from fundtrace.recognising.schedule import settle
from fundtrace.recognising.unit_statement import ReadStatement, read_statement
from fundtrace.records import Citation, Department, Document, GoalText, Position, Source

_PAIRS = 6
"""A row of the head of a form prints no more than three labels with what is behind them."""


@dataclass(frozen=True, slots=True)
class _Read:
    projects: tuple[ReadProject, ...]
    statements: tuple[ReadStatement, ...]

    @property
    def captions(self) -> list[str]:
        return [text for item in self.projects for text in item.captions] + [
            text for item in self.statements for text in item.captions
        ]

    @property
    def money_units(self) -> set[str]:
        units = {item.money_unit for item in self.projects} | {item.money_unit for item in self.statements}
        return {unit for unit in units if unit}


@dataclass(frozen=True, slots=True)
class _Parts:
    around: tuple[Paragraph | Table, ...]
    read: _Read
    tables: BudgetTables
    goals: tuple[GoalText, ...]
    others: tuple[PrintedRow, ...]
    flat: tuple[FlatTable, ...]
    ledger: Ledger
    withheld: tuple[Withheld, ...]
    unnamed: tuple[FlatTable, ...]


def recognise(sheets: Sheets) -> Document:
    """All that a source says, as records; contacts are withheld before anything is read.

    Raises `InputError` unrelated-document when the source holds no project, no statement, no budget table, none of
    the three sections of goals, and no header of indicators that a finding could report.
    """
    sheets, withheld = without_contacts(sheets)
    ledger = Ledger()
    listed = read_lists(sheets.blocks, ledger)
    found = sort_forms(listed.rest)
    read = _read(found, listed.projects, ledger)
    described = read_described(found.around, [item.project.name for item in read.projects])
    if described.projects:
        projects = sorted([*read.projects, *described.projects], key=_in_print)
        read = _Read(tuple(projects), read.statements)
    labelled = read_labelled(described.rest, [item.project.name for item in read.projects], ledger)
    if labelled.projects:
        read = _Read(tuple(sorted([*read.projects, *labelled.projects], key=_in_print)), read.statements)
    around = labelled.rest
    tables = read_budget_tables(around)
    goals = read_goals(around)
    others, flat = _others(around, tables.numbers), flat_tables(around)
    if not (
        read.projects
        or read.statements
        or tables.records
        or goals
        or described.unnamed
        or others
        or flat
        or tables.unread
    ):
        raise InputError(
            "unrelated-document",
            "文件中没有预算绩效目标表、部门预算公开表或绩效目标说明",
            "the file holds no table of performance goals, no budget table and no statement of goals",
            subject=sheets.file,
        )
    _claim_around(found, ledger, tables.numbers)
    return _document(
        sheets, _Parts(around, read, tables, goals, others, flat, ledger, withheld, described.unnamed)
    )


def _read(found: Sorted, listed: tuple[ReadProject, ...], ledger: Ledger) -> _Read:
    projects = list(listed)
    statements: list[ReadStatement] = []
    for form in found.forms:
        if form.kind == "project":
            project = read_project(form, ledger)
            projects += [project] if project else []
        else:
            statement = read_statement(form, ledger)
            statements += [statement] if statement else []
    if listed:
        projects.sort(key=_in_print)
    settled = settle([read.project for read in projects])
    return _Read(
        tuple(read.with_project(project) for read, project in zip(projects, settled, strict=True)),
        tuple(statements),
    )


def _in_print(read: ReadProject) -> tuple[int, int]:
    """The order of print: lines count within a page where a format has pages."""
    return read.project.position.page or 0, read.project.line


def _claim_around(found: Sorted, ledger: Ledger, numbers: frozenset[int]) -> None:
    """Answer for what stands around the forms: rows of their own tables, and budget tables, given by their numbers."""
    for row in found.outside:
        ledger.enter(row)
        if len(row.printed) == 1 or any(is_furniture(_caption(cell)) for cell in row.printed):
            ledger.ignore("text-outside-forms", row.printed)
        elif labels().meaning(row.printed[0].text, "not_modelled") and len(row.printed) <= _PAIRS:
            ledger.ignore("label-not-modelled", row.printed)
    for block in found.around:
        if isinstance(block, Table) and block.number in numbers:
            for row in rows_of(block):
                ledger.enter(row)
                ledger.use(*row.printed)


def _others(around: tuple[Paragraph | Table, ...], numbers: frozenset[int]) -> tuple[PrintedRow, ...]:
    """The header rows of indicators in tables that were read as nothing: no form, and no budget table of these numbers."""
    tables = [block for block in around if isinstance(block, Table) and block.number not in numbers]
    heads = (next((row for row in each_row(table) if read_columns(row.cells)), None) for table in tables)
    return tuple(row for row in heads if row is not None)


def _document(sheets: Sheets, parts: _Parts) -> Document:
    read, tables = parts.read, parts.tables.records
    projects = tuple(item.project for item in read.projects)
    texts = heading.heading_of(parts.around)
    captions = read.captions + _furniture(parts.around)
    title = heading.title(parts.around)
    units = read.money_units | {
        money.unit for table in tables for row in table.rows for money in row.cells.values() if money.unit
    }
    document = Document(
        source=Source(file=sheets.file, sha256=sheets.sha256, format=sheets.format, pages=sheets.pages),
        title=title,
        fiscal_year=heading.fiscal_year(title, texts, captions, projects) or _titled_year(read.projects),
        stage=heading.stage(title, [*texts, *captions]),
        unit_of_money=units.pop() if len(units) == 1 else None,
        department=_department(read, texts, captions),
        projects=projects,
        statements=tuple(item.statement for item in read.statements),
        budget_tables=tables,
        goals=parts.goals,
        citations=_statement_citations(read) + cite_blocks(parts.around),
        coverage=parts.ledger.coverage(),
        findings=(),
    )
    evidence = rules.Evidence(
        document=document,
        forms=read.projects,
        withheld=parts.withheld,
        unclaimed=parts.ledger.unclaimed,
        others=parts.others,
        flat=parts.flat,
        unread=parts.tables.unread,
        unnamed=parts.unnamed,
    )
    return document.model_copy(update={"findings": rules.findings(evidence)})


def _department(read: _Read, texts: tuple[str, ...], captions: list[str]) -> Department | None:
    units = [item.project.implementing_unit for item in read.projects if item.project.implementing_unit]
    units += [item.statement.unit.name for item in read.statements]
    named = [item.department for item in read.projects if item.department]
    return heading.department(texts, captions, [item.project for item in read.projects], named, units)


def _titled_year(projects: Sequence[ReadProject]) -> int | None:
    """The year that the titles of forms print beside their projects' names, where it is one."""
    years = {read.titled_year for read in projects}
    return years.pop() if len(years) == 1 else None


def _caption(cell: Printed) -> Caption:
    return Caption(cell.text, cell.line, Position(page=None, table=cell.table, row=cell.row))


def _furniture(around: tuple[Paragraph | Table, ...]) -> list[str]:
    return [
        block.text
        for block in around
        if isinstance(block, Paragraph) and len(block.text) < 60 and is_furniture(heading.caption(block))
    ]


def _statement_citations(read: _Read) -> tuple[Citation, ...]:
    """Documents that a whole-unit statement names in its goals: the document cites them, as it has no project."""
    found: list[Citation] = []
    for item in read.statements:
        page = item.statement.position.page
        passages = [
            Passage(cell.text, cell.line, Position(page=page, table=cell.table, row=cell.row))
            for cell in item.goal_cells
        ]
        found += cite_project(None, None, passages)
    return tuple(found)
