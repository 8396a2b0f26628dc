"""What was pasted or uploaded, as lines."""

from __future__ import annotations

import pytest

from fundtrace_server.lines import LONGEST, MOST, csv_lines, decode_table, text_lines
from fundtrace_server.problems import Problem


def test_lines_are_trimmed_and_empty_ones_left_out() -> None:
    """Blanks of any kind fold; a very long line is cut."""
    assert text_lines("\n 冀财社\u3000[2020]186 \r\n\n  x\n") == ["冀财社 [2020]186", "x"]
    assert len(text_lines("长" * 2000)[0]) == LONGEST


def test_of_a_table_the_column_with_numbers_is_taken() -> None:
    """In CSV and in what spreadsheets put on the clipboard; without any number the first column."""
    assert csv_lines("序号,文号\n1,冀财社[2020]186\n2,冀财社〔2020〕172号\n") == [
        "文号",
        "冀财社[2020]186",
        "冀财社〔2020〕172号",
    ]
    assert text_lines("1\t冀财社[2020]186\n2\t冀财社[2020]172") == ["冀财社[2020]186", "冀财社[2020]172"]
    assert csv_lines("甲,乙\n丙,丁\n") == ["甲", "丙"]
    assert csv_lines("") == []


def test_files_of_spreadsheets_are_decoded() -> None:
    """UTF-8 with a mark, and GB 18030 as Excel writes it; other bytes are refused."""
    assert decode_table("冀财社".encode("utf-8-sig")) == "冀财社"
    assert decode_table("冀财社".encode("gb18030")) == "冀财社"
    with pytest.raises(Problem, match="not-text"):
        decode_table(b"\xff\xff\xff")


def test_too_much_is_refused_with_its_size() -> None:
    """A line more than the bound, and a CSV field without end."""
    assert len(text_lines("x\n" * MOST)) == MOST
    with pytest.raises(Problem, match="too-many-lines") as refused:
        text_lines("x\n" * (MOST + 1))
    assert refused.value.status == 413
    with pytest.raises(Problem, match="bad-csv"):
        csv_lines('"' + "x" * 200_000)
