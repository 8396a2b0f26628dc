"""Codes and years of projects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fundtrace.recognising.rules.codes import (
    fiscal_year_differs,
    project_code_earlier_year,
    project_code_malformed,
    project_code_other_region,
    project_code_repeated,
)
from fundtrace.records import Finding

Make = Callable[..., Any]

CODE = "13063624P00001110001A"


def _projects(found: list[Finding]) -> list[tuple[int | None, str]]:
    return [(finding.project, finding.severity) for finding in found]


def test_codes_that_nearly_are_codes(project: Make, evidence: Make) -> None:
    """A character more, less or strange is found; codes of another make are not, nor ones with spaces."""
    codes = [
        CODE,
        CODE[:-1],
        f"{CODE}1",
        CODE.lower(),
        "323-1001-JBN-GPQK",
        "13063624 P00001110001A",
        None,
        CODE[:17],
    ]
    made = evidence(*(project(code=code, rows=[["项目编码", code or ""]]) for code in codes))
    found = list(project_code_malformed(made))
    assert _projects(found) == [(1, "warning"), (2, "warning"), (3, "warning"), (7, "warning")]
    assert "20 位" in found[0].message.zh
    assert list(project_code_malformed(evidence(project(code=CODE[:17])))) == []


def test_codes_printed_twice(project: Make, evidence: Make) -> None:
    """One code with two names or budgets is found; a project printed twice is not."""
    made = [
        project("修桥", code=CODE, total="1"),
        project("修 桥", code=CODE, total="1"),
        project("修桥", code=CODE, total="2"),
        project("修路", code=CODE, total="1"),
        project("修渠"),
    ]
    assert _projects(list(project_code_repeated(evidence(*made)))) == [(2, "warning"), (3, "warning")]


def test_codes_of_another_region(project: Make, evidence: Make) -> None:
    """The region of most codes is the usual one; without a majority nothing is told."""
    own, other = project(code=CODE), project(code=f"130600{CODE[6:]}")
    assert _projects(list(project_code_other_region(evidence(own, own, other, project())))) == [(2, "info")]
    assert list(project_code_other_region(evidence(own, other))) == []
    assert list(project_code_other_region(evidence(own, own, other, other))) == []
    assert list(project_code_other_region(evidence(project()))) == []


def test_codes_of_earlier_years(project: Make, evidence: Make) -> None:
    """A code of an earlier year is told; of this year, of none, or in a document of no year it is not."""
    old, new = project(code=f"13063622{CODE[8:]}"), project(code=CODE)
    assert _projects(list(project_code_earlier_year(evidence(new, old, new, project())))) == [(1, "info")]
    assert list(project_code_earlier_year(evidence(old, fiscal_year=None))) == []
    assert list(fiscal_year_differs(evidence(new, old, new))) == []


def test_a_heading_of_another_year(project: Make, evidence: Make) -> None:
    """Where most codes are of another year than the heading, that is told once, for the document."""
    old, new = project(code=f"13063622{CODE[8:]}", line=7), project(code=CODE)
    made = evidence(new, old, old)
    (found,) = fiscal_year_differs(made)
    assert (found.project, found.line, found.severity) == (None, 7, "info")
    assert list(project_code_earlier_year(made)) == []
    assert list(fiscal_year_differs(evidence(new, old))) == []
    assert list(fiscal_year_differs(evidence(new, old, old, fiscal_year=None))) == []
