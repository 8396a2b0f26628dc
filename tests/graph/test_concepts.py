"""Code lists: every concept that a record can name is there, with labels in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest

from fundtrace.graph.categories import Categories
from fundtrace.graph.concepts import CodeLists, code_lists
from fundtrace.graph.money import LINE_LABELS
from fundtrace.records import CitationRole, Indicator, Place
from fundtrace.records.citation import DocumentKind
from fundtrace.records.document import Severity, Stage
from fundtrace.records.project import BasisCategory, Project, Schedule, TargetKind

BASE = "http://localhost:8000/"
NS = f"{BASE}ontology#"


def _literals(annotation: Any) -> tuple[str, ...]:
    return tuple(value for part in get_args(annotation) for value in get_args(part))


@pytest.mark.parametrize(
    ("scheme", "codes"),
    [
        ("stage", get_args(Stage)),
        ("severity", get_args(Severity)),
        ("role", get_args(CitationRole)),
        ("place", get_args(Place)),
        ("document", get_args(DocumentKind)),
        ("target", get_args(TargetKind)),
        ("basis", get_args(BasisCategory)),
        ("budget-line", tuple(LINE_LABELS)),
        ("fund-level", _literals(Project.model_fields["fund_level"].annotation)),
        ("schedule", _literals(Schedule.model_fields["kind"].annotation)),
        ("agency-level", ("central", "provincial", "city", "county")),
    ],
)
def test_every_code_of_the_records_is_a_concept(scheme: str, codes: tuple[str, ...]) -> None:
    """The code lists have each value, labelled in Chinese and English."""
    lists = code_lists(BASE, NS)
    assert codes
    for code in codes:
        concept = lists.concepts[f"{BASE}id/concept/{scheme}-{code.replace('_', '-')}"]
        labels = [line for line in concept.lines if "rdf-schema#label" in line]
        assert any(line.endswith("@zh .") for line in labels), code
        assert any(line.endswith("@en .") for line in labels), code


def test_used_concepts_bring_what_they_name() -> None:
    """A concept comes with its scheme, its broader concept and its theme, and without the others."""
    lists = code_lists(BASE, NS)
    subjects = {line.split(" ")[0] for line in lists.used([f"{BASE}id/concept/indicator-2015-quantity"])}
    expected = ["indicator-2015", "indicator-2015-output", "indicator-2015-quantity", "indicator-theme"]
    expected += ["indicator-theme-output", "indicator-theme-quantity"]
    assert subjects == {f"<{BASE}id/concept/{code}>" for code in expected}
    assert list(lists.used([f"{BASE}id/concept/none"])) == []


def test_files_are_read_under_another_base_and_namespace(tmp_path: Path) -> None:
    """The repository's own IRIs are replaced; blank nodes and other subjects are left out."""
    (tmp_path / "x.ttl").write_text(
        "@prefix c: <http://localhost:8000/id/concept/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        'c:x-a a <http://localhost:8000/ontology#Thing> ; skos:prefLabel "甲"@zh, "plain" . [] skos:note "n" .',
        encoding="utf-8",
    )
    lists = CodeLists.load("https://d.example/", "https://v.example/#", tmp_path)
    (concept,) = lists.concepts.values()
    assert concept.iri == "https://d.example/id/concept/x-a"
    assert any("https://v.example/#Thing" in line for line in concept.lines)


@pytest.mark.parametrize(
    ("levels", "first"),
    [
        ([("产出指标", "数量指标")], "indicator-2015-quantity"),
        ([("产出指标", "数量指标"), ("成本指标", "经济成本")], "indicator-2021-quantity"),
        ([("产出 指标", None)], "indicator-2015-output"),
        ([("产出指标（50分）", "数量指标（15）")], "indicator-2015-quantity"),
        ([("产出指标", "奇怪指标"), ("履职效果", None), ("成本指标", None)], "indicator-2015-output"),
        ([(None, "数量")], "indicator-2015-quantity"),
        ([("产出", "时效"), ("成本", "经济成本")], "indicator-2021-timeliness"),
        ([("奇怪", None)], None),
        ([(None, None)], None),
    ],
)
def test_categories_follow_the_edition(
    make: Any, levels: list[tuple[str | None, str | None]], first: str | None
) -> None:
    """The first levels printed beside it decide the edition; the second level decides the category, else the first."""
    indicators = [
        Indicator.model_validate(make.indicator(level1=level1, level2=level2)) for level1, level2 in levels
    ]
    found = (
        Categories(code_lists(BASE, NS))
        .edition(indicators)
        .category(indicators[0].level1, indicators[0].level2)
    )
    assert found == (f"{BASE}id/concept/{first}" if first else None)
