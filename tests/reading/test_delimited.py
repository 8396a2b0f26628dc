"""Comma- and tab-separated files."""

from __future__ import annotations

import pytest

from fundtrace.errors import InputError
from fundtrace.reading import Limits


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_of_a_csv_is_found(separator, read_one, shape):
    """Commas, semicolons and tabs part cells."""
    text = "\n".join(separator.join(row) for row in (["甲", "乙"], ["1", "2"]))
    assert shape(read_one(text.encode(), "csv")) == [[["甲", "乙"], ["1", "2"]]]


def test_quoted_cells_may_hold_separators_and_lines(read_one):
    """A row's line is the one that it begins on."""
    (table,) = read_one('甲\t"一\n二"\n乙\t"丙\t""丁"""\n'.encode("gb18030"), "tsv").blocks
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["甲", "一\n二"], ["乙", '丙 "丁"']]
    assert [row.line for row in table.rows] == [1, 3]


def test_titles_and_blank_rows_part_tables(read_one, shape):
    """Rows with one cell above a table are paragraphs; empty rows end it."""
    text = "目标表,,\n,,单位：元\n甲,乙,\n1,2,\n,,\n丙,丁\n3,\n"
    assert shape(read_one(text.encode(), "csv")) == [
        "目标表",
        "单位：元",
        [["甲", "乙"], ["1", "2"]],
        [["丙", "丁"], ["3", ""]],
    ]


@pytest.mark.parametrize(("text", "code"), [("a," * 2000, "too-large"), ('"' + "a" * 200_000, "too-large")])
def test_oversized_rows_and_cells_are_refused(text, code, read_one):
    """Columns and the length of a cell are bounded."""
    with pytest.raises(InputError) as caught:
        read_one(text.encode(), "csv", limits=Limits())
    assert caught.value.code == code
