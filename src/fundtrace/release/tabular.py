"""A release as tables for people: the questions of `queries/export/` as CSV and Excel, equal releases giving equal bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, Final

from fundtrace.errors import UsageError
from fundtrace.query.asking import Table, ask
from fundtrace.query.describing import provenance
from fundtrace.query.questions import catalogue
from fundtrace.query.tables import csv_bytes
from fundtrace.release.opening import Release

FOLDER: Final = "export/"
"""Where the questions are whose whole answers are the tables of a release."""

MOST_ROWS: Final = 1_048_575
"""Rows of an Excel sheet below its heading."""


def tables() -> dict[str, str]:
    """The tables of a whole release, by name, with their Chinese titles; what asks for a value is a saved question."""
    return {
        name.removeprefix(FOLDER): question.title.zh
        for name, question in catalogue().items()
        if name.startswith(FOLDER) and question.answers_at_once
    }


def export_table(release: Release, name: str, form: str, output: BinaryIO) -> None:
    """Writes a table of a release as `csv` or `xlsx`, with Chinese headings and codes as text.

    Raises `UsageError`: `unknown-table`, `unknown-format`, or `too-many-rows` for what no Excel sheet can hold.
    """
    if name not in tables():
        raise UsageError(
            "unknown-table",
            f"没有名为 {name} 的表；可选：{'、'.join(tables())}",
            f"there is no table {name}; choose one of: {', '.join(tables())}",
        )
    if form not in TABLE_FORMATS:
        raise UsageError(
            "unknown-format",
            f"表没有 {form} 格式；可选：{'、'.join(TABLE_FORMATS)}",
            f"a table has no format {form}; choose one of: {', '.join(TABLE_FORMATS)}",
        )
    output.write(TABLE_FORMATS[form](release, ask(release, catalogue()[FOLDER + name])))


def _excel(release: Release, table: Table) -> bytes:
    if len(table.rows) > MOST_ROWS:
        raise UsageError(
            "too-many-rows",
            f"共 {len(table.rows)} 行，Excel 一张表最多 {MOST_ROWS} 行；请用 --format csv",
            f"there are {len(table.rows)} rows and an Excel sheet holds {MOST_ROWS}; use --format csv",
        )
    # Only who wants an Excel file waits for its library.
    from fundtrace.query.workbooks import xlsx_bytes

    return xlsx_bytes(table, "zh", provenance(release))


TABLE_FORMATS: Final[dict[str, Callable[[Release, Table], bytes]]] = {
    "csv": lambda _, table: csv_bytes(table),
    "xlsx": _excel,
}
"""The forms of a table, by their names on the command line."""
