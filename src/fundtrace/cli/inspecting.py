"""`inspect` for people: what was read from one document, on a terminal."""

from __future__ import annotations

from decimal import Decimal

from rich.console import Console
from rich.table import Table

from fundtrace.records import Document, Money

STAGES = {
    "draft": "草案 draft",
    "budget": "预算 budget",
    "adjusted": "调整 adjusted",
    "final": "决算 final",
    "evaluation": "自评 evaluation",
}


def show(document: Document, console: Console) -> None:
    """Print a document's heading, projects, statements, findings and coverage."""
    _heading(document, console)
    if document.projects:
        console.print(_projects(document))
    if document.statements:
        console.print(_statements(document))
    if document.budget_tables:
        console.print(_budget_tables(document))
    if document.findings:
        console.print(_findings(document))
    coverage = document.coverage
    console.print(
        f"识别表格的单元格 cells of recognised tables: {coverage.cells}，"
        f"已用 used {coverage.used}，按规则忽略 ignored {coverage.ignored}，"
        f"未识别 unclaimed {len(coverage.unclaimed)}"
    )
    for cell in coverage.unclaimed[:10]:
        console.print(
            f"  第 {cell.line} 行 line {cell.line}: 表 table {cell.table}, 行 row {cell.row}, 格 cell {cell.cell}"
        )


def yuan(money: Money | None) -> str:
    """An amount for people: grouped yuan, the printed text when it is no number, a dash when there is none."""
    if money is None:
        return "—"
    return money.printed if money.yuan is None else f"{Decimal(money.yuan):,}"


def _heading(document: Document, console: Console) -> None:
    department = document.department
    region = department.region if department else None
    console.print(f"[bold]{document.title or document.source.file}[/bold]", highlight=False)
    facts = [
        ("文件 file", f"{document.source.file} ({document.source.format})"),
        (
            "部门 department",
            " ".join(filter(None, (department.code, department.name))) if department else None,
        ),
        ("区划 region", " ".join(filter(None, (region.code, region.name))) if region else None),
        ("年度 fiscal year", str(document.fiscal_year) if document.fiscal_year else None),
        ("阶段 stage", STAGES[document.stage]),
        ("金额单位 unit", document.unit_of_money),
    ]
    for label, value in facts:
        console.print(f"  {label}: {value or '—'}", highlight=False, markup=False)


def _projects(document: Document) -> Table:
    table = Table(title=f"项目 projects: {len(document.projects)}", title_justify="left")
    table.add_column("行 line", justify="right")
    table.add_column("项目编码 code")
    table.add_column("项目名称 name", overflow="fold")
    table.add_column("预算数（元） budget", justify="right")
    table.add_column("指标 indicators", justify="right")
    table.add_column("文号 numbers", overflow="fold")
    for project in document.projects:
        numbers = dict.fromkeys(citation.number for citation in project.citations if citation.number)
        table.add_row(
            str(project.line),
            project.code or "—",
            _plain(project.name),
            yuan(project.budget.total),
            str(len(project.indicators)),
            "\n".join(number for number in numbers if number) or "—",
        )
    return table


def _statements(document: Document) -> Table:
    table = Table(
        title=f"整体支出绩效目标 whole-unit statements: {len(document.statements)}", title_justify="left"
    )
    table.add_column("单位 unit", overflow="fold")
    table.add_column("支出合计（元） expenditure", justify="right")
    table.add_column("收入合计（元） income", justify="right")
    table.add_column("指标 indicators", justify="right")
    for statement in document.statements:
        table.add_row(
            _plain(statement.unit.name),
            yuan(statement.budget.expenditure_total),
            yuan(statement.budget.income_total),
            str(len(statement.indicators)),
        )
    return table


def _budget_tables(document: Document) -> Table:
    table = Table(title=f"预算公开表 budget tables: {len(document.budget_tables)}", title_justify="left")
    table.add_column("行 line", justify="right")
    table.add_column("表名 title", overflow="fold")
    table.add_column("行数 rows", justify="right")
    for printed in document.budget_tables:
        table.add_row(str(printed.line), _plain(printed.title), str(len(printed.rows)))
    return table


def _findings(document: Document) -> Table:
    table = Table(title=f"发现 findings: {len(document.findings)}", title_justify="left")
    table.add_column("行 line", justify="right")
    table.add_column("级别 severity")
    table.add_column("代码 code")
    table.add_column("说明 message", overflow="fold")
    for finding in document.findings:
        table.add_row(
            str(finding.line),
            finding.severity,
            finding.code,
            _plain(f"{finding.message.zh}\n{finding.message.en}"),
        )
    return table


def _plain(text: str) -> str:
    # Square brackets are markup to the printer of tables, and common in document numbers.
    return text.replace("[", "\\[")
