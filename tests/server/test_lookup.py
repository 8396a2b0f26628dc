"""Numbers, titles and codes looked up many at a time, with the money under each."""

from __future__ import annotations

from decimal import Decimal

from fundtrace.citations import parse_number
from fundtrace_server.lookup import coded, documents, money_under, near, titled


def test_documents_are_found_by_number_and_by_title(release) -> None:
    """A number that two places use finds both; what nobody knows finds nothing."""
    found = documents(release.index, ["冀财社〔2020〕186号", "政办〔2019〕3号", "没有〔2020〕1号"], "zh")
    assert {number: len(members) for number, members in found.items()} == {
        "冀财社〔2020〕186号": 1,
        "政办〔2019〕3号": 2,
    }
    assert found["冀财社〔2020〕186号"][0].path == "/page/document/冀财社-2020-186"
    assert (
        titled(release.index, ["劳动争议仲裁法"], "zh")["劳动争议仲裁法"][0].class_name == "FundingDocument"
    )
    assert (
        coded(release.index, ["13063621KBZ5IOG4SDMWN"], "zh")["13063621KBZ5IOG4SDMWN"][0].class_name
        == "Project"
    )


def test_money_names_its_year_and_stage(release) -> None:
    """The sum is over distinct projects funded under the document; a document that funds none has none."""
    index = release.index
    found = documents(index, ["冀财社〔2020〕186号", "冀价行费字〔2000〕40号"], "zh")
    funds, basis = (found[number][0].n for number in ("冀财社〔2020〕186号", "冀价行费字〔2000〕40号"))
    money = money_under(index, [funds, basis])
    first = money[funds][0]
    assert (first.base.year, first.base.stage) == ("2021", "stage-budget")
    assert (first.projects, first.shared, first.yuan) == (2, 1, Decimal(6_980_000))
    assert basis not in money


def test_near_numbers_are_of_one_issuer_or_one_serial(release) -> None:
    """The nearest serial first; of other issuers those of the very serial; a number without a year has none."""
    number = parse_number("冀财社[2020]180")
    assert number is not None
    assert [one.label for one in near(release.index, number, "zh")] == [
        "冀财社〔2020〕186号",
        "冀财社〔2020〕172号",
    ]
    other = parse_number("冀财教[2020]186")
    assert other is not None
    assert [one.label for one in near(release.index, other, "zh")] == ["冀财社〔2020〕186号"]
    decree = parse_number("国务院令第711号")
    assert decree is not None
    assert near(release.index, decree, "zh") == []
