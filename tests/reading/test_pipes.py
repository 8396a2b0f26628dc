"""Rows of Markdown tables."""

from __future__ import annotations

import pytest

from fundtrace.reading.pipes import cells, is_row, is_rule


@pytest.mark.parametrize("line", ["|---|", "| :-- | :-: |", "---|---", "|-|--|"])
def test_rules_are_recognised(line):
    """A rule has dashes in every cell."""
    assert is_rule(line)


@pytest.mark.parametrize("line", ["| a | - |", "----", "甲|乙", "| | |"])
def test_other_lines_are_not_rules(line):
    """A cell of anything else makes a row."""
    assert not is_rule(line)


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("| 甲 | 乙 |", ["甲", "乙"]),
        ("| 甲 | |", ["甲", ""]),
        ("| | 甲 |", ["", "甲"]),
        ("甲 | 乙", ["甲", "乙"]),
        ("| 甲\\|乙 | <b>丙</b> |", ["甲|乙", "丙"]),
        ("| 甲 | 乙", ["甲", "乙"]),
    ],
)
def test_cells_stand_between_pipes(line, texts):
    """The outer pipes are the frame, an escaped pipe is print."""
    assert [cell.text for cell in cells(line, 4)] == texts
    assert {cell.line for cell in cells(line, 4)} == {4}


def test_a_row_needs_pipes_at_its_ends_or_several():
    """A pipe in a sentence makes no table."""
    assert is_row("| a |")
    assert is_row("| a | b | c")
    assert not is_row("a | b")
    assert not is_row("| a")
