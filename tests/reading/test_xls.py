"""Old Excel workbooks."""

from __future__ import annotations

import pytest

from fundtrace.errors import InputError
from fundtrace.reading import read


def test_an_old_workbook_is_read_like_a_new_one(data_folder, shape):
    """Number formats, dates, merged ranges, titles and notes are as in xlsx; hidden sheets are not read."""
    (sheets,) = read(data_folder / "plan.xls")
    assert sheets.pages == 1
    assert shape(sheets) == [
        "项目支出绩效目标表",
        "单位：元",
        [
            ["项目名称", "水井维护经费", None, None],
            ["预算数", "101,000.00", "进度", "25.00%"],
            ["产出指标", "数量指标", "水井数", "12"],
            [None, "时效指标", "完成日期", "2023年3月15日"],
        ],
        "注：数据截至年底",
    ]


def test_booleans_and_errors_are_shown(data_folder, read_one, shape):
    """A cell of another kind prints its word."""
    data = (data_folder / "kinds.xls").read_bytes()
    assert shape(read_one(data, "xls")) == [[["真", "TRUE", "FALSE"], ["错", "#DIV/0!", "#N/A"]]]


@pytest.mark.parametrize("end", [600, 1500, 3000])
def test_a_cut_workbook_is_damaged(end, data_folder, read_one):
    """What is missing is said, not guessed."""
    with pytest.raises(InputError) as caught:
        read_one((data_folder / "plan.xls").read_bytes()[:end], "xls")
    assert caught.value.code == "damaged-xls"


def test_an_encrypted_workbook_is_told(read_one):
    """The FILEPASS record of BIFF8 says that a password is needed."""
    bof = bytes.fromhex("0908100000060500bb0dcc0700000000 06000000")
    filepass = bytes.fromhex("2f0036000100010001000000") + bytes(46)
    with pytest.raises(InputError) as caught:
        read_one(bof + filepass + bytes.fromhex("0a000000"), "xls")
    assert caught.value.code == "encrypted-file"
