"""Frames and the data frames that they become."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import polars
import pytest

from fundtrace.api import Frame

FRAME = Frame(
    {"code": "text", "year": "integer", "total": "decimal", "direct": "boolean"},
    (("001", 2021, Decimal("0.1"), True), ("002", None, Decimal("0.2"), None), (None, 2022, None, False)),
)


def test_rows_are_dictionaries_and_columns_lists() -> None:
    """A frame can be read without any other library."""
    assert len(FRAME) == 3
    assert list(FRAME)[1] == {"code": "002", "year": None, "total": Decimal("0.2"), "direct": None}
    assert FRAME["year"] == [2021, None, 2022]
    with pytest.raises(KeyError, match="code, year"):
        FRAME["name"]


def test_polars_has_typed_columns_and_exact_sums() -> None:
    """Leading zeros stay, None stays None, and 0.1 + 0.2 is 0.3."""
    frame = FRAME.to_polars()
    assert frame.schema == {
        "code": polars.String,
        "year": polars.Int64,
        "total": polars.Decimal(38, 4),
        "direct": polars.Boolean,
    }
    assert frame["total"].sum() == Decimal("0.3")
    assert frame["code"].to_list() == ["001", "002", None]


def test_pandas_has_typed_columns_and_exact_sums() -> None:
    """Integers with gaps stay integers, and money stays exact."""
    frame = FRAME.to_pandas()
    assert [str(kind) for kind in frame.dtypes] == ["string", "Int64", "object", "boolean"]
    assert frame["total"].dropna().sum() == Decimal("0.3")
    assert frame["year"].isna().tolist() == [False, True, False]


def test_a_frame_without_rows_keeps_its_columns() -> None:
    """An empty answer has the same columns and types."""
    empty = Frame(FRAME.columns, ())
    assert empty.to_polars().schema == FRAME.to_polars().schema
    assert list(empty.to_pandas().columns) == list(FRAME.columns)


def test_a_missing_library_is_named_with_its_remedy() -> None:
    """Without polars, the error says what to install."""
    program = (
        "import sys; sys.modules['polars'] = None\n"
        "from fundtrace.api import Frame\n"
        "try: Frame({}, ()).to_polars()\n"
        "except Exception as error: print(error.code, error)"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert said.startswith("missing-library")
    assert "fundtrace[frames]" in said
