"""What was exported comes back: tables of spreadsheets can be joined with the release, and with one another, by IRI and by code."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal

import openpyxl
import pytest

from fundtrace.query.tables import csv_bytes
from fundtrace.release import Release, export_table
from fundtrace_server.bulk import as_table, resolve_lines

Row = dict[str, str]
PROJECT, CODE, DOCUMENT, NUMBER, MONEY = "项目", "项目编码", "文件", "文号", "预算数（元）"


def _csv(data: bytes) -> list[Row]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def _exported(release: Release, table: str, form: str) -> list[Row]:
    """The rows as a person finds them in a file: text in CSV, typed cells in Excel, here written as text again."""
    output = io.BytesIO()
    export_table(release, table, form, output)
    if form == "csv":
        return _csv(output.getvalue())
    sheet = openpyxl.load_workbook(io.BytesIO(output.getvalue())).worksheets[0]
    heading, *rows = sheet.iter_rows(values_only=True)
    return [
        {str(name): "" if cell is None else str(cell) for name, cell in zip(heading, row, strict=True)}
        for row in rows
    ]


def _entities(release: Release, cls: str, code: str) -> dict[str, str | None]:
    """IRIs with the code of each, from the index."""
    rows = release.index.run(f'SELECT key, {code} FROM "{cls}"', {}).rows
    return {f"{release.base}id/{key}": value for key, value in rows}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_row_of_an_export_names_what_the_release_has(sample_release: Release, form: str) -> None:
    """IRIs and codes are those of the release, none is missing and none is changed on the way; so is money to the last place."""
    told = _entities(sample_release, "Project", "code")
    projects = _exported(sample_release, "projects", form)
    assert {row[PROJECT]: row[CODE] or None for row in projects} == told
    documents = _exported(sample_release, "documents", form)
    assert {row[DOCUMENT]: row[NUMBER] or None for row in documents} == _entities(
        sample_release, "FundingDocument", "number"
    )
    money = {row[PROJECT]: row[MONEY] for row in projects}
    links = _exported(sample_release, "projects-and-documents", form)
    for row in links:
        # Two tables of one export, joined by IRI, and by code where there is one.
        assert told[row[PROJECT]] == (row[CODE] or None)
        assert Decimal(row[MONEY] or 0) == Decimal(money[row[PROJECT]] or 0)
    assert {row[DOCUMENT] for row in links if row[DOCUMENT]} <= {row[DOCUMENT] for row in documents}


def test_a_column_of_numbers_or_codes_leads_back_to_the_same_iris(sample_release: Release) -> None:
    """Pasted into the box for lists, an exported column names what its rows name, and the file of that joins by IRI."""
    for table, column, iri in (("documents", NUMBER, DOCUMENT), ("projects", CODE, PROJECT)):
        rows = [row for row in _exported(sample_release, table, "csv") if row[column]]
        lines = resolve_lines(sample_release.index, [row[column] for row in rows], "zh")
        answered = dict(_joined(_csv(csv_bytes(as_table(lines, sample_release.base), "zh"))))
        assert len(rows) > 10
        for row in rows:
            assert row[iri] in answered[row[column]], row


def _joined(rows: list[Row]) -> Iterator[tuple[str, set[str]]]:
    named: dict[str, set[str]] = {}
    for row in rows:
        values = list(row.values())
        named.setdefault(values[1], set()).add(values[-1])
    yield from named.items()
