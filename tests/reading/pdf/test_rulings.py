"""Tables from lines."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.reading.pdf.rulings import frames
from fundtrace.reading.pdf.signs import PageSigns, Ruling

_RULING = st.builds(
    lambda at, start, length: Ruling(at, start, start + length),
    st.integers(0, 60),
    st.integers(0, 60),
    st.integers(1, 60),
)


@given(st.lists(_RULING, max_size=14), st.lists(_RULING, max_size=14))
@settings(max_examples=200, deadline=None)
def test_fields_of_a_frame_cover_it_without_overlap(across, down):
    """Whatever lines there are, each place belongs to one rectangle."""
    page = PageSigns(1, 100, 100, across=across, down=down)
    for frame in frames(page):
        places = [
            (row, column)
            for field in frame.fields
            for row in range(field.row, field.row + field.down)
            for column in range(field.column, field.column + field.across)
        ]
        assert sorted(places) == [
            (row, column) for row in range(len(frame.ys) - 1) for column in range(len(frame.xs) - 1)
        ]
        for number, field in enumerate(frame.fields):
            middle = ((field.box.left + field.box.right) / 2, (field.box.top + field.box.bottom) / 2)
            assert frame.field_at(*middle) == number or field.across * field.down > 1
        assert frame.field_at(-5, -5) is None


def test_a_page_without_lines_has_no_tables():
    """Nothing is found where nothing is drawn."""
    assert frames(PageSigns(1, 100, 100)) == []
