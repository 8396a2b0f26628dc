"""From a document down to projects, money and indicators."""

from __future__ import annotations

from fundtrace.query.tracing import trace
from fundtrace.release import Release

BASE = "http://localhost:8000/id/document/"


def test_a_project_counts_once_in_its_strongest_role(sample_release: Release) -> None:
    """Eight citations by one project give its budget once."""
    found = trace(sample_release, f"{BASE}冀财社-2020-172", "冀财社〔2020〕172号")
    (project,) = found.projects
    assert (project.role, project.citations, project.total) == ("funds", 8, "6760000")
    assert set(project.places) == {"name", "purpose", "basis"}
    assert [(total.fiscal_year, total.stage, total.projects, total.total) for total in found.totals] == [
        ("2021", "budget", 1, "6760000")
    ]


def test_indicators_say_whether_the_document_is_their_basis(sample_release: Release) -> None:
    """Indicators stand in printed order, those based on the document marked."""
    found = trace(sample_release, f"{BASE}冀财社-2020-186", "")
    indicators = found.projects[0].indicators
    assert [indicator.level2 for indicator in indicators][:2] == ["数量指标", "质量指标"]
    assert all(indicator.based for indicator in indicators)
    assert indicators[0].target == "≥95百分比（%）"


def test_a_document_that_only_justifies_indicators_has_no_total(sample_release: Release) -> None:
    """Two departments of two counties cite it as basis; no money stands under it."""
    found = trace(sample_release, f"{BASE}冀价行费字-2000-40", "")
    assert found.totals == ()
    assert {(project.region, project.role) for project in found.projects} == {
        ("顺平县", "basis"),
        ("白沟新城", "basis"),
    }
    assert len({project.department for project in found.projects}) == 2
