"""The pages that people read: home, and one page for each entity."""

from __future__ import annotations

from collections.abc import Callable
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
from fundtrace_server.messages import Messages
from fundtrace_server.pointing import requested_page
from fundtrace_server.problems import Problem, not_found
from fundtrace_server.rendering import language_of, page
from fundtrace_server.requested import described, requested_address
from fundtrace_server.structured import dataset, thing
from fundtrace_server.terms import term_names
from fundtrace_server.views.document import view_document
from fundtrace_server.views.entity import view_entity
from fundtrace_server.views.flowing import document_flow
from fundtrace_server.views.gathering import view_gathering
from fundtrace_server.views.home import view_home
from fundtrace_server.views.linking import SHOWN
from fundtrace_server.views.project import view_project
from fundtrace_server.views.table import view_observation, view_table

EXAMPLES = ("冀财社[2020]186", "冀价行费字〔2000〕40号", "13063621KBZ5IOG4SDMWN")
"""What the home page offers to try: numbers and a code of the published documents."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a page is made of: the entity, the language, and the number in `?page=`."""

    release: Release
    description: Description
    language: str
    number: int


Parts = tuple[str, dict[str, Any]]


def home(request: Request) -> Response:
    """`GET /`: the search box and what is in the release."""
    release = serving_of(request).release
    messages = Messages(language_of(request))
    structured = dataset(release, messages("site.name"), messages("site.description"))
    return page(
        request, "home.html", {"view": view_home(release), "examples": EXAMPLES, "structured": structured}
    )


def entity_page(request: Request) -> Response:
    """`GET /page/{kind}/{key}`: always HTML; 404 for what the release does not hold."""
    address = requested_address(request)
    serving = serving_of(request)
    description = described(request, address)
    language = language_of(request)
    make = _PAGES.get(description.class_of() or "", _entity)
    template, context = make(_Asked(serving.release, description, language, requested_page(request)))
    structured = thing(serving.release, description, language)
    always = {
        "page_path": address.page,
        "data_path": f"/data/{address.kind}/{address.key}",
        "structured": structured,
    }
    response = page(request, template, {**always, **context})
    response.headers["Link"] = link_header(page_links(address, linker_of(request), serving.release))
    return response


def _document(asked: _Asked) -> Parts:
    view = view_document(asked.release, asked.description, asked.language)
    flow = document_flow(view, Messages(asked.language))
    return "document.html", {
        "view": view,
        "shown": SHOWN,
        "flow_wide": flow.wide if flow else None,
        "flow_narrow": flow.narrow if flow else None,
        "flow_text": flow.text if flow else "",
    }


def _project(asked: _Asked) -> Parts:
    view = view_project(asked.release, asked.description, asked.language)
    messages = Messages(asked.language)
    points = [(point.month, point.printed) for point in view.plan if 1 <= point.month <= 12]
    percent = view.plan_kind in {None, "schedule-percent-cumulative"}
    text = "; ".join(
        messages("plan.point", month=messages(f"month.{month}"), printed=printed) for month, printed in points
    )
    plan = draw_plan(points, percent) if points else None
    return "project.html", {"view": view, "plan": plan, "plan_text": text}


def _gathering(asked: _Asked) -> Parts:
    class_name = asked.description.class_of() or ""
    view = view_gathering(asked.release, asked.description, class_name, asked.language)
    return "gathering.html", {"view": view, "shown": SHOWN}


def _table(asked: _Asked) -> Parts:
    view = view_table(asked.release, asked.description, asked.language, asked.number)
    if asked.number > 1 and not view.rows:
        raise _no_page(asked)
    return "table.html", {"view": view}


def _observation(asked: _Asked) -> Parts:
    return "observation.html", {"view": view_observation(asked.release, asked.description, asked.language)}


def _entity(asked: _Asked) -> Parts:
    names = term_names(asked.release.namespace)
    view = view_entity(asked.release, asked.description, names, asked.language, asked.number)
    if asked.number > 1 and not view.pointing:
        raise _no_page(asked)
    return "entity.html", {"view": view}


def _no_page(asked: _Asked) -> Problem:
    return not_found(f"{asked.description.iri}?page={asked.number}")


_PAGES: dict[str, Callable[[_Asked], Parts]] = {
    "FundingDocument": _document,
    "Project": _project,
    "Department": _gathering,
    "BudgetUnit": _gathering,
    "Region": _gathering,
    "ProjectSeries": _gathering,
    "SourceDocument": _gathering,
    "BudgetTable": _table,
    "BudgetObservation": _observation,
}
