"""Budget tables whose totals are not what their rows give."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from fundtrace.recognising.rules.evidence import Evidence
from fundtrace.recognising.rules.figures import Figure, disagrees, exceeds, figure, summed, total
from fundtrace.recognising.rules.telling import of_document, shown
from fundtrace.recognising.widths import compact, narrow
from fundtrace.records import BudgetTable, BudgetTableRow, Finding

_KINDS = {
    "income_expenditure",
    "income",
    "expenditure",
    "fiscal_grant",
    "function",
    "economic",
    "government_fund",
}
"""Kinds whose rows are classes of one sum; the others list things, or repeat a part under 其中."""

_NAMES = re.compile(r".*(?:科目|名称).*|项目(?:/.*)?")
_STYLES = (
    re.compile(r"[一二三四五六七八九十]+、"),
    re.compile(r"\([一二三四五六七八九十0-9]+\)"),
    re.compile(r"[0-9]+[、.]"),
)
_CODES = {3, 5, 7}
"""Lengths of the codes of 类, 款 and 项; a table of units has others."""


def table_total_differs(evidence: Evidence) -> Iterator[Finding]:
    """table-total-differs: a total of a budget table, or a class of it, is not the sum of the rows below it.

    Rows are compared only where no row can be missing: a table that a page may have cut is not asked for less than
    its total, only for more; and rows that are numbered on two levels are not added.
    """
    for table in evidence.document.budget_tables:
        if table.kind not in _KINDS or any(_is_name(column) for column in table.columns):
            continue
        for side in (None, "收入", "支出"):
            rows = [row for row in table.rows if row.side == side]
            yield from _coded(table, rows) if any(row.code for row in rows) else _listed(table, rows)


def table_sides_differ(evidence: Evidence) -> Iterator[Finding]:
    """table-sides-differ: the income total at the end of a two-sided budget table is not its expenditure total."""
    for table in evidence.document.budget_tables:
        last = {row.side: row for row in table.rows if row.level == "合计" and row.side}
        income, spent = (_closing(last.get(side)) for side in ("收入", "支出"))
        if income is None or spent is None or last["收入"].position != last["支出"].position:
            continue
        if disagrees(income, [spent]):
            row = last["收入"]
            yield of_document(
                "table-sides-differ",
                "warning",
                f"“{shown(table.title)}”收入总计为“{income.told}”，支出总计为“{spent.told}”",
                f"{shown(table.title)}: total income is printed as {income.told}, "
                f"total expenditure as {spent.told}",
                (row.line, row.position),
            )


def _coded(table: BudgetTable, rows: list[BudgetTableRow]) -> Iterator[Finding]:
    """Rows under codes: each class against the rows under it, and the total against the highest classes."""
    coded = [row for row in rows if row.code and not _is_total(row)]
    codes = [row.code or "" for row in coded]
    if any(not code.isdigit() or len(code) not in _CODES for code in codes) or len(set(codes)) < len(codes):
        return
    cut = any(row.position.page is not None for row in rows)
    known = set(codes)
    below: dict[str | None, list[BudgetTableRow]] = defaultdict(list)
    for row in coded:
        below[_above(row.code or "", known)].append(row)
    for row in coded:
        if children := below.get(row.code):
            closed = not cut or not codes[-1].startswith(row.code or "")
            yield from _differing(table, row, children, closed=closed)
    totals = [row for row in rows if _is_total(row)]
    top = below[None]
    if len(totals) == 1 and len({(row.code or "")[0] for row in top}) == 1:
        yield from _differing(table, totals[0], top, closed=not cut or rows[-1] is totals[0])


def _above(code: str, codes: set[str]) -> str | None:
    """The nearest class that a code lies in and that is printed: a 类 for an 项 whose 款 is not."""
    return next((code[:end] for end in range(len(code) - 1, 0, -1) if code[:end] in codes), None)


def _is_total(row: BudgetTableRow) -> bool:
    return row.level == "合计" or compact(row.code or "") in {"合计", "总计"}


def _listed(table: BudgetTable, rows: list[BudgetTableRow]) -> Iterator[Finding]:
    """Rows under numbers: each total against all single rows above it, as 结转 stands between two totals."""
    above: list[BudgetTableRow] = []
    for row in rows:
        if _is_total(row):
            if not _nested(above):
                yield from _differing(table, row, above, closed=True)
        elif row.leaf:
            above.append(row)
        elif row.cells:
            return


def _differing(
    table: BudgetTable, whole_row: BudgetTableRow, rows: list[BudgetTableRow], *, closed: bool
) -> Iterator[Finding]:
    for column in table.columns:
        whole = figure(whole_row.cells.get(column))
        parts = [one for row in rows if (one := figure(row.cells.get(column))) is not None]
        if whole is None or not parts:
            continue
        if exceeds(summed(parts), whole) or (closed and disagrees(whole, parts)):
            yield of_document(
                "table-total-differs",
                "warning",
                f"“{shown(table.title)}”的“{shown(column)}”：“{shown(whole_row.name or whole_row.code)}”为“{whole.told}”，"
                f"所属 {len(parts)} 行合计为 {total(parts, whole.unit)}",
                f"{shown(table.title)}, column {shown(column)}: {shown(whole_row.name or whole_row.code)} is printed as "
                f"{whole.told}; the {len(parts)} rows that belong to it make {total(parts, whole.unit)}",
                (whole_row.line, whole_row.position),
            )


def _nested(rows: list[BudgetTableRow]) -> bool:
    """Whether rows are numbered in several ways, so that one may be a part of another."""
    return len({style for row in rows if row.cells and (style := _style(row.name)) is not None}) > 1


def _style(name: str) -> int | None:
    text = "".join(narrow(name).split())
    return next((number for number, style in enumerate(_STYLES) if style.match(text)), None)


def _closing(row: BudgetTableRow | None) -> Figure | None:
    """The figure of a closing row: that under 合计 where there is one, else its only one."""
    if row is None:
        return None
    figures = {column: one for column, money in row.cells.items() if (one := figure(money)) is not None}
    only = next(iter(figures.values())) if len(figures) == 1 else None
    return figures.get("合计", only)


def _is_name(column: str) -> bool:
    return _NAMES.fullmatch(column) is not None
