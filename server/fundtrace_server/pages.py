"""The pages that people read: home, and one page for each entity."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from fundtrace_server.addresses import Address, read_address
from fundtrace_server.description import Description, describe
from fundtrace_server.drawing.plan import draw_plan
from fundtrace_server.holding import Serving, serving_of
from fundtrace_server.messages import Messages
from fundtrace_server.problems import not_found
from fundtrace_server.rendering import language_of, page
from fundtrace_server.terms import term_names
from fundtrace_server.views.document import view_document
from fundtrace_server.views.entity import view_entity
from fundtrace_server.views.flowing import document_flow
from fundtrace_server.views.gathering import view_gathering
from fundtrace_server.views.home import view_home
from fundtrace_server.views.project import view_project

EXAMPLES = ("冀财社[2020]186", "冀价行费字〔2000〕40号", "13063621KBZ5IOG4SDMWN")
"""What the home page offers to try: numbers and a code of the published documents."""

Parts = tuple[str, dict[str, Any]]


def home(request: Request) -> Response:
    """`GET /`: the search box and what is in the release."""
    view = view_home(serving_of(request).release)
    return page(request, "home.html", {"view": view, "examples": EXAMPLES})


def entity_page(request: Request) -> Response:
    """`GET /page/{kind}/{key}`: always HTML; 404 for what the release does not hold."""
    address = requested_address(request)
    serving = serving_of(request)
    description = described(serving, address)
    make = _PAGES.get(description.class_of() or "", _entity)
    template, context = make(serving, description, language_of(request))
    return page(request, template, {"data_path": f"/data/{address.kind}/{address.key}", **context})


def requested_address(request: Request) -> Address:
    """The entity that a path names. Raises `Problem` 404 for what no entity can be named."""
    kind, key = request.path_params["kind"], request.path_params["key"]
    address = read_address(kind, key)
    if address is None:
        raise not_found(f"{kind}/{key}")
    return address


def described(serving: Serving, address: Address) -> Description:
    """What the release says of an entity. Raises `Problem` 404 when it says nothing."""
    description = describe(serving.release, address.iri(serving.release).value)
    if not description.exists:
        raise not_found(f"{address.kind}/{address.key}")
    return description


def _document(serving: Serving, description: Description, language: str) -> Parts:
    view = view_document(serving.release, description, language)
    flow = document_flow(view, Messages(language))
    return "document.html", {
        "view": view,
        "flow_wide": flow.wide if flow else None,
        "flow_narrow": flow.narrow if flow else None,
        "flow_text": flow.text if flow else "",
    }


def _project(serving: Serving, description: Description, language: str) -> Parts:
    view = view_project(serving.release, description, language)
    messages = Messages(language)
    points = [(point.month, point.printed) for point in view.plan if 1 <= point.month <= 12]
    percent = view.plan_kind in {None, "schedule-percent-cumulative"}
    text = "; ".join(
        messages("plan.point", month=messages(f"month.{month}"), printed=printed) for month, printed in points
    )
    plan = draw_plan(points, percent) if points else None
    return "project.html", {"view": view, "plan": plan, "plan_text": text}


def _gathering(serving: Serving, description: Description, language: str) -> Parts:
    class_name = description.class_of() or ""
    return "gathering.html", {"view": view_gathering(serving.release, description, class_name, language)}


def _entity(serving: Serving, description: Description, language: str) -> Parts:
    names = term_names(serving.release.namespace)
    return "entity.html", {"view": view_entity(serving.release, description, names, language)}


_PAGES: dict[str, Callable[[Serving, Description, str], Parts]] = {
    "FundingDocument": _document,
    "Project": _project,
    "Department": _gathering,
    "BudgetUnit": _gathering,
    "Region": _gathering,
    "ProjectSeries": _gathering,
    "SourceDocument": _gathering,
}
