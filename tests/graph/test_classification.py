"""Printed classification codes and the editions of the code lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from fundtrace.graph.classification import Classifications, code_in
from fundtrace.graph.concepts import CodeLists, code_lists

BASE = "http://localhost:8000/"
NS = f"{BASE}ontology#"


@pytest.mark.parametrize(
    ("code", "year", "concept"),
    [
        ("208", 2025, "functional-2019-208"),
        ("2080101", 2019, "functional-2019-2080101"),
        ("30101", 2018, "economic-department-2018-30101"),
        ("501", 2025, "economic-government-2018-501"),
        ("2080101", 2018, None),
        ("208", None, None),
        ("2089898", 2025, None),
        ("10301", 2025, None),
    ],
)
def test_codes_are_concepts_of_the_edition_of_the_year(
    code: str, year: int | None, concept: str | None
) -> None:
    """A code stands for a concept from the first year of its edition on, if the edition has it."""
    found = Classifications(code_lists(BASE, NS)).concept(code, year)
    assert found == (f"{BASE}id/concept/{concept}" if concept else None)


def test_a_later_edition_takes_over_in_its_first_year(tmp_path: Path) -> None:
    """The latest edition that had begun is asked, and no earlier one beside it."""
    (tmp_path / "x.ttl").write_text(
        "@prefix c: <http://localhost:8000/id/concept/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        + "".join(
            f'c:{name} skos:prefLabel "甲"@zh .\n'
            for name in ("functional-2019", "functional-2019-208", "functional-2030", "functional-2030-209")
        ),
        encoding="utf-8",
    )
    classifications = Classifications(CodeLists.load(BASE, NS, tmp_path))
    assert classifications.concept("208", 2029) == f"{BASE}id/concept/functional-2019-208"
    assert classifications.concept("208", 2030) is None
    assert classifications.concept("209", 2031) == f"{BASE}id/concept/functional-2030-209"


@pytest.mark.parametrize(
    ("kind", "printed", "code"),
    [
        ("function", "208 01 01", "2080101"),
        ("function", "２０８", "208"),
        ("function", "合计", None),
        ("function", None, None),
        ("function", "20", None),
        ("procurement", "20801", None),
    ],
)
def test_only_codes_of_a_classification_are_looked_up(
    kind: str, printed: str | None, code: str | None
) -> None:
    """Words, short numbers, and the codes of other catalogues are no classification codes."""
    assert code_in(kind, printed) == code
