"""Regions: from codes, else from names that mean one place only."""

from __future__ import annotations

import pytest

from fundtrace.recognising.regions import code_of, region, year_of


def test_the_code_of_a_project_begins_with_its_region_and_year() -> None:
    """Only a code of 21 characters carries them."""
    assert code_of("13063621KBZ5IOG4SDMWN") == "130636"
    assert year_of("13063621KBZ5IOG4SDMWN") == 2021
    assert code_of("323-1001-JBN-GPQK") is None
    assert year_of("323-1001-JBN-GPQK") is None


def test_most_codes_decide() -> None:
    """A single code of another county does not move the document; codes are never inferred."""
    codes = ["13063621KBZ5IOG4SDMWN", "13063621KBZ5IOG4SDMWP", "13052921KBZ5IOG4SDMWN", None, "323-1"]
    found = region(codes, ["和政县某局"])
    assert found is not None
    assert (found.code, found.name, found.inferred) == ("130636", "顺平县", False)


def test_a_code_of_local_use_has_its_local_name() -> None:
    """130605 is no code of the standard, but budget documents use it."""
    found = region(["13060522P004064100019"], [])
    assert found is not None
    assert found.name == "白沟新城"


def test_a_code_that_no_list_has_takes_the_printed_name() -> None:
    """The name is what the department's name begins with, else absent."""
    found = region(["99990122P004064100019"], ["石桥县水务局"])
    assert found is not None
    assert (found.code, found.name) == ("999901", "石桥县")
    bare = region(["99990122P004064100019"], [])
    assert bare is not None
    assert bare.name is None


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["和政县人力资源和社会保障局"], "622925"),
        (["秦皇岛市抚宁区就业服务中心", "抚宁区社保处"], "130306"),
        (["河北省财政厅"], "130000"),
        (["舟山市普陀区商务局"], "330903"),
        (["普陀区商务局", "上海市财政局"], "310107"),
        (["普陀区商务局"], None),
        (["财政局"], None),
        ([], None),
        (["和政县水务局", "顺平县水务局"], None),
    ],
)
def test_a_name_gives_a_region_only_where_it_is_unique(names: list[str], code: str | None) -> None:
    """A name that several places have needs the province or city that the same names print; a draw gives none."""
    found = region([], names)
    assert (found.code if found else None) == code
    assert found is None or found.inferred
