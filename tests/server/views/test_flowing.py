"""The flow picture of a document, made from its view."""

from __future__ import annotations

from decimal import Decimal

from fundtrace_server.messages import Messages
from fundtrace_server.views.document import CitingProject, DocumentView, Group
from fundtrace_server.views.flowing import DRAWN, document_flow
from fundtrace_server.views.linking import Base, Link, totals


def _view(projects: list[CitingProject]) -> DocumentView:
    funds = Group("funds", tuple(projects), totals((one.base, one.total) for one in projects), 0)
    return DocumentView(
        iri="http://localhost:8000/id/document/x", label="某文件", number=None, kind=None, issuer=None, agency=None,
        scope=None, titles=(), written_forms=(), printed_issuers=(), groups=(funds,), cut=False, narrative=(),
    )  # fmt: skip


def _project(
    number: int, yuan: int | None, year: str = "2021", department: str | None = "甲局"
) -> CitingProject:
    return CitingProject(
        project=Link(f"项目{number}", f"/page/project/{number}"), code=None, base=Base(year, "stage-budget"),
        department=Link(department, None) if department else None, region=None,
        total=None if yuan is None else Decimal(yuan), shared=False, roles=("funds",), citations=(),
    )  # fmt: skip


def test_many_projects_are_drawn_as_the_largest_and_the_rest() -> None:
    """The rest is one band with its sum, so that the picture adds up."""
    projects = [_project(number, 1000) for number in range(DRAWN + 5)]
    flow = document_flow(_view([*projects, _project(99, None)]), Messages("zh"))
    assert flow is not None
    labels = {line: node.amount for node in flow.wide.nodes for line in node.lines}
    assert labels["其余 6 个项目"] == "5,000.00"
    assert labels["某文件"] == f"{(DRAWN + 5) * 1000:,}.00"
    assert flow.text.startswith(f"{DRAWN + 6} 个项目、1 个部门")


def test_what_is_not_printed_is_said_in_the_picture() -> None:
    """A project without an amount, and one without a department."""
    flow = document_flow(_view([_project(1, 5, department=None), _project(2, None)]), Messages("en"))
    assert flow is not None
    labels = {line: node.amount for node in flow.wide.nodes for line in node.lines}
    assert labels["department not printed"] == "5.00"
    assert labels["项目2"] == "no amount printed"


def test_years_are_never_drawn_into_one_picture() -> None:
    """Nor is a sum of nothing."""
    assert document_flow(_view([_project(1, 5), _project(2, 5, "2022")]), Messages("zh")) is None
    assert document_flow(_view([_project(1, None)]), Messages("zh")) is None
    assert document_flow(_view([]), Messages("zh")) is None
