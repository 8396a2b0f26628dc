"""What a spreadsheet prints for a number."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.reading.number_formats import BUILT_IN, show


@pytest.mark.parametrize(
    ("value", "code", "printed"),
    [
        (101000, "General", "101000"),
        (0.1 + 0.2, "General", "0.3"),
        (1e20, "General", "100000000000000000000"),
        (0.00001234, "General", "0.00001234"),
        (12.5, "G/通用格式", "12.5"),
        (12.5, "@", "12.5"),
        (101000, "0.00", "101000.00"),
        (101000, "#,##0.00", "101,000.00"),
        (1234567, '#,##0"元"', "1,234,567元"),
        (0.25, "0.00%", "25.00%"),
        (0.955, "0%", "96%"),
        (0.5, "#.##", ".5"),
        (12, "#.##", "12"),
        (3.14159, "0.0##", "3.142"),
        (7, "000", "007"),
        (7, "0000,000", "0,000,007"),
        (1234567, "000-0000", "123-4567"),
        (1234, "[$¥-804]#,##0.00", "¥1,234.00"),
        (-1234, '#,##0;[Red]"（"#,##0"）"', "（1,234）"),
        (-5, "0.0", "-5.0"),
        (0, '0;-0;"—"', "—"),
        (0, "0;-0;", "0"),
        (12345678, '0.00,,"百万"', "12.35百万"),
        (123456, '0!.0,"万"', "12.3万"),
        (5, "_ * #,##0.00_ ", "5.00"),
        (5, "≥0", "≥5"),
        (0.5, "# ?/?", "0.5"),
        (12000, "0.00E+00", "12000"),
        (5, '"已审"', "已审"),
        (5, "", "5"),
        (45000, "yyyy/m/d", "2023/3/15"),
        (45000, 'yyyy"年"m"月"d"日"', "2023年3月15日"),
        (45000.5, "yyyy-mm-dd hh:mm:ss", "2023-03-15 12:00:00"),
        (45000.75, "h:mm AM/PM", "6:00 PM"),
        (45000.25, "h AM/PM", "6 AM"),
        (45000, "[$-804]yy.mmm.ddd", "23.Mar.Wed"),
        (0.5, "[h]:mm", "12:00"),
        (0.0007, "mm:ss", "01:00"),
        (1, "yyyy-m-d", "1900-1-1"),
        (1e12, "yyyy-m-d", "1000000000000"),
        (float("nan"), "0.0", "0.0"),
        (1e300, "0.00", "1" + "0" * 300),
    ],
)
def test_numbers_are_printed_as_their_format_says(value, code, printed):
    """Sections, thousands, percent, scaling, literals, dates and times."""
    assert show(value, code) == printed


def test_days_may_be_counted_from_1904():
    """Workbooks of old Macs count from another day."""
    assert show(0, "yyyy-m-d", from_1904=True) == "1904-1-1"


@given(
    st.floats(-1e15, 1e15),
    st.one_of(
        st.sampled_from(sorted(BUILT_IN.values())), st.text('0#?.,%;E+-/"\\_*[]hmsdy@ 元', max_size=20)
    ),
)
@settings(max_examples=200, deadline=None)
def test_no_format_fails(value, code):
    """Any code prints something or nothing, and never fails."""
    assert isinstance(show(value, code), str)
