"""What readers begin with."""

from __future__ import annotations

from fundtrace.pipeline.rehearsing import REHEARSED


def test_the_usual_document_is_read() -> None:
    """It asks for what most documents ask for: a number, an issuer, amounts, targets and a unit."""
    (project,) = REHEARSED.documents[0].projects
    assert [citation.number for citation in project.citations][:1] == ["冀财社〔2025〕1号"]
    assert [indicator.target.comparator for indicator in project.indicators] == [">=", ">="]
    assert project.budget.total is not None
