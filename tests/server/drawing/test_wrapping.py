"""Lines of text in pictures."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace_server.drawing.wrapping import width, wrap


@pytest.mark.parametrize(
    ("text", "room", "lines", "expected"),
    [
        ("就业补助资金", 10, 2, ("就业补助资金",)),
        ("就业补助资金", 3, 2, ("就业补", "助资金")),
        ("就业补助资金", 3, 1, ("就业…",)),
        ("冀财社〔2020〕186号", 7, 2, ("冀财社", "〔2020〕186号")),
        ("2021年省级就业", 3.0, 3, ("2021", "年省级", "就业")),
        ("a  b\n c", 10, 1, ("a b c",)),
        ("", 5, 2, ()),
        ("123456789", 2, 3, ("123", "456", "789")),
    ],
)
def test_lines_break_where_a_reader_would(
    text: str, room: float, lines: int, expected: tuple[str, ...]
) -> None:
    """Not inside a number or beside a bracket's inside, unless there is no other way."""
    assert wrap(text, room, lines) == expected


@settings(max_examples=200)
@given(st.text(max_size=60), st.integers(2, 20), st.integers(1, 4))
def test_lines_keep_within_their_room(text: str, room: int, lines: int) -> None:
    """Never more lines than asked, nor wider ones; what fits is kept whole."""
    found = wrap(text, room, lines)
    assert len(found) <= lines
    assert all(width(line) <= room for line in found)
    if width(" ".join(text.split())) <= room:
        assert " ".join(found) == " ".join(text.split())
