"""The pages that people read: home, and one page for each entity."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from fundtrace.release import Release
from fundtrace_server.description import Description
from fundtrace_server.drawing.plan import draw_plan
from fundtrace_server.holding import serving_of
from fundtrace_server.linkage import link_header, page_links
from fundtrace_server.linker import linker_of
from fundtrace_server.problems import not_found
from fundtrace_server.rendering import Reader, page, reader_of
from fundtrace_server.requested import described, requested_address
from fundtrace_server.structured import dataset, thing
from fundtrace_server.terms import term_names
from fundtrace_server.views.agency import view_agency
from fundtrace_server.views.category import view_category
from fundtrace_server.views.document import view_document
from fundtrace_server.views.entity import view_entity
from fundtrace_server.views.flowing import document_flow, flow_by
from fundtrace_server.views.gathering import view_gathering
from fundtrace_server.views.home import view_home
from fundtrace_server.views.neighbours import LOOKED_AT
from fundtrace_server.views.project import view_project
from fundtrace_server.views.same import same_as
from fundtrace_server.views.table import view_observation, view_table
from fundtrace_server.views.tabulating import MOST_IN_EXCEL
from fundtrace_server.views.wanted import page_number, read_wanted

EXAMPLES = ("冀财社[2020]186", "冀价行费字〔2000〕40号", "13063621KBZ5IOG4SDMWN")
"""What the home page offers to try: numbers and a code of the published documents."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a page is made of: the entity, whom it is for, and the query of its address."""

    release: Release
    description: Description
    reader: Reader
    query: Mapping[str, str]

    @property
    def number(self) -> int:
        """The number in `?page=`."""
        return page_number(self.query)

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.reader.language


Parts = tuple[str, dict[str, Any]]


def home(request: Request) -> Response:
    """`GET /`: the search box and what is in the release."""
    release = serving_of(request).release
    reader = reader_of(request)
    structured = dataset(release, reader("site.name"), reader("about.lead"), request.app.state.settings)
    return page(
        request,
        "home.html",
        {"view": view_home(release, reader.language), "examples": EXAMPLES, "structured": structured},
    )


def entity_page(request: Request) -> Response:
    """`GET /page/{kind}/{key}`: always HTML; 404 for what the release does not hold, 400 for a filter of another form."""
    address = requested_address(request)
    release = serving_of(request).release
    description = described(request, address)
    asked = _Asked(release, description, reader_of(request), request.query_params)
    class_name = description.class_of() or ""
    make = _concept if address.kind == "concept" else _PAGES.get(class_name, _entity)
    template, context = make(asked)
    label = description.text("number") or description.label(language=asked.language)
    always = {
        "page_path": address.page,
        "data_path": f"/data/{address.kind}/{address.key}",
        "structured": thing(release, description, asked.language),
        "same": same_as(release, description.iri, class_name, label, asked.reader),
    }
    response = page(request, template, {**always, **context})
    response.headers["Link"] = link_header(page_links(address, linker_of(request), release))
    return response


def _document(asked: _Asked) -> Parts:
    wanted = read_wanted(asked.query)
    view = view_document(asked.release, asked.description, asked.language, wanted)
    _check_page(asked, wanted.page, view.listing.rows)
    by = flow_by(asked.query)
    flow = document_flow(asked.release.index, view.of, view.number or view.label, wanted, by, asked.reader)
    return "document.html", {"view": view, "flow": flow, "most": MOST_IN_EXCEL, "looked_at": LOOKED_AT}


def _project(asked: _Asked) -> Parts:
    view = view_project(asked.release, asked.description, asked.language)
    points = [(point.month, point.printed) for point in view.plan if 1 <= point.month <= 12]
    percent = view.plan_kind in {None, "schedule-percent-cumulative"}
    text = "; ".join(
        asked.reader("plan.point", month=asked.reader(f"month.{month}"), printed=printed)
        for month, printed in points
    )
    plan = draw_plan(points, percent) if points else None
    return "project.html", {"view": view, "plan": plan, "plan_text": text}


def _gathering(asked: _Asked) -> Parts:
    class_name = asked.description.class_of() or ""
    wanted = read_wanted(asked.query)
    view = view_gathering(asked.release, asked.description, class_name, asked.language, wanted)
    _check_page(asked, wanted.page, view.listing.rows)
    return "gathering.html", {"view": view, "most": MOST_IN_EXCEL}


def _agency(asked: _Asked) -> Parts:
    view = view_agency(asked.release, asked.description, asked.language, asked.number)
    _check_page(asked, asked.number, view.documents)
    return "agency.html", {"view": view}


def _concept(asked: _Asked) -> Parts:
    wanted = read_wanted(asked.query)
    view = view_category(asked.release, asked.description, asked.language, wanted)
    if view is None:
        return _entity(asked)
    _check_page(asked, wanted.page, view.indicators)
    return "category.html", {"view": view}


def _table(asked: _Asked) -> Parts:
    view = view_table(asked.release, asked.description, asked.language, asked.number)
    _check_page(asked, asked.number, view.rows)
    return "table.html", {"view": view}


def _observation(asked: _Asked) -> Parts:
    return "observation.html", {"view": view_observation(asked.release, asked.description, asked.language)}


def _entity(asked: _Asked) -> Parts:
    names = term_names(asked.release.namespace)
    view = view_entity(asked.release, asked.description, names, asked.language, asked.number)
    _check_page(asked, asked.number, view.pointing)
    return "entity.html", {"view": view}


def _check_page(asked: _Asked, number: int, rows: Sequence[object]) -> None:
    if number > 1 and not rows:
        raise not_found(f"{asked.description.iri}?page={number}")


_PAGES: dict[str, Callable[[_Asked], Parts]] = {
    "FundingDocument": _document,
    "Project": _project,
    "Department": _gathering,
    "BudgetUnit": _gathering,
    "Region": _gathering,
    "ProjectSeries": _gathering,
    "SourceDocument": _gathering,
    "Agency": _agency,
    "BudgetTable": _table,
    "BudgetObservation": _observation,
}
