"""The sheets of an Excel file. `workbooks` loads this module, and the library with it, when the first file is asked for."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from fundtrace.query.asking import Cell as Value
from fundtrace.query.asking import Table
from fundtrace.query.describing import Provenance
from fundtrace.query.tables import Language, headings, plain

_WIDEST: Final = 60
_PROPERTIES: Final = "docProps/core.xml"
_TIME: Final = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def written(table: Table, language: Language, rests_on: Provenance | None) -> bytes:
    """What `workbooks.xlsx_bytes` gives."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):  # a new workbook has one
        raise TypeError(type(sheet))
    sheet.title = _said(language, "数据", "data")
    names = headings(table, language)
    for column, heading in enumerate(names, 1):
        _put(sheet, 1, column, heading).font = Font(bold=True)
    for number, row in enumerate(table.rows, 2):
        for column, (cell, described) in enumerate(zip(row, table.columns.values(), strict=True), 1):
            written = _put(sheet, number, column, cell)
            if described.kind == "money":
                written.number_format = "#,##0.00"
    sheet.freeze_panes = "A2"
    if names:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{len(table.rows) + 1}"
    for column, heading in enumerate(names, 1):
        widest = max([_width(heading), *(_width(plain(row[column - 1])) for row in table.rows)])
        sheet.column_dimensions[get_column_letter(column)].width = min(widest + 2, _WIDEST)
    _explain(book.create_sheet(_said(language, "说明", "about")), table, language, rests_on)
    output = io.BytesIO()
    book.save(output)
    return _timeless(output)


def _timeless(book: io.BytesIO) -> bytes:
    """A workbook without the time at which it was written, in its properties or as the times of its parts."""
    output = io.BytesIO()
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(output, "w") as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == _PROPERTIES:
                content = _TIME.sub(b"1980-01-01T00:00:00Z", content)
            target.writestr(zipfile.ZipInfo(part.filename), content, zipfile.ZIP_DEFLATED)
    return output.getvalue()


def _explain(sheet: Worksheet, table: Table, language: Language, rests_on: Provenance | None) -> None:
    question = table.question
    lines: list[tuple[str, Any]] = [
        (_said(language, "问题", "question"), getattr(question.title, language)),
        (_said(language, "说明", "what it says"), getattr(question.summary, language)),
        (_said(language, "编号", "id"), question.id),
        (_said(language, "行数", "rows"), len(table.rows)),
    ]
    for name, value in table.values.items():
        lines.append((getattr(question.parameters[name].label, language), value))
    lines += [(_said(language, "求和", "sums"), text) for text in _sums(table, language)]
    if rests_on:
        lines += [
            (_said(language, "数据版本", "release"), rests_on.version),
            (_said(language, "本版收录来源", "sources in the release"), rests_on.sources),
            (_said(language, "本版收录部门", "departments in the release"), rests_on.departments),
        ]
    for number, (label, value) in enumerate(lines, 1):
        _put(sheet, number, 1, label).font = Font(bold=True)
        _put(sheet, number, 2, value).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 16
    sheet.column_dimensions["B"].width = 100


def _sums(table: Table, language: Language) -> list[str]:
    """What a sum over the rows means, for tables that have money."""
    kinds = {column.kind for column in table.columns.values()}
    said = []
    if "counted" in table.columns:
        said.append(
            _said(
                language,
                "只对“计入合计”为 1 的行求和，每个项目恰好计一次。",
                "Sum only the rows whose “counted in the total” is 1: every project counts once.",
            )
        )
    if "money" in kinds:
        said.append(
            _said(
                language,
                "金额以元计，为预算数，不是支出；合计不跨年度和阶段，空格表示没有印出，不等于零。",
                "Amounts are in yuan and are budgets, not spending. Never sum over years or stages. "
                "An empty cell means that nothing is printed, which is not zero.",
            )
        )
    return said


def _put(sheet: Worksheet, row: int, column: int, value: Value) -> Cell:
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:32_767]
        cell.data_type = "s"
    else:
        cell.value = value
    if not isinstance(cell, Cell):  # merged cells alone are not
        raise TypeError(type(cell))
    return cell


def _said(language: Language, zh: str, en: str) -> str:
    return zh if language == "zh" else en


def _width(text: str) -> int:
    return sum(1 if char.isascii() else 2 for char in text)
