"""The flow picture of a document: bounded, of one year and stage, and adding up."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from fundtrace.release import Release
from fundtrace_server.indexed import number_of
from fundtrace_server.rendering import Reader
from fundtrace_server.views.flowing import BRANCHES, FlowView, document_flow
from fundtrace_server.views.members import Of
from fundtrace_server.views.wanted import Wanted

PAGE = "/page/document/冀财社-2021-1"


def _flow(release: Release, key: str = "document/冀财社-2021-1", **wanted: str) -> FlowView | None:
    document = number_of(release.index, key)
    assert document is not None
    by = wanted.pop("by", "department")
    assert by in {"department", "region"}
    of = Of("FundingDocument", document)
    return document_flow(release.index, of, "某文件", Wanted(**wanted), by, Reader("zh"))  # type: ignore[arg-type]  # names of fields, and one of two words


def _funded(**which: bool) -> list[Decimal]:
    """Amounts of the projects funded under the document in 2021 at the budget stage."""
    return [Decimal(f"{1000 * (n + 1)}.5") for n in range(130) if n % 10 < 7 and n % 10 != 3 and n % 20]


def test_a_flow_is_of_the_year_and_stage_with_the_most_money_and_adds_up(hot: Release) -> None:
    """The rows of its table sum to the total that it names, and so do the amounts that are drawn."""
    flow = _flow(hot)
    assert flow is not None
    assert (flow.total.base.year, flow.total.base.stage) == ("2021", "stage-budget")
    assert flow.total.yuan == sum(_funded())
    assert sum(row.yuan or 0 for row in flow.rows) == flow.total.yuan
    assert sum(row.projects for row in flow.rows) == flow.total.projects == len(_funded())
    assert flow.text.startswith(f"{len(_funded())} 个项目、13 个部门")
    assert {total.base.year for total in flow.totals} == {"2021", "2022"}


def test_many_departments_are_drawn_as_the_largest_and_the_others(hot: Release) -> None:
    """What has no department is named so, and the rest of a department is one band."""
    flow = _flow(hot)
    assert flow is not None
    through = list(dict.fromkeys(row.through.label for row in flow.rows))
    assert len(through) == BRANCHES + 1
    assert through[-1] == "其他 5 个部门"
    assert any(node.lines[0].startswith("其余") for node in flow.wide.nodes)


def test_a_flow_goes_through_regions_and_follows_the_filters(hot: Release) -> None:
    """By region, of another year, of one department."""
    flow = _flow(hot, by="region")
    assert flow is not None
    assert {row.through.label for row in flow.rows} == {"顺平县", "巨鹿县"}
    later = _flow(hot, year="2022")
    assert later is not None
    assert later.total.projects == 13
    one = _flow(hot, department="130636-5")
    assert one is not None
    assert {row.through.label for row in one.rows} == {"第5局"}
    assert _flow(hot, department="130636-5", text="没有的字") is None


def test_without_money_there_is_no_picture(hot: Release) -> None:
    """A document that is only a basis, or whose projects print no amount."""
    assert _flow(hot, "document/冀价行费字-2000-40") is None


def test_a_flow_can_be_taken_as_svg_and_csv(hot_client) -> None:
    """The files say the same as the page: names, sums, base; SVG stands alone, without style or script."""
    svg = hot_client.get(f"{PAGE}/flow.svg", params={"flow": "region"})
    assert svg.headers["content-type"] == "image/svg+xml"
    root = ElementTree.fromstring(svg.text)
    assert root.tag.endswith("svg")
    assert "顺平县" in svg.text
    assert "不是文件下达金额" in svg.text
    assert not re.search(r"<style|<script|style=", svg.text)
    rows = list(csv.reader(io.StringIO(hot_client.get(f"{PAGE}/flow.csv").content.decode("utf-8-sig"))))
    assert rows[0][:2] == ["文件", "文号或标题"]
    total = rows[0].index("预算数（元）")
    assert sum(Decimal(row[total]) for row in rows[1:] if row[total]) == sum(_funded())
    by_region = hot_client.get(f"{PAGE}/flow.csv", params={"flow": "region", "lang": "en"}).text
    assert "Region" in by_region.splitlines()[0]


@pytest.mark.parametrize(
    "path",
    [
        f"{PAGE}/flow.xlsx",
        f"{PAGE}/nothing.csv",
        "/page/document/冀价行费字-2000-40/flow.svg",
        "/page/department/130636-323/flow.csv",
        "/page/agency/河北省财政厅/projects.csv",
    ],
)
def test_a_file_that_a_page_has_not_is_not_found(hot_client, path: str) -> None:
    """404 for another part, another format, or a page without a list or a picture."""
    assert hot_client.get(path).status_code == 404
