"""The findings of five published documents. Each was looked up by eye in the files."""

from __future__ import annotations

import os
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from fundtrace.reading import read
from fundtrace.recognising import recognise
from fundtrace.records import Document

FOLDER = os.environ.get("FUNDTRACE_DOCUMENTS", "")
pytestmark = [
    pytest.mark.documents,
    pytest.mark.skipif(not FOLDER, reason="the published documents are not at hand"),
]
LAYOUT = {
    "contact-withheld",
    "missing-required-cell",
    "missing-target",
    "cell-unclaimed",
    "row-not-understood",
}


@cache
def _document(name: str) -> Document:
    (sheets,) = read(Path(FOLDER) / f"{name}.txt")
    return recognise(sheets)


def _found(name: str, code: str) -> list[tuple[int, int | None]]:
    found = [finding for finding in _document(name).findings if finding.code == code]
    return [(finding.line, finding.project) for finding in found]


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        (
            "shunping-2021",
            {"goals-repeated": 4, "cost-above-budget": 1},
        ),
        (
            "julu-2025",
            {
                "amounts-under-percent": 15,
                "plan-without-december": 5,
                "goals-repeated": 4,
                "description-differs": 1,
                "unit-cut-short": 1,
                "near-duplicate-numbers": 1,
            },
        ),
        (
            "baigou-2022",
            {
                "basis-repeats-indicator": 153,
                "template-text": 13,
                "target-without-number": 6,
                "target-malformed": 1,
                "goals-repeated": 6,
                "project-code-earlier-year": 3,
                "basis-number-differs": 1,
                "percentage-outside-range": 1,
                "plan-descends": 1,
            },
        ),
        (
            "hezheng-2024",
            {
                "goals-repeated": 7,
                "statement-parts-differ": 3,
                "projects-sum-differs": 2,
                "cost-above-budget": 1,
            },
        ),
        ("funing-2020", {"plan-without-december": 4}),
    ],
)
def test_what_is_found(name: str, counts: dict[str, int]) -> None:
    """So many findings of each code, and none of any other, what the layout could not read apart."""
    found = Counter(finding.code for finding in _document(name).findings if finding.code not in LAYOUT)
    assert found == counts


def test_known_contradictions() -> None:
    """Contradictions that are known to stand in the documents are found where they stand."""
    assert _found("shunping-2021", "cost-above-budget") == [(1123, 12)]
    assert _found("julu-2025", "description-differs") == [(600, 6)]
    assert _found("julu-2025", "unit-cut-short") == [(496, 1)]
    assert _found("julu-2025", "near-duplicate-numbers") == [(515, 2)]
    assert _found("baigou-2022", "percentage-outside-range") == [(3740, 36)]
    assert _found("baigou-2022", "basis-number-differs") == [(3000, 28)]
    assert _found("hezheng-2024", "statement-parts-differ") == [(302, None), (323, None), (325, None)]
    assert [project for _, project in _found("hezheng-2024", "goals-repeated")] == [5, 6, 7, 8, 9, 10, 11]


def test_severities() -> None:
    """Nothing is an error, and no contradiction is claimed of sums in any of the five but one statement's units."""
    sums = {"budget-parts-differ", "table-total-differs", "table-sides-differ", "income-expenditure-differ"}
    for path in sorted(Path(FOLDER).glob("*.txt")):
        found = _document(path.stem).findings
        assert not [finding for finding in found if finding.severity == "error" or finding.code in sums]
