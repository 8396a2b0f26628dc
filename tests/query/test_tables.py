"""Tables as CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundtrace.query import Table, ask, load_questions
from fundtrace.query.tables import canonical, csv_bytes, json_bytes, plain


@pytest.fixture(scope="module")
def table(store: ox.Store) -> Table:
    """The projects under one document."""
    return ask(store, load_questions()["documents/projects-citing"], {"number": "冀财社〔2020〕172号"})


def _with_cell(table: Table, text: str) -> Table:
    row = list(table.rows[0])
    row[4] = text
    return Table(table.question, table.values, table.columns, (tuple(row),))


def test_csv_begins_with_a_mark_and_has_chinese_headings(table: Table) -> None:
    """A spreadsheet knows the encoding, and money is the canonical decimal."""
    written = csv_bytes(table)
    assert written.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert [line["预算数（元）"] for line in lines] == ["6760000", "6760000"]
    assert [line["计入合计"] for line in lines] == ["1", "1"]
    assert "counted in the total" in csv_bytes(table, "en").decode()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1"])
def test_csv_defuses_formulas(table: Table, text: str) -> None:
    """A text that a spreadsheet would evaluate gets an apostrophe."""
    line = next(
        csv.reader(io.StringIO(csv_bytes(_with_cell(table, text)).decode("utf-8-sig").partition("\r\n")[2]))
    )
    assert line[4] == f"'{text}"


def test_json_names_its_values(table: Table) -> None:
    """Decimals are strings, years and counts are numbers, what is missing is null."""
    loaded = json.loads(json_bytes(_with_cell(table, "a")))
    assert loaded["question"] == "documents/projects-citing"
    assert loaded["values"] == {"number": "冀财社〔2020〕172号"}
    assert loaded["rows"][0]["total"] == "6760000"
    assert loaded["rows"][0]["fiscalYear"] == 2021


def test_what_is_missing_is_an_empty_cell(table: Table) -> None:
    """None is written as nothing."""
    assert plain(None) == ""
    assert plain(2021) == "2021"
    assert plain("007") == "007"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_canonical_is_exact_and_shortest(number: Decimal) -> None:
    """The canonical text is the same number, without exponent and without trailing zeros."""
    text = canonical(number)
    assert Decimal(text) == number
    assert "E" not in text
    assert text == "0" or not ("." in text and text.endswith(("0", ".")))


@pytest.mark.parametrize(
    ("number", "text"), [("1E+3", "1000"), ("-0.00", "0"), ("12.30", "12.3"), ("0", "0")]
)
def test_canonical_forms(number: str, text: str) -> None:
    """Exponents, signed zeros and trailing zeros go."""
    assert canonical(Decimal(number)) == text
