"""The published documents that the readers were made for; they are not part of this repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fundtrace.reading import Sheets, Table, read

_FOLDER = os.environ.get("FUNDTRACE_DOCUMENTS")
pytestmark = [
    pytest.mark.documents,
    pytest.mark.skipif(not _FOLDER, reason="FUNDTRACE_DOCUMENTS is not set"),
]


def _read(name: str) -> tuple[Sheets, list[Table]]:
    (sheets,) = read(Path(_FOLDER or "") / name)
    return sheets, [block for block in sheets.blocks if isinstance(block, Table)]


@pytest.mark.parametrize(
    ("name", "tables"),
    [
        ("shunping-2021.txt", 17),
        ("baigou-2022.txt", 40),
        ("funing-2020.txt", 11),
        ("hezheng-2024.txt", 15),
        ("julu-2025.txt", 49),
    ],
)
def test_every_table_is_found(name, tables):
    """As many tables as are printed."""
    assert len(_read(name)[1]) == tables


def test_rows_and_lines_are_those_of_the_file():
    """The indicator at line 757 is row 8 of table 9, under the project of line 713."""
    sheets, tables = _read("shunping-2021.txt")
    row = tables[8].rows[7]
    assert (tables[8].number, row.number, row.line, len(row.cells)) == (9, 8, 757, 6)
    assert any(
        block.line == 713 and block.text.startswith("9.冀财社【2020】186号") for block in sheets.blocks
    )


@pytest.mark.parametrize("name", ["shunping-2021.txt", "baigou-2022.txt"])
def test_split_rows_are_whole(name):
    """Every row below the header of indicators has its six cells."""
    for table in _read(name)[1]:
        assert {len(row.cells) for row in table.rows[6:]} == {6}


@pytest.mark.parametrize(
    ("name", "widths"),
    [
        ("putuo-commerce-2025.pdf", [4, 9, 9, 7, 7, 7, 7, 7, 7, 7, 6, 6, 7]),
        ("putuo-planning-2024-final.pdf", [3, 4, 9, 9, 8, 8, 7, 7, 5, 5, 6, 12, 8, 8]),
    ],
)
def test_drawn_tables_of_pdfs_have_their_columns(name, widths):
    """Each page's table has as many columns as are drawn, on every row."""
    tables = _read(f"pdf/{name}")[1]
    assert [len(table.rows[0].cells) for table in tables] == widths
    assert all(len({len(row.cells) for row in table.rows}) == 1 for table in tables)


def test_totals_of_a_pdf_are_in_their_cells():
    """A merged label and its figures stand where they are printed."""
    last = _read("pdf/putuo-commerce-2025.pdf")[1][2].rows[-1]
    assert [cell.text for cell in last.cells if not cell.merged] == [
        "合计",
        "371,514,655.00",
        "371,514,655.00",
        "",
        "",
        "",
    ]
    assert (last.page, sum(cell.merged for cell in last.cells)) == (11, 3)
