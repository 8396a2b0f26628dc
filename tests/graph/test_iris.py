"""IRIs: what is printed decides, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.citations import DocumentNumber
from fundtrace.graph.iris import Iris
from fundtrace.graph.keys import hash8

IRIS = Iris("https://data.example.org/")


def test_kinds_and_keys() -> None:
    """An IRI is the base, id, the kind and the key."""
    assert IRIS.region("130636") == "https://data.example.org/id/region/130636"
    assert (
        IRIS.concept("target", "text_with_number")
        == "https://data.example.org/id/concept/target-text-with-number"
    )
    assert IRIS.agency("河北省财政厅") == "https://data.example.org/id/agency/河北省财政厅"
    assert IRIS.row("130636-323-2021", 9, 8) == "https://data.example.org/id/row/130636-323-2021-9-8"
    assert IRIS.part("goal", "x-2021", 1) == "https://data.example.org/id/goal/x-2021-1"
    assert IRIS.release("0123456789ab") == "https://data.example.org/id/release/0123456789ab"


@pytest.mark.parametrize(
    ("number", "scope", "key"),
    [
        (DocumentNumber("冀财社", 2020, "186"), "130636", "冀财社-2020-186"),
        (DocumentNumber("政办", 2019, "3"), "130529", "130529-政办-2019-3"),
        (DocumentNumber("政办", 2019, "3"), None, "政办-2019-3"),
        (DocumentNumber("国务院令", None, "711", "decree"), None, "国务院令-711"),
        (DocumentNumber("财政部公告", 2023, "8", "announcement"), None, "财政部公告-2023-8"),
    ],
)
def test_document_numbers(number: DocumentNumber, scope: str | None, key: str) -> None:
    """Issuer, year and serial are the key; a region stands before an issuer code that many places use."""
    assert Iris.number_key(number, scope) == key


def test_titles() -> None:
    """Laws by title, handed-down notices by region and year, other titles by hash."""
    title = "关于下达补助资金的通知"
    assert Iris.title_key("中华人民共和国预算法", law=True) == "中华人民共和国预算法"
    assert Iris.title_key(title, scope="130636", year=2021) == f"130636-2021-{hash8(title)}"
    assert Iris.title_key(title, scope="130636") == f"130636-undated-{hash8(title)}"
    assert Iris.title_key(title) == f"title-{hash8(title)}"


def test_departments_and_units() -> None:
    """A code behind its region; without one, a hash of the name behind the parent."""
    assert Iris.department_key("130636", "323", "甲局") == "130636-323"
    assert Iris.department_key("130636", None, "甲局") == f"130636-{hash8('甲局')}"
    assert Iris.department_key(None, "323", "甲局", "乙县") == f"name-{hash8('乙县', '甲局')}"
    assert Iris.department_key("130636", None, None) is None
    assert Iris.unit_key("130636", "130636-323", "323001", "甲局") == "130636-323001"
    assert Iris.unit_key(None, "name-0", "323001", "甲局") == "name-0-323001"
    assert Iris.unit_key("130636", None, None, "甲局") == f"130636-{hash8('甲局')}"
    assert Iris.unit_key(None, None, "1", "甲局") == f"name-{hash8('甲局')}"


def test_projects() -> None:
    """Twenty-one characters stand alone; any other code follows its region; a name follows its unit."""
    assert Iris.series_key("130636", "13063621KBZ5IOG4SDMWN", "x") == "13063621KBZ5IOG4SDMWN"
    assert Iris.series_key("130306", "323-1001-JBN-GPQK", "x") == "130306-323-1001-JBN-GPQK"
    assert Iris.series_key("622925-111001", None, "取暖费") == f"622925-111001-{hash8('取暖费')}"
    assert Iris.series_key("622925-111001", None, "取暖费", 2) == f"622925-111001-{hash8('取暖费')}-2"
    assert Iris.series_key(None, None, "取暖费") == f"name-{hash8('取暖费')}"
    assert Iris.series_key(None, "7", "取暖费") == f"name-{hash8('取暖费')}-7"


def test_years_and_stages() -> None:
    """The year follows; so does every stage but the budget."""
    assert Iris.dated_key("k", 2021, "budget") == "k-2021"
    assert Iris.dated_key("k", 2021, "draft") == "k-2021-draft"
    assert Iris.dated_key("k", None, "budget") == "k"


@given(st.text(max_size=300), st.integers(1, 9))
@settings(max_examples=100)
def test_part_keys_fit(stem: str, ordinal: int) -> None:
    """The key of a part of something with a long key is cut as well, and stays its own."""
    stem = Iris.title_key(stem or "x", law=True)
    first, second = IRIS.part("goal", stem, ordinal), IRIS.part("goal", stem, ordinal + 1)
    assert first != second
    assert len(first.removeprefix("https://data.example.org/id/goal/").encode()) <= 150


@given(st.text(max_size=50) | st.text("aä甲", min_size=90, max_size=160), st.integers(1, 9))
@settings(max_examples=100)
def test_many_parts_are_named_as_each(stem: str, count: int) -> None:
    """Parts that are minted together have the IRIs that they have alone."""
    suffixes = [*range(1, count + 1), "12345-12345"]
    assert IRIS.parts("goal", stem, suffixes) == [IRIS.part("goal", stem, suffix) for suffix in suffixes]
