"""What the layout holds that no record does: contacts, cells that are missing, cells that nobody claimed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from fundtrace.recognising.labels import labels
from fundtrace.recognising.memo import memo
from fundtrace.recognising.project_table import ReadProject
from fundtrace.recognising.regions import code_of
from fundtrace.recognising.rules.evidence import Evidence
from fundtrace.records import Finding, Message, Position


def contact_withheld(evidence: Evidence) -> Iterator[Finding]:
    """contact-withheld: a contact's name or telephone number stood here and is in no record."""
    for place in evidence.withheld:
        yield Finding(
            code="contact-withheld",
            severity="info",
            message=Message(
                zh="此处印有联系人姓名或电话，已略去",
                en="a contact's name or telephone number is printed here; it was withheld",
            ),
            line=place.line,
            position=place.position,
        )


def missing_required_cell(evidence: Evidence) -> Iterator[Finding]:
    """missing-required-cell: a form prints nothing for something that every form of its kind has."""
    for number, form in enumerate(evidence.forms):
        code = () if form.project.code or not _asks_for_code(form) else ("项目编码",)
        for label in (*code, *form.missing):
            yield Finding(
                code="missing-required-cell",
                severity="warning",
                message=Message(
                    zh=f"项目“{form.project.name}”没有印出{label}",
                    en=f"the project {form.project.name} prints no {label}",
                ),
                project=number,
                line=form.project.line,
                position=form.project.position,
            )


def _asks_for_code(form: ReadProject) -> bool:
    """Whether the form has a label for the code of a project."""
    return any(_is_code(cell) for row in form.project.rows for cell in row.cells)


@memo
def _is_code(text: str) -> bool:
    return labels().meaning(text, "field") == ("field", "project_code")


def missing_target(evidence: Evidence) -> Iterator[Finding]:
    """missing-target: an indicator is named, and the cell of its value is empty."""
    for project, number, indicator in evidence.indicators:
        if indicator.target.printed is None:
            yield Finding(
                code="missing-target",
                severity="warning",
                message=Message(
                    zh=f"指标“{indicator.name}”没有印出指标值",
                    en=f"the indicator {indicator.name} prints no target",
                ),
                project=project,
                indicator=number,
                line=indicator.line,
                position=indicator.position,
            )


def table_not_understood(evidence: Evidence) -> Iterator[Finding]:
    """table-not-understood: a header of indicators, but no project or unit in its table, or no table around it."""
    for row in evidence.others:
        yield Finding(
            code="table-not-understood",
            severity="warning",
            message=Message(
                zh=f"第{row.table}个表有绩效指标的表头，但未能识别其项目或单位",
                en=f"table {row.table} has a header of indicators, but its project or unit was not recognised",
            ),
            line=row.line,
            position=row.position,
        )
    for unread in evidence.unread:
        yield Finding(
            code="table-not-understood",
            severity="warning",
            message=Message(
                zh=f"第{unread.table.number}个表题为“{unread.title}”，但表头未能识别",
                en=f"table {unread.table.number} is titled as a budget table ({unread.title}), but its header was not understood",
            ),
            line=unread.table.line,
            position=Position(page=unread.table.page, table=unread.table.number, row=None),
        )
    for table in evidence.flat:
        yield Finding(
            code="table-not-understood",
            severity="warning",
            message=Message(
                zh="此处有绩效指标的表头，但表格已变成连续的文字，行列无从辨认",
                en="a header of indicators stands here as running text; its rows and columns are lost",
            ),
            line=table.line,
            position=table.position,
        )
    for told in evidence.unnamed:
        yield Finding(
            code="table-not-understood",
            severity="warning",
            message=Message(
                zh="此处逐条说明一个项目，但上方没有印出项目名称（…情况说明），未能识别",
                en="a project is told here in numbered sections, but no name (…情况说明) is printed above them",
            ),
            line=told.line,
            position=told.position,
        )


def cell_unclaimed(evidence: Evidence) -> Iterator[Finding]:
    """cell-unclaimed, row-not-understood: text in a recognised table that was read into nothing.

    A row of which no cell was read is one finding; else there is one for each cell.
    """
    claimed = {(row.table, row.row) for _, owner in evidence.owners for row in owner.rows}
    for (table, row), group in groupby(evidence.unclaimed, key=lambda cell: (cell.table, cell.row)):
        cells = list(group)
        position = Position(page=None, table=table, row=row)
        if (table, row) not in claimed:
            yield Finding(
                code="row-not-understood",
                severity="warning",
                message=Message(
                    zh=f"第{table}个表第{row}行未能识别",
                    en=f"row {row} of table {table} was not understood",
                ),
                line=cells[0].line,
                position=position,
            )
            continue
        for cell in cells:
            yield Finding(
                code="cell-unclaimed",
                severity="warning",
                message=Message(
                    zh=f"第{table}个表第{row}行第{cell.column + 1}格“{cell.text[:20]}”未能归入任何栏目",
                    en=f"cell {cell.column + 1} of row {row} of table {table} belongs to no known column",
                ),
                line=cell.line,
                position=position,
            )


def region_not_known(evidence: Evidence) -> Iterator[Finding]:
    """region-not-known: neither project codes nor names tell which region a document with projects is of."""
    document = evidence.document
    if not (document.projects or document.statements):
        return
    region = document.department.region if document.department else None
    if region is None and not any(code_of(project.code or "") for project in document.projects):
        yield _whole(
            "region-not-known",
            "文件中的项目编码和名称不足以确定财政区划",
            "neither project codes nor names tell which region the document is of",
        )


def fiscal_year_not_known(evidence: Evidence) -> Iterator[Finding]:
    """fiscal-year-not-known: neither a heading nor the codes or names of projects tell the fiscal year."""
    document = evidence.document
    if document.fiscal_year is None:
        yield _whole(
            "fiscal-year-not-known",
            "文件的标题、项目编码和项目名称都没有印出预算年度",
            "neither the heading nor the codes or names of projects print the fiscal year",
        )


def _whole(code: str, zh: str, en: str) -> Finding:
    return Finding(code=code, severity="info", message=Message(zh=zh, en=en), line=1)
