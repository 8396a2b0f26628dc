"""The flow picture of a document's page: whose money it is, bounded, of one fiscal year and stage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, Literal

from fundtrace.index import Index
from fundtrace_server.drawing.flow import NARROW, WIDE, Branch, Flow, Leaf, draw_flow
from fundtrace_server.rendering import Reader
from fundtrace_server.views import cube
from fundtrace_server.views.linking import Base, Link, Total
from fundtrace_server.views.listing import ListedProject, rows
from fundtrace_server.views.members import Of
from fundtrace_server.views.naming import links
from fundtrace_server.views.wanted import ABSENT, Wanted

DRAWN: Final = 14
"""Projects that are drawn by name, the largest; the others of a department are drawn as one."""

BRANCHES: Final = 8
"""Departments or regions that are drawn by name, those with the most money; the others are drawn as one."""

By = Literal["department", "region"]


@dataclass(frozen=True, slots=True)
class FlowRow:
    """A line of the table that says what the picture says: through whom, which project (None: several), how many, yuan."""

    through: Link
    project: Link | None
    projects: int
    yuan: Decimal | None


@dataclass(frozen=True, slots=True)
class FlowView:
    """The picture in two widths, the sentence that stands for it, the table, and the total that it draws.

    `totals` are those of each year and stage of which there is a picture.
    """

    wide: Flow
    narrow: Flow
    text: str
    rows: tuple[FlowRow, ...]
    total: Total
    totals: tuple[Total, ...]
    by: By


def flow_by(query: Mapping[str, str]) -> By:
    """What a flow goes through: `?flow=region`, else the department."""
    return "region" if query.get("flow") == "region" else "department"


def document_flow(
    index: Index, of: Of, name: str, wanted: Wanted, by: By, messages: Reader
) -> FlowView | None:
    """The flow of the projects funded under a document; None when there is no amount to draw.

    Projects of several years or stages are not drawn into one picture, since their sum would mean nothing: it is that of the
    year and stage asked for, else of those with the most money.
    """
    of = replace(of, role="funds")
    narrowed = replace(wanted, sort="-amount", page=1)
    left = cube.chosen(index, of, narrowed) if narrowed.narrowed else cube.cells(index, of)
    drawable = [total for total in cube.totals(index, left) if total.yuan and total.yuan > 0]
    if not drawable:
        return None
    total = max(drawable, key=lambda one: one.yuan or Decimal(0))
    of_base = _at(narrowed, total.base)
    slices = cube.slices(cube.chosen(index, of, of_base), by)
    named = links(index, {one.n for one in slices}, messages.language)
    largest = tuple(rows(index, of, of_base, messages.language, limit=DRAWN, offset=0))
    table = _table(slices, named, largest, by, messages)
    text = messages(
        "flow.description",
        projects=total.projects,
        departments=messages(f"flow.count_{by}", count=len(slices)),
        yuan=messages.amount(total.yuan or Decimal(0)),
        unit=messages.unit_name,
    )
    branches = _branches(table, messages)
    return FlowView(
        wide=draw_flow(name, total.yuan, branches, WIDE),
        narrow=draw_flow(name, total.yuan, branches, NARROW),
        text=text,
        rows=table,
        total=total,
        totals=tuple(drawable),
        by=by,
    )


def _at(wanted: Wanted, base: Base) -> Wanted:
    stage = base.stage.removeprefix("stage-") if base.stage else ABSENT
    return replace(wanted, year=base.year or ABSENT, stage=stage)


def _table(
    slices: tuple[cube.Slice, ...],
    named: Mapping[int, Link],
    largest: tuple[ListedProject, ...],
    by: By,
    messages: Reader,
) -> tuple[FlowRow, ...]:
    nobody = Link(messages(f"flow.no_{by}"), None)
    drawn: dict[Link, list[ListedProject]] = defaultdict(list)
    for project in largest:
        drawn[(project.department if by == "department" else project.region) or nobody].append(project)
    found: list[FlowRow] = []
    for one in slices[:BRANCHES]:
        through = nobody if one.n is None else named[one.n]
        mine = drawn.get(through, [])
        found += [FlowRow(through, single.project, 1, single.total) for single in mine]
        if rest := one.projects - len(mine):
            found.append(FlowRow(through, None, rest, _less(one.yuan, mine)))
    if others := slices[BRANCHES:]:
        through = Link(messages(f"flow.others_{by}", count=len(others)), None)
        known = [one.yuan for one in others if one.yuan is not None]
        projects = sum(one.projects for one in others)
        found.append(FlowRow(through, None, projects, sum(known, Decimal(0)) if known else None))
    return tuple(found)


def _less(total: Decimal | None, drawn: list[ListedProject]) -> Decimal | None:
    if total is None:
        return None
    return total - sum((one.total for one in drawn if one.total is not None), Decimal(0))


def _branches(table: tuple[FlowRow, ...], messages: Reader) -> tuple[Branch, ...]:
    grouped: dict[Link, list[FlowRow]] = defaultdict(list)
    for row in table:
        grouped[row.through].append(row)
    return tuple(
        Branch(
            label=through.label,
            leaves=tuple(
                Leaf(
                    label=row.project.label if row.project else _rest(row, members, messages),
                    yuan=row.yuan,
                )
                for row in members
            ),
        )
        for through, members in grouped.items()
    )


def _rest(row: FlowRow, members: list[FlowRow], messages: Reader) -> str:
    return messages("flow.rest" if len(members) > 1 else "flow.all", count=f"{row.projects:,}")
