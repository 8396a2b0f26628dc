"""What was read from a document, for its page."""

from __future__ import annotations

from fundtrace_server.views.inspected import SHOWN, UnclaimedRow, view_inspected


def test_cells_that_were_not_understood_are_listed_by_row() -> None:
    """Cells of one row stand together, in the order of the document; long lists are cut, and findings begin with the worst."""
    cells = [{"table": 2, "row": 1, "cell": at, "line": 9} for at in (3, 1)]
    cells += [{"table": 1, "row": row, "cell": 1, "line": row} for row in range(SHOWN)]
    findings = [{"severity": "info"}, {"severity": "error"}]
    view = view_inspected(
        {
            "projects": [],
            "statements": [],
            "citations": [],
            "budget_tables": [],
            "findings": findings,
            "coverage": {"unclaimed": cells[:2]},
        }
    )
    assert view.unclaimed == (UnclaimedRow(2, 1, 9, (1, 3)),)
    assert view.findings[0]["severity"] == "error"
    assert view.severities == (("error", 1), ("info", 1))
    many = {**view.document, "coverage": {"unclaimed": cells}}
    assert len(view_inspected(many).unclaimed) == SHOWN
