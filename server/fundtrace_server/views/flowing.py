"""The flow picture of a document's page, made from its view."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fundtrace_server.drawing.flow import NARROW, WIDE, Flow, Stream, draw_flow
from fundtrace_server.messages import Messages
from fundtrace_server.rendering import yuan
from fundtrace_server.views.document import DocumentView

DRAWN = 14
"""How many projects are drawn by name; the smaller ones are drawn as one."""


@dataclass(frozen=True, slots=True)
class FlowView:
    """The picture in two widths, and the sentence that stands for it."""

    wide: Flow
    narrow: Flow
    text: str


def document_flow(view: DocumentView, messages: Messages) -> FlowView | None:
    """The flow of the projects funded under a document; None when there is no amount to draw.

    Projects of several years or stages are not drawn into one picture, since their sum would mean nothing.
    """
    group = view.funded
    total = group.totals[0].yuan if len(group.totals) == 1 else None
    if not total or total < 0:
        return None
    streams = [
        Stream(
            department=one.department.label if one.department else messages("flow.no_department"),
            project=one.project.label,
            yuan=one.total,
        )
        for one in group.projects[:DRAWN]
    ]
    rest = group.projects[DRAWN:]
    if rest:
        label = messages("flow.rest", count=len(rest))
        remaining = sum((one.total for one in rest if one.total is not None), Decimal(0))
        streams.append(Stream(department=label, project=label, yuan=remaining))
    name = view.number or view.label
    sums: dict[str, Decimal] = {name: Decimal(0)}
    amounts: dict[str, str] = {}
    for number, stream in enumerate(streams):
        amounts[str(number)] = yuan(stream.yuan) if stream.yuan is not None else messages("flow.no_amount")
        for key in (name, stream.department):
            sums[key] = sums.get(key, Decimal(0)) + (stream.yuan or Decimal(0))
    amounts.update({key: yuan(value) for key, value in sums.items()})
    text = messages(
        "flow.description",
        projects=len(group.projects),
        departments=len({one.department for one in group.projects}),
        yuan=yuan(total),
    )
    return FlowView(
        wide=draw_flow(name, streams, amounts, WIDE),
        narrow=draw_flow(name, streams, amounts, NARROW),
        text=text,
    )
