"""The three-level table of promised indicators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from fundtrace_server.addresses import page_path
from fundtrace_server.description import Description
from fundtrace_server.views.linking import Link, node_link
from fundtrace_server.views.printed import RowView, row_of


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """A row of the three-level table; `span1` and `span2` are rows that the level cell spans, 0 when covered."""

    level1: str | None
    level2: str | None
    span1: int
    span2: int
    name: str | None
    description: str | None
    target: str | None
    basis: str | None
    basis_category: str | None
    documents: tuple[Link, ...]
    category: Link | None
    row: RowView | None
    anchor: str


def indicators(description: Description, base: str) -> tuple[IndicatorView, ...]:
    """The indicators of a project or statement, in printed order, with the spans of their level cells."""
    nodes = description.nodes("indicator")
    cited: dict[str, list[Link]] = {}
    for citation in description.nodes("citation"):
        indicator = description.node("citingIndicator", citation)
        document = description.node("citedDocument", citation)
        if indicator and document:
            to = short_document(description, document, base)
            cited.setdefault(indicator, [])
            cited[indicator] += [to] if to not in cited[indicator] else []
    levels = [(description.text("level1", node), description.text("level2", node)) for node in nodes]
    spans1 = spans([level1 for level1, _ in levels])
    spans2 = spans(levels)
    views = []
    for number, node in enumerate(nodes):
        target = description.node("target", node)
        views.append(
            IndicatorView(
                level1=levels[number][0],
                level2=levels[number][1],
                span1=spans1[number],
                span2=spans2[number],
                name=description.text("name", node),
                description=description.text("description", node),
                target=description.text("printed", target) if target else None,
                basis=description.text("basisText", node),
                basis_category=description.concept("basisCategory", node),
                documents=tuple(cited.get(node, ())),
                category=node_link(description, description.node("category", node), base),
                row=row_of(description, node, base),
                anchor=f"indicator-{number + 1}",
            )
        )
    return tuple(views)


def short_document(description: Description, document: str, base: str) -> Link:
    """A document by its number where it has one, else by its label."""
    label = description.text("number", document) or description.label(document)
    return Link(label, page_path(document, base))


def spans(keys: Sequence[object]) -> list[int]:
    """Rows that the cell of each key spans: the length of a run on its first, 0 on the others, 1 where there is no key."""
    found: list[int] = []
    for key, run in groupby(keys):
        length = len(list(run))
        found += [1] * length if key is None else [length, *[0] * (length - 1)]
    return found
